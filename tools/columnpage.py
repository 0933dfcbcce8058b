"""docs/columns.md: columns, codes and words of inputs and outputs, read from where the program declares them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mdtable import code, plain, table

from smartkpi.messages import LANGUAGES, label
from smartkpi.model import codes, plan_keys
from smartkpi.schema import table_schema
from smartkpi.schema.plan import key_description

HEAD = """\
# Columns and codes

Columns keep their order, and new ones come at the end. An empty cell is missing, `null` in JSON; flags are `true` and
`false`; numbers have full precision. `{unit}` is the unit in the row's own column `unit`. `smartkpi schema` prints the
same for programs. The dimensions of a plan, such as `area`, follow `indicator`.
"""
HEADINGS = {
    "status": "`smartkpi status` and `check`",
    "project": "`smartkpi project`",
    "trend": "`smartkpi trend`",
    "summary": "`smartkpi status --summarise`",
    "actuals": "Actuals, and `smartkpi export`",
}
"""By the name under which `smartkpi schema` describes the table."""

MORE = """\
With `--rule all`, `status` also has `status_RULE` for each rule, and `agreement`: whether all rules that judge give the
same `on_track`. With `--year 2021..2025` it has `as_of` and `status_change`, see [Year by year](usage.md#year-by-year).
JSON is an object with `schema`, such as `smartkpi/status/1`, the `plan`, the settings, and the `rows`.
"""


def page() -> str:
    """Return the page."""
    return "\n".join([HEAD, *map(_columns, HEADINGS), MORE, _statuses(), _reasons(), _obs_statuses(), _keys()])


def _columns(name: str) -> str:
    rows = (
        (
            code(one["name"]),
            one["type"],
            code(one.get("unit", "")),
            *map(plain, (one["description"], other["description"])),
        )
        for one, other in zip(_fields(name, "en"), _fields(name, "zh-TW"), strict=True)
    )
    return f"## {HEADINGS[name]}\n\n{table(('column', 'type', 'unit', 'meaning', '意義'), rows)}"


def _fields(name: str, lang: str) -> Sequence[Mapping[str, str]]:
    """Return the columns of a table as `smartkpi schema` describes them."""
    found: Sequence[Mapping[str, str]] = table_schema(name, lang)["fields"]
    return found


def _statuses() -> str:
    flags = {True: "true", False: "false", None: "empty"}
    rows = ((*_words(each), flags[codes.ON_TRACK[each]]) for each in codes.Status)
    return f"## Status\n\n{table(('`status`', 'for people', '中文', '`on_track`'), rows)}"


def _reasons() -> str:
    return _list("Reasons", "`reason`", ((*_words(each),) for each in codes.REASONS)) + (
        "\n[Methods](methods.md#reasons) says when each occurs.\n"
    )


def _obs_statuses() -> str:
    words = (_words(each, "obs_status_") for each in codes.OBS_STATUS if each not in codes.NOT_OBSERVED | {"A"})
    missing = ", ".join(code(each) for each in codes.OBS_STATUS if each in codes.NOT_OBSERVED)
    breaks = " and ".join(code(each) for each in sorted(codes.SERIES_BREAKS))
    return (
        f"{_list('Observation status', '`obs_status`', words)}\n"
        "The codes are those of the SDMX code list CL_OBS_STATUS. `A`, or nothing, is a normal value. "
        f"With {missing} there is no observation: the value is missing, or a forecast. "
        f"At {breaks} a series starts anew.\n"
    )


def _keys() -> str:
    head = "In `targets.toml`; `*` is an id. A text that is required must not be empty.\n"
    columns = ("key", "type", "required", "meaning", "意義")
    return f"## Keys of a plan\n\n{head}\n{table(columns, _key_rows())}"


def _key_rows() -> Iterator[tuple[str, ...]]:
    for name, keys in plan_keys.TABLES.items():
        for key in keys:
            path = f"{name}.{key.name}" if name else key.name
            kind = ", ".join(map(code, key.choices)) or (f"id in {code(key.refers_to)}" if key.refers_to else key.kind)
            meanings = (plain(key_description(name, key, lang)) for lang in LANGUAGES)
            yield code(path), kind, "yes" if key.required else "", *meanings


def _list(heading: str, column: str, rows: Iterable[tuple[str, ...]]) -> str:
    return f"## {heading}\n\n{table((column, 'for people', '中文'), rows)}"


def _words(key: str, prefix: str = "") -> tuple[str, str, str]:
    return code(key), plain(label(prefix + key, "en")), plain(label(prefix + key, "zh-TW"))
