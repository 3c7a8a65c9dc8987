extension TipsWidget {
    package var styleSheet: String { Self.frame + Self.styles }

    private static let frame = """
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
        .prefix { flex: none; font-weight: 800; color: var(--th-accent, #f5b942) }
        .name {
          font-family: var(--th-font-head, system-ui), system-ui, sans-serif; font-weight: 700;
        }
        .amount { flex: none; font-weight: 700; color: var(--th-primary, #5ea8ff); font-variant-numeric: tabular-nums }
        .age { flex: none; color: var(--th-muted, #c3cbd9); font-size: max(20px, .75em) }
        .message { color: var(--th-muted, #c3cbd9) }

        """

    private static let styles = """
        /* One above the other: the one that leaves still has its place while the next one enters. */
        .card {
          position: absolute; inset: 0; display: flex; align-items: center; gap: calc(2 * var(--th-space, 8px));
          padding: 0 48px; white-space: nowrap;
        }
        .card .text {
          min-width: 0; overflow: hidden; white-space: normal; overflow-wrap: anywhere;
          display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2;
        }
        /* In a narrow slot the message goes first, then the name is cut; the amount always stays. */
        .card .name { flex: 0 1 auto; min-width: 0; overflow: hidden; text-overflow: ellipsis }
        .card .message { flex: 1 1 0; min-width: 0; overflow: hidden; text-overflow: ellipsis }

        .as-list {
          display: flex; flex-direction: column; gap: var(--th-space, 8px);
          padding: calc(1.5 * var(--th-space, 8px)) calc(2.5 * var(--th-space, 8px));
          font-size: calc(26px * var(--th-scale, 1));
        }
        .pages { position: relative; flex: 1; min-height: 0 }
        .page { position: absolute; inset: 0; display: flex; flex-direction: column; gap: var(--th-space, 8px) }
        .row {
          flex: none; display: grid; align-items: baseline; column-gap: calc(1.5 * var(--th-space, 8px));
          grid-template-columns: minmax(0, 1fr) auto auto;
        }
        .row .text { grid-column: 1 / -1; overflow-wrap: anywhere }
        .row .name { overflow: hidden; white-space: nowrap; text-overflow: ellipsis }
        .row .amount, .row .age { white-space: nowrap }
        .row .message {
          grid-column: 1 / -1; overflow: hidden; white-space: nowrap; text-overflow: ellipsis;
          font-size: max(20px, .85em);
        }

        .as-ticker { display: flex; align-items: center }
        .as-ticker > .prefix { padding-inline: 48px calc(2 * var(--th-space, 8px)) }
        .lane {
          flex: 1; min-width: 0; height: 100%; display: flex; align-items: center;
          overflow: hidden; white-space: nowrap;
          -webkit-mask-image: linear-gradient(90deg, transparent, #000 24px, #000 calc(100% - 24px), transparent);
        }
        .run {
          flex: none; min-width: 100%; display: flex; align-items: baseline;
          animation: pass 16s linear infinite;
        }
        .item {
          flex: none; display: inline-flex; align-items: baseline; gap: calc(1.5 * var(--th-space, 8px));
          padding-inline-end: calc(8 * var(--th-space, 8px));
        }

        .fade .card, .fade .page, .fade .row { animation: enter-fade .3s ease-out }
        .slide .card, .slide .page, .slide .row { animation: enter-rise .22s ease-out }
        .fade .leaving { animation: exit-fade .16s ease-in both }
        .slide .leaving { animation: exit-rise .16s ease-in both }

        @keyframes pass { to { transform: translateX(-100%) } }
        @keyframes enter-fade { from { opacity: 0 } }
        @keyframes enter-rise { from { opacity: 0; transform: translateY(12px) } }
        @keyframes exit-fade { to { opacity: 0 } }
        @keyframes exit-rise { to { opacity: 0; transform: translateY(-12px) } }
        @media (prefers-reduced-motion: reduce) {
          .tips.tips * { animation: none }
        }
        """
}
