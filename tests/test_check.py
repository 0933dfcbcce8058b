"""`smartkpi check`: exit codes, the failing lines and the annotations for GitHub."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from conftest import MakeData, Run

from smartkpi.model.columns import STATUS_COLUMNS

TARGETS: dict[str, dict[str, int]] = {
    **{name: {"target": 100} for name in ("good", "late", "bad", "lost", "alone")},
    "lost": {"target": 100, "target_year": 2025},
}
ROWS = [
    "good,2020,50,count", "good,2022,60,count", "good,2025,90,count",
    "late,2020,50,count", "late,2022,55,count", "late,2025,65,count",
    "bad,2020,50,count", "bad,2025,45,count",
    "lost,2020,50,count", "lost,2022,60,count", "lost,2025,90,count",
    "alone,2025,50,count",
]  # fmt: skip


@pytest.fixture
def data(make_data: MakeData) -> Path:
    return make_data(TARGETS, ROWS)


def names(out: str) -> list[str]:
    return [line.split(":")[0] for line in out.splitlines()]


@pytest.mark.parametrize(
    ("options", "code", "failing"),
    [
        ((), 4, ["bad", "lost"]),
        (("--fail-on", "lagging,missed"), 4, ["late", "lost"]),
        (("--fail-on", "off_track"), 0, []),
        (("--min-evidence", "normal"), 4, ["lost"]),
        (("-k", "good", "-k", "late"), 0, []),
        (("-k", "alone"), 5, []),
        (("-k", "alone", "--fail-on", "undetermined"), 4, ["alone"]),
        (("-k", "bad", "--min-evidence", "normal"), 5, []),
        (("-k", "alone", "-k", "good"), 0, []),
        (("-k", "good", "-k", "late", "--fail-on", "+lagging"), 4, ["late"]),
        (("-k", "bad", "-k", "late", "--fail-on", "+lagging"), 4, ["late", "bad"]),
        (("-k", "good", "-k", "alone", "--year", "2030"), 4, ["good", "alone"]),
        (("-k", "good", "--year", "2030", "--fail-on", "missed"), 5, []),
        (("-k", "good", "--year", "2028", "--max-age", "2"), 4, ["good"]),
        (("-k", "good", "--year", "2028", "--max-age", "3"), 0, []),
        (("-k", "good", "--year", "2028", "--max-age", "2", "--fail-on", "missed"), 5, []),
        (("--level", "sector"), 5, []),
        (("--year", "2020"), 5, []),
        (("--rule", "linear", "-k", "late", "--fail-on", "lagging"), 4, ["late"]),
        (("--assume", "good=2026:40", "-k", "good"), 4, ["good"]),
    ],
)
def test_exit_code_and_failing_rows(
    smartkpi: Run, data: Path, options: tuple[str, ...], code: int, failing: list[str]
) -> None:
    run = smartkpi("check", "--data", data, *options)
    assert (run.code, names(run.out)) == (code, failing)


def test_lines_say_what_is_required(smartkpi: Run, data: Path) -> None:
    assert smartkpi("check", "--data", data).out == (
        "bad: reversing (low evidence): bad: from 45 (2025) to 100 (2030) takes +17.32% a year "
        "(compound) or +11 a year, 45.0% attained, no explanation given\n"
        "lost: missed: lost: 90 (2025) against 100 (2025), 90.0% attained, no explanation given\n"
    )
    chinese = smartkpi("check", "--data", data, "-k", "bad", "--lang", "zh-TW").out
    assert "由 45（2025）到 100（2030）需每年 +17.32%（複合成長）或每年 +11" in chinese


def test_age_counts_from_this_calendar_year_without_a_year(
    smartkpi: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smartkpi.cli.option_groups.this_year", lambda: 2029)
    assert smartkpi("check", "--data", data, "-k", "good", "--max-age", "3").code == 4
    assert smartkpi("check", "--data", data, "-k", "good", "--max-age", "4").code == 0
    assert smartkpi("check", "--data", data, "-k", "good", "--max-age", "9" * 400).code == 0
    status = smartkpi(
        "status", "--data", data, "-k", "good", "--max-age", "3", "-f", "csv", "--fields", "status,reason"
    )
    assert status.out == "status,reason\nundetermined,stale\n"


def test_one_observation_is_never_trusted_with_normal_evidence(smartkpi: Run) -> None:
    run = smartkpi("check", "--min-evidence", "normal", "-k", "mobile_5g_population_coverage")
    assert run.code == 5
    assert "0 of 1 fail, 1 not judged\n" in run.err


def test_in_2050_nothing_that_was_open_is_on_track(smartkpi: Run) -> None:
    run = smartkpi("check", "--year", "2050", "-f", "csv", "--fields", "status,reason")
    rows = list(csv.reader(io.StringIO(run.out)))[1:]
    assert (run.code, {status for status, _ in rows}, len(rows)) == (4, {"undetermined"}, 5)
    assert all("target_year_passed" in reason.split(";") for _, reason in rows)


def test_stderr_says_what_was_spared_and_what_could_not_be_judged(smartkpi: Run, data: Path) -> None:
    spared = smartkpi("check", "--data", data, "--min-evidence", "normal").err
    assert spared.startswith(
        "not counted as failing, because its evidence is low: bad (reversing)\n"
        "not judged: alone (only one observation)\n"
        "1 of 5 fail, 2 not judged\n"
    )
    assert "nothing could be judged\n" in smartkpi("check", "--data", data, "-k", "alone").err
    assert smartkpi("check", "--data", data, "-q").err == ""


def test_files_hold_the_failing_rows_in_the_columns_of_status(smartkpi: Run, data: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(smartkpi("check", "--data", data, "-f", "csv").out)))
    assert [row["indicator"] for row in rows] == ["bad", "lost"]
    assert list(rows[0]) == [*STATUS_COLUMNS, "explanation", "measures"]
    document = json.loads(smartkpi("check", "--data", data, "-f", "json").out)
    assert document["schema"] == "smartkpi/check/1"
    assert [row["status"] for row in document["rows"]] == ["reversing", "missed"]
    assert smartkpi("check", "--data", data, "--fields", "indicator,status").out.splitlines()[-1].split() == [
        "lost", "missed",
    ]  # fmt: skip


def test_github_annotations_point_at_the_target(smartkpi: Run, make_data: MakeData) -> None:
    title = {"en": "50% of a,b:\nc"}
    data = make_data({"x:1,%": {"title": title}}, ['"x:1,%",2020,50,count', '"x:1,%",2025,45,count'])
    run = smartkpi("check", "--data", data, "--format", "github")
    lines = (data / "targets.toml").read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, start=1) if text == "target = 100")
    file = str(data / "targets.toml").replace(":", "%3A").replace(",", "%2C")
    head, message = run.out.split("::", 2)[1:]
    assert head == f"error file={file},line={line},title=x%3A1%2C%25"
    assert message.startswith("reversing (low evidence): 50%25 of a,b:%0Ac: from 45 (2025)")
    assert run.out.count("\n") == 1
    assert run.code == 4


@pytest.mark.parametrize(
    "options",
    [("--fail-on", "late"), ("--fail-on", ""), ("--fail-on", "missed,"), ("--min-evidence", "high"),
     ("--format", "xml"), ("-k", "none"), ("--year", "2021..2022")],
)  # fmt: skip
def test_usage_errors(smartkpi: Run, data: Path, options: tuple[str, ...]) -> None:
    run = smartkpi("check", "--data", data, *options)
    assert (run.code, run.out) == (2, "")


def test_the_shipped_plan_passes(smartkpi: Run) -> None:
    run = smartkpi("check")
    assert (run.code, run.out) == (0, "")
