"""Cells as scripts get them, against the writers of the standard library."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkpi import api
from smartkpi.model.columns import ColumnKind
from smartkpi.model.table import Table
from smartkpi.readers import data_folder
from smartkpi.render import render
from smartkpi.render.celltext import machine
from smartkpi.render.view import View
from smartkpi.tables.frame import to_frame
from smartkpi.text import printable

KINDS: dict[str, ColumnKind] = {"indicator": "text", 'a,"b"': "text", "50%s": "number", "year": "year", "met": "flag"}
PLAN = api.read_plan(data_folder.plan_file(data_folder.shipped()))
TEXT = (
    st.none() | st.sampled_from(["a", 'q"uo,te', "tab\t", "=1+1", "100%", "花蓮縣", "\r\n", ""]) | st.text(max_size=5)
)
FIGURE = st.sampled_from([-0.0, 1e21, 1e-12, 1e-5, 1e10, 17853472838.46, 6.5e12, 1e15, 80.0]) | st.floats(
    allow_nan=False, allow_infinity=False
)
YEAR = st.none() | st.integers(1900, 2200).map(float)
ROW = st.tuples(TEXT, TEXT, st.none() | FIGURE, YEAR, st.sampled_from([True, False, None]))


def table(rows: list[tuple[Any, ...]], names: tuple[str, ...] = tuple(KINDS)) -> Table:
    return Table.from_cells(
        "status", KINDS, {name: [row[list(KINDS).index(name)] for row in rows] for name in names}, PLAN
    )


@given(runs=st.lists(st.tuples(TEXT, st.integers(1, 9)), max_size=6))
def test_texts_of_a_frame_in_runs_of_any_length(runs: list[tuple[str | None, int]]) -> None:
    texts = [text for text, number in runs for _ in range(number)]
    found = to_frame(Table.from_cells("status", {"title": "text"}, {"title": texts}, PLAN))
    pd.testing.assert_frame_equal(found, pd.DataFrame({"title": pd.Series(texts, dtype="str")}))


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
@pytest.mark.parametrize("names", [tuple(KINDS), ("indicator",), ("50%s",)])
@pytest.mark.parametrize(
    ("is_large", "times"), [(False, 1), (True, 1), (True, 64)], ids=["small", "large", "large with repeats"]
)
@given(rows=st.lists(ROW, max_size=6))
def test_separated_values_are_those_of_the_standard_writer(
    form: str, delimiter: str, names: tuple[str, ...], is_large: bool, times: int, rows: list[tuple[Any, ...]]
) -> None:
    if is_large:
        pytest.importorskip("pyarrow")
    made = table(rows * times, names)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(names)
    cells = ([machine(value, KINDS[name]) for value in made.cells(name)] for name in names)
    writer.writerows(zip(*cells, strict=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("smartkpi.render.csv.LARGE", 1 if is_large else 1 << 30)
        assert render(made, View(format=form)) == out.getvalue()


@given(rows=st.lists(ROW, max_size=6))
def test_json_lines_read_back(rows: list[tuple[Any, ...]]) -> None:
    lines = render(table(rows), View(format="jsonl")).split("\n")[:-1]
    assert [tuple(json.loads(line, parse_int=float).values()) for line in lines] == rows
    assert [list(json.loads(line)) for line in lines] == [list(KINDS)] * len(rows)
    assert all(printable(line) == line for line in lines)
