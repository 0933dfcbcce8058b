"""Observations as columns of any length, and as records where only a few are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from smartkpi.model import Indicator, Observation, Plan
from smartkpi.model.arrays import Categorical, Flags, Floats, Ints, categorical
from smartkpi.model.codes import BOUNDS, FIRM, NOT_OBSERVED, STATUS_CODES
from smartkpi.model.places import Cell

TEXT_COLUMNS = ("source", "locator", "note", "explanation", "measures", "note_zh")
"""Texts that have a column of their own in what is read and written."""
TEXTS = (*TEXT_COLUMNS, "as_given", "published")
"""Texts beside the figures, which most commands do not need."""
BOUND_CODES = ("", *BOUNDS)
"""Bounds by position; the empty one is an exact value."""

_COUNTS = np.array([code not in NOT_OBSERVED for code in STATUS_CODES])
_FIRM = np.array([code in FIRM for code in STATUS_CODES])


class Texts(Mapping[str, Categorical]):
    """The texts of observations, each read when it is asked for.

    Parameters
    ----------
    readers
        By name; a name that is missing has no texts.
    """

    def __init__(self, readers: Mapping[str, Callable[[], Categorical]]) -> None:
        self._readers = readers
        self._texts: dict[str, Categorical] = {}

    def __getitem__(self, name: str) -> Categorical:
        if name not in self._texts:
            self._texts[name] = self._readers[name]()
        return self._texts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._readers)

    def __len__(self) -> int:
        return len(self._readers)


@dataclass(frozen=True)
class Observations:
    """Rows of the actuals as columns, in the units of their indicators, in the order in which they were read."""

    plan: Plan
    indicator: Ints
    """Position in the plan's indicators."""
    dimensions: tuple[Categorical, ...]
    """In the order of ``Plan.dimensions``."""
    year: Ints
    part: Ints
    """Part of the year, as a position in `quantities.periods.PARTS`; 0 for the whole year."""
    value: Floats
    """NaN where missing."""
    obs_status: Ints
    """Position in `STATUS_CODES`."""
    bound: Ints
    """Position in `BOUND_CODES`."""
    precision: Floats
    """Half a unit of the last printed digit, in the indicator's unit; 0 where a value is not printed with digits."""
    assumed: Flags
    texts: Mapping[str, Categorical]
    """By the names of `TEXTS`; those that nobody has may be missing."""
    file: Categorical
    line: Ints
    """0 where a row is in no file."""
    column: Ints | None = None
    """Of the cell with the value, counted from 1, in rows of a workbook; 0 in others, None where all are others."""

    def __len__(self) -> int:
        return len(self.indicator)

    @cached_property
    def counts(self) -> Flags:
        """Which rows are observations: they have a value, and not a forecast's."""
        return _looked_up(_COUNTS, self.obs_status) & ~np.isnan(self.value)

    @property
    def firm(self) -> Flags:
        """Which values are exact, and normal or provisional."""
        return np.asarray(_looked_up(_FIRM, self.obs_status) & (self.bound == 0))

    def place(self, number: int) -> tuple[str, int]:
        """Return file and line of a row, 0 where it is in no file."""
        line = int(self.line[number])
        column = 0 if self.column is None else int(self.column[number])
        return _cell(self.file, number), Cell(line, column - 1) if column else line

    @cached_property
    def _indicators(self) -> list[Indicator]:
        return list(self.plan.indicators.values())

    def row(self, number: int) -> Observation:
        """Return one row as a record."""
        indicator = self._indicators[self.indicator[number]]
        value = float(self.value[number])
        file, line = self.place(number)
        texts = {name: _cell(column, number) for name, column in self.texts.items()}
        return Observation(
            indicator=indicator.id,
            year=int(self.year[number]),
            part=int(self.part[number]),
            value=None if np.isnan(value) else value,
            unit=indicator.unit,
            obs_status=STATUS_CODES[self.obs_status[number]],
            dimensions=tuple(_cell(axis, number) for axis in self.dimensions),
            bound=BOUND_CODES[self.bound[number]],
            precision=float(self.precision[number]),
            assumed=bool(self.assumed[number]),
            file=file,
            line=line or None,
            **texts,
        )

    def _text(self, name: str, rows: Ints | Flags | slice) -> Categorical:
        return self.texts[name].take(rows)

    def records(self) -> list[Observation]:
        """Return all rows as records, where they are few."""
        return list(map(self.row, range(len(self))))

    def take(self, rows: Ints | Flags | slice) -> Observations:
        """Return these rows."""
        return Observations(
            plan=self.plan,
            indicator=self.indicator[rows],
            dimensions=tuple(axis.take(rows) for axis in self.dimensions),
            year=self.year[rows],
            part=self.part[rows],
            value=self.value[rows],
            obs_status=self.obs_status[rows],
            bound=self.bound[rows],
            precision=self.precision[rows],
            assumed=self.assumed[rows],
            texts=Texts({name: partial(self._text, name, rows) for name in self.texts}),
            file=self.file.take(rows),
            line=self.line[rows],
            column=None if self.column is None else self.column[rows],
        )


