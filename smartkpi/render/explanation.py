"""An explanation as text, Markdown or JSON."""

from __future__ import annotations

from smartkpi.model.columns import schema_id
from smartkpi.render import json
from smartkpi.render.explanation_sections import CODE, sections
from smartkpi.render.markdown import escaped
from smartkpi.render.view import Format, View
from smartkpi.render.width import wrapped
from smartkpi.tables.explanation import Explanation


def render(explanation: Explanation, view: View) -> str:
    """Return the explanation in the format that the view asks for."""
    if view.format == Format.json:
        return _json(explanation)
    return _markdown(explanation, view) if view.format == Format.markdown else _text(explanation, view)


def _text(explanation: Explanation, view: View) -> str:
    """Return headings with the lines of their sections set in, wrapped at words."""
    lines = []
    for section in sections(explanation, view):
        lines += _set_in(section.heading, "", view)
        for first, *others in section.entries:
            lines += [
                *_set_in(first, "  ", view),
                *(line for other in others for line in _set_in(other, "      ", view)),
            ]
        lines.append("")
    return "".join(f"{line}\n" for line in lines[:-1])


def _set_in(text: str, blanks: str, view: View) -> list[str]:
    """Return a text in lines that begin with blanks, the second and following ones with more."""
    text = text.replace(CODE, "")
    if view.width is None:
        return [blanks + text]
    first, *others = wrapped(text, max(view.width - len(blanks) - 2, 8))
    return [blanks + first, *(f"{blanks}  {line}" for line in others)]


def _markdown(explanation: Explanation, view: View) -> str:
    """Return a heading and a list for each section, formulas as code; nothing else is markup."""
    lines: list[str] = []
    for section in sections(explanation, view):
        lines += [*([""] if lines else []), f"{'#' * section.level} {escaped(section.heading)}", ""]
        for first, *others in section.entries:
            lines += [f"- {_with_code(first)}", *(f"  - {_with_code(other)}" for other in others)]
    return "".join(f"{line}\n" for line in lines)


def _with_code(line: str) -> str:
    # Formulas are between the marks: every second part.
    return "`".join(part if place % 2 else escaped(part) for place, part in enumerate(line.split(CODE)))


def _json(explanation: Explanation) -> str:
    """Return one document, numbers in full as in all JSON of smartkpi."""
    indicator = explanation.indicator
    document = {
        "schema": schema_id("explain"),
        "plan": {"id": explanation.plan.id, "title": dict(explanation.plan.title)},
        "indicator": {
            "id": indicator.id,
            "title": dict(indicator.title),
            "unit": indicator.unit,
            "direction": indicator.direction,
        },
        "rule": explanation.rule,
        "year": explanation.year,
        "series": explanation.series,
    }
    return json.indented(document) + "\n"
