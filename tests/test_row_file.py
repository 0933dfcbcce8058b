"""Columns in a temporary file come back bit for bit, whichever rows are wanted."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from smartkpi.model.arrays import Categorical
from smartkpi.readers.row_file import RowFile, Rows

KINDS: dict[str, type[np.generic]] = {"small": np.int8, "large": np.int64, "figure": np.float64}
SMALL = st.one_of(st.integers(-128, 127), st.just(5))
LARGE = st.integers(-(2**63), 2**63 - 1)
FIGURE = st.one_of(st.floats(), st.sampled_from([np.nan, -0.0, 0.0]))


def table(rows: list[tuple[int, int, float, str]]) -> dict[str, NDArray[Any] | Categorical]:
    small, large, figure, texts = zip(*rows, strict=True)
    values = sorted(set(texts))
    return {
        "small": np.array(small, np.int8),
        "large": np.array(large, np.int64),
        "figure": np.array(figure),
        "text": Categorical(np.array([values.index(each) for each in texts]), values),
    }


@given(
    tables=st.lists(st.lists(st.tuples(SMALL, LARGE, FIGURE, st.text(max_size=2)), min_size=1, max_size=9), min_size=1),
    data=st.data(),
)
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_rows(tmp_path: Path, tables: list[list[tuple[int, int, float, str]]], data: st.DataObject) -> None:
    (tmp_path / "rows").unlink(missing_ok=True)
    file = RowFile(tmp_path / "rows", KINDS)
    every = [file.append(table(rows)) for rows in tables]
    assert file.tables() == every
    pieces: list[Rows] = []
    for rows in data.draw(st.lists(st.sampled_from(every), min_size=1)):
        first = data.draw(st.integers(0, rows.number))
        pieces.append(Rows(rows.table, first, data.draw(st.integers(first, rows.number))))
    found = file.numbers(KINDS, pieces)
    for name, kind in KINDS.items():
        parts = [np.asarray(table(tables[number])[name])[first:stop] for number, first, stop in pieces]
        assert found[name].dtype == kind
        assert found[name].tobytes() == np.concatenate(parts).tobytes()
    texts = [text for number, first, stop in pieces for *_, text in tables[number][first:stop]]
    assert file.texts("text", pieces).cells() == texts


@pytest.mark.parametrize(
    ("column", "size"),
    [
        (np.full(1000, -128, np.int8), 0),
        (np.arange(-128, 128).astype(np.int8), 0),
        (np.zeros(1000), 0),
        (np.arange(2**62, 2**62 + 1000), 0),
        (np.arange(1000.0), 8000),
        (np.array([1, 3, 3]), 24),
        (np.array([0.0, -0.0]), 16),
        (np.zeros(0), 0),
    ],
)
def test_what_follows_from_the_first_entry_takes_no_place(tmp_path: Path, column: NDArray[Any], size: int) -> None:
    file = RowFile(tmp_path / "rows", {"own": column.dtype.type})
    rows = file.append({"own": column})
    assert (tmp_path / "rows").stat().st_size == size
    assert file.numbers(["own"], [rows])["own"].tobytes() == column.tobytes()


def test_a_file_that_was_cut_is_an_error(tmp_path: Path) -> None:
    file = RowFile(tmp_path / "rows", {"own": np.float64})
    rows = file.append({"own": np.array([1.0, 7.0])})
    os.truncate(tmp_path / "rows", 12)
    with pytest.raises(OSError, match="error"):
        file.numbers(["own"], [rows])
