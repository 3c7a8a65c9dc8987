"""A theme that came from somebody else, on the theme page."""

import json

from playwright.sync_api import expect

from story import Story

GOOD = {
    "name": "Night shift",
    "variables": {
        "primary": "#AA3377", "secondary": "#33AA77", "accent": "#FFD166", "background": "#101010",
        "backgroundAlpha": 0.9, "text": "#FFFFFF", "mutedText": "#CCCCCC", "radius": 6, "spacing": 10,
        "headingFont": "Inter", "bodyFont": "Inter", "fontScale": 1,
    },
}
SCRIPT = "<img src=x onerror=\"window.broken = true\"><script>window.broken = true</script>"


def with_variable(name: str, value) -> str:
    return json.dumps({**GOOD, "variables": {**GOOD["variables"], name: value}})


HOSTILE = {
    "no JSON": "{",
    "a list": "[]",
    "no variables": json.dumps({"name": "Empty"}),
    "a style in a colour": with_variable("primary", "red;background:url(//example.com)"),
    "an address as a font": with_variable("headingFont", "x'),url(//example.com/f)"),
    "a size beyond the limit": with_variable("radius", 1e9),
    "nothing where a number belongs": with_variable("spacing", None),
    "a name of 81 letters": json.dumps({**GOOD, "name": "x" * 81}),
    "the prototype of all": json.dumps(GOOD)[:-1] + ", \"__proto__\": {\"primary\": \"#000000\"}}",
    "twice 256 KiB": json.dumps({**GOOD, "more": "x" * (512 << 10)}),
}


class ThemeImport(Story):
    def import_dialog(self, page):
        page.get_by_role("button", name="Import").click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        return dialog

    def test_a_hostile_file_is_refused_in_words_and_nothing_is_stored(self):
        page = self.sign_in("/dashboard/theme")
        before = self.api("GET", "/api/themes")
        for what, text in HOSTILE.items():
            with self.subTest(what):
                # In a dialog of its own, so that no error is left of the file before.
                self.open("/dashboard/theme", page)
                dialog = self.import_dialog(page)
                dialog.locator("#theme-file").set_input_files(
                    {"name": "theme.json", "mimeType": "application/json", "buffer": text.encode()}
                )
                expect(dialog.locator(".error").first).to_be_visible()
                self.assertGreater(len(dialog.locator(".error").first.inner_text()), 10)
                dialog.get_by_role("button", name="Import").click()
                expect(dialog).to_be_visible()
                self.assertEqual(self.api("GET", "/api/themes"), before)

    def test_a_name_full_of_markup_is_text_and_the_theme_is_a_new_one(self):
        page = self.sign_in("/dashboard/theme")
        dialog = self.import_dialog(page)
        dialog.locator("#theme-text").fill(json.dumps({**GOOD, "name": SCRIPT[:80]}))
        expect(dialog.locator(".changes")).to_contain_text("<img src=x")
        dialog.get_by_role("button", name="Import").click()

        expect(page.locator("#theme-choice option")).to_have_count(2)
        self.assertIsNone(page.evaluate("window.broken ?? null"))
        self.assertEqual(page.locator("main img[src=x]").count(), 0)
        names = {theme["name"] for theme in self.api("GET", "/api/themes")}
        self.assertEqual(names, {"Signal", SCRIPT[:80]})

    def test_what_is_exported_and_imported_is_the_same(self):
        page = self.sign_in("/dashboard/theme")
        with page.expect_download() as download:
            page.get_by_role("button", name="Export").click()
        self.assertRegex(download.value.suggested_filename, r"^Signal-theme\.json$")
        text = download.value.path().read_text()

        dialog = self.import_dialog(page)
        dialog.locator("#theme-text").fill(text)
        expect(dialog.locator(".changes")).to_contain_text("0")
        dialog.get_by_role("button", name="Import").click()
        expect(page.locator("#theme-choice option")).to_have_count(2)
        first, second = [theme["variables"] for theme in self.api("GET", "/api/themes")]
        self.assertEqual(first, second)
