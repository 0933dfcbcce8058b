"""docs/commands.md: every command with its arguments and options, read from the program itself."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import Any

from mdtable import code, plain, table

from smartkpi.cli.app import group
from smartkpi.cli.help import value_of

README = Path(__file__).resolve().parent.parent / "README.md"
VARIABLE = re.compile(r"\b(?:[A-Z]+_[A-Z_]+|CLICOLOR)\b")

HEAD = """\
# Commands and options

`smartkpi --help` and `smartkpi COMMAND --help` say the same at a terminal. Rows go to standard output and nothing else
does; remarks, warnings and the summary line go to standard error. [Columns and codes](columns.md) says what the rows
hold. Every command also has `-h` and `--help`.
"""

EXAMPLES = {
    "status": "smartkpi status -f csv --fields indicator,target,attainment_pct,status",
    "project": "smartkpi project -f csv --fields indicator,project_year,held,at_observed_change",
    "trend": "smartkpi trend digital_economy_size -f csv --fields year,observed,path,required",
    "explain": "smartkpi explain broadband_2gbps_coverage | tail -n 4",
    "check": 'smartkpi check --fail-on undetermined || echo "exit code $?"',
    "report": "smartkpi report -o report.html",
    "brief": "smartkpi brief -k digital_economy_size -o memo.md",
    "validate": "smartkpi validate -a - <<END\n指標,單位,110年,111年\n數位經濟規模,兆元,5.7,6.2\nEND",
    "export": "smartkpi export -k digital_economy_size --fields indicator,year,value,unit,obs_status",
    "list": "smartkpi list --owner 數位部",
    "template": "smartkpi template --year 2023 --level headline -o 2023.csv",
    "init": "smartkpi init my-plan --year 2025",
    "units": "smartkpi units 'kt CO2e'",
    "schema": "smartkpi schema plan -o plan.schema.json",
}
"""By command; each is run in an empty folder, and what the terminal shows stands below it."""


PANELS = ("Argument", "Selection", "Input", "Output", "Option")
"""Groups of options in their order; one that is not here comes before the last."""


def page() -> str:
    """Return the page, without what the examples print."""
    program: Any = group()
    sections = [_command(name, each) for name, each in program.commands.items()]
    return "\n".join([HEAD, _whole(program), *sections, _variables(program), _exit_codes()])


def _whole(program: Any) -> str:
    rows = (
        (f"[{code(name)}](#smartkpi-{name})", _help(each.help.partition("\n\n")[0]))
        for name, each in program.commands.items()
    )
    return "\n".join([table(("command", "meaning"), rows), _options(program)])


def _command(name: str, command: Any) -> str:
    usage = " ".join(["smartkpi", name, "[OPTIONS]", *map(_place_of, filter(_is_argument, command.params))])
    parts = [f"## smartkpi {name}\n", f"{command.help}\n", f"Usage: {code(usage)}\n", _options(command)]
    if name in EXAMPLES:
        parts += ["Example:\n", f"```sh\n{EXAMPLES[name]}\n```\n", "```text\n```\n"]
    return "\n".join(parts)


def _options(command: Any) -> str:
    """Return a table for each group of options."""
    groups = groupby(sorted(command.params, key=_place), key=_panel)
    return "\n".join(table((panel.lower(), "meaning"), map(_row, group)) for panel, group in groups)


def _place(parameter: Any) -> tuple[int, str]:
    panel = _panel(parameter)
    return (PANELS.index(panel) if panel in PANELS else len(PANELS) - 1, panel)


def _panel(parameter: Any) -> str:
    return "Argument" if _is_argument(parameter) else getattr(parameter, "rich_help_panel", None) or "Option"


def _is_argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _place_of(argument: Any) -> str:
    return value_of(argument) if argument.required else f"[{value_of(argument)}]"


def _row(parameter: Any) -> tuple[str, str]:
    """Return how a parameter is spelled and what it means; releases of Typer word both in their own ways."""
    if _is_argument(parameter):
        spelled = [value_of(parameter)]
    else:
        *short, long = sorted(parameter.opts, key=len)
        spelled = [*short, f"{long} {value_of(parameter)}".rstrip()]
    notes = [_help(parameter.help or "")]
    if (least := getattr(parameter.type, "min", None)) is not None:
        notes.append(f"At least {least}.")
    if parameter.default not in (None, False, 0, "") and parameter.default != [] and parameter.show_default:
        notes.append(f"Default: {code(str(parameter.default))}.")
    return ", ".join(map(code, spelled)), " ".join(filter(None, notes))


def _help(text: str) -> str:
    """Return a help text, in which only code is markup."""
    return plain(text).replace(r"\`", "`")


def _variables(program: Any) -> str:
    """Return the table of the environment variables that the help of an option names."""
    options = [option for each in program.commands.values() for option in each.params]
    found = {name: code(option.opts[0]) for option in options for name in VARIABLE.findall(option.help or "")}
    rows = ((code(name), option) for name, option in sorted(found.items()))
    return f"## Environment variables\n\n{table(('variable', 'stands in for'), rows)}"


def _exit_codes() -> str:
    """Return the table of the README."""
    (found,) = re.findall(r"^\| exit code .*?\n(?=\n)", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return f"## Exit codes\n\n{found}"
