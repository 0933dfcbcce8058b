"""smartkpi template: the table to fill in for a year goes straight back in."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from conftest import MakeData, Run, plan_text

import smartkpi as library
from smartkpi.model.observations import TEXT_COLUMNS

COLUMNS = ["indicator", "title", "owner", "year", "value", "unit", "obs_status", *TEXT_COLUMNS]
AREAS = ["x,2020,1,count,east", "x,2021,2,count,east", "x,2021,3,count,west"]


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def filled(text: str, encoding: str = "utf-8") -> bytes:
    """Return the template with a value in every row, as Excel saves it: CRLF."""
    rows = table(text)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({**row, "value": "50", "source": "report-2022"} for row in rows)
    return out.getvalue().encode(encoding)


def test_every_indicator_of_the_plan_with_title_and_unit_and_no_value(smartkpi: Run) -> None:
    run = smartkpi("template", "--year", "2023")
    rows = table(run.out)
    assert (run.code, run.err, list(rows[0])) == (0, "", COLUMNS)
    assert len(rows) == 14
    assert rows[0] == {
        **dict.fromkeys(COLUMNS, ""),
        "indicator": "digital_economy_size",
        "title": "Size of the digital economy",
        "year": "2023",
        "unit": "兆元",
    }


def test_the_selection_and_the_language_of_titles(smartkpi: Run) -> None:
    assert len(table(smartkpi("template", "--level", "headline").out)) == 6
    run = smartkpi("template", "-k", "telemedicine_clinics", "--lang", "zh-TW")
    assert [row["title"] for row in table(run.out)] == ["原鄉離島衛生所遠距醫療專科門診"]


def test_titles_do_not_change_with_the_environment(smartkpi: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = smartkpi("template").out
    monkeypatch.setenv("SMARTKPI_LANG", "zh-TW")
    assert smartkpi("template").out == plain


def test_the_year_after_the_latest_one_is_the_default(smartkpi: Run, make_data: MakeData) -> None:
    data = make_data({"x": {}}, ["x,2019,5,count", "x,2027,6,count"])
    assert [row["year"] for row in table(smartkpi("template", "--data", data).out)] == ["2028"]


@pytest.mark.parametrize(
    ("encoding", "options"), [("utf-8", ()), ("utf-8-sig", ("--add-bom",)), ("cp950", ("--lang", "zh-TW"))]
)
def test_filled_in_it_goes_straight_back_in(
    smartkpi: Run, tmp_path: Path, encoding: str, options: tuple[str, ...]
) -> None:
    path = tmp_path / "2023.csv"
    path.write_bytes(filled(smartkpi("template", "--year", "2023", *options).out, encoding))
    run = smartkpi("status", "-a", path, "-f", "csv", "--fields", "indicator,year,actual", "--level", "all")
    assert run.code == 0, run.err
    assert "title" not in run.err
    assert [line.split(",", 1)[1] for line in run.out.splitlines()[1:]] == ["2023,50"] * 14


def test_left_empty_it_goes_back_in_too(smartkpi: Run, tmp_path: Path) -> None:
    path = tmp_path / "2023.csv"
    path.write_text(smartkpi("template", "--year", "2023").out, encoding="utf-8")
    run = smartkpi("status", "-a", path)
    assert (run.code, run.err.splitlines()[1:]) == (0, ["no observations: 0 of 6 on track, 6 undetermined"])
    assert "2023.csv: has no values" in run.err


def test_ids_and_titles_like_formulas_survive_excel(smartkpi: Run, make_data: MakeData, tmp_path: Path) -> None:
    data = make_data({"=x": {"title": {"en": "+sum"}}, "-y": {}}, [])
    text = smartkpi("template", "--data", data, "--year", "2023", "--add-bom").out
    assert [row["indicator"] for row in table(text)] == ["'=x", "'-y"]
    path = tmp_path / "filled.csv"
    path.write_bytes(filled(text, "utf-8-sig"))
    run = smartkpi("status", "--data", data, "-a", path, "-f", "csv", "--fields", "indicator,actual")
    assert (run.code, run.out) == (0, "indicator,actual\n=x,50\n-y,50\n"), run.err


def test_a_row_for_each_series_there_is(smartkpi: Run, make_data: MakeData) -> None:
    own = [{"where": {"area": "north"}, "target": 5}]
    data = make_data(
        {"x": {"targets": own}, "y": {}}, AREAS, header="indicator,year,value,unit,area", dimensions=["area"]
    )
    rows = table(smartkpi("template", "--data", data).out)
    assert [(row["indicator"], row["area"], row["year"]) for row in rows] == [
        ("x", "east", "2022"),
        ("x", "west", "2022"),
        ("x", "north", "2022"),
        ("y", "", "2022"),
    ]


def test_a_plan_alone_is_enough_where_the_year_is_given(smartkpi: Run, tmp_path: Path) -> None:
    plan = tmp_path / "targets.toml"
    plan.write_text(plan_text({"x": {}}), encoding="utf-8")
    for option, place in (("--targets", plan), ("--data", tmp_path)):
        assert [row["indicator"] for row in table(smartkpi("template", option, place, "--year", "2023").out)] == ["x"]
        run = smartkpi("template", option, place)
        assert run.code == 2
        assert "name it with --year" in run.err


def test_nothing_is_overwritten(smartkpi: Run, tmp_path: Path) -> None:
    path = tmp_path / "2023.csv"
    assert smartkpi("template", "-o", path).code == 0
    before = path.read_bytes()
    run = smartkpi("template", "--year", "2030", "-o", path)
    assert run.code == 3
    assert run.err.startswith(f"smartkpi: error: {path}: already exists\n  ")
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["2023.csv"]


def test_a_link_to_a_file_is_not_overwritten(smartkpi: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to("file")
    assert smartkpi("template", "-o", tmp_path / "link").code == 3
    assert (tmp_path / "file").read_text() == "mine"


def test_a_faulty_plan_is_told(smartkpi: Run, tmp_path: Path) -> None:
    plan = tmp_path / "targets.toml"
    plan.write_text(plan_text({"x": {"unit": "nonsense"}}), encoding="utf-8")
    assert smartkpi("template", "--targets", plan, "--year", "2023").code == 3
    with pytest.raises(library.DataError):
        library.read_plan(plan)


def test_a_workbook_is_filled_in_and_read_back(smartkpi: Run, tmp_path: Path) -> None:
    book = tmp_path / "2023.xlsx"
    run = smartkpi("template", "--year", "2023", "--level", "headline", "--lang", "zh-TW", "-o", book)
    assert (run.code, run.out) == (0, "")
    assert smartkpi("validate", "--strict", "-a", book).code == 0
    filled = openpyxl.load_workbook(book)
    sheet = filled["observations"]
    names = [cell.value for cell in sheet[1]]
    row = next(cells for cells in sheet.iter_rows(min_row=2) if cells[0].value == "digital_economy_size")
    assert row[names.index("title")].value == "數位經濟規模"
    row[names.index("value")].value = 6.4
    filled.save(book)
    rows = json.loads(smartkpi("status", "-a", book, "-k", "digital_economy_size", "-f", "json").out)["rows"]
    assert [(each["year"], each["actual"]) for each in rows] == [(2023, 6.4)]
    assert smartkpi("template", "--year", "2023", "-o", book).code == 3  # never overwritten
