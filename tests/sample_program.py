"""A program that uses every public function, for mypy to check and for a test to run in an empty folder."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import smartkpi


def main(folder: Path) -> dict[str, object]:
    """Use every function once, and return what each gave."""
    made: list[Path] = smartkpi.init(folder / "plan", 2025)
    data = folder / "plan"
    plan = smartkpi.read_plan(data / "targets.toml")
    rows: pd.DataFrame = smartkpi.read_actuals(sorted((data / "actuals").glob("*.csv")), plan)
    checked: smartkpi.CheckResult = smartkpi.check(data=data, against=2024, fail_on=["missed"])
    smartkpi.report(data=data, lang="zh-TW").save(folder / "report.html")
    indicator: str = next(iter(plan.indicators))
    chart = smartkpi.chart(indicator, data=data)
    chart.save(folder / "chart.svg")
    chart.save(folder / "chart.png")
    explanation = smartkpi.explain(indicator, data=data)
    return {
        "init": made,
        "read_plan": plan,
        "read_actuals": rows,
        "assess": smartkpi.assess(rows, plan, year=2025, rule="all"),
        "forecast": smartkpi.forecast(rows, plan, year=2030, interval=90),
        "status": smartkpi.status(range(2024, 2026), data=data, indicators=[indicator], where={}, lang="zh-TW"),
        "project": smartkpi.project(data=data, level="all", sort="-held", top=1),
        "trend": smartkpi.trend(indicator, data=data),
        "brief": smartkpi.brief(data=data, lang="zh-TW", markdown=True),
        "explain": (str(explanation), explanation.to_dict()),
        "check": (checked.passed, checked.exit_code, checked.failing),
        "chart": str(chart),
        "report": smartkpi.report(actuals=rows, targets=data / "targets.toml"),
        "export": smartkpi.export("datapackage", folder / "package", data=data),
        "validate": smartkpi.validate(data),
        "list_indicators": smartkpi.list_indicators(data=data),
        "units": smartkpi.units(),
        "template": smartkpi.template(data=data),
    }
