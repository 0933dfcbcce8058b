"""docs/python.md: the functions that Python users call, from their signatures and docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

from mdtable import code, table

import smartkpi
from smartkpi import api

HEAD = """\
# Python

`import smartkpi` loads nothing heavy; each name below loads on first use. What a command does, the function of that
name does, with the same arguments and defaults; `read_plan`, `read_actuals`, `assess` and `forecast` do it in steps,
with DataFrames in between. Options of reading other than `where` and `units_from_plan`, such as `missing`, are those
of `read_actuals`; its DataFrame goes into every `actuals`. [Work in a notebook](notebook.md) shows them in use,
[Columns and codes](columns.md) has the columns of the results, and [Many series](panel.md#frames) the dtypes of the
frames.
"""
FUNCTIONS = [name for name in api.__all__ if inspect.isfunction(getattr(api, name))]
ERRORS = ("SmartkpiError", "DataError", "UsageError", "OutputError")
SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.MULTILINE)
ENTRY = re.compile(r"^(?P<names>\S.*)\n(?P<meaning>(?:[ ]{4}.*\n?|\n)+)", re.MULTILINE)


def page() -> str:
    """Return the page."""
    errors = table(("error", "meaning"), ((code(name), _one_line(_doc(name))) for name in ERRORS))
    results = table(("result", "meaning"), [(code("CheckResult"), _one_line(_doc("CheckResult")))])
    tables = [f"## Results\n\n{results}", f"## Errors\n\n{errors}"]
    return "\n".join([HEAD, *map(_function, FUNCTIONS), *tables])


def _function(name: str) -> str:
    summary, *sections = SECTION.split(_doc(name))
    parts = [f"## smartkpi.{name}\n", f"{code(_call(name))}\n", f"{_markdown(summary)}\n"]
    return "\n".join([*parts, *_sections(name, dict(zip(sections[::2], sections[1::2], strict=True)))])


def _sections(name: str, sections: dict[str, str]) -> Iterator[str]:
    kinds = inspect.get_annotations(getattr(smartkpi, name))
    if "Parameters" in sections:
        entries = ENTRY.findall(f"{sections['Parameters']}\n")
        rows = ((code(names), code(kinds[names.split(",")[0]]), _one_line(meaning)) for names, meaning in entries)
        yield table(("parameter", "type", "meaning"), rows)
    for title in ("Returns", "Raises"):
        for names, meaning in ENTRY.findall(f"{sections.get(title, '')}\n"):
            yield f"{title} {code(names)}: {_one_line(meaning)}\n"
    if example := sections.get("Examples"):
        yield f"```python\n{example.strip()}\n\n```\n"


def _call(name: str) -> str:
    """Return how a function is called, without types."""
    parameters = inspect.signature(getattr(smartkpi, name)).parameters.values()
    return f"smartkpi.{name}({', '.join(map(_parameter, parameters))})"


def _parameter(parameter: inspect.Parameter) -> str:
    default: Any = parameter.default
    return parameter.name if default is parameter.empty else f"{parameter.name}={default!r}"


def _doc(name: str) -> str:
    return inspect.getdoc(getattr(smartkpi, name)) or ""


def _one_line(text: str) -> str:
    return " ".join(_markdown(text).split()).replace("|", r"\|")


def _markdown(text: str) -> str:
    return text.replace("``", "`").strip()
