"""Years and values of a frame, in whatever dtype they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from smartkpi.model import FIRST_YEAR, LAST_YEAR
from smartkpi.model.arrays import Floats, Ints
from smartkpi.quantities import QuantityError
from smartkpi.quantities.reasons import reason_of
from smartkpi.quantities.years import YearError, read_year
from smartkpi.readers.frame_errors import FrameFaults

if TYPE_CHECKING:
    import pandas as pd


def years_of(column: pd.Series[Any], faults: FrameFaults) -> Ints:
    """Return the years as whole numbers; what is no year from 1900 to 2200 is a fault.

    Parameters
    ----------
    column
        Whole numbers, or floats and texts that are whole numbers.
    faults
        Where faults are added.
    """
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iu":
        year = column.to_numpy()
    else:
        codes, distinct = column.factorize()
        year = np.array([*map(_year, distinct), 0])[codes]
    if year.min(initial=FIRST_YEAR) >= FIRST_YEAR and year.max(initial=FIRST_YEAR) <= LAST_YEAR:
        return year.astype(np.int16)
    wrong = (year < FIRST_YEAR) | (year > LAST_YEAR)
    faults.each_value("year", wrong, column.array, _no_year)
    # Two bytes are enough once it is a year.
    return np.where(wrong, 0, year).astype(np.int16)


def _year(value: Any) -> int:
    """Return the year that a cell holds, 0 for none."""
    if isinstance(value, str):
        try:
            return read_year(value).value
        except YearError:
            return 0
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, float, np.integer, np.floating)):
        return 0
    return int(value) if FIRST_YEAR <= value <= LAST_YEAR and int(value) == value else 0


def _no_year(text: str) -> dict[str, Any]:
    try:
        read_year(text)
    except YearError as error:
        return {"found": text, **reason_of("year", error, text)}
    return {"found": text, **reason_of("year", YearError("not_a_year", text), text)}


def values_of(column: pd.Series[Any], faults: FrameFaults) -> Floats:
    """Return the values as floats, NaN where missing; what is no finite number is a fault."""
    import pandas as pd
    from pandas.api.types import is_bool_dtype, is_numeric_dtype

    if is_numeric_dtype(column.dtype) and not is_bool_dtype(column.dtype) and not _is_complex(column):
        value = column.to_numpy(dtype=np.float64, na_value=np.nan)
    else:
        texts = column.astype(object)
        texts = texts.where(~texts.map(lambda cell: isinstance(cell, (bool, complex))), "")
        value = pd.to_numeric(texts, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
        no_number = np.isnan(value) & column.notna().to_numpy()
        faults.each_value("value", no_number, column.array, _no_value)
    infinite = np.isinf(value)
    faults.each_value("value_not_finite", infinite, column.array, lambda found: {"found": found})
    return value


def _is_complex(column: pd.Series[Any]) -> bool:
    return isinstance(column.dtype, np.dtype) and column.dtype.kind == "c"


def _no_value(text: str) -> dict[str, Any]:
    return {"found": text, **reason_of("quantity", QuantityError("not_a_number", text), text)}
