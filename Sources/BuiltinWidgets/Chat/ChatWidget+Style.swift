extension ChatWidget {
    package var styleSheet: String {
        """
        .chat {
          position: absolute; inset: auto 0 0 0; max-height: 100%; isolation: isolate; overflow: hidden;
          display: flex; flex-direction: column; justify-content: flex-end;
          padding: var(--th-space, 8px); border-radius: var(--th-radius, 12px);
          color: var(--th-text, #fff); line-height: 1.35; font-weight: 500;
          font-family: var(--th-font-body, system-ui), system-ui, sans-serif;
        }
        .chat::before {
          content: ""; position: absolute; inset: 0; z-index: -1; border-radius: inherit;
          background: var(--th-background, #10141c); opacity: var(--th-background-alpha, .86);
        }
        .text-small { font-size: calc(22px * var(--th-scale, 1)) }
        .text-medium { font-size: calc(26px * var(--th-scale, 1)) }
        .text-large { font-size: calc(32px * var(--th-scale, 1)) }

        .line { flex: none; padding: 3px 4px; overflow-wrap: anywhere }
        .slide .line { animation: enter-slide .22s ease-out }
        .fade .line { animation: enter-fade .22s ease-out }
        .reply { font-size: max(20px, .8em); color: var(--th-muted, #c3cbd9); unicode-bidi: isolate }
        .time { margin-inline-end: .4em; font-size: max(20px, .8em); color: var(--th-muted, #c3cbd9) }

        .platform, .badge {
          display: inline-block; margin-inline-end: .35em; padding: 0 .35em; border-radius: .3em;
          font-size: max(20px, .75em); font-weight: 700; line-height: 1.2; vertical-align: .12em;
          color: #fff; background: #4a5163;
        }
        .platform-twitch { background: #772ce8 }
        .platform-kick { color: #000; background: #53fc18 }
        .badge-broadcaster { background: #c2185b }
        .badge-moderator { background: #00701a }
        .badge-vip { background: #a3008b }
        .badge-subscriber { background: #5b3fc4 }

        .name {
          font-family: var(--th-font-head, system-ui), system-ui, sans-serif; font-weight: 700; unicode-bidi: isolate;
        }
        .name::after { content: ": "; color: var(--th-text, #fff) }
        .action .name::after { content: " " }
        .text { unicode-bidi: isolate }
        .action .text { font-style: italic }
        .mention { font-weight: 700; color: var(--th-primary, #5ea8ff) }
        .cheer { font-weight: 700; color: var(--th-accent, #f5b942) }
        .emote { height: 1.5em; width: auto; vertical-align: middle }

        @keyframes enter-slide { from { opacity: 0; transform: translateY(12px) } }
        @keyframes enter-fade { from { opacity: 0 } }
        """
    }
}
