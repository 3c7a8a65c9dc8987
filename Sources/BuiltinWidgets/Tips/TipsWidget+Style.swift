extension TipsWidget {
    package var styleSheet: String {
        """
        .tips {
          position: relative; height: 100%; isolation: isolate; overflow: hidden;
          border-radius: var(--th-radius, 12px); color: var(--th-text, #fff); line-height: 1.3; font-weight: 500;
          font-size: calc(32px * var(--th-scale, 1));
          font-family: var(--th-font-body, system-ui), system-ui, sans-serif;
        }
        .tips::before {
          content: ""; position: absolute; inset: 0; z-index: -1; border-radius: inherit;
          background: var(--th-background, #10141c); opacity: var(--th-background-alpha, .86);
        }
        /* One above the other: the tip that leaves still has its place while the next one enters. */
        .card {
          position: absolute; inset: 0; display: flex; align-items: center; gap: calc(2 * var(--th-space, 8px));
          padding: 0 48px; white-space: nowrap; animation: enter-rise .22s ease-out;
        }
        .prefix { flex: none; font-weight: 800; color: var(--th-accent, #f5b942) }
        /* In a narrow slot the message goes first, then the name is cut; the amount always stays. */
        .name {
          flex: 0 1 auto; min-width: 0; overflow: hidden; text-overflow: ellipsis; font-weight: 700;
          font-family: var(--th-font-head, system-ui), system-ui, sans-serif;
        }
        .amount { flex: none; font-weight: 700; color: var(--th-primary, #5ea8ff); font-variant-numeric: tabular-nums }
        .message {
          flex: 0 999 auto; min-width: 0; overflow: hidden; text-overflow: ellipsis; color: var(--th-muted, #c3cbd9);
        }
        .card.leaving { animation: exit-fade .16s ease-in both }

        @keyframes enter-rise { from { opacity: 0; transform: translateY(12px) } }
        @keyframes exit-fade { to { opacity: 0 } }
        """
    }
}
