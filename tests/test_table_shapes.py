"""Tables of the shapes that offices and portals publish, read to the same four observations."""

# ruff: noqa: E501 - tables as files have them
from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from conftest import MakeData, Run, plan_text

PLAN = plan_text(
    {
        "jobs": {"unit": "%", "target": 80, "title": {"en": "Employment rate", "zh-TW": "就業率"}},
        "poor": {"unit": "%", "target": 5, "direction": "decrease", "title": {"en": "Poverty rate", "zh-TW": "貧窮率"}},
    }
)
SAME = [("jobs", "2021", "70.1"), ("jobs", "2022", "70.4"), ("poor", "2021", "10.2"), ("poor", "2022", "9.9")]
SHAPES = {
    "a year over target and actual": "Indicator,Unit,2021,,2022,\n,,Target,Actual,Target,Actual\n"
    "Employment rate,%,71,70.1,72,70.4\nPoverty rate,%,10,10.2,9,9.9\n",
    "names in the second row": ",,110年,,111年,\n指標,單位,目標值,實績,目標值,實績\n就業率,%,71,70.1,72,70.4\n貧窮率,%,10,10.2,9,9.9\n",
    "target and actual over years": "指標,單位,目標,,實績,\n,,110年,111年,110年,111年\n就業率,%,71,72,70.1,70.4\n貧窮率,%,10,9,10.2,9.9\n",
    "a rate below the year": "指標,單位,110年,,111年,\n,,實績,達成率,實績,達成率\n就業率,%,70.1,99%,70.4,98%\n貧窮率,%,10.2,99%,9.9,98%\n",
    "title above, notes below": "Table 1: Labour; by year\n\nindicator;year;value;unit\njobs;2021;70.1;%\njobs;2022;70.4;%\n"
    "poor;2021;10.2;%\npoor;2022;9.9;%\n\nSource: a survey, 2022\n",
    "indicators as columns": "統計期,就業率(%),Poverty rate (%)\n110年,70.1,10.2\n111年,70.4,9.9\n",
    "Eurostat": "freq,unit,indic,geo\\TIME_PERIOD\t2021 \t2022 \nA,PC,jobs,XX\t70.1 \t70.4 \nA,PC,poor,XX\t10.2 \t9.9 \n",
    "OECD": "DATAFLOW,MEASURE,Measure,UNIT_MEASURE,Unit of measure,TIME_PERIOD,Time period,OBS_VALUE\n"
    "X,jobs,Jobs,PT,Percent,2021,,70.1\nX,jobs,Jobs,PT,Percent,2022,,70.4\n"
    "X,poor,Poor,PT,Percent,2021,,10.2\nX,poor,Poor,PT,Percent,2022,,9.9\n",
    "UN": "Goal,Target,Indicator,SeriesCode,GeoAreaCode,TimePeriod,Value,[Nature],[Units]\n"
    "8,8.5,8.5.2,jobs,1,2021,70.1,C,PERCENT\n8,8.5,8.5.2,jobs,1,2022,70.4,C,PERCENT\n"
    "1,1.1,1.1.1,poor,1,2021,10.2,C,PERCENT\n1,1.1,1.1.1,poor,1,2022,9.9,C,PERCENT\n",
    "World Bank": '"Data Source","World Development Indicators",\n\n"Last Updated Date","2023-01-01",\n\n'
    '"Country Name","Country Code","Indicator Name","Indicator Code","2021 [YR2021]","2022 [YR2022]",\n'
    '"Xland","XXX","Employment rate","jobs","70.1 %","70.4 %",\n"Xland","XXX","Poverty rate","poor","10.2 %","9.9 %",\n',
}


def observations(smartkpi: Run, folder: Path, text: str, *options: str) -> list[tuple[str, str, str]]:
    (folder / "targets.toml").write_text(PLAN, encoding="utf-8")
    (folder / "all.csv").write_text(text, encoding="utf-8")
    run = smartkpi("export", "--targets", folder / "targets.toml", "-a", folder / "all.csv", *options)
    assert run.code == 0, run.err
    return sorted((row["indicator"], row["year"], row["value"]) for row in csv.DictReader(io.StringIO(run.out)))


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_shape(smartkpi: Run, tmp_path: Path, text: str) -> None:
    assert observations(smartkpi, tmp_path, text) == SAME


