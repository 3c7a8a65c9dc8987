"""One table, and what must be known to read it."""

from dataclasses import dataclass, field
from statistics import median


def spread(values: list[float], digits: int = 2) -> str:
    """The median with the least and the largest."""
    if len(values) == 1:
        return f"{values[0]:.{digits}f}"
    return f"{median(values):.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"


@dataclass
class Row:
    what: str
    host: str = "-"
    sender: str = "-"
    uws: str = "-"
    ratio: str = "-"
    target: str = "-"
    verdict: str = "-"


def verdict(value: float, limit: float, *, at_least: bool = False) -> str:
    return "met" if (value >= limit if at_least else value <= limit) else "missed"


@dataclass
class Report:
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, *rows: Row):
        self.rows += rows

    def missing(self, what: str, why: str, target: str = "-"):
        self.rows.append(Row(what, target=target, verdict="not measured"))
        self.notes.append(f"{what}: not measured, {why}.")

    def text(self, conditions: list[str]) -> str:
        head = Row("measured", "host", "bare sender", "uWebSockets", "ratio", "target", "verdict")
        lines = [list(vars(row).values()) for row in [head, *self.rows]]
        widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
        shown = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines]
        shown.insert(1, "  ".join("-" * width for width in widths))
        parts = [conditions, shown]
        if self.notes:
            parts.append(["Notes", *(f"  {note}" for note in self.notes)])
        if self.faults:
            parts.append(["Faults seen while measuring; figures of these runs are not to be believed:",
                          *(f"  {fault}" for fault in self.faults)])
        return "\n\n".join("\n".join(part) for part in parts)
