"""An explanation as Markdown."""

from __future__ import annotations

from smartkpi.render.explanation import CODE, Section, sections
from smartkpi.render.markdown import escaped
from smartkpi.render.view import View
from smartkpi.tables.explanation import Explanation


def render(explanation: Explanation, view: View) -> str:
    """Return a heading and a list for each section, formulas as code; nothing else is markup."""
    return "\n".join(_section(section) for section in sections(explanation, view))


def _section(section: Section) -> str:
    lines = [f"{'#' * section.level} {escaped(section.heading)}", ""]
    for first, *others in section.entries:
        lines += [f"- {_line(first)}", *(f"  - {_line(other)}" for other in others)]
    return "".join(f"{line}\n" for line in lines)


def _line(line: str) -> str:
    # Formulas stand between the marks: every second part.
    return "`".join(part if number % 2 else escaped(part) for number, part in enumerate(line.split(CODE)))