@pytest.mark.parametrize(
    ("header", "status"),
    [("2022p", "P"), ("2022 (e)", "E"), ("111年預估", "E"), ("2022", "A"), ("2022 [YR2022]", "A"), ("2022b", "B")],
)
def test_a_flag_in_a_year_header(smartkpi: Run, tmp_path: Path, header: str, status: str) -> None:
    (tmp_path / "targets.toml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "all.csv").write_text(f"indicator,unit,{header}\njobs,%,70.4\n", encoding="utf-8")
    run = smartkpi("export", "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.csv", "-f", "csv")
    assert [row["obs_status"] for row in csv.DictReader(io.StringIO(run.out))] == [status]


def test_rows_of_one_value_only(smartkpi: Run, tmp_path: Path) -> None:
    text = "indicator,year,Sex,value,unit\njobs,2021,,70.1,%\njobs,2021,F,60,%\njobs,2022,,70.4,%\n"
    assert observations(smartkpi, tmp_path, text, "--where", "Sex=") == SAME[:2]
    assert observations(smartkpi, tmp_path, text, "--where", "sex=F") == [("jobs", "2021", "60")]


def test_rows_of_one_value_only_in_parquet(smartkpi: Run, tmp_path: Path) -> None:
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    columns = {
        "indicator": ["jobs"] * 3,
        "year": [2021, 2021, 2022],
        "Sex": [None, "F", None],
        "value": [70.1, 60.0, 70.4],
        "unit": ["%"] * 3,
    }
    parquet.write_table(pyarrow.table(columns), tmp_path / "all.parquet")
    (tmp_path / "targets.toml").write_text(PLAN, encoding="utf-8")
    read = ("export", "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.parquet", "--fields", "year,value")
    run = smartkpi(*read, "--where", "Sex=")
    assert (run.code, run.out.splitlines()[1:]) == (0, ["2021,70.1", "2022,70.4"]), run.err
    assert "1 of 3 rows are left out by --where" in run.err
    assert smartkpi(*read, "--where", "sex=F").out.splitlines()[1:] == ["2021,60"]
    assert smartkpi(*read, "--where", "Age=9").code == 3


def test_the_plan_can_say_it(smartkpi: Run, tmp_path: Path) -> None:
    (tmp_path / "targets.toml").write_text(PLAN + '\n[reading]\nwhere = ["Sex="]\nunits_from_plan = true\n', "utf-8")
    (tmp_path / "all.csv").write_text("indicator,year,Sex,value\njobs,2021,,70.1\njobs,2021,F,60\n", "utf-8")
    run = smartkpi("export", "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.csv", "--fields", "value")
    assert run.out.splitlines() == ["value", "70.1"]


@pytest.mark.parametrize(
    ("content", "name"),
    [("%PDF-1.7", "PDF"), ("<html><body/></html>", "HTML"), ('CHARSET="ANSI";\nDATA=1;', "PX"), ("<a/>", "XML")],
)
def test_other_formats_are_refused_by_name(smartkpi: Run, tmp_path: Path, content: str, name: str) -> None:
    (tmp_path / "all.csv").write_text(content, encoding="utf-8")
    run = smartkpi("validate", "-a", tmp_path / "all.csv")
    assert (run.code, f"of the format {name}" in run.err) == (3, True)


RATES = "指標,單位,110年,,,\n,,目標,實績,達成率,差異\n就業率,%,71,70.1,{rate},-0.9\n"


@pytest.mark.parametrize("rate", ["98.7%", "98.73%", "99 %", "0.987", "98.7", ""])
def test_a_printed_attainment_that_is_right_gives_no_remark(smartkpi: Run, tmp_path: Path, rate: str) -> None:
    text = RATES.format(rate=rate)
    assert observations(smartkpi, tmp_path, text) == SAME[:1]
    assert "71 is" not in smartkpi("validate", "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.csv").err


@pytest.mark.parametrize(
    "text",
    [
        RATES.format(rate="98.8%"),
        "指標,單位,110年目標,110年實績,110年達成率\n就業率,%,71,70.1,98.8%\n",
        "指標,年度,目標值,實績,單位,達成率\n就業率,110,71,70.1,%,98.8%\n",
        "Indicator;Unit;2021;;\n;;Plan;Actual;Attainment\nEmployment rate;%;71,0;70,1;98,8 %\n",
    ],
)
def test_a_printed_attainment_that_is_wrong_gives_a_remark_with_both(smartkpi: Run, tmp_path: Path, text: str) -> None:
    assert observations(smartkpi, tmp_path, text) == SAME[:1]
    err = smartkpi("validate", "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.csv").err
    assert re.search(r"'jobs' has '[^']+' 98.8 ?% here. but 70.1 by 71(.0)? is 98.73 %", err.replace(",", ".")), err


BESIDE = "indicator,year,value,unit,area,target,attainment\n"
YEARLY = ("x,2020,5,count,e,6,83.3%", "x,2021,6,count,e,8,75%", "x,2030,9,count,e,10,90%")


@pytest.mark.parametrize("large", [1, 1 << 30])
@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (YEARLY, []),  # of the years of their rows, of which the plan says nothing but for 2030
        (("x,2020,5,count,e,10,50%", "x,2021,6,count,e,10 件,60%"), []),
        (("x,2025,5,count,e,7,71%",), []),
        ((*YEARLY[:2], "x,2030,9,count,e,11,82%"), ["4: 'x' has the target 11 count for 2030 here, the plan has 10"]),
        (("x,2020,5,件,e,12.50,40%", "x,2021,6,件,e,12.50,48%"), ["2: 'x' has the target 12.50 件 for 2030 here"]),
        (("x,2020,5,count,e,12 件,41.7%",), ["2: 'x' has the target 12 件 for 2030 here"]),
        (("x,2020,5,count,e,many,",), ["2: 'x' has the target many count for 2030 here"]),
        (("x,2020,5,count,e,-,50%", "x,2020,,count,w,10,50%", "x,2020,0,count,v,10,50%"), []),
        (("x,2020,5,count,e,10,0.5", "x,2020,5.0,count,w,10,50", "x,2020,5 件,,v,10,50.0 %"), []),
        (
            ("x,2020,5,count,e,10,51%", "x,2020,5.0 件,,w,10,0.49"),
            [
                "2: 'x' has 'attainment' 51% here, but 5 by 10 is 50 %",
                "3: 'x' has 'attainment' 0.49 here, but 5.0 件 by",
            ],
        ),
    ],
)
def test_targets_and_attainments_beside_values_are_compared(
    smartkpi: Run,
    make_data: MakeData,
    monkeypatch: pytest.MonkeyPatch,
    large: int,
    rows: tuple[str, ...],
    said: list[str],
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setattr("smartkpi.readers.actuals.LARGE", large)
    plan = {"x": {"target": 10, "milestones": {"2025": 7}}}
    run = smartkpi("validate", "--data", make_data(plan, rows, header=BESIDE.strip(), dimensions=["area"]))
    assert run.code == 0, run.err
    found = [
        line.partition("all.csv:")[2] for line in run.err.splitlines() if "the plan has" in line or "by 10" in line
    ]
    assert len(found) == len(said)
    for line, start in zip(found, said, strict=True):
        assert line.startswith(start)


def test_where_less_is_better_target_by_actual_is_an_attainment_too(smartkpi: Run, tmp_path: Path) -> None:
    text = "Indicator,Unit,2021,,\n,,Target,Actual,Attainment\nPoverty rate,%,9,10.2,{rate}\n"
    for rate, is_right in (("113.3%", True), ("88.2%", True), ("100%", False)):
        observations(smartkpi, tmp_path, text.format(rate=rate))
        err = smartkpi("validate", "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.csv").err
        assert ("10.2 by 9 is 113.3 %" in err) is not is_right


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("indicator,unit,2021\njobs,%,70.1\nothers,%,5\n", "no indicator"),
        ("Indicator,Year,Actual,Unit,Attainment\njobs,2021,70.1,%,98%\n", "target and actual, not read: Attainment"),
        ("indicator,unit,Baseline,2021\njobs,%,65.1,70.1\n", "columns with figures, not read"),
        ("Year,jobs (%),others (%)\n2021,70.1,5\n", "columns with figures, not read"),
        (RATES.format(rate="98.7%"), "110年 達成率, 110年 差異"),
        (
            "Survey,5\nindicator,year,value,unit\njobs,2021,70.1,%\n".replace("Survey,5", "Survey,5,,"),
            "above the header",
        ),
        ("indicator,year,value,unit\njobs,2021,70.1,%\nNote: last year,,69.9,\n", "in notes below the data"),
    ],
)
def test_every_figure_that_is_left_out_is_an_error_for_the_strict(
    smartkpi: Run, tmp_path: Path, text: str, named: str
) -> None:
    assert observations(smartkpi, tmp_path, text) == SAME[:1]
    read = ("validate", "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.csv")
    assert named in smartkpi(*read).err
    strict = smartkpi(*read, "--strict")
    assert (strict.code, named in strict.err) == (3, True)


