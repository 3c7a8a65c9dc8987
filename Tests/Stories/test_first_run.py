"""The first minutes of a new streamer: the wizard, left and taken up again, and the checklist."""

from playwright.sync_api import expect

from story import Story


class FirstRun(Story):
    def step(self, page, name: str):
        return page.locator(f".checklist li[data-step={name}]")

    def test_four_pages_change_what_was_chosen_and_nothing_else(self):
        page = self.sign_in()
        card = page.locator("#setup")
        expect(card).to_contain_text("Step 1 of 4")
        card.get_by_label("Display name").fill("")
        card.get_by_role("button", name="Continue").click()
        expect(card.locator(".error")).to_have_text("Enter a name.")
        card.get_by_label("Display name").fill("Pixel Fox")
        card.get_by_role("button", name="Continue").click()
        expect(card.get_by_role("heading", name="How does your overlay look?")).to_be_focused()
        card.get_by_text("Neon").click()
        card.get_by_role("button", name="Continue").click()
        expect(card).to_contain_text("Step 3 of 4")
        card.get_by_text("Just chatting").click()
        card.get_by_role("button", name="Continue").click()
        expect(card.get_by_label("Overlay address")).to_have_value(f"{self.host.base}/twitch/demo/overlay")
        expect(card.get_by_role("link", name="Drag me into OBS")).to_have_attribute("draggable", "true")
        card.get_by_role("button", name="Finish set-up").click()
        expect(card.get_by_role("heading", name="Until your first alert")).to_be_visible()

        settings = self.api("GET", "/api/settings")
        self.assertEqual(settings["displayName"], "Pixel Fox")
        layout = self.api("GET", "/api/layouts")[0]
        kinds = sorted(widget["type"] for widget in layout["widgets"] if widget["visible"])
        self.assertEqual(kinds, ["chat", "events", "goals"])
        colors = {theme["id"]: theme["variables"]["primary"] for theme in self.api("GET", "/api/themes")}
        self.assertEqual(colors[layout["themeId"]], "#FF4FD8")

    def test_a_private_layout_is_handed_out_with_its_key(self):
        page = self.sign_in()
        layout = self.api("GET", "/api/layouts")[0]["id"]
        key = self.api("POST", f"/api/layouts/{layout}/key")["key"]
        card = page.locator("#setup")
        for number in range(2, 5):
            card.get_by_role("button", name="Continue").click()
            expect(card).to_contain_text(f"Step {number} of 4")
        expect(card.get_by_label("The layout is private")).to_have_value("•" * 24)
        self.open("/dashboard", page)
        expect(page.locator("#address").get_by_label("The layout is private")).to_be_visible()
        dropped = self.dropped(card.get_by_role("link", name="Drag me into OBS"))
        self.assertTrue(dropped.endswith(f"&layer-height=1080#key={key}"), dropped)

    def test_who_leaves_in_the_middle_goes_on_there_and_can_go_back(self):
        page = self.sign_in()
        card = page.locator("#setup")
        card.get_by_role("button", name="Continue").click()
        expect(card).to_contain_text("Step 2 of 4")
        self.wait(lambda: self.api("GET", "/api/settings")["setupStep"] == 1, "the page that was reached")
        page.goto("about:blank")
        page = self.sign_in("/dashboard", self.new_context())
        card = page.locator("#setup")
        expect(card).to_contain_text("Step 2 of 4")
        card.get_by_role("button", name="Back").click()
        expect(card).to_contain_text("Step 1 of 4")

        card.get_by_role("button", name="Set up later").click()
        expect(card.get_by_role("heading", name="Until your first alert")).to_be_visible()
        card.get_by_role("button", name="Run set-up again").click()
        expect(card).to_contain_text("Step 1 of 4")

    def test_a_step_turns_green_when_it_has_truly_happened(self):
        page = self.sign_in()
        page.get_by_role("button", name="Set up later").click()
        # The demo has both platforms from the start.
        expect(self.step(page, "platform")).to_have_attribute("data-state", "done")
        expect(self.step(page, "obs")).to_have_attribute("data-state", "open")
        overlay = self.overlay()
        expect(self.step(page, "obs")).to_have_attribute("data-state", "done")
        expect(self.step(page, "test")).to_have_attribute("data-state", "open")
        self.step(page, "test").get_by_role("button", name="Send test follow").click()
        expect(overlay.locator("[data-alert]")).to_have_count(1)
        expect(self.step(page, "test")).to_have_attribute("data-state", "done")
        # What the overlay fares like stands beside it.
        source = page.locator("#sources-list li")
        expect(source).to_contain_text("Last shown:")
        expect(source).to_contain_text("fps")

    def test_steps_are_skipped_and_taken_back_and_the_list_is_put_away(self):
        page = self.sign_in()
        page.get_by_role("button", name="Set up later").click()
        layout = self.step(page, "layout")
        layout.get_by_role("button", name="Skip").click()
        expect(layout).to_have_attribute("data-state", "skipped")
        layout.get_by_role("button", name="Undo").click()
        expect(layout).to_have_attribute("data-state", "open")
        page.get_by_role("button", name="Hide checklist").click()
        expect(page.locator("#setup")).to_be_hidden()
        page.locator(".toast").get_by_role("button", name="Undo").click()
        expect(page.locator("#setup")).to_be_visible()
        page.get_by_role("button", name="Hide checklist").click()
        self.wait(lambda: self.api("GET", "/api/settings")["setupStep"] == 20, "that it was put away")
        self.open("/dashboard", page)
        expect(page.locator("#events-empty")).to_be_visible()
        expect(page.locator("#setup")).to_be_hidden()
