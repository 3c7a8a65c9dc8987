extension GoalsWidget {
    package var styleSheet: String { Self.frame + Self.styles + Self.celebration }

    private static let frame = """
        .goal {
          --goal-fill: var(--goal-color, var(--th-primary, #5ea8ff));
          position: relative; height: 100%; isolation: isolate; overflow: hidden;
          display: flex; flex-direction: column; justify-content: center; gap: calc(.75 * var(--th-space, 8px));
          padding: var(--th-space, 8px) calc(2.5 * var(--th-space, 8px)); border-radius: var(--th-radius, 12px);
          color: var(--th-text, #fff); line-height: 1.2; font-weight: 600;
          font-size: calc(24px * var(--th-scale, 1));
          font-family: var(--th-font-body, system-ui), system-ui, sans-serif;
        }
        .goal::before {
          content: ""; position: absolute; inset: 0; z-index: -1; border-radius: inherit;
          background: var(--th-background, #10141c); opacity: var(--th-background-alpha, .86);
        }
        .reached { --goal-fill: var(--goal-color, var(--th-accent, #f5b942)) }

        .top, .bottom {
          display: flex; justify-content: space-between; align-items: baseline; gap: var(--th-space, 8px);
        }
        .label {
          min-width: 0; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; font-weight: 700;
          font-family: var(--th-font-head, system-ui), system-ui, sans-serif;
        }
        .percent { flex: none; color: var(--th-muted, #c3cbd9); font-variant-numeric: tabular-nums }
        .count {
          flex: none; white-space: nowrap; font-variant-numeric: tabular-nums; animation: enter-count .3s ease-out;
        }
        .reached .count, .reached .percent { color: var(--goal-fill) }
        .note, .cheer {
          min-width: 0; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; text-align: end;
          font-size: max(20px, .84em);
        }
        .note { font-weight: 500; color: var(--th-muted, #c3cbd9) }
        /* The note gets a line of its own where it needs one, and the bar makes room. */
        .noted { gap: 2px; padding-top: 4px; padding-bottom: 4px }
        .noted .bottom, .celebrating .bottom { flex-wrap: wrap; row-gap: 0 }
        .noted .note { max-width: 100% }
        .noted .track { height: 14px }
        .cheer { font-weight: 800; color: var(--goal-fill); animation: enter-cheer .4s ease-out }
        .over .fill, .over .ring { opacity: .6 }

        @keyframes enter-count { from { transform: translateY(-6px); opacity: .2 } }
        @keyframes enter-cheer { from { transform: scale(.7); opacity: 0 } }

        """

    private static let styles = """
        .track { position: relative; flex: none; height: 20px; overflow: hidden; border-radius: 10px }
        .track::before {
          content: ""; position: absolute; inset: 0; background: var(--th-muted, #c3cbd9); opacity: .25;
        }
        .fill {
          position: relative; height: 100%; overflow: hidden; border-radius: inherit;
          background: linear-gradient(rgb(255 255 255 / .25), rgb(255 255 255 / 0) 60%) var(--goal-fill);
          transform: translateX(calc(var(--fill, 0%) - 100%)); transition: transform .8s cubic-bezier(.2, .8, .2, 1);
        }

        /* Side by side where there is room for both, else one above the other. */
        .circle {
          display: grid; align-content: stretch; align-items: center; column-gap: calc(2 * var(--th-space, 8px));
          grid-template: minmax(0, 1fr) / repeat(auto-fit, minmax(min(100%, 160px), 1fr));
        }
        .dial { height: 100%; min-height: 0 }
        .dial svg { width: 100%; height: 100%; display: block }
        /* Its radius makes it a hundred units around, one for each percent. */
        .rail, .ring { cx: 20px; cy: 20px; r: 15.9155px; fill: none; stroke-width: 4px }
        .rail { stroke: var(--th-muted, #c3cbd9); opacity: .25 }
        .ring {
          stroke: var(--goal-fill); stroke-linecap: round; transform: rotate(-90deg); transform-origin: 20px 20px;
          stroke-dasharray: 100px 200px; stroke-dashoffset: calc(100px - 1px * var(--fill, 0));
          transition: stroke-dashoffset .8s cubic-bezier(.2, .8, .2, 1);
        }
        .empty .ring { visibility: hidden }
        /* In units of the ring, so that it grows with it: 20 px in a slot of one row. */
        .dial .percent {
          transform: translate(20px, 20px); font-size: 7.2px; font-weight: 800; word-spacing: -.15em;
          text-anchor: middle; dominant-baseline: central; fill: currentColor; color: var(--th-text, #fff);
        }
        .side { min-width: 0; display: flex; flex-direction: column; gap: calc(.5 * var(--th-space, 8px)) }
        .side .label {
          display: -webkit-box; white-space: normal; overflow-wrap: anywhere;
          -webkit-box-orient: vertical; -webkit-line-clamp: 2;
        }
        .side .count, .side .note { white-space: normal; text-align: start }
        .side .bottom { flex-direction: column; align-items: flex-start; gap: 0 }
        .side .note, .side .cheer { max-width: 100% }

        .number .count { font-size: 1.9em; font-weight: 800; line-height: 1.1 }
        .number .long { font-size: 1.4em }

        """

    /// Paper falls and a light passes over the bar; nothing flashes.
    private static let celebration = """
        .celebrating .fill::after {
          content: ""; position: absolute; inset: 0; transform: translateX(-100%);
          background: linear-gradient(90deg, rgb(255 255 255 / 0), rgb(255 255 255 / .6), rgb(255 255 255 / 0));
          animation: enter-light 2s ease-in-out 4;
        }
        .confetti { position: absolute; inset: 0; z-index: -1; overflow: hidden }
        .confetti i {
          position: absolute; left: var(--from); top: -16px; width: 9px; height: 14px; border-radius: 2px;
          background: var(--th-primary, #5ea8ff); animation: enter-paper 3s linear 2 both;
        }
        .confetti i:nth-child(3n) { background: var(--th-secondary, #3dd68c) }
        .confetti i:nth-child(3n + 1) { background: var(--th-accent, #f5b942) }

        @keyframes enter-light { to { transform: translateX(100%) } }
        @keyframes enter-paper {
          from { top: -16px; transform: rotate(0) rotateX(0) }
          to { top: 100%; transform: rotate(var(--turn)) rotateX(720deg) }
        }
        @media (prefers-reduced-motion: reduce) {
          .confetti { display: none }
          .fill, .ring { transition: none }
          .count, .cheer, .celebrating .fill::after { animation: none }
        }
        """
}