@pytest.mark.parametrize(
    "text",
    [
        "項次,指標,單位,110年\n1,就業率,%,70.1\n",
        "Indicator,Country code,Unit,2021\njobs,158,%,70.1\n",
        "Table 1: employment\nindicator,year,value,unit\njobs,2021,70.1,%\nSource: survey 5\n",
    ],
)
def test_what_is_not_a_figure_may_be_left_out_by_the_strict(smartkpi: Run, tmp_path: Path, text: str) -> None:
    assert observations(smartkpi, tmp_path, text, "--strict") == SAME[:1]


def test_validate_takes_only_the_series_that_are_asked_for(smartkpi: Run, tmp_path: Path) -> None:
    plan = plan_text({"jobs": {"unit": "%", "target": 80}}, dimensions=["area"])
    (tmp_path / "targets.toml").write_text(plan, encoding="utf-8")
    (tmp_path / "all.csv").write_text("indicator,year,value,unit,area\njobs,2021,7,%,A\njobs,2022,8,%,B\n", "utf-8")
    read = ("validate", "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.csv")
    assert smartkpi(*read, "--where", "area=B").out.startswith("valid: 1 indicators, 1 observations, 2022, 2 files\n")
    assert "no series has area 'C'" in smartkpi(*read, "--where", "area=C").err


