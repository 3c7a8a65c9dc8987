"""The form of a widget's settings: every kind of them, conditions, units, files, and what does not fit."""

import re
import tempfile
import wave
from io import BytesIO
from pathlib import Path

from playwright.sync_api import expect

import packages
from editor import EditorStory

# One pixel, the smallest PNG there is.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


def bell() -> bytes:
    """A tenth of a second of silence."""
    sound = BytesIO()
    with wave.open(sound, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(1600))
    return sound.getvalue()


class Settings(EditorStory):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="streamvibes-widgets-")
        self.addCleanup(folder.cleanup)
        self.environment = {"WIDGETS_DIR": str(packages.write(Path(folder.name), "kinds"))}
        super().setUp()
        self.page = self.edit()
        self.page.get_by_role("button", name="Add widget").click()
        self.page.locator(".picker-card[data-type=kinds]").click()
        expect(self.page.get_by_label("Title")).to_have_value("Kinds")
        for group in self.page.locator("ui-schema-form details").all():
            if group.get_attribute("open") is None:
                group.locator("summary").click()

    def field(self, name: str):
        return self.page.locator(f"[data-field={name}]")

    def becomes(self, name: str, value):
        """The draft on the host has this setting."""
        def config():
            return next((one["config"] for one in self.draft()["widgets"] if one["type"] == "kinds"), {})

        self.wait(lambda: config().get(name) == value, lambda: f"{name} becomes {value}, not {config().get(name)}")

    def test_every_kind_of_setting_reaches_the_draft_and_the_preview(self):
        page = self.page
        page.get_by_label("Title").fill("Zoo")
        self.becomes("title", "Zoo")
        preview = page.frame_locator(".overlay-frame").locator(".slot[data-type=kinds]")
        expect(preview).to_contain_text("Zoo of Chile")

        page.get_by_label("Story").fill("one\ntwo")
        self.becomes("story", "one\ntwo")
        # A slider and its number are one setting, with its unit.
        expect(self.field("size").locator(".unit")).to_have_text("px")
        page.get_by_role("slider", name="Size").press("ArrowRight")
        expect(page.get_by_role("spinbutton", name="Size (px)")).to_have_value("25")
        self.becomes("size", 25)
        page.get_by_role("spinbutton", name="Share").fill("0.25")
        self.becomes("share", 0.25)
        page.get_by_label("Since").fill("2026-11-21")
        self.becomes("since", "2026-11-21")
        page.get_by_label("Link").fill("https://example.com/a")
        self.becomes("link", "https://example.com/a")
        page.get_by_label("Words").fill("b\n\n c ")
        self.becomes("words", ["b", "c"])
        page.get_by_role("switch", name="Strict").check()
        self.becomes("strict", True)
        expect(self.field("strict")).to_contain_text("A change starts the widget again.")

        add = page.get_by_role("button", name="Add entry")
        add.click()
        page.get_by_role("group", name="Prizes 1").get_by_label("Name").fill("Cup")
        add.click()
        page.get_by_role("group", name="Prizes 2").get_by_role("spinbutton").fill("9")
        self.becomes("prizes", [{"name": "Cup", "worth": 1}, {"name": "", "worth": 9}])
        page.get_by_role("button", name="Move Prizes 2 up").click()
        page.get_by_role("button", name="Remove Prizes 2").click()
        self.becomes("prizes", [{"name": "", "worth": 9}])

        self.publish(page)
        page.get_by_role("button", name="Reset to defaults").click()
        self.becomes("prizes", [])
        self.becomes("title", "Kinds")
        expect(page.get_by_label("Title")).to_have_value("Kinds")

    def test_what_does_not_fit_says_why_and_what_was_stays(self):
        page = self.page
        for label, wrong, why, right in (
            ("Title", "x" * 21, "Enter 1 to 20 characters.", "Short"),
            ("Size (px)", "12", "Enter a multiple of 5 from 10 to 60.", "60"),
            ("Link (optional)", "javascript:alert(1)", "Enter an address that starts with https:// or http://.", ""),
            ("Ink", "blue", "Enter a colour such as #5EA8FF.", "#abc"),
        ):
            with self.subTest(label):
                field = page.get_by_role("textbox", name=label, exact=True).or_(
                    page.get_by_role("spinbutton", name=label, exact=True)
                )
                field.fill(wrong)
                # Not before the field is left.
                expect(page.get_by_text(why)).to_have_count(0)
                field.blur()
                expect(page.get_by_text(why)).to_be_visible()
                expect(field).to_have_attribute("aria-invalid", "true")
                field.fill(right)
                expect(page.get_by_text(why)).to_have_count(0)
        self.becomes("ink", "#aabbcc")
        self.becomes("size", 60)
        self.becomes("link", "")

    def test_a_condition_shows_what_matters_and_a_sound_of_ones_own_plays_as_loud_as_is_set(self):
        page = self.page
        expect(self.field("bell")).to_be_hidden()
        page.get_by_label("Mode").select_option("Loud")
        expect(self.field("bell")).to_be_visible()
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Upload a file for Bell").click()
        chooser.value.set_files({"name": "ding.wav", "mimeType": "audio/wav", "buffer": bell()})
        expect(self.field("bell").locator("select")).to_have_value("/files/" + self.file("ding.wav"))
        self.becomes("bell", "/files/" + self.file("ding.wav"))

        page.evaluate("""() => {
            HTMLMediaElement.prototype.play = function () {
                window.played = [new URL(this.src).pathname, this.volume]
                return Promise.resolve()
            }
        }""")
        page.get_by_role("spinbutton", name="Bell volume (%)").fill("25")
        self.field("bell").get_by_role("button", name="Play").click()
        self.assertEqual(page.evaluate("window.played"), ["/files/" + self.file("ding.wav"), 0.25])

        # What is no picture is kept among the files, and said not to be one.
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Upload a file for Picture").click()
        chooser.value.set_files({"name": "dong.wav", "mimeType": "image/png", "buffer": bell()})
        expect(page.get_by_text("This file is no picture. It was added to your files.")).to_be_visible()
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Upload a file for Picture").click()
        chooser.value.set_files({"name": "dot.png", "mimeType": "image/png", "buffer": PIXEL})
        expect(self.field("picture").locator("img")).to_be_visible()
        self.becomes("picture", "/files/" + self.file("dot.png"))
        page.get_by_label("Mode").select_option("Quiet")
        expect(self.field("bell")).to_be_hidden()

    def file(self, name: str) -> str:
        def found():
            return [one["id"] for one in self.api("GET", "/api/files") if one["name"] == name]

        self.wait(lambda: len(found()) == 1, f"{name} is stored")
        return found()[0]

    def test_a_long_list_is_searched_by_keyboard_and_by_mouse(self):
        page = self.page
        field = page.get_by_role("combobox", name="Country")
        expect(field).to_have_value("Chile")
        field.click()
        listbox = page.get_by_role("listbox", name="Country")
        expect(listbox.get_by_role("option")).to_have_count(9)
        expect(listbox.get_by_role("option", selected=True)).to_have_text("Chile")
        field.press("Escape")
        expect(listbox).to_be_hidden()
        expect(field).to_be_focused()

        field.fill("land")
        expect(listbox.get_by_role("option")).to_have_text(["Finland", "Iceland"])
        field.press("ArrowDown")
        active = field.get_attribute("aria-activedescendant")
        expect(page.locator(f"[id='{active}']")).to_have_text("Iceland")
        field.press("Enter")
        expect(field).to_have_value("Iceland")
        self.becomes("country", "Iceland")
        field.fill("Atlantis")
        expect(listbox).to_be_hidden()
        field.blur()
        expect(field).to_have_value("Iceland")
        field.click()
        listbox.get_by_role("option", name="Ghana").click()
        self.becomes("country", "Ghana")
        # Settings of one field are one step.
        page.get_by_role("button", name="Undo", exact=True).first.click()
        expect(field).to_have_value("Chile")

    def test_a_font_wears_its_own_face_and_a_colour_says_how_well_it_is_seen(self):
        page = self.page
        face = page.get_by_role("combobox", name="Face")
        face.click()
        options = page.get_by_role("listbox", name="Face").get_by_role("option")
        expect(options.first).to_have_text("From the theme")
        self.assertGreaterEqual(options.count(), 11, "ten fonts or more")
        for option in options.all()[1:]:
            self.assertIn(option.inner_text(), option.evaluate("it => getComputedStyle(it).fontFamily"))
        page.get_by_role("option", name="JetBrains Mono").click()
        self.becomes("face", "JetBrains Mono")
        # A font that the computer with OBS has may be typed.
        face.fill("My own font")
        self.becomes("face", "My own font")
        # What is typed stays so, though the list has something like it.
        face.fill("")
        face.press_sequentially("Mono")
        expect(page.get_by_role("option", name="JetBrains Mono")).to_be_visible()
        face.press("Enter")
        self.becomes("face", "Mono")
        face.press("ArrowDown")
        expect(face).to_have_attribute("aria-activedescendant", re.compile("."))
        face.press("o")
        expect(face).not_to_have_attribute("aria-activedescendant", re.compile("."))
        self.becomes("face", "Monoo")
        # Escape brings back what was there when the field was entered.
        face.blur()
        face.fill("Inter")
        self.becomes("face", "Inter")
        face.press("Escape")
        expect(face).to_have_value("Monoo")
        self.becomes("face", "Monoo")

        badge = self.field("ink").locator(".contrast")
        # Signal, over a bright game: #FFFFFF on #10141C at 86 %.
        ink = page.get_by_label("Ink", exact=True)
        expect(badge).to_have_text("At its worst over a game: 12.3 : 1")
        ink.fill("#333333")
        expect(ink).to_have_accessible_description("At its worst over a game: 1.0 : 1 needs 4.5")
        ink.fill("dark")
        ink.blur()
        expect(ink).to_have_accessible_description(re.compile("^Enter"))
        ink.fill("#333333")
        page.get_by_role("button", name="Clear Ink").click()
        expect(badge).to_be_hidden()
        self.becomes("ink", "")

    def test_the_themes_colours_are_left_and_taken_again(self):
        page = self.page
        use = page.get_by_role("switch", name="Use the theme's colours")
        expect(use).to_be_checked()
        colors = self.field("colorOverrides")
        expect(colors).to_be_hidden()
        use.uncheck()
        colors.get_by_label("Background", exact=True).fill("#102030")
        self.becomes("colorOverrides", {"background": "#102030", "text": "", "accent": ""})
        colors.get_by_label("Text", exact=True).fill("#203040")
        expect(colors.locator("[data-field=text] .contrast")).to_have_class("badge contrast warn")
        use.check()
        expect(colors).to_be_hidden()
        self.becomes("useThemeColors", True)
