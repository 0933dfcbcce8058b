"""The help of the program and of its commands, in the reader's language, with examples and exit codes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from smartkpi import messages
from smartkpi.render.width import wrapped

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "status": (
        "smartkpi status",
        "smartkpi status -a 2023.csv --lang zh-TW",
        "smartkpi status --year 2021..2022 -o history.csv",
    ),
    "project": ("smartkpi project", "smartkpi project --year 2030 -o projection.xlsx"),
    "trend": ("smartkpi trend ID", "smartkpi trend ID -f csv"),
    "explain": ("smartkpi explain ID", "smartkpi explain ID --rule linear"),
    "check": ("smartkpi check", "smartkpi check --fail-on +lagging --format github", "smartkpi check --against 2021"),
    "report": (
        "smartkpi report -o report.html",
        "smartkpi report -o overview.svg",
        "smartkpi report -k ID -o chart.svg",
    ),
    "brief": ("smartkpi brief", "smartkpi brief -k ID --lang zh-TW -o memo.md"),
    "validate": ("smartkpi validate", "smartkpi validate -a 2023.csv --strict"),
    "list": ("smartkpi list", "smartkpi list --level all -o indicators.csv"),
    "export": ("smartkpi export -o observations.csv", "smartkpi export --to xlsx all.xlsx"),
    "template": (
        "smartkpi template -o 2024.xlsx",
        "smartkpi template --year 2025 --level headline --add-bom -o 2025.csv",
    ),
    "init": ("smartkpi init my-plan", "smartkpi init our-plan --year 2024"),
    "units": ("smartkpi units", "smartkpi units 億元"),
    "schema": ("smartkpi schema status", "smartkpi schema plan -o plan.schema.json"),
}
"""By command; each runs with the id of an indicator in place of ID, and where there is a file 2023.csv."""


_MOST_COLUMNS = 100
"""Of a line, beyond which the eye loses it."""
_MOST_NAMES = 30
"""Columns of names before what they mean; a longer one has a line of its own."""


def _write(_: Any, ctx: Any, formatter: Any) -> None:
    """Write the help, which replaces Typer's."""
    formatter.write("\n".join([*_lines(ctx, _language(ctx)), ""]))


class Command(TyperCommand):
    """A command with help in the reader's language."""

    format_help = _write


class Program(TyperGroup):
    """The program with help in the reader's language."""

    format_help = _write


def translate(text: str, lang: str) -> str:
    """Return a text of the help in a language."""
    if lang == "en":
        return text
    from smartkpi.cli.options import reading_text
    from smartkpi.messages.zh_tw_help import HELP
    from smartkpi.model.reading import DECLARATIONS

    return {**HELP, **{reading_text(each, "en"): reading_text(each, lang) for each in DECLARATIONS}}.get(text, text)


def value_of(parameter: Any) -> str:
    """Return the name of what is to be given to a parameter, or the choices; nothing for a flag."""
    return str(parameter.metavar or "|".join(getattr(parameter.type, "choices", ())))


def _language(ctx: typer.Context) -> str:
    asked = ctx.find_root().obj
    lang = asked.get("lang") if isinstance(asked, dict) else None
    return lang if lang in messages.LANGUAGES else messages.choose(os.environ)


def _lines(ctx: typer.Context, lang: str) -> Iterator[str]:
    command: Any = ctx.command
    commands = getattr(command, "commands", {})
    arguments = [value_of(each) for each in command.params if each.param_type_name == "argument"]
    pieces = [ctx.command_path, translate("[OPTIONS]", lang), *arguments]
    yield translate("Usage: ", lang) + " ".join(
        [*pieces, *([translate("COMMAND [ARGS]...", lang)] if commands else [])]
    )
    # Python has no docstrings with -OO, and the help then no sentences.
    for paragraph in translate(command.help or "", lang).split("\n\n"):
        yield ""
        yield from _wrapped(" ".join(paragraph.split("\n")), "")
    named = {name: translate(each.help or "", lang).partition("\n\n")[0] for name, each in commands.items()}
    groups = {"Commands": list(named.items())} if commands else {}
    for each in sorted(command.get_params(ctx), key=lambda each: {_FIRST: 0, _LAST: 2}.get(_panel(each), 1)):
        groups.setdefault(_panel(each), []).append((_names(each), _meaning(each, lang)))
    for title, entries in groups.items():
        yield ""
        yield translate(title, lang)
        yield from _columns(entries)
    yield ""
    yield from _ending(command.name, lang)


_FIRST, _LAST = "Arguments", "Options"


def _panel(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return _FIRST
    return getattr(parameter, "rich_help_panel", None) or _LAST


def _names(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return value_of(parameter)
    return f"{', '.join(sorted(parameter.opts, key=len))} {value_of(parameter)}".rstrip()


def _meaning(parameter: Any, lang: str) -> str:
    """Return what a parameter means, and its default where the text does not say it."""
    text = translate(parameter.help, lang)
    if parameter.metavar and (choices := getattr(parameter.type, "choices", ())):
        text = f"{text} ({', '.join(choices)})"
    if parameter.default in (None, False, "") or parameter.default == [] or not parameter.show_default:
        return text
    return f"{text} {translate('[default: {}]', lang).format(parameter.default)}"


def _columns(entries: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield names, and what they mean beside them."""
    cells = min(max(len(name) for name, _ in entries), _MOST_NAMES, _line_length() // 3)
    for name, meaning in entries:
        first, *others = _wrapped(meaning, " " * (cells + 4))
        if len(name) > cells:
            yield f"  {name}"
            yield first
        else:
            yield f"  {name:{cells}}  {first.lstrip()}"
        yield from others


def _wrapped(text: str, indent: str) -> list[str]:
    return [indent + line for line in wrapped(text, max(_line_length() - len(indent), 20))]


def _line_length() -> int:
    return min(shutil.get_terminal_size().columns, _MOST_COLUMNS)


def _ending(name: str, lang: str) -> Iterator[str]:
    """Yield examples and exit codes, of the whole program what to try first."""
    if name not in EXAMPLES:
        yield from _wrapped(messages.label("help_first", lang), "")
        return
    yield messages.label("help_examples", lang)
    yield from (f"  {example}" for example in EXAMPLES[name])
    yield ""
    yield from _wrapped(messages.label("help_exit_codes_check" if name == "check" else "help_exit_codes", lang), "")
