extension GoalsWidget {
    package var styleSheet: String {
        """
        .goal {
          position: relative; height: 100%; isolation: isolate; overflow: hidden;
          display: flex; flex-direction: column; justify-content: center; gap: calc(.5 * var(--th-space, 8px));
          padding: var(--th-space, 8px) calc(2 * var(--th-space, 8px)); border-radius: var(--th-radius, 12px);
          color: var(--th-text, #fff); line-height: 1.2; font-weight: 600;
          font-size: calc(24px * var(--th-scale, 1));
          font-family: var(--th-font-body, system-ui), system-ui, sans-serif;
        }
        .goal::before {
          content: ""; position: absolute; inset: 0; z-index: -1; border-radius: inherit;
          background: var(--th-background, #10141c); opacity: var(--th-background-alpha, .86);
        }
        .top { display: flex; justify-content: space-between; gap: var(--th-space, 8px) }
        .label {
          min-width: 0; overflow: hidden; white-space: nowrap; text-overflow: ellipsis;
          font-family: var(--th-font-head, system-ui), system-ui, sans-serif;
        }
        .percent { flex: none; color: var(--th-muted, #c3cbd9) }
        .track { position: relative; flex: none; height: 16px; overflow: hidden; border-radius: 8px }
        .track::before {
          content: ""; position: absolute; inset: 0; background: var(--th-muted, #c3cbd9); opacity: .3;
        }
        .fill {
          position: relative; height: 100%; border-radius: inherit; background: var(--th-primary, #5ea8ff);
          transform: translateX(calc(var(--fill, 0%) - 100%)); transition: transform .6s ease-out;
        }
        .reached .fill { background: var(--th-accent, #f5b942) }
        .count { font-variant-numeric: tabular-nums }
        .number .count { font-size: 1.5em; font-weight: 800 }
        .reached .count { color: var(--th-accent, #f5b942) }
        """
    }
}
