"""Widgets of strangers that stories put on a host: one that breaks when told, one with every kind of setting."""

import json
from pathlib import Path

BRITTLE = """
widget.init(function() return { lines = 0 } end)

widget.on("chat:message", function(state, event)
  log.info("heard " .. event.payload.text)
  if event.payload.text == "break" then error("the glass is broken") end

  state.lines = state.lines + 1
end)

widget.render(function(state) return ui.p { text = "Whole: " .. state.lines } end)
"""

KINDS = """
widget.init(function() return {} end)

widget.on("chat:message", function() end)

widget.render(function(_, config) return ui.p { text = config.title .. " of " .. config.country } end)
"""

COUNTRIES = ["Austria", "Belgium", "Chile", "Denmark", "Estonia", "Finland", "Ghana", "Hungary", "Iceland"]

SETTINGS = {
    "title": {"type": "string", "title": "Title", "default": "Kinds", "minLength": 1, "maxLength": 20},
    "story": {"type": "string", "format": "multiline", "title": "Story", "default": ""},
    "size": {
        "type": "integer", "title": "Size", "minimum": 10, "maximum": 60, "multipleOf": 5, "default": 20,
        "x-unit": "px", "x-group": "Numbers",
    },
    "share": {"type": "number", "title": "Share", "minimum": 0, "maximum": 1, "default": 0.5, "x-group": "Numbers"},
    "country": {"title": "Country", "enum": COUNTRIES, "type": "string", "default": "Chile", "x-group": "Choices"},
    "mode": {
        "title": "Mode", "type": "string", "default": "quiet", "x-group": "Choices",
        "oneOf": [{"const": "quiet", "title": "Quiet"}, {"const": "loud", "title": "Loud"}],
    },
    "bell": {
        "type": "string", "format": "asset-sound", "title": "Bell", "default": "", "x-group": "Choices",
        "x-when": {"field": "mode", "is": ["loud"]},
    },
    "bellVolume": {
        "type": "integer", "title": "Bell volume", "minimum": 0, "maximum": 100, "default": 40, "x-unit": "%",
        "x-group": "Choices", "x-when": {"field": "mode", "is": ["loud"]},
    },
    "picture": {"type": "string", "format": "asset-image", "title": "Picture", "default": "", "x-group": "Looks"},
    "ink": {"type": "string", "format": "color", "title": "Ink", "default": "#FFFFFF", "x-group": "Looks"},
    "face": {"type": "string", "format": "font", "title": "Face", "default": "", "x-group": "Looks"},
    "since": {"type": "string", "format": "date", "title": "Since", "default": "", "x-group": "Lists"},
    "link": {"type": "string", "format": "uri", "title": "Link", "default": "", "x-group": "Lists"},
    "words": {"type": "array", "title": "Words", "items": {"type": "string"}, "default": ["a"], "x-group": "Lists"},
    "prizes": {
        "type": "array", "title": "Prizes", "default": [], "maxItems": 3, "x-group": "Lists",
        "items": {
            "type": "object",
            "properties": {
                "name": {"type": "string", "title": "Name", "default": ""},
                "worth": {"type": "integer", "title": "Worth", "minimum": 1, "maximum": 9, "default": 1},
            },
        },
    },
    "strict": {"type": "boolean", "title": "Strict", "default": False, "x-live": False, "x-group": "Lists"},
}


def write(folder: Path, id: str) -> Path:
    """Puts one of the widgets into a folder that a host offers with `WIDGETS_DIR`."""
    program, settings = {"brittle": (BRITTLE, {}), "kinds": (KINDS, SETTINGS)}[id]
    package = folder / id
    package.mkdir(parents=True)
    manifest = {
        "apiVersion": 1, "id": id, "name": id.capitalize(), "version": "1.0.0", "description": f"{id} for stories.",
        "defaultSize": {"width": 3, "height": 2}, "events": ["chat:message"], "permissions": [],
        "configSchema": {"type": "object", "properties": settings},
    }
    (package / "widget.json").write_text(json.dumps(manifest))
    (package / "main.lua").write_text(program)
    return folder
