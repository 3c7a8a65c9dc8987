extension EventsWidget {
    package var styleSheet: String { frameSheet + wordsSheet + layoutSheet + motionSheet }

    private var frameSheet: String {
        """
        .alert {
          --hue: var(--th-primary, #5ea8ff); --picture: 112px; --gap: calc(2.5 * var(--th-space, 8px));
          position: absolute; inset: 0; display: flex; flex-direction: column; align-items: center;
          padding: 4px; color: var(--th-text, #fff); font-weight: 500; line-height: 1.3;
          font-family: var(--th-font-body, system-ui), system-ui, sans-serif;
        }
        .kind-sub, .kind-renewal, .kind-gift, .kind-giftBomb { --hue: var(--th-secondary, #3dd68c) }
        .kind-tip, .kind-bits, .kind-kicks, .kind-raid { --hue: var(--th-accent, #f5b942) }
        .at-top { justify-content: flex-start }
        .at-center { justify-content: center }
        .at-bottom { justify-content: flex-end }
        .text-small { font-size: max(20px, calc(22px * var(--th-scale, 1))) }
        .text-medium { font-size: calc(26px * var(--th-scale, 1)) }
        .text-large { font-size: calc(32px * var(--th-scale, 1)) }
        .size-compact { --picture: 76px; --gap: calc(1.5 * var(--th-space, 8px)) }
        .size-large { --picture: 144px; --gap: calc(3 * var(--th-space, 8px)) }

        .card {
          position: relative; isolation: isolate; overflow: hidden; min-height: 0; max-width: 100%;
          display: flex; align-items: center; gap: var(--gap); padding: var(--gap);
          border-radius: var(--th-radius, 12px);
        }
        .card::before, .card::after { content: ""; position: absolute; inset: 0; z-index: -1 }
        .card::before {
          z-index: -2; background: var(--th-background, #10141c); opacity: var(--th-background-alpha, .86);
        }
        .card::after { background: linear-gradient(100deg, var(--hue), transparent 62%); opacity: .2 }

        .picture {
          position: relative; isolation: isolate; overflow: hidden; flex: none;
          width: var(--picture); height: var(--picture); border-radius: 50%;
          display: flex; align-items: center; justify-content: center;
        }
        .picture::before {
          content: ""; position: absolute; inset: 0; z-index: -1; border-radius: inherit;
          background: var(--hue); opacity: .22;
        }
        .picture::after {
          content: ""; position: absolute; inset: 0; border-radius: inherit; box-shadow: inset 0 0 0 4px var(--hue);
        }
        .icon {
          width: 56%; height: 56%; fill: none; stroke: var(--hue); stroke-width: 1.75;
          stroke-linecap: round; stroke-linejoin: round;
        }
        /* Of one that does not load nothing is seen, unless it has a height as well. */
        .avatar { position: absolute; inset: 0; width: 100% }
        .chosen { border-radius: 0; width: auto; min-width: 0; max-width: 40% }
        .chosen::before, .chosen::after { content: none }
        .image { display: block; max-width: 100%; height: var(--picture); object-fit: contain }

        .progress { position: absolute; inset: auto 0 0 0; height: 6px }
        .remaining { height: 100%; background: var(--hue); transform-origin: left; animation: drain linear both }

        """
    }

    private var wordsSheet: String {
        """
        /* A column that is too short breaks between lines and its overflow is clipped: no line is ever cut in two. */
        .words { flex: 0 1 auto; min-width: 0; max-height: 100%; columns: 1; column-fill: auto; overflow: hidden }
        .sentence, .detail, .recipients, .message { overflow-wrap: anywhere; orphans: 1; widows: 1 }
        .top { display: flex; flex-wrap: wrap; gap: 0 .6em; font-size: max(20px, .85em) }
        .kind { font-weight: 700; color: var(--hue) }
        .via { color: var(--th-muted, #c3cbd9) }
        .sentence {
          margin-top: .06em; font-size: 1.6em; font-weight: 700; line-height: 1.16;
          font-family: var(--th-font-head, system-ui), system-ui, sans-serif;
        }
        .name, .value { font-weight: 800; color: var(--hue); unicode-bidi: isolate }
        .detail { margin-top: .2em; font-size: 1.1em; font-weight: 700 }
        .recipients, .message {
          margin-top: .3em; color: var(--th-muted, #c3cbd9);
          display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden;
        }
        .size-compact .sentence { font-size: 1.25em }
        .size-compact .message, .size-compact .recipients, .text-large .message, .text-large .recipients {
          -webkit-line-clamp: 2;
        }
        .size-large .sentence { font-size: 1.8em }
        .size-large.text-large { --picture: 112px }
        .size-large.text-large .sentence { font-size: 1.45em }

        """
    }

    private var layoutSheet: String {
        """
        .layout-side .card { min-width: min(100%, 560px); padding-inline-end: calc(1.6 * var(--gap)) }
        .layout-above { --picture: 84px }
        .layout-above.size-compact { --picture: 60px }
        .layout-above.size-large { --picture: 104px }
        .layout-above .card {
          flex-direction: column; gap: 6px; min-width: min(100%, 440px); text-align: center;
          padding: calc(.8 * var(--gap)) calc(1.6 * var(--gap)) var(--gap);
        }
        .layout-above .top { justify-content: center }
        .layout-above .sentence { font-size: 1.45em }
        .layout-above .chosen { max-width: 100% }
        .layout-above .message, .layout-above .recipients { -webkit-line-clamp: 2 }
        .layout-above.text-large .message, .layout-above.text-large .recipients { -webkit-line-clamp: 1 }
        .layout-banner .card { width: 100%; padding-block: calc(.6 * var(--gap)) calc(.6 * var(--gap) + 6px) }
        .layout-banner { --picture: 76px }
        .layout-banner.size-compact { --picture: 56px }
        .layout-banner.size-large { --picture: 96px }
        .layout-banner .sentence, .layout-banner.size-large .sentence { font-size: 1.3em }
        .layout-banner .message, .layout-banner .recipients { -webkit-line-clamp: 1 }
        .layout-banner .words { flex: 1 }

        """
    }

    private var motionSheet: String {
        """
        .fade .card { animation: enter-fade .4s ease-out }
        .slide .card { animation: enter-slide .4s cubic-bezier(.2, .8, .2, 1) }
        .zoom .card { animation: enter-zoom .4s cubic-bezier(.2, .9, .3, 1.2) }
        .bounce .card { animation: enter-bounce .6s ease-out }
        .icon { animation: enter-sign .5s .15s cubic-bezier(.2, .9, .3, 1.4) both }
        .late { animation: enter-words .3s ease-out both }
        .alert.leaving .card { animation: exit-fade .3s ease-in both }
        .alert.leaving.slide .card { animation-name: exit-slide }
        .alert.leaving.zoom .card { animation-name: exit-zoom }
        .alert.leaving.bounce .card { animation-name: exit-bounce }
        .leaving .remaining { animation: none; transform: scaleX(0) }

        @keyframes drain { from { transform: scaleX(1) } to { transform: scaleX(0) } }
        @keyframes enter-fade { from { opacity: 0 } }
        @keyframes enter-slide { from { opacity: 0; transform: translateX(-64px) } }
        @keyframes enter-zoom { from { opacity: 0; transform: scale(.6) } }
        @keyframes enter-bounce {
          from { opacity: 0; transform: translateY(-48px) }
          45% { opacity: 1; transform: translateY(10px) }
          70% { transform: translateY(-5px) }
          88% { transform: translateY(2px) }
        }
        @keyframes enter-sign { from { opacity: 0; transform: scale(.4) rotate(-20deg) } }
        @keyframes enter-words { from { opacity: 0; transform: translateY(8px) } }
        @keyframes exit-fade { to { opacity: 0 } }
        @keyframes exit-slide { to { opacity: 0; transform: translateX(64px) } }
        @keyframes exit-zoom { to { opacity: 0; transform: scale(.6) } }
        @keyframes exit-bounce {
          30% { opacity: 1; transform: translateY(-10px) }
          to { opacity: 0; transform: translateY(48px) }
        }
        @media (prefers-reduced-motion: reduce) {
          .alert .card, .icon, .late { animation-name: enter-fade }
          .alert.leaving .card, .alert.leaving.slide .card, .alert.leaving.zoom .card, .alert.leaving.bounce .card {
            animation-name: exit-fade;
          }
        }
        """
    }
}
