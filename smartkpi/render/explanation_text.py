"""An explanation as plain text."""

from __future__ import annotations

from smartkpi.render.explanation import CODE, sections
from smartkpi.render.view import View
from smartkpi.tables.explanation import Explanation


def render(explanation: Explanation, view: View) -> str:
    """Return headings with the lines of their sections set in."""
    lines = []
    for section in sections(explanation, view):
        lines.append(section.heading)
        for first, *others in section.entries:
            lines += [f"  {first}", *(f"      {other}" for other in others)]
        lines.append("")
    return "\n".join(lines[:-1]).replace(CODE, "") + "\n"
