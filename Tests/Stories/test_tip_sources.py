"""Tip services on the settings page: what they are given, what comes from them, and what goes wrong."""

import json
import re
import uuid
from datetime import datetime, timezone

from playwright.sync_api import expect

from story import Story

MASK = "•" * 24
TOKEN = "11112222-3333-4444-5555-666677778888"
SECRETS = {
    "kofi": TOKEN, "stripe": "whsec_aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY",
    "buymeacoffee": "a-secret-of-a-webhook-0123456789",
}
# However long it took.
DELIVERED = re.compile(r"Last delivery (just now|\d+ s ago)")


class TipSources(Story):
    def settings(self, **options):
        """The settings page, and the part of it with the tip services."""
        page = self.sign_in("/dashboard/settings", self.new_context(**options) if options else None)
        return page, page.locator("section#tip-services")

    def add(self, service: str = "kofi") -> dict:
        return self.api("POST", "/api/tip-sources", {"service": service, "secret": SECRETS[service]}, status=201)

    def begin(self, page, part, service: str):
        """Opens the question for a service and its secret."""
        part.get_by_role("button", name="Add tip service").click()
        dialog = page.get_by_role("dialog", name="Which service do your tips come from?")
        dialog.get_by_label("Service", exact=True).select_option(label=service)
        return dialog

    def donate(self, address: str, token: str = TOKEN, status: int = 200):
        """A donation as Ko-fi tells of it: a form whose one field is JSON."""
        told = {
            "verification_token": token, "message_id": str(uuid.uuid4()),
            "timestamp": datetime.now(timezone.utc).isoformat().replace("+00:00", "Z"), "type": "Donation",
            "is_public": True, "from_name": "Mira", "message": "For the cat", "amount": "3.50",
            "url": "https://ko-fi.com/Home/CoffeeShop?txid=0001", "email": "mira@example.com", "currency": "EUR",
            "is_subscription_payment": False, "is_first_subscription_payment": False,
            "kofi_transaction_id": str(uuid.uuid4()), "shop_items": None, "tier_name": None, "shipping": None,
            "discord_username": None, "discord_userid": None,
        }
        answer = self.context.request.post(address, form={"data": json.dumps(told)})
        self.assertEqual(answer.status, status, answer.text()[:500])

    def test_Ko_fi_is_added_and_its_tips_are_seen_to_come(self):
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page, part = self.settings()
        expect(part).to_contain_text("No tip services yet")
        dialog = self.begin(page, part, "Ko-fi")
        expect(dialog).to_contain_text("E-mail and postal addresses are dropped on arrival.")
        secret = dialog.get_by_label("Verification token")
        expect(secret).to_have_attribute("type", "password")
        expect(secret).to_have_attribute("autocomplete", "off")
        # What is pasted often has blanks around it.
        secret.fill(f" {TOKEN} ")
        dialog.get_by_role("button", name="Add tip service").click()
        expect(dialog).to_have_count(0)

        row = part.locator("li")
        expect(row).to_have_count(1)
        expect(row.get_by_role("heading")).to_have_text("Ko-fi")
        expect(row).to_contain_text("Nothing yet")
        expect(row).to_contain_text("Paste the address at Ko-fi as the webhook URL.")
        copy = row.get_by_role("button", name="Copy address")
        expect(copy).to_be_focused()
        with self.button_says(row, "Copied"):
            page.keyboard.press("Enter")
        address = page.evaluate("navigator.clipboard.readText()")
        self.assertRegex(address, f"^{re.escape(self.host.base)}/api/webhooks/kofi/.{{20,}}$")

        # Nothing is loaded or drawn anew.
        row.evaluate("(one) => one.dataset.seen = 'before'")
        self.donate(address)
        expect(row).to_contain_text(DELIVERED)
        expect(row.get_by_text("as the webhook URL")).to_be_hidden()
        expect(row).to_have_attribute("data-seen", "before")
        tips = self.api("GET", "/api/events?types=event:tip")
        self.assertEqual([one["platform"] for one in tips], ["kofi"])

        self.open("/dashboard", page)
        event = page.locator("#events-list li")
        expect(event).to_contain_text("Mira")
        expect(event).to_contain_text("Ko-fi")

    def test_what_came_while_nobody_looked_is_told_when_the_page_is_looked_at(self):
        page, part = self.settings()
        address = self.add()["address"]
        self.open("/dashboard/settings", page)
        expect(part).to_contain_text("Nothing yet")
        # As if the socket had told of nothing.
        page.route("**/api/tip-sources*", lambda route: route.abort())
        with self.complaining("Failed to load resource"):
            self.donate(address)
        page.unroute("**/api/tip-sources*")
        expect(part).to_contain_text("Nothing yet")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(part).to_contain_text(DELIVERED)

    def test_a_secret_never_comes_back_and_an_address_is_masked(self):
        page, part = self.settings()
        address = self.add()["address"]
        with page.expect_response("**/api/tip-sources*") as answer:
            self.open("/dashboard/settings", page)
        self.assertNotIn(TOKEN, answer.value.text())
        field = part.get_by_label("Address to paste at Ko-fi")
        expect(field).to_have_value(MASK)
        self.assertNotIn(address, page.content())

        self.api("POST", "/api/events/test", {"type": "stream:online"})
        part.get_by_role("button", name="Show for 10 s").click()
        dialog = page.get_by_role("dialog", name="You are live. Show anyway?")
        expect(dialog).to_contain_text("can try to send made-up tips")
        dialog.get_by_role("button", name="Cancel").click()
        expect(field).to_have_value(MASK)

    def test_a_secret_that_cannot_be_one_is_said_at_its_field(self):
        page, part = self.settings()
        dialog = self.begin(page, part, "Stripe")
        secret = dialog.get_by_label("Signing secret")
        expect(secret).to_have_accessible_description(re.compile("begins with whsec_"))
        press = dialog.get_by_role("button", name="Add tip service").click
        press()
        expect(secret).to_have_attribute("aria-invalid", "true")
        expect(secret).to_be_focused()
        secret.fill("sk_live_of_something_else")
        press()
        wanted = "Enter the signing secret from Stripe. It begins with whsec_."
        expect(secret).to_have_accessible_description(wanted)
        # That is said once, and not below the fields as well.
        expect(dialog.get_by_role("alert")).to_have_count(0)

        # What the host alone knows stands at the same place, and nothing that was typed is in it.
        secret.fill("whsec_a b c d e f g h")
        with self.complaining("400"):
            press()
            expect(secret).to_have_accessible_description(re.compile(r"The host does not take this.*\(E400\)"))
        expect(secret).to_be_focused()
        expect(dialog).not_to_contain_text("whsec_a b c")
        expect(secret).to_have_value("whsec_a b c d e f g h")
        self.assertEqual(self.api("GET", "/api/tip-sources"), [])

        secret.fill(SECRETS["stripe"])
        expect(secret).not_to_have_attribute("aria-invalid", "true")
        press()
        expect(dialog).to_have_count(0)
        expect(part.locator("li")).to_contain_text("checkout.session.async_payment_succeeded")

    def test_another_service_wants_another_secret(self):
        page, part = self.settings()
        dialog = self.begin(page, part, "Ko-fi")
        dialog.get_by_label("Verification token").fill(TOKEN)
        dialog.get_by_label("Service", exact=True).select_option(label="Buy Me a Coffee")
        secret = dialog.get_by_label("Webhook secret")
        expect(secret).to_have_value("")
        expect(secret).to_have_accessible_description(re.compile("Buy Me a Coffee"))
        expect(dialog.get_by_label("Verification token")).to_have_count(0)

    def test_a_host_that_fails_takes_nothing_away_that_was_typed(self):
        page, part = self.settings()
        dialog = self.begin(page, part, "Ko-fi")
        dialog.get_by_label("Verification token").fill(TOKEN)
        page.route("**/api/tip-sources", lambda route: route.fulfill(
            status=500, json={"error": {"code": "INTERNAL_ERROR", "message": "Something."}}
        ))
        with self.complaining("500"):
            dialog.get_by_role("button", name="Add tip service").click()
            expect(dialog.get_by_role("alert")).to_contain_text("E500")
        page.unroute("**/api/tip-sources")
        page.route("**/api/tip-sources", lambda route: route.abort())
        with self.complaining("Failed to load resource"):
            dialog.get_by_role("button", name="Add tip service").click()
            expect(dialog.get_by_role("alert")).to_contain_text("cannot be reached")
        page.unroute("**/api/tip-sources")
        expect(dialog.get_by_label("Verification token")).to_have_value(TOKEN)
        dialog.get_by_role("button", name="Add tip service").click()
        expect(part.locator("li")).to_have_count(1)

    def test_the_part_fails_alone_and_can_be_asked_for_again(self):
        page = self.sign_in()
        page.route("**/api/tip-sources", lambda route: route.fulfill(
            status=503, json={"error": {"code": "UNAVAILABLE", "message": "A table is locked."}}
        ))
        part = page.locator("section#tip-services")
        with self.complaining("503"):
            self.open("/dashboard/settings", page)
            expect(part.get_by_role("alert")).to_contain_text("E503")
        expect(page.locator("#profile").get_by_label("Display name")).to_have_value("demo")
        page.unroute("**/api/tip-sources")
        part.get_by_role("button", name="Try again").click()
        expect(part).to_contain_text("No tip services yet")

    def test_a_service_is_removed_once_that_is_confirmed(self):
        page, part = self.settings()
        first, second = self.add(), self.add()
        self.open("/dashboard/settings", page)
        expect(part.locator("li h3")).to_have_text(["Ko-fi", "Ko-fi 2"])
        part.get_by_role("button", name="Remove Ko-fi 2").click()
        dialog = page.get_by_role("dialog", name="Remove Ko-fi 2?")
        expect(dialog).to_contain_text("Its address stops working at once")
        dialog.get_by_role("button", name="Cancel").click()
        expect(part.locator("li")).to_have_count(2)

        part.get_by_role("button", name="Remove Ko-fi 2").click()
        dialog.get_by_role("button", name="Remove Ko-fi 2").click()
        expect(part.locator("li")).to_have_count(1)
        expect(page.locator(".toast")).to_contain_text("Ko-fi 2 is removed")
        expect(part.get_by_role("heading", name="Tip services")).to_be_focused()
        self.donate(second["address"], status=404)
        self.donate(first["address"])
        expect(part).to_contain_text(DELIVERED)

    def test_the_limit_is_told_before_it_is_met(self):
        page, part = self.settings()
        for number in range(10):
            self.add(list(SECRETS)[number % 3])
        self.api("POST", "/api/tip-sources", {"service": "kofi", "secret": TOKEN}, status=409)
        self.open("/dashboard/settings", page)
        expect(part.locator("li")).to_have_count(10)
        expect(part).to_contain_text("You have 10 tip services, and no more can be added.")
        expect(part.get_by_role("button", name="Add tip service")).to_have_count(0)

        part.get_by_role("button", name="Remove Buy Me a Coffee", exact=True).click()
        page.get_by_role("dialog").get_by_role("button", name="Remove Buy Me a Coffee").click()
        expect(part.get_by_role("button", name="Add tip service")).to_be_visible()
        # Somebody else was quicker.
        dialog = self.begin(page, part, "Ko-fi")
        self.add()
        dialog.get_by_label("Verification token").fill(TOKEN)
        with self.complaining("409"):
            dialog.get_by_role("button", name="Add tip service").click()
            expect(dialog.get_by_role("alert")).to_contain_text("E409")

    def test_all_of_it_works_without_a_mouse(self):
        page, part = self.settings()
        part.get_by_role("button", name="Add tip service").focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_label("Service", exact=True)).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        expect(dialog.get_by_label("Signing secret")).to_be_focused()
        page.keyboard.insert_text(SECRETS["stripe"])
        page.keyboard.press("Enter")
        expect(part.get_by_role("button", name="Copy address")).to_be_focused()
        page.keyboard.press("Shift+Tab")
        expect(part.get_by_role("button", name="Show for 10 s")).to_be_focused()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        expect(part.get_by_role("button", name="Remove Stripe")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name="Remove Stripe?")).to_be_visible()
        page.keyboard.press("Escape")
        expect(part.get_by_role("button", name="Remove Stripe")).to_be_focused()

    def test_it_speaks_German_and_fits_the_narrowest_window(self):
        page, part = self.settings(locale="de-DE", viewport={"width": 320, "height": 640})
        part.get_by_role("button", name="Spendendienst hinzufügen").click()
        dialog = page.get_by_role("dialog", name="Von welchem Dienst kommen deine Spenden?")
        dialog.get_by_label("Verification Token").fill(TOKEN)
        dialog.get_by_role("button", name="Spendendienst hinzufügen").click()
        expect(part).to_contain_text("Noch nichts")
        expect(part.get_by_label("Adresse zum Eintragen bei Ko-fi")).to_have_value(MASK)
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth - innerWidth"), 0)
