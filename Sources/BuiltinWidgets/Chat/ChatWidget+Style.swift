extension ChatWidget {
    /// Shows no line in half: one that does not fit as a whole at the far edge is not seen at all.
    ///
    /// The rows fill a column that wraps, and a second column is outside of what can be seen. So the first row of the
    /// column must be the newest (`--place`).
    package var styleSheet: String {
        """
        .chat {
          position: absolute; inset: auto 0 0 0; max-height: 100%; isolation: isolate; overflow: hidden;
          display: flex; flex-flow: column-reverse wrap; align-content: flex-start;
          /* Beyond the padding, where a second column would still be seen. */
          column-gap: calc(2 * var(--th-space, 8px) + 8px);
          padding: var(--th-space, 8px); border-radius: var(--th-radius, 12px);
          color: var(--th-text, #fff); line-height: 1.35; font-weight: 500;
          font-family: var(--font, var(--th-font-body, system-ui)), system-ui, sans-serif;
        }
        .down { inset: 0 0 auto 0; flex-direction: column }
        .chat::before {
          content: ""; position: absolute; inset: 0; z-index: -1; border-radius: inherit;
          background: var(--th-background, #10141c); opacity: var(--th-background-alpha, .86);
        }
        .text-small { font-size: max(20px, calc(22px * var(--th-scale, 1))) }
        .text-medium { font-size: calc(26px * var(--th-scale, 1)) }
        .text-large { font-size: calc(32px * var(--th-scale, 1)) }

        .line {
          order: var(--place); flex: none; width: 100%; padding: 3px 6px; overflow-wrap: anywhere;
          border-inline-start: 4px solid transparent; border-radius: 4px;
        }
        .slide .line { animation: enter-up .22s ease-out }
        .slide.down .line { animation-name: enter-down }
        .fade .line { animation: enter-fade .22s ease-out }
        .slide .line.leaving, .fade .line.leaving { animation: exit-fade .16s ease-in forwards }

        /* An edge and no tint: a tint would take contrast from the text on it. */
        .roles .role-broadcaster { border-color: #f0427c }
        .roles .role-moderator { border-color: #21a866 }
        .roles .role-vip { border-color: #d65ae8 }
        .roles .role-subscriber { border-color: #8a6df0 }

        .reply {
          overflow: hidden; white-space: nowrap; text-overflow: ellipsis;
          font-size: max(20px, .8em); color: var(--th-muted, #c3cbd9);
        }
        .answered { font-weight: 700; unicode-bidi: isolate }
        .quote { margin-inline-start: .4em; unicode-bidi: isolate }
        .time { margin-inline-end: .4em; font-size: max(20px, .8em); color: var(--th-muted, #c3cbd9) }
        .folded { text-align: center; font-size: max(20px, .8em); color: var(--th-muted, #c3cbd9) }

        .platform, .badge {
          display: inline-block; margin-inline-end: .35em; padding: 0 .35em; border-radius: .3em;
          font-size: max(20px, .75em); font-weight: 700; line-height: 1.2; vertical-align: .06em;
          color: #fff; background: #4a5163;
        }
        .platform-twitch { background: #772ce8 }
        .platform-kick { color: #000; background: #53fc18 }
        .badge-broadcaster { background: #c2185b }
        .badge-moderator { background: #00701a }
        .badge-vip { background: #a3008b }
        .badge-subscriber { background: #5b3fc4 }
        .badge-picture { height: 1.15em; width: auto; margin-inline-end: .3em; vertical-align: -.2em }
        /* Words of a badge whose picture did not come; those of an emote stand in a text that has its own spaces. */
        .line > .missing-picture:not(:empty) { margin-inline-end: .3em }
        .avatar {
          width: 1.3em; height: 1.3em; margin-inline-end: .3em; vertical-align: -.28em;
          border-radius: 50%; object-fit: cover;
        }

        .name {
          font-family: var(--font, var(--th-font-head, system-ui)), system-ui, sans-serif;
          font-weight: 700; unicode-bidi: isolate;
          /* All around: on a light panel it is the outline against which the letters are read. */
          text-shadow: 1px 0 #10141c, -1px 0 #10141c, 0 1px #10141c, 0 -1px #10141c, 1px 1px #10141c,
            -1px -1px #10141c, 1px -1px #10141c, -1px 1px #10141c, 0 0 2px #10141c;
        }
        .name::after { content: ": "; color: var(--th-text, #fff); text-shadow: none }
        .action .name::after { content: " " }
        .text { unicode-bidi: isolate }
        .action .text { font-style: italic }
        .mention { font-weight: 700; color: var(--th-primary, #5ea8ff) }
        .link { color: var(--th-primary, #5ea8ff); text-decoration: underline; text-decoration-thickness: 2px }
        .cheer { font-weight: 700; color: var(--th-accent, #f5b942) }
        .emote { height: 1.5em; width: auto; vertical-align: middle }

        @keyframes enter-up { from { opacity: 0; transform: translateY(12px) } }
        @keyframes enter-down { from { opacity: 0; transform: translateY(-12px) } }
        @keyframes enter-fade { from { opacity: 0 } }
        @keyframes exit-fade { to { opacity: 0 } }
        """
    }
}
