"""Frames of pandas in and out: any dtype of keys, every fault with the labels of its rows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import plan_text
from hypothesis import given
from hypothesis import strategies as st

import smartkpi
from smartkpi.model import Plan
from smartkpi.model.columns import STATUS_COLUMNS

INDICATORS = {
    "jobs": {"unit": "人", "target": 100},
    "share": {"unit": "%", "target": 80, "targets": [{"where": {"area": "花蓮縣"}, "target": 60}]},
}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return made_plan(tmp_path_factory.mktemp("plan"))


def made_plan(folder: Path, dimensions: tuple[str, ...] = ("area",), indicators: Any = INDICATORS) -> Plan:
    path = folder / "targets.toml"
    path.write_text(plan_text(indicators, dimensions=dimensions), encoding="utf-8")
    return smartkpi.read_plan(path)


def frame(*rows: tuple[Any, ...], **columns: Any) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["indicator", "area", "year", "value", "unit"])
    return made.assign(**columns)


GOOD = frame(
    ("share", "臺東縣", 2020, 20.0, "%"),
    ("jobs", "花蓮縣", 2022, 0.006, "萬人"),
    ("share", "花蓮縣", 2020, 20.0, "%"),
    ("jobs", "花蓮縣", 2020, 50.0, "人"),
    ("share", "臺東縣", 2022, 50.0, "%"),
    ("share", "花蓮縣", 2022, 0.5, "fraction"),
)


def test_each_area_is_a_series_with_the_target_of_its_own(plan: Plan) -> None:
    found = smartkpi.assess(GOOD, plan)
    assert list(found.columns) == ["indicator", "area", *list(STATUS_COLUMNS)[1:]]
    assert found[["indicator", "area", "base", "actual", "target", "attainment_pct"]].to_numpy().tolist() == [
        ["jobs", "花蓮縣", 50.0, 60.0, 100.0, 60.0],
        ["share", "臺東縣", 20.0, 50.0, 80.0, 62.5],
        ["share", "花蓮縣", 20.0, 50.0, 60.0, pytest.approx(250 / 3)],
    ]


def test_dtypes(plan: Plan) -> None:
    found = smartkpi.assess(GOOD, plan)
    kinds = {"text": "str", "year": "Int64", "number": "float64", "flag": "boolean"}
    assert {name: str(found[name].dtype) for name in STATUS_COLUMNS} == {
        name: kinds[kind] for name, kind in STATUS_COLUMNS.items()
    }


@pytest.mark.parametrize("dtype", [object, "str", "string", "category", "string[pyarrow]"])
def test_keys_of_any_dtype_give_the_same(plan: Plan, dtype: Any) -> None:
    given_ = GOOD.astype(dict.fromkeys(["indicator", "area", "unit"], dtype))
    found = smartkpi.assess(given_, plan)
    assert found["area"].dtype == given_["area"].dtype
    pd.testing.assert_frame_equal(found.astype({"area": "str"}), smartkpi.assess(GOOD, plan).astype({"area": "str"}))


@pytest.mark.parametrize("dtype", ["int16", "UInt16", "Int64", "int64[pyarrow]", "Sparse[int64]", "category", "str"])
def test_years_of_any_dtype_give_the_same(plan: Plan, dtype: str) -> None:
    found = smartkpi.assess(GOOD.astype({"year": dtype}), plan)
    pd.testing.assert_frame_equal(found, smartkpi.assess(GOOD, plan))


@pytest.mark.parametrize("dtype", ["Int64", "uint64[pyarrow]"])
@pytest.mark.parametrize("year", [None, 19, 9999])
def test_years_that_cannot_be_read_are_errors_whatever_their_dtype(plan: Plan, dtype: str, year: int | None) -> None:
    years = pd.Series([2020, 2022, 2020, year, 2022, 2022], dtype=dtype)
    with pytest.raises(smartkpi.DataError, match=r"row 3: '.*' is not a year"):
        smartkpi.assess(GOOD.assign(year=years), plan)


def test_arrow_columns(plan: Plan) -> None:
    found = smartkpi.assess(GOOD.convert_dtypes(dtype_backend="pyarrow"), plan)
    assert found["actual"].tolist() == [60.0, 50.0, 50.0]


def test_number_dimensions_keep_their_dtype(tmp_path: Path) -> None:
    own = [{"where": {"code": "15"}, "target": 60}]
    plan = made_plan(tmp_path, ("code",), {**INDICATORS, "share": {**INDICATORS["share"], "targets": own}})
    rows = GOOD.assign(code=GOOD["area"].map({"臺東縣": 14, "花蓮縣": 15}))
    every = smartkpi.assess(rows, plan)
    assert (str(every["code"].dtype), every["target"].tolist()) == ("int64", [100.0, 80.0, 60.0])
    one = smartkpi.assess(rows.query("indicator == 'share'"), plan)
    assert one["code"].astype(object).tolist() == [pd.NA, 14, 15]


def test_index_of_any_kind_and_further_columns_are_let_be(plan: Plan) -> None:
    statuses: list[Any] = ["", float("nan"), "A", "A", "E", "P"]
    given_ = GOOD.assign(remark="x", obs_status=statuses).set_index(pd.Index(list("fedcba")))
    before = given_.copy(deep=True)
    found = smartkpi.assess(given_, plan)
    assert found.index.tolist() == [0, 1, 2]
    assert found["obs_status"].tolist() == ["A", "E", "P"]
    pd.testing.assert_frame_equal(given_, before)


def test_missing_values_and_forecasts_do_not_count(plan: Plan) -> None:
    later = frame(("share", "臺東縣", 2023, None, "%"), ("share", "臺東縣", 2024, 99.0, "%"))
    found = smartkpi.assess(pd.concat([GOOD.assign(obs_status="A"), later.assign(obs_status=["A", "F"])]), plan)
    assert found["year"].tolist() == [2022, 2022, 2022]


def test_empty_frame(plan: Plan) -> None:
    found = smartkpi.assess(GOOD.head(0), plan)
    assert found["reason"].tolist() == ["no_observation", "no_observation"]
    assert found["area"].isna().all()


FAULTS: dict[str, tuple[Any, ...]] = {
    # what stands in a cell of row 7, and what is said of it
    "unknown indicator": ({"indicator": "jos"}, "row 7: unknown indicator 'jos'; write an id of the plan"),
    "no indicator": ({"indicator": None}, "row 7: unknown indicator ''"),
    "missing dimension": ({"area": None}, "row 7: the dimension 'area' is empty"),
    "blank dimension": ({"area": " "}, "row 7: the dimension 'area' is empty"),
    "broken year": ({"year": 2020.5}, "row 7: '2020.5' is not a year"),
    "missing year": ({"year": None}, "row 7: '' is not a year"),
    "year out of range": ({"year": 20200}, "row 7: '20200' is not a year"),
    "true is no year": ({"year": True}, "row 7: 'True' is not a year"),
    "infinite value": ({"value": float("inf")}, "row 7: inf is not a finite number"),
    "value of words": ({"value": "many"}, "row 7: 'many' is not a value"),
    "true is not a value": ({"value": True}, "row 7: 'True' is not a value"),
    "no unit": ({"unit": None}, "row 7: '50' has no unit"),
    "unknown unit": ({"unit": "parsec"}, "row 7: unit 'parsec' is not known"),
    "unit of changes": ({"unit": "pp"}, "row 7: unit 'pp' is for changes, not for values"),
    "unit of another kind": ({"unit": "元"}, "row 7: unit '元' (money, TWD) does not fit 'jobs', which is in 人"),
    "status": ({"obs_status": "Y"}, "row 7: obs_status 'Y' is not known"),
    "outside the bounds": ({"indicator": "share", "unit": "%", "value": 101}, "row 7: 101 % is outside the bounds"),
    "duplicate": ({"year": 2022}, "row 7: 'jobs' has a second value for 2022, the first is in row 3"),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "message"), FAULTS.values(), ids=FAULTS.keys())
def test_faults_name_the_row(plan: Plan, cells: dict[str, Any], message: str) -> None:
    rows = [
        {"indicator": "jobs", "area": "a", "year": 2022, "value": 60, "unit": "人", "obs_status": "A"},
        {"indicator": "jobs", "area": "a", "year": 2021, "value": 50, "unit": "人", "obs_status": "A", **cells},
    ]
    with pytest.raises(smartkpi.DataError) as raised:
        smartkpi.assess(pd.DataFrame(rows, index=[3, 7]).astype(object), plan)
    (fault,) = raised.value.faults
    assert f"{fault.message()}; {fault.cure()}".startswith(message)


def test_faults_are_collected_and_counted(plan: Plan) -> None:
    rows = [("jobs", "a", year, np.inf, "☃") for year in range(1901, 1931)]
    with pytest.raises(smartkpi.DataError) as raised:
        smartkpi.assess(frame(*rows, ("none", "", 1, 1.0, "人")), plan)
    assert {each.message() for each in raised.value.faults} == {
        "rows 0, 1, 2 and 27 more: inf is not a finite number",
        "rows 0, 1, 2 and 27 more: unit '☃' is not known",
        "row 30: unknown indicator 'none'",
        "row 30: the dimension 'area' is empty",
        "row 30: '1' is not a year: two digits may be of several centuries, or of the calendar of Taiwan",
    }


def test_many_faults_of_a_kind_are_told_in_short(plan: Plan) -> None:
    rows = [(f"no{number}", "a", 2020, 1.0, "人") for number in range(50)]
    with pytest.raises(smartkpi.DataError) as raised:
        smartkpi.assess(frame(*rows), plan)
    assert len(raised.value.faults) == 21
    assert "rows 20, 21, 22 and 27 more: have the same kind of error" in str(raised.value)


def test_missing_and_repeated_columns(plan: Plan) -> None:
    with pytest.raises(smartkpi.DataError, match="has no column 'area', found: indicator, year"):
        smartkpi.assess(GOOD[["indicator", "year", "value", "unit"]], plan)
    with pytest.raises(smartkpi.DataError, match="column 'unit' appears twice"):
        smartkpi.assess(pd.concat([GOOD, GOOD[["unit"]]], axis=1), plan)


def test_unknown_rule(plan: Plan) -> None:
    with pytest.raises(smartkpi.UsageError, match="there is no rule 'best'"):
        smartkpi.assess(GOOD, plan, rule="best")


def test_what_is_no_frame_or_no_year_is_refused_by_its_type(plan: Plan) -> None:
    no_frame: Any = [GOOD]
    with pytest.raises(TypeError, match=r"observations must be a DataFrame .*, not list"):
        smartkpi.assess(no_frame, plan)
    no_year: Any
    for no_year in ("2022", 2022.5):
        for call in (smartkpi.assess, smartkpi.forecast):
            with pytest.raises(TypeError, match="year must be a whole number, not "):
                call(GOOD, plan, year=no_year)
        with pytest.raises(TypeError, match="year must be a whole number, not "):
            smartkpi.status(year=no_year)
    year: Any = np.int64(2022)
    pd.testing.assert_frame_equal(smartkpi.assess(GOOD, plan, year), smartkpi.assess(GOOD, plan, 2022))


def test_frames_say_what_files_say() -> None:
    plan = smartkpi.read_plan("data/targets.toml")
    rows = smartkpi.read_actuals(sorted(Path("data/actuals").glob("*.csv")), plan)
    pd.testing.assert_frame_equal(smartkpi.assess(rows, plan, year=2022), smartkpi.status(year=2022, level="all"))


KEYS = st.tuples(st.sampled_from(["jobs", "share"]), st.sampled_from("abcd"), st.sampled_from("xy"))


@pytest.fixture(scope="module")
def two_dimensions(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return made_plan(tmp_path_factory.mktemp("two"), ("area", "sex"))


@pytest.mark.slow
@given(
    st.dictionaries(st.tuples(KEYS, st.integers(2000, 2020)), st.floats(1, 99), min_size=1, max_size=10),
    st.randoms(use_true_random=False),
)
def test_series_never_share_an_observation(two_dimensions: Plan, observed: dict[Any, float], chance: Any) -> None:
    """Any number of series together, in any order, give what each gives by itself."""
    plan = two_dimensions
    units = {"jobs": "人", "share": "%"}
    rows = [(*key, year, value, units[key[0]]) for (key, year), value in observed.items()]
    chance.shuffle(rows)
    every = pd.DataFrame(rows, columns=["indicator", "area", "sex", "year", "value", "unit"])
    together = smartkpi.assess(every, plan, year=2020).dropna(subset="area")
    keys = ["indicator", "area", "sex"]
    assert together[keys].apply(tuple, axis=1).is_unique
    for key, own in every.groupby(keys):
        alone = smartkpi.assess(own, plan, year=2020).dropna(subset="area")
        same = together[together[keys].apply(tuple, axis=1) == key]
        pd.testing.assert_frame_equal(same.reset_index(drop=True), alone.reset_index(drop=True))


def test_forecast_is_what_project_says() -> None:
    plan = smartkpi.read_plan("data/targets.toml")
    rows = smartkpi.read_actuals(sorted(Path("data/actuals").glob("*.csv")), plan)
    found = smartkpi.forecast(rows, plan, year=2025, as_of=2022)
    expected = smartkpi.project(year=2025, as_of=2022)
    pd.testing.assert_frame_equal(found.head(len(expected)), expected)
    assert len(found) == len(plan.indicators)


def test_forecast_by_area(plan: Plan) -> None:
    found = smartkpi.forecast(GOOD, plan, year=2024)
    assert found[["area", "held", "at_observed_change", "target"]].to_numpy().tolist() == [
        ["花蓮縣", 60.0, 70.0, 100.0],
        ["臺東縣", 50.0, 80.0, 80.0],
        ["花蓮縣", 50.0, 80.0, 60.0],
    ]


def test_series_beyond_one_block(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = smartkpi.assess(GOOD, plan, rule="all"), smartkpi.forecast(GOOD, plan)
    monkeypatch.setattr("smartkpi.tables.panel._BLOCK", 2)
    for expected, found in zip(
        whole, (smartkpi.assess(GOOD, plan, rule="all"), smartkpi.forecast(GOOD, plan)), strict=True
    ):
        pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"year": np.array([20, 21] * 3, dtype=np.int8)}, "'20' is not a year"),
        ({"year": np.array([200, 201] * 3, dtype=np.uint8)}, "'200' is not a year"),
        ({"value": pd.Series([10**400] * 6, GOOD.index, dtype=object)}, "is not a value"),
        ({"indicator": [["share"]] * 6}, "unknown indicator"),
        ({"unit": [["%"]] * 6}, "is not known"),
        ({"value": pd.Series([Decimal("sNaN")] * 6, dtype=object)}, "'sNaN' is not a value"),
        ({"indicator": pd.Series([Decimal("sNaN")] * 6, dtype=object)}, "unknown indicator 'sNaN'"),
        ({"value": pd.Series([np.timedelta64(1, "D")] * 6, dtype=object)}, "'1 days'"),
        ({"precision": ["a"] * 6}, "row 5: the precision 'a' is not a number"),
        ({"precision": [[1.0]] * 6}, "row 0: the precision .* is not a number"),
    ],
)
def test_odd_cells_are_errors_of_the_data(plan: Plan, cells: dict[str, Any], said: str) -> None:
    with pytest.raises(smartkpi.DataError, match=said):
        smartkpi.assess(GOOD.assign(**cells), plan)


@pytest.mark.parametrize(
    "areas",
    [
        pd.arrays.IntervalArray.from_breaks(range(7)),
        np.arange(2**63, 2**63 + 6, dtype=np.uint64),
        [[letter] for letter in "abcdef"],
        np.arange(6, dtype=np.int32).view("V4"),
    ],
)
def test_dimensions_of_odd_dtypes_are_read(plan: Plan, areas: Any) -> None:
    found = smartkpi.assess(GOOD[GOOD["indicator"] == "share"].assign(area=areas[:4]), plan)
    assert found["area"].isna().tolist()[0]
    assert len(found) >= 2


def nested(kind: str) -> pd.Series[Any]:
    """Return cells of a type of Arrow that frames seldom have."""
    pa = pytest.importorskip("pyarrow", "16.0")
    kinds: dict[str, tuple[Any, Any]] = {
        "list": (pa.list_(pa.string()), ["a"]),
        "struct": (pa.struct([("a", pa.int64())]), {"a": 1}),
        "interval": (pa.month_day_nano_interval(), pa.MonthDayNano([1, 2, 3])),
        "text": (pa.string_view(), "a"),
    }
    own, cell = kinds[kind]
    return pd.Series(pd.arrays.ArrowExtensionArray(pa.array([cell] * 6, own)))


@pytest.mark.parametrize(("column", "kind", "said"), [
    ("year", "list", "is not a year"),
    ("indicator", "struct", "unknown indicator"),
    ("unit", "list", "is not known"),
    ("value", "list", "is not a value"),
    ("value", "interval", "is not a value"),
])  # fmt: skip
def test_cells_of_odd_types_of_arrow_are_errors_of_the_data(plan: Plan, column: str, kind: str, said: str) -> None:
    with pytest.raises(smartkpi.DataError, match=said):
        smartkpi.assess(GOOD.assign(**{column: nested(kind)}), plan)


@pytest.mark.parametrize("kind", ["list", "text"])
def test_dimensions_of_odd_types_of_arrow_are_read(plan: Plan, kind: str) -> None:
    found = smartkpi.assess(GOOD[GOOD["indicator"] == "share"][:1].assign(area=nested(kind)[:1]), plan)
    assert found["area"].isna().tolist()[0]
    assert len(found) >= 2


def test_half_characters_are_question_marks(plan: Plan, tmp_path: Path) -> None:
    half = pd.Series(["\ud800"] * 6, dtype=object)
    with pytest.raises(smartkpi.DataError, match=r"unknown indicator '\?'"):
        smartkpi.assess(GOOD.assign(indicator=half), plan)
    made_plan(tmp_path)
    found = smartkpi.status(targets=tmp_path / "targets.toml", actuals=GOOD[:2].assign(area=half[:2]))
    assert found["area"].tolist() == ["?", "?"]


def test_bounds_lower_the_evidence(plan: Plan) -> None:
    found = smartkpi.assess(GOOD.assign(bound=["", "lower", "", "", " ", ""]), plan)
    assert found["evidence"].tolist()[0] == "low"
    with pytest.raises(smartkpi.DataError, match="over"):
        smartkpi.assess(GOOD.assign(bound="over"), plan)


def test_the_plans_own_rule_counts_everywhere() -> None:
    folder = Path("examples/eu-digital-decade")
    plan = smartkpi.read_plan(folder / "targets.toml")
    rows = smartkpi.read_actuals(sorted((folder / "actuals").glob("*.csv")), plan)
    found = smartkpi.assess(rows, plan).set_index("indicator")["pace"]
    expected = smartkpi.status(level="all", data=folder).set_index("indicator")["pace"]
    assert found["fibre_coverage"] == expected["fibre_coverage"] == pytest.approx(8 / 5.5)


@pytest.mark.parametrize(
    ("precision", "wrong"),
    [
        ([0.5, 0.0, None], []),
        (["0.5", "", None], []),
        ([-1.0, 0.5, float("inf")], ["-1.0", "inf"]),
        (["wide", "0.5", "-inf"], ["wide", "-inf"]),
        ([True, 0.5, 10**400], ["True", "1" + "0" * 118 + "…"]),
    ],
)
def test_precisions_are_numbers_from_0_on(plan: Plan, precision: list[Any], wrong: list[str]) -> None:
    rows = frame(*(("jobs", "花蓮縣", year, 50.0, "人") for year in (2020, 2021, 2022)))
    rows = rows.assign(precision=pd.Series(precision, dtype=object if precision[0] is True else None)).set_axis(
        list("abc")
    )
    if not wrong:
        assert smartkpi.assess(rows, plan)["actual"].dropna().tolist() == [50.0]
        return
    with pytest.raises(smartkpi.DataError) as caught:
        smartkpi.assess(rows, plan)
    told = [(fault.file, fault.details["found"]) for fault in caught.value.faults]
    assert told == list(zip(["row a", "row c"], wrong, strict=True))


def test_a_lazy_frame_is_to_be_collected(plan: Plan) -> None:
    polars = pytest.importorskip("polars")
    lazy: Any = polars.LazyFrame({"indicator": ["jobs"]})
    with pytest.raises(TypeError, match=r"observations .*call its collect\(\)"):
        smartkpi.assess(lazy, plan)
    with pytest.raises(TypeError, match=r"actuals .*call its collect\(\)"):
        smartkpi.status(actuals=lazy)
