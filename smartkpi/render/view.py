"""How a table is to be shown."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

from smartkpi.errors import Fault, UsageError

if TYPE_CHECKING:
    from smartkpi.model.table import Table


class Format(StrEnum):
    """Output formats; table and markdown are for people, the others for scripts."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    jsonl = "jsonl"
    markdown = "markdown"


class CheckFormat(StrEnum):
    """Output formats of `check`: a line for each failing row, those of tables, and those that CI programs read."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    jsonl = "jsonl"
    markdown = "markdown"
    github = "github"
    sarif = "sarif"
    junit = "junit"


class ValidateFormat(StrEnum):
    """Output formats of `validate`: a line, one document, and those that CI programs read."""

    text = "text"
    json = "json"
    github = "github"
    sarif = "sarif"
    junit = "junit"


FOR_CI = ("github", "sarif", "junit")
"""Formats that show what is found one by one, errors of the input too."""


class ExplainFormat(StrEnum):
    """Output formats of `explain`."""

    table = "table"
    json = "json"
    markdown = "markdown"


class BriefFormat(StrEnum):
    """Output formats of `brief`."""

    text = "text"
    markdown = "markdown"


class ExportFormat(StrEnum):
    """What `export --to` writes, for other tools."""

    sdmx_csv = "sdmx-csv"
    datapackage = "datapackage"
    xlsx = "xlsx"


SUFFIXES = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".md": "markdown",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".html": "html",
    ".svg": "svg",
    ".png": "png",
    ".pdf": "pdf",
    ".sarif": "sarif",
    ".xml": "junit",
    ".xls": "xls",
    ".ods": "ods",
}
"""Formats by the suffix of their files; the last two are only read, and never get a text by their name."""


class View(NamedTuple):
    """How a table is to be shown; what a renderer must not find out by itself."""

    format: str = Format.table
    lang: str = "en"
    fields: tuple[str, ...] = ()
    """Columns asked for, in order; empty for the format's own choice."""
    width: int | None = None
    """Cells of the terminal; None for as wide as it comes."""
    height: int | None = None
    """Lines of the terminal; None where there is none."""
    color: bool = False
    ascii: bool = False
    """Only ASCII for lines and marks."""
    add_bom: bool = False
    """CSV for Excel."""
    units: Literal["long", "short", "none"] = "long"
    """How units are written: in words, with multiples of money abbreviated (NT$6.2 tn), or nowhere but in %."""

    @property
    def for_people(self) -> bool:
        """Whether people read it, in columns and words chosen for them."""
        return not self.fields and self.format in (Format.table, Format.markdown)

    def names(self, table: Table) -> tuple[str, ...]:
        """Return the columns to show of a table: those asked for, else all.

        Raises
        ------
        UsageError
            If one asked for is not there.
        """
        for name in self.fields:
            if name not in table.columns:
                raise UsageError(Fault("unknown_field", found=name, choices=", ".join(table.columns)))
        return self.fields or tuple(table.columns)
