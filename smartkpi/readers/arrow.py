"""Large tidy CSV files, and Parquet -> a frame, column by column instead of row by row.

Only what is plain is read here: text in UTF-8, years of four digits, values that are nothing but numbers. Of anything
else the careful reader (`smartkpi.readers.actuals`) is asked, which understands more and names the line of each fault.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from smartkpi.errors import DataError, Fault
from smartkpi.model import FIRST_YEAR, Plan
from smartkpi.model.columns import REQUIRED_COLUMNS, RESERVED_COLUMNS
from smartkpi.readers.csv import separator
from smartkpi.readers.layouts.headers import meaning_of

if TYPE_CHECKING:
    import pandas as pd

LARGE = 8_000_000
"""Bytes from which a CSV file is read in bulk; below, pyarrow would take longer to load than the file to read."""
_CAREFULLY_AT_MOST = 64_000_000
"""Bytes of a file with faults that the careful reader goes through once more."""
_SUFFIXES = (".csv", ".tsv", ".txt")
_LONGEST_HEADER = 1 << 16


def is_parquet(path: Path | str) -> bool:
    """Whether the name of a file says that it is Parquet."""
    return Path(path).suffix.lower() == ".parquet"


def in_bulk(paths: Sequence[Path | str]) -> bool:
    """Whether files are read in bulk: all of kinds that can be, and one of them Parquet or all together large."""
    files = [Path(path) for path in paths]
    if "-" in paths or not all(is_parquet(path) or path.suffix.lower() in _SUFFIXES for path in files):
        return False
    return any(map(is_parquet, files)) or _size(files) > LARGE


def carefully(paths: Sequence[Path]) -> bool:
    """Whether the careful reader can go through files whose rows have faults, in bounded time."""
    return not any(map(is_parquet, paths)) and _size(paths) <= _CAREFULLY_AT_MOST


def _size(paths: Sequence[Path]) -> int:
    return sum(path.stat().st_size for path in paths if path.is_file())


class Bulk(NamedTuple):
    """The rows of all files, and where each file's begin."""

    frame: pd.DataFrame
    files: Sequence[str]
    starts: Sequence[int]
    remarks: Sequence[Fault]
    """Columns left out."""

    def label(self, row: int) -> str:
        """Return file and line of a row; the rows of Parquet count as if below a header."""
        number = bisect_right(self.starts, row) - 1
        return f"{self.files[number]}:{row - self.starts[number] + 2}"


def read(named: Sequence[tuple[Path, str]], plan: Plan) -> Bulk | None:
    """Read files into one frame.

    Parameters
    ----------
    named
        Path and name in messages of each.
    plan
        Its dimensions are read.

    Returns
    -------
    Bulk or None
        None if a file is not plain, or pyarrow is missing where it is not indispensable.

    Raises
    ------
    DataError
        If Parquet cannot be read: pyarrow is missing, a column is, or the file is none.
    """
    try:
        import pyarrow as pa
    except ImportError:
        if faults := [Fault("needs_extra", file, extra="panel") for path, file in named if is_parquet(path)]:
            raise DataError(faults) from None
        return None
    remarks: list[Fault] = []
    tables = []
    for path, file in named:
        table = _parquet(path, file, plan, remarks) if is_parquet(path) else _csv(path, file, plan, remarks)
        if table is None:
            return None
        tables.append(table)
    starts = list(accumulate((len(table) for table in tables[:-1]), initial=0))
    try:
        table = pa.concat_tables(tables, promote_options="permissive").unify_dictionaries()
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return None
    tables.clear()
    return Bulk(table.to_pandas(split_blocks=True, self_destruct=True), [file for _, file in named], starts, remarks)


def _csv(path: Path, file: str, plan: Plan, remarks: list[Fault]) -> Any:
    """Return a table, None if the file is not plain."""
    import pyarrow as pa
    from pyarrow import csv

    try:
        with path.open("rb") as stream:
            first = stream.readline(_LONGEST_HEADER)
    except OSError:
        return None
    header = first.decode("utf-8-sig", errors="replace").rstrip("\r\n")
    delimiter = separator(header)
    names = header.split(delimiter)
    known = _known(names, plan)
    other = [name for name in names if name not in (*known, *RESERVED_COLUMNS)]
    if len(set(names)) < len(names) or any(name != name.strip(' "') or meaning_of(name) for name in other):
        return None
    texts = [name for name in known if name not in ("year", "value")]
    types = {**dict.fromkeys(texts, pa.dictionary(pa.int32(), pa.string())), "year": pa.int16(), "value": pa.float64()}
    try:
        table = csv.read_csv(
            path,
            parse_options=csv.ParseOptions(delimiter=delimiter),
            convert_options=csv.ConvertOptions(
                column_types=types, include_columns=known, null_values=[""], strings_can_be_null=True
            ),
        )
    except (pa.ArrowInvalid, pa.ArrowKeyError):
        return None
    _note_left_out(names, known, file, 1, remarks)
    return table if _is_plain(table, texts) else None


def _known(names: Sequence[str], plan: Plan) -> list[str]:
    wanted = (*REQUIRED_COLUMNS, *plan.dimensions)
    return [*wanted, *(name for name in ("obs_status",) if name in names)]


def _is_plain(table: Any, texts: Sequence[str]) -> bool:
    """Whether years and values are what they seem and no text has spaces around it."""
    from pyarrow import compute

    if table["year"].null_count or (len(table) and compute.min(table["year"]).as_py() < FIRST_YEAR):
        return False
    if compute.any(compute.is_nan(table["value"])).as_py():
        return False
    distinct = (chunk.dictionary.to_pylist() for name in texts for chunk in table[name].chunks)
    return all(text == text.strip() for each in distinct for text in each)


def _parquet(path: Path, file: str, plan: Plan, remarks: list[Fault]) -> Any:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        names = parquet.read_schema(path).names
        known = _known(names, plan)
        if missing := [name for name in known if name not in names]:
            found = ", ".join(names)
            raise DataError([Fault("missing_column", file, name=name, found=found) for name in missing])
        table = parquet.read_table(path, columns=known, read_dictionary=[name for name in known if name != "value"])
    except FileNotFoundError:
        raise DataError([Fault("no_such_file", file)]) from None
    except (pa.ArrowInvalid, OSError) as error:
        raise DataError([Fault("not_parquet", file, problem=str(error).partition("\n")[0])]) from None
    _note_left_out(names, known, file, None, remarks)
    return table


def _note_left_out(
    names: Sequence[str], known: Sequence[str], file: str, line: int | None, remarks: list[Fault]
) -> None:
    if unknown := [name for name in names if name not in (*known, *RESERVED_COLUMNS)]:
        remarks.append(Fault("columns_left_out", file, line, names=", ".join(unknown)))
