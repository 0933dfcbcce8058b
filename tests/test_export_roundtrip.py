"""Whatever the observations are, each export reads back to the same ones and to the same results."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import plan_text
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.model.table import Table
from smartkpi.readers.dataset import Dataset, Inputs, load
from smartkpi.render import data_package, sdmx, xlsx
from smartkpi.render.view import View
from smartkpi.tables.export import export_tables

INDICATORS: Mapping[str, Mapping[str, Any]] = {
    "money": {"unit": "兆元"},
    "share": {"unit": "%", "direction": "decrease", "target": 5},
    "ratio": {"unit": "fraction", "target": 0.5},
    "rate": {"unit": "件/萬人", "bounds": []},
}
COLUMNS = ("indicator", "area", "year", "value", "unit", "obs_status", "bound", "source", "locator", "note")

values = st.decimals(0, 1, places=9).map(str) | st.floats(1e-12, 1).map(repr) | st.just("")
texts = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=12) | st.sampled_from(
    ["=1+1", "'=x", "+1", "a, b", '"', "花蓮縣", "NaN", "TRUE", "#N/A", "1.0", "_x0041_"]
)
rows = st.fixed_dictionaries(
    {
        "indicator": st.sampled_from(list(INDICATORS)),
        "area": texts.filter(str.strip),
        "year": st.integers(1990, 2030).map(str),
        "value": values,
        "obs_status": st.sampled_from([*"ABDEFMPU", ""]),
        "bound": st.sampled_from(["", "lower", "upper", "approx"]),
        "source": texts,
        "locator": texts,
        "note": texts,
    }
)


def observed(folder: Path, cells: Sequence[Mapping[str, str]]) -> Dataset:
    """Write observations as a careful program would, one for each series and year, and read them."""
    (folder / "actuals").mkdir(parents=True, exist_ok=True)
    (folder / "targets.toml").write_text(plan_text(INDICATORS, dimensions=["area"]), encoding="utf-8")
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows({**row, "unit": INDICATORS[row["indicator"]]["unit"]} for row in cells)
    (folder / "actuals" / "all.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    return load(Inputs(data=str(folder)))


def exported(kind: str, tables: Mapping[str, Table], folder: Path) -> Path:
    """Write an export and return what to read."""
    path = folder / "again.xlsx"
    if kind == "sdmx-csv":
        path.write_text(sdmx.render(tables["observations"], View()), encoding="utf-8")
    elif kind == "xlsx":
        path.write_bytes(xlsx.render(tables))
    else:
        for name, content in data_package.render(tables).items():
            (folder / "package" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "package" / name).write_bytes(content)
        path = folder / "package"
    return path


def distinct(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["indicator"], row["area"].strip().lstrip("'"), row["year"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sdmx-csv", "xlsx", "datapackage"])
@given(cells=st.lists(rows, min_size=1, max_size=12, unique_by=distinct))
def test_the_same_observations_and_results(
    tmp_path_factory: pytest.TempPathFactory, kind: str, cells: Sequence[Mapping[str, str]]
) -> None:
    folder = tmp_path_factory.getbasetemp() / kind
    # What cannot be text of a file at all is made visible by the first export, and the same from then on.
    plain = export_tables(observed(folder, cells))
    tables = export_tables(load(Inputs(data=str(folder), actuals=[str(exported("datapackage", plain, folder))])))
    path = exported(kind, tables, folder)
    again = export_tables(load(Inputs(data=str(folder), actuals=[str(path)])))
    assert {name: table.rows() for name, table in again.items()} == {
        name: table.rows() for name, table in tables.items()
    }
