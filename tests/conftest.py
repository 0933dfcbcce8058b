"""What tests share: the command line in this process or another, and data folders made on the spot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

from smartkpi import cli

# Few examples while working, more before a change lands. No deadline: a busy machine is not an error.
# A commit passes CI or does not, whatever the day: the search for new examples is `just explore`.
settings.register_profile("dev", max_examples=20, deadline=None)
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True)
settings.register_profile("explore", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") == "true" else "dev"))

# Where bytecode is switched off, as in many containers, each of some hundred processes would compile the package again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

ROOT = Path(__file__).parent.parent


class Result(NamedTuple):
    """What a run of the command line gave."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]
MakeData = Callable[..., Path]

PLAN = """\
schema = "smartkpi/plan/1"
[plan]
id = "test"
title = { en = "Test plan", zh-TW = "測試計畫" }
[sources.report]
title = "Report"
publisher = "Office"
[pillars.one]
title = { en = "One", zh-TW = "一" }
"""

DEFAULTS: Mapping[str, Any] = {
    "pillar": "one",
    "level": "headline",
    "unit": "count",
    "direction": "increase",
    "target": 100,
    "target_year": 2030,
    "source": "report",
}


def toml(value: Any) -> str:
    """Write a value as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f'"{key}" = {toml(each)}' for key, each in value.items()) + " }"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(toml, value)) + "]"
    return repr(value)


def plan_text(indicators: Mapping[str, Mapping[str, Any]], head: str = "", dimensions: Sequence[str] = ()) -> str:
    """Write a plan with these indicators; what one leaves out it takes from the defaults."""
    plan = PLAN.replace("[sources", f"dimensions = {toml(list(dimensions))}\n[sources") if dimensions else PLAN
    tables = [
        f"[indicators.{toml(name)}]\n"
        + "\n".join(f"{key} = {toml(value)}" for key, value in {"title": {"en": name}, **DEFAULTS, **own}.items())
        for name, own in indicators.items()
    ]
    return "\n".join([plan, head, *tables, ""])


@pytest.fixture
def make_data(tmp_path: Path) -> MakeData:
    """Return a function that writes a data folder: indicators, and rows of the actuals as lines of CSV."""

    def make(
        indicators: Mapping[str, Mapping[str, Any]],
        rows: Sequence[str],
        header: str = "indicator,year,value,unit",
        head: str = "",
        dimensions: Sequence[str] = (),
    ) -> Path:
        (tmp_path / "actuals").mkdir(exist_ok=True)
        (tmp_path / "targets.toml").write_text(plan_text(indicators, head, dimensions), encoding="utf-8")
        text = "".join(f"{line}\n" for line in [header, *rows])
        (tmp_path / "actuals" / "all.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return make


@pytest.fixture
def smartkpi(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the command line in this process."""
    for name in ("SMARTKPI_DATA", "SMARTKPI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: object) -> Result:
        monkeypatch.setattr(sys, "argv", ["smartkpi", *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as exit_info:
            cli.main()
        out, err = capfd.readouterr()
        return Result(int(exit_info.value.code or 0), out, err)

    return run


def environment(**changes: str) -> dict[str, str]:
    """Return an environment in which the package is found from any folder, in English and UTF-8."""
    found = {name: value for name, value in os.environ.items() if not name.startswith(("SMARTKPI", "LC_", "COLUMNS"))}
    return {**found, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **changes}


with_copies = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="processes are copied on Linux, for two cores"
)


def children(process: int) -> list[str]:
    """Return the numbers of the processes that a process has started and that have not ended."""
    return Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()


def start(
    *arguments: object, stdin: bytes = b"", cwd: Path | None = None, env: Mapping[str, str] = MappingProxyType({})
) -> subprocess.CompletedProcess[bytes]:
    """Run the command line as users do, in a process of its own."""
    command = [sys.executable, "-m", "smartkpi", *map(str, arguments)]
    return subprocess.run(
        command, input=stdin, capture_output=True, check=False, cwd=cwd, env=environment(**env), timeout=60
    )