def test_units_of_the_plan_may_be_in_headers(smartkpi: Run, tmp_path: Path) -> None:
    head = '[units.tray]\nmeasures = "tray"\n'
    plan = plan_text({"eggs": {"unit": "tray", "target": 80}}, head=head)
    (tmp_path / "targets.toml").write_text(plan, encoding="utf-8")
    for text in (
        "indicator,year,value (tray)\neggs,2021,7\n",
        "indicator,2021 (tray)\neggs,7\n",
        "Year,eggs (tray)\n2021,7\n",
        "indicator,2021\neggs (tray),7\n",
    ):
        (tmp_path / "all.csv").write_text(text, encoding="utf-8")
        run = smartkpi(
            "export", "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.csv", "--fields", "value"
        )
        assert (run.code, run.out.split()) == (0, ["value", "7"]), run.err


@pytest.mark.parametrize(
    "text",
    [
        "A title\n,,2021,,\nIndicator,Unit,Target,Actual,Attainment\nEmployment rate,%,71,70.1,98.7%\n",
        ",,Target,Actual\nIndicator,Unit,2021,2021\nEmployment rate,%,71,70.1\n",
        "Indicator,Unit,2021\n,,Actual\nEmployment rate,%,70.1\n",
        "指標,單位,目標,,實績,,達成率,\n,,109年,110年,109年,110年,109年,110年\n就業率,%,70,71,..,70.1,,98.7%\n",
        "Indicator,Year,Value\nEmployment rate (%),2021,70.1\nEmployment rate (%),2020,..\n",
        "Indicator,Year,Value\nEmployment rate,2021,70.1 %\nEmployment rate,2020,..\n",
    ],
)
def test_shapes_that_a_search_found(smartkpi: Run, tmp_path: Path, text: str) -> None:
    assert [each for each in observations(smartkpi, tmp_path, text) if each[2]] == SAME[:1]


def test_a_year_as_a_title_is_not_over_columns(smartkpi: Run, tmp_path: Path) -> None:
    assert (
        observations(smartkpi, tmp_path, "2022\nIndicator,Year,Value,Unit\nEmployment rate,2021,70.1,%\n") == SAME[:1]
    )


TYPES = "indicator,year,value,unit,Type\njobs,2021,70.1,%,Actual\njobs,2025,80,%,{word}\n"


@pytest.mark.parametrize("word", ["Target", "目標值", "Forecast", "Ziel", " plan "])
@pytest.mark.parametrize("kind", ["small", "large", "parquet", "parquet of pandas"])
def test_rows_that_a_column_calls_targets_are_no_actuals(
    smartkpi: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str, kind: str
) -> None:
    text, path = TYPES.format(word=word), tmp_path / "all.csv"
    if kind != "small":
        pytest.importorskip("pyarrow")
    if kind == "large":
        monkeypatch.setattr("smartkpi.readers.actuals.LARGE", 1)
    assert observations(smartkpi, tmp_path, text) == SAME[:1]
    if kind.startswith("parquet"):
        import pyarrow
        from pyarrow import csv as arrow_csv
        from pyarrow import parquet

        path, table = tmp_path / "all.parquet", arrow_csv.read_csv(tmp_path / "all.csv")
        large = {pyarrow.string(): pyarrow.large_string()} if kind == "parquet of pandas" else {}
        schema = pyarrow.schema([(each.name, large.get(each.type, each.type)) for each in table.schema])
        parquet.write_table(table.cast(schema), path)
    read = ("export", "--targets", tmp_path / "targets.toml", "-a", path, "--fields", "value")
    run = smartkpi(*read)
    assert (run.out.split(), "are no actuals, not read: 1" in run.err) == (["value", "70.1"], True)
    assert smartkpi(*read, "--where", f"Type={word.strip()}").out.split() == ["value", "80"]


