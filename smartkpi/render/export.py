"""What `export --to` writes: a file, or the files of a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from smartkpi.errors import Fault, OutputError, UsageError
from smartkpi.readers import data_folder
from smartkpi.readers.dataset import Dataset
from smartkpi.render import files
from smartkpi.render.view import ExportFormat, View

Content = bytes | Mapping[str, bytes]


def format_of(name: str) -> ExportFormat:
    """Return the format of a name.

    Raises
    ------
    UsageError
        If there is none.
    """
    if name not in tuple(ExportFormat):
        raise UsageError(Fault("not_in_words", option="to", found=name, example=" | ".join(ExportFormat)))
    return ExportFormat(name)


class Export(NamedTuple):
    """An export, and remarks on it."""

    content: Content
    """Of a file, or of the files of a folder by path."""
    remarks: Sequence[Fault] = ()


def render(
    to: str,
    dataset: Dataset,
    year: int | None,
    rule: str | None,
    level: str,
    indicators: Sequence[str],
    lang: str,
) -> Export:
    """Return an export in one of `ExportFormat`; the other arguments are those of `tables.export.export_tables`."""
    if to == ExportFormat.sdmx_csv:
        from smartkpi.render import sdmx
        from smartkpi.tables.observations import observation_table

        text = sdmx.render(observation_table(dataset, level, indicators), View())
        return Export(text.encode(), sdmx.remarks(dataset.plan))
    from smartkpi.render import data_package, xlsx
    from smartkpi.tables.export import export_tables

    tables = export_tables(dataset, year, rule, level, indicators)
    if to == ExportFormat.xlsx:
        return Export(xlsx.render(tables, lang, front=True))
    return Export(data_package.render(tables, lang))


def write_folder(content: Mapping[str, bytes], folder: str, *, force: bool) -> None:
    """Write the files of an export into a folder.

    Raises
    ------
    OutputError
        If it holds anything, but for `force`; if it holds actuals that would be read with those of the export.
    """
    if force:
        _check_actuals(folder, content)
    files.write_folder(folder, content, force=force, in_use="folder_in_use")


def _check_actuals(folder: str, content: Mapping[str, bytes]) -> None:
    others = [each.name for each in data_folder.actuals_in(Path(folder)) if f"actuals/{each.name}" not in content]
    if others:
        raise OutputError(Fault("folder_has_actuals", folder, names=", ".join(others)))
