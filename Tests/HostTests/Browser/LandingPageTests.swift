import Testing
import WidgetAPI

extension BrowserTests {
    /// The overlay that plays on the first page.
    @Suite struct LandingPageTests {
        @Test func `a real overlay plays on the first page, and needs neither a streamer nor a socket`() throws {
            let streamer = try DemoStreamer()
            let base = "http://127.0.0.1:\(streamer.server.port)"
            let page = try Browser().newPage()
            try page.resize(width: 1440, height: 900)
            try page.open("\(base)/")
            let frame = "document.querySelector('iframe').contentDocument"
            let name = "'.slot[data-type=events] > div'"
            let alert = "\(frame).querySelector(\(name))?.shadowRoot.querySelector('.alert .name')?.textContent"
            try page.wait(until: "\(alert) === 'zedwick'", "an alert is in the frame")
            #expect(try page.evaluate("\(frame).documentElement.scrollWidth <= 1440") == true)
            try page.saveScreenshot("landing")
            #expect(try streamer.get("/api/overlays").items == [])
            try page.expectNoComplaints()
        }

        @Test func `the recording is what the overlay's own modules understand, to its end`() throws {
            let streamer = try DemoStreamer()
            let page = try Browser().newPage()
            try page.open("http://127.0.0.1:\(streamer.server.port)/sample")
            let answer = try page.evaluate(
                """
                (async () => {
                  const { recording } = document.body.dataset
                  const folder = recording.replace("landing/recording.json", "overlay/")
                  const [{ Stage }, { Theme }, { Motion }] =
                    await Promise.all(["stage", "theme", "motion"].map((name) => import(`${folder}${name}.js`)))
                  const element = document.createElement("div")
                  document.body.append(element)
                  let broken = 0
                  const resync = () => broken += 1
                  const stage = new Stage(element, {
                    single: false, theme: new Theme(), motion: new Motion(true), resync,
                  })
                  const { snapshot, patches } = await (await fetch(recording)).json()
                  stage.apply({ type: "overlay:snapshot", payload: snapshot })
                  for (const { payload } of patches) stage.apply({ type: "overlay:patch", payload })
                  const chat = element.querySelector("[data-type=chat] > div").shadowRoot
                  return { broken, patches: patches.length, lines: chat.querySelectorAll(".line").length }
                })()
                """
            )
            #expect(answer["broken"] == 0)
            #expect(answer["patches"]?.integerValue ?? 0 > 10)
            #expect(answer["lines"]?.integerValue ?? 0 > 5)
            try page.expectNoComplaints()
        }
    }
}
