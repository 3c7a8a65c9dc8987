extension EventsWidget {
    package var styleSheet: String {
        """
        .alerts { position: relative; height: 100% }
        /* One above the other: the alert that leaves still has its place while the next one enters. */
        .alert {
          position: absolute; inset: 0; isolation: isolate; overflow: hidden;
          display: flex; flex-direction: column; align-items: center; justify-content: center;
          gap: var(--th-space, 8px); padding: calc(2 * var(--th-space, 8px));
          border-radius: var(--th-radius, 12px); text-align: center; overflow-wrap: anywhere;
          color: var(--th-text, #fff); line-height: 1.25; font-weight: 500;
          font-size: calc(28px * var(--th-scale, 1));
          font-family: var(--th-font-body, system-ui), system-ui, sans-serif;
        }
        .alert::before {
          content: ""; position: absolute; inset: 0; z-index: -1; border-radius: inherit;
          background: var(--th-background, #10141c); opacity: var(--th-background-alpha, .86);
        }
        .kind { flex: none; font-weight: 700; color: var(--th-primary, #5ea8ff) }
        .kind-tip .kind, .kind-giftBomb .kind, .kind-raid .kind { color: var(--th-accent, #f5b942) }
        .kind-subscription .kind, .kind-renewal .kind, .kind-gift .kind { color: var(--th-secondary, #3dd68c) }
        .name {
          flex: none; max-width: 100%; font-weight: 800; line-height: 1.1;
          font-size: calc(56px * var(--th-scale, 1));
          font-family: var(--th-font-head, system-ui), system-ui, sans-serif;
        }
        .detail { flex: none; max-width: 100% }
        .message {
          flex: 0 1 auto; min-height: 0; max-width: 100%; overflow: hidden; color: var(--th-muted, #c3cbd9);
        }
        .progress { position: absolute; inset: auto 0 0 0; height: 6px }
        .remaining {
          height: 100%; background: var(--th-primary, #5ea8ff); transform-origin: left;
          animation: drain linear both;
        }

        .fade { animation: enter-fade .4s ease-out }
        .slide { animation: enter-slide .4s ease-out }
        .zoom { animation: enter-zoom .4s ease-out }
        .bounce { animation: enter-bounce .4s ease-out }
        .alert.leaving { animation: exit-fade .3s ease-in both }
        .leaving .remaining { animation: none; transform: scaleX(0) }

        @keyframes drain { from { transform: scaleX(1) } to { transform: scaleX(0) } }
        @keyframes enter-fade { from { opacity: 0 } }
        @keyframes enter-slide { from { opacity: 0; transform: translateY(12px) } }
        @keyframes enter-zoom { from { opacity: 0; transform: scale(.7) } }
        @keyframes enter-bounce {
          from { opacity: 0; transform: translateY(-40%) }
          60% { opacity: 1; transform: translateY(6%) }
          80% { transform: translateY(-3%) }
        }
        @keyframes exit-fade { to { opacity: 0 } }
        """
    }
}
