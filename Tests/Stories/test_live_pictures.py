"""The small pictures of widgets: what they draw stands still until somebody points at them."""

from playwright.sync_api import expect

from story import Story


class LivePictures(Story):
    def test_every_widget_shows_what_it_draws_and_moves_when_it_is_pointed_at(self):
        page = self.sign_in("/dashboard/widgets")
        said = {"chat": "Aurora99", "events": "Aurora99", "goals": "Follower Goal", "tips": "$5.00"}
        for kind, text in said.items():
            card = page.locator(f"li[data-type={kind}]")
            expect(card.frame_locator("iframe").locator("#stage")).to_contain_text(text)
        chat = page.locator("li[data-type=chat]").frame_locator("iframe")
        chat.locator("body").evaluate("(body) => body.dataset.is = 'still'")
        page.hover("li[data-type=chat] .catalogue-card")
        expect(chat.locator("body[data-is=still]")).to_have_count(0)
        expect(chat.locator("#stage")).to_contain_text("Mika")

    def test_what_is_filtered_away_before_its_turn_is_drawn_when_it_comes_back(self):
        self.context.clock.install()
        page = self.sign_in("/dashboard/widgets")
        cards = page.locator(".catalogue > li")
        expect(cards.locator("iframe")).to_have_count(1)
        search = page.get_by_role("searchbox", name="Search widgets")
        search.fill("no such thing")
        expect(page.locator(".catalogue > li:visible")).to_have_count(0)
        expect(page.frame_locator(".catalogue iframe").locator("body[data-link=up]")).to_be_attached()
        # The first is taken, and it is the turn of the next.
        self.context.clock.fast_forward(1_300)
        search.fill("")
        for card in cards.all():
            picture = card.locator("iframe")
            expect(picture).to_be_attached()
            self.wait(lambda: picture.bounding_box()["width"] > 100, "the picture can be seen")

    def test_nothing_of_it_reaches_the_log(self):
        page = self.sign_in("/dashboard/widgets")
        expect(page.frame_locator("li[data-type=events] iframe").locator("#stage")).to_contain_text("Aurora99")

        self.assertEqual(self.api("GET", "/api/events?types=event:*,chat:*"), [])
