"""The targets of benchmarks/fuzz_*.py run: what they start from, and a few alterations of it, is no finding."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT


@contextmanager
def _nothing(**_: object) -> Iterator[None]:
    yield


@pytest.fixture
def targets(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """Return both targets, on a fuzzer that alters nothing by itself."""
    fuzzer = ModuleType("atheris")
    vars(fuzzer).update(instrument_imports=_nothing, Mutate=lambda content, _: bytes(content))
    monkeypatch.setitem(sys.modules, "atheris", fuzzer)
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    yield {name: import_module(name) for name in ("fuzz_actuals", "fuzz_workbooks")}
    for name in ("fuzz_actuals", "fuzz_workbooks"):
        del sys.modules[name]


def test_the_fuzzer_of_actuals_starts_without_a_finding(targets: dict[str, Any], tmp_path: Path) -> None:
    targets["fuzz_actuals"].seed(tmp_path)
    for path in sorted(tmp_path.iterdir()):
        targets["fuzz_actuals"].judge(path.read_bytes())


@pytest.mark.slow
def test_altered_workbooks_are_no_finding(targets: dict[str, Any], tmp_path: Path) -> None:
    targets["fuzz_workbooks"].seed(tmp_path)
    for path in sorted(tmp_path.iterdir()):
        content = path.read_bytes()
        for number in range(40):
            targets["fuzz_actuals"].judge(content)
            content = targets["fuzz_workbooks"].mutate(path.read_bytes(), 1 << 16, number)
