"""docs/commands.md: every command with its arguments and options, read from the program itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import typer
from mdtable import code, plain, table

from smartkpi.cli import app

README = Path(__file__).resolve().parent.parent / "README.md"
VARIABLE = re.compile(r"\b(?:[A-Z]+_[A-Z_]+|CLICOLOR)\b")

HEAD = """\
# Commands and options

`smartkpi --help` and `smartkpi COMMAND --help` say the same at a terminal. Rows go to standard output and nothing else
does; remarks, warnings and the summary line go to standard error. [Columns and codes](columns.md) says what the rows
hold.
"""

EXAMPLES = {
    "status": "smartkpi status -f csv --fields indicator,target,attainment_pct,status",
    "project": "smartkpi project -f csv --fields indicator,project_year,held,at_observed_change",
    "trend": "smartkpi trend digital_economy_size -f csv --fields year,observed,path,required",
    "explain": "smartkpi explain broadband_2gbps_coverage | tail -n 4",
    "check": 'smartkpi check --fail-on undetermined || echo "exit code $?"',
    "report": "smartkpi report -o report.html",
    "validate": "smartkpi validate",
    "export": "smartkpi export -k digital_economy_size --fields indicator,year,value,unit,obs_status",
    "template": "smartkpi template --year 2023 --level headline -o 2023.csv",
    "init": "smartkpi init my-plan --year 2025",
    "schema": "smartkpi schema plan -o plan.schema.json",
}
"""By command; each is run in an empty folder, and what the terminal shows stands below it."""


PANELS = ("Argument", "Selection", "Input", "Output", "Option")
"""Groups of options in their order; one that is not here comes before the last."""


def page() -> str:
    """Return the page, without what the examples print."""
    program: Any = typer.main.get_command(app())
    context = typer.Context(program, info_name="smartkpi", **program.context_settings)
    sections = [_command(name, each, context) for name, each in program.commands.items()]
    return "\n".join([HEAD, _whole(program, context), *sections, _variables(program, context), _exit_codes()])


def _whole(program: Any, context: typer.Context) -> str:
    rows = [
        (f"[{code(name)}](#smartkpi-{name})", _help(each.get_short_help_str(200)))
        for name, each in program.commands.items()
    ]
    return "\n".join([table(("command", "meaning"), rows), _options(program, context)])


def _command(name: str, command: Any, above: typer.Context) -> str:
    context = typer.Context(command, info_name=name, parent=above)
    usage = " ".join(command.get_usage(context).removeprefix("Usage: ").split())
    parts = [f"## smartkpi {name}\n", f"{command.help}\n", f"Usage: {code(usage)}\n", _options(command, context)]
    if name in EXAMPLES:
        parts += ["Example:\n", f"```sh\n{EXAMPLES[name]}\n```\n", "```text\n```\n"]
    return "\n".join(parts)


def _options(command: Any, context: typer.Context) -> str:
    """Return a table for each group of options, in the order of the help."""
    parameters = sorted(command.get_params(context), key=_place)
    groups = groupby(parameters, key=_panel)
    return "\n".join(table((panel.lower(), "meaning"), _rows(group, context)) for panel, group in groups)


def _place(parameter: Any) -> tuple[int, str]:
    panel = _panel(parameter)
    return (PANELS.index(panel) if panel in PANELS else len(PANELS) - 1, panel)


def _panel(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return "Argument"
    return getattr(parameter, "rich_help_panel", None) or "Option"


def _rows(parameters: Iterable[Any], context: typer.Context) -> Iterator[tuple[str, str]]:
    for parameter in parameters:
        if record := parameter.get_help_record(context):
            yield ", ".join(map(code, record[0].split(", "))), _help(record[1])


def _help(text: str) -> str:
    """Return a help text, in which only code is markup."""
    return plain(text).replace(r"\`", "`")


def _variables(program: Any, context: typer.Context) -> str:
    """Return the table of the environment variables that the help of an option names."""
    options = [option for each in program.commands.values() for option in each.get_params(context)]
    found = {name: code(option.opts[0]) for option in options for name in VARIABLE.findall(option.help or "")}
    rows = ((code(name), option) for name, option in sorted(found.items()))
    return f"## Environment variables\n\n{table(('variable', 'stands in for'), rows)}"


def _exit_codes() -> str:
    """Return the table of the README."""
    (found,) = re.findall(r"^\| exit code .*?\n(?=\n)", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return f"## Exit codes\n\n{found}"