@pytest.mark.parametrize("header", ["Indicator,Unit,2015,2016", ",,2015,2016", "Share,Unit,2014,2015,2016"])
def test_a_second_header_is_refused(smartkpi: Run, tmp_path: Path, header: str) -> None:
    years = ",".join(["2010", "2011", "2012"][: header.count("20")])
    first = f"Indicator,Unit,{years}\njobs,%{',70' * header.count('20')}\n"
    (tmp_path / "targets.toml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "all.csv").write_text(f"{first}{header}\npoor,%{',9' * header.count('20')}\n", encoding="utf-8")
    run = smartkpi("validate", "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.csv")
    assert (run.code, "all.csv:3: a second header below the first" in run.err) == (3, True)


def test_parts_of_a_year_below_it_are_no_values_of_a_dimension(smartkpi: Run, tmp_path: Path) -> None:
    plan = plan_text({"jobs": {"unit": "%", "target": 80, "aggregate": "last"}}, dimensions=["sex"])
    (tmp_path / "targets.toml").write_text(plan, encoding="utf-8")
    read = ("validate", "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.csv")
    for words in ("Q1,Q2", "H1,H2", "1月,2月", "上半年,下半年"):
        (tmp_path / "all.csv").write_text(f"Indicator,Unit,2021,\n,,{words}\njobs,%,70.1,70.4\n", encoding="utf-8")
        run = smartkpi(*read)
        assert (run.code, "has no column 'sex'" in run.err) == (3, True)


def test_quarters_below_a_year_are_parts_of_it(smartkpi: Run, tmp_path: Path) -> None:
    plan = plan_text({"jobs": {"unit": "%", "target": 80, "aggregate": "last"}})
    (tmp_path / "targets.toml").write_text(plan, encoding="utf-8")
    (tmp_path / "all.csv").write_text("Indicator,Unit,2021,,2022,\n,,Q3,Q4,Q3,Q4\njobs,%,70,70.1,70.2,70.4\n", "utf-8")
    run = smartkpi(
        "export", "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.csv", "--fields", "year,value"
    )
    assert run.out.split() == ["year,value", "2021,70.1", "2022,70.4"]


@pytest.mark.parametrize(
    "heading", ["Rank 2022", "2022 rank", "Baseline 2022", "2022 median", "Change 2022", "2022 成長率"]
)
def test_other_words_beside_a_year_are_no_values(smartkpi: Run, tmp_path: Path, heading: str) -> None:
    assert observations(smartkpi, tmp_path, f"Indicator,Unit,2021,{heading}\njobs,%,70.1,3\n") == SAME[:1]


@pytest.mark.parametrize(
    "text",
    [
        "Indikator;Jahr;Wert;Einheit\njobs;2021;70,1;%\n",
        "Indicateur;Année;Valeur;Unité\njobs;2021;70,1;%\n",
        "Indicador;Año;Valor;Unidad\njobs;2021;70,1;%\n",
        "Indicador;Unidad;2021;\n;;Meta;Avance\njobs;%;71;70,1\n",
        "Indikator;Einheit;2021;\n;;Soll;Ist\njobs;%;71;70,1\n",
        "indicator|year|value|unit\njobs|2021|70.1|%\n",
    ],
)
def test_headers_in_other_languages(smartkpi: Run, tmp_path: Path, text: str) -> None:
    assert observations(smartkpi, tmp_path, text) == SAME[:1]


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        ("Quarter", ["1", "2", "3", "4"]),
        ("quarter", ["Q1", "Q2", "Q3", "Q4"]),
        ("季別", ["第1季", "第2季", "第3季", "第4季"]),
        ("Half-year", ["H1", "2"]),
        ("月", [f"{month}月" for month in range(1, 13)]),
        ("Month", [*"123456789", "10", "11", "Dec"]),
    ],
)
def test_parts_of_years_in_a_column_of_their_own(smartkpi: Run, tmp_path: Path, header: str, parts: list[str]) -> None:
    (tmp_path / "targets.toml").write_text(
        plan_text({"jobs": {"unit": "%", "target": 80, "aggregate": "mean"}}), encoding="utf-8"
    )
    rows = "".join(f"jobs,2021,{part},70,%\n" for part in parts) + f"jobs,2022,{parts[0]},71,%\n"
    (tmp_path / "all.csv").write_text(f"indicator,year,{header},value,unit\n{rows}", encoding="utf-8")
    read = ("--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.csv")
    run = smartkpi("export", *read, "--fields", "year,value")
    assert (run.code, run.out.split()[1:]) == (0, ["2021,70"]), run.err
    assert "parts of 2022" in run.err  # one of them is there
    assert f"year = year + {header}" in smartkpi("validate", *read).out