def _looked_up(flags: Flags, codes: Ints) -> Flags:
    """Return the flag of each code; where all rows have the same code, which is common, it is looked up once."""
    if len(codes) and codes.min() == codes.max():
        return np.full(len(codes), flags[codes[0]])
    return np.asarray(flags[codes])


def _joined_text(parts: Sequence[Observations], name: str) -> Categorical:
    return join_categoricals(
        [each.texts.get(name) or Categorical(np.zeros(len(each), dtype=np.int8), ("",)) for each in parts]
    )


def _cell(column: Categorical, number: int) -> str:
    return str(column.values[column.codes[number]])


def concatenate(parts: Sequence[Observations], plan: Plan) -> Observations:
    """Return all rows of all parts, one part after the other.

    Parameters
    ----------
    parts
        Of the same plan; may be none.
    plan
        Gives the number of dimensions.
    """
    if len(parts) == 1:
        return parts[0]
    return Observations(
        plan=plan,
        indicator=_joined([each.indicator for each in parts]),
        dimensions=tuple(
            join_categoricals([each.dimensions[axis] for each in parts]) for axis in range(len(plan.dimensions))
        ),
        year=_joined([each.year for each in parts]),
        part=_joined([each.part for each in parts]),
        value=np.concatenate([np.zeros(0), *(each.value for each in parts)]),
        obs_status=_joined([each.obs_status for each in parts]),
        bound=_joined([each.bound for each in parts]),
        precision=np.concatenate([np.zeros(0), *(each.precision for each in parts)]),
        assumed=np.concatenate([np.zeros(0, dtype=np.bool_), *(each.assumed for each in parts)]),
        texts=Texts(
            {name: partial(_joined_text, parts, name) for name in TEXTS if any(name in each.texts for each in parts)}
        ),
        file=join_categoricals([each.file for each in parts]),
        line=_joined([each.line for each in parts]),
        column=_joined_columns(parts),
    )


def from_records(records: Sequence[Observation], plan: Plan) -> Observations:
    """Put records into columns."""
    positions = {name: position for position, name in enumerate(plan.indicators)}
    return Observations(
        plan=plan,
        indicator=np.array([positions[each.indicator] for each in records], dtype=np.int64),
        dimensions=tuple(
            categorical([each.dimensions[axis] for each in records]) for axis in range(len(plan.dimensions))
        ),
        year=np.array([each.year for each in records], dtype=np.int64),
        part=np.array([each.part for each in records], dtype=np.int8),
        value=np.array([np.nan if each.value is None else each.value for each in records], dtype=np.float64),
        obs_status=np.array([STATUS_CODES.index(each.obs_status) for each in records], dtype=np.int64),
        bound=np.array([BOUND_CODES.index(each.bound) for each in records], dtype=np.int64),
        precision=np.array([each.precision for each in records], dtype=np.float64),
        assumed=np.array([each.assumed for each in records], dtype=np.bool_),
        texts={name: categorical([getattr(each, name) for each in records]) for name in TEXTS},
        file=categorical([each.file for each in records]),
        line=np.array([each.line or 0 for each in records], dtype=np.int64),
        column=np.array([each.line.column + 1 if isinstance(each.line, Cell) else 0 for each in records], np.int16),
    )


def _joined_columns(parts: Sequence[Observations]) -> Ints | None:
    if all(each.column is None for each in parts):
        return None
    return _joined([np.zeros(len(each), np.int8) if each.column is None else each.column for each in parts])


def _joined(parts: Sequence[Ints]) -> Ints:
    return np.concatenate([np.zeros(0, dtype=np.int8), *parts])


def join_categoricals(parts: Sequence[Categorical]) -> Categorical:
    """Return the rows of all parts as one column, its values in the order in which the parts have them."""
    places: dict[str, int] = {}
    codes = []
    for part in parts:
        table = [places.setdefault(value, len(places)) for value in part.values]
        codes.append(np.array([*table, -1], dtype=np.int32)[part.codes])
    return Categorical(np.concatenate([np.zeros(0, dtype=np.int32), *codes]), tuple(places))