def test_a_part_of_a_year_without_aggregate_is_refused(smartkpi: Run, tmp_path: Path) -> None:
    (tmp_path / "targets.toml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "all.csv").write_text("indicator,year,month,value,unit\njobs,2021,12,70.1,%\n", encoding="utf-8")
    read = ("export", "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.csv", "--fields", "value")
    run = smartkpi(*read)
    assert (run.code, "'2021M12' is a part of a year" in run.err) == (3, True)
    assert smartkpi(*read, "--where", "month=12").out.split() == ["value", "70.1"]
    (tmp_path / "all.csv").write_text("indicator,year,month,value,unit\njobs,2021,Total,70.1,%\n", encoding="utf-8")
    assert smartkpi(*read).out.split() == ["value", "70.1"]


TRAINED = plan_text({"people": {"unit": "人", "target": 9000, "title": {"en": "People trained", "zh-TW": "培訓人數"}}})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("單位：千人\n指標,110年,111年\n培訓人數,5,6\n", "6000"),
        ("培訓人數統計表,,單位:千人\n指標,110年,111年\n培訓人數,5,6\n", "6000"),
        ("(Thousands of persons)\nIndicator,2021,2022\npeople,5,6\n", "6000"),
        ("Title,Training\nUnit,thousand persons\nIndicator,2021,2022\npeople,5,6\n", "6000"),
        ("Indicator,2021,2022\npeople,5,6\nNote: unit: thousand persons\n", "6000"),
        ("指標（單位：千人）,110年,111年\n培訓人數,5,6\n", "6000"),
        ("單位：千人\n指標,單位,110年,111年\n培訓人數,人,5,6\n", "6"),
        ("單位：千人\n指標,110年,111年\n培訓人數,5,6人\n", "6"),
        ("單位：人、%\n指標,110年,111年\n培訓人數,5,6\n", "6"),
    ],
)
def test_the_unit_of_a_title_counts_for_values_without_another(
    smartkpi: Run, tmp_path: Path, text: str, value: str
) -> None:
    (tmp_path / "targets.toml").write_text(TRAINED, encoding="utf-8")
    (tmp_path / "all.csv").write_text(text, encoding="utf-8")
    read = ("export", "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.csv", "--fields", "year,value")
    assert f"2022,{value}" in smartkpi(*read, "--units-from-plan").out.split()


@pytest.mark.parametrize("words", ["Men,Rank", "Number,Percent", "人數,比率", "Men,Share (%)"])
def test_measures_below_a_year_are_no_values_of_a_dimension(smartkpi: Run, tmp_path: Path, words: str) -> None:
    plan = plan_text({"jobs": {"unit": "%", "target": 80}}, dimensions=["sex"])
    (tmp_path / "targets.toml").write_text(plan, encoding="utf-8")
    (tmp_path / "all.csv").write_text(f"Indicator,Unit,2021,\n,,{words}\njobs,%,70.1,3\n", encoding="utf-8")
    run = smartkpi("validate", "--targets", tmp_path / "targets.toml", "-a", tmp_path / "all.csv")
    assert (run.code, "below 2021 are columns of" in run.err) == (3, True)


@pytest.mark.parametrize(
    ("column", "word", "number"),
    [
        ("Status", "Target", 1),
        ("狀態", "目標值", 1),
        ("備註", "目標值", 1),
        ("Note", "target", 1),
        ("Status", "Planned", 2),
    ],
)
def test_rows_of_targets_by_status_or_note(smartkpi: Run, tmp_path: Path, column: str, word: str, number: int) -> None:
    text = f"indicator,year,value,unit,{column}\njobs,2021,70.1,%,\njobs,2025,80,%,{word}\n"
    assert len(observations(smartkpi, tmp_path, text)) == number
