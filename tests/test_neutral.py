"""Nothing in the code knows a plan: names of indicators, sources and groups stand in plans alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import tomli
from conftest import ROOT

PLANS = [ROOT / "data" / "targets.toml", *sorted(ROOT.glob("examples/*/targets.toml"))]
CODE = [path for path in sorted((ROOT / "smartkpi").rglob("*")) if path.is_file() and path.suffix != ".pyc"]


def names_of(plan: Mapping[str, Any]) -> Iterator[str]:
    """The ids of a plan, and its titles in either language."""
    yield plan["plan"]["id"]
    yield from plan["plan"]["title"].values()
    for kind in ("sources", "pillars", "indicators"):
        for name, table in plan[kind].items():
            yield name
            title = table["title"]
            yield from [title] if isinstance(title, str) else title.values()


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.parent.name)
def test_no_file_of_the_package_has_a_name_of_a_plan(path: Path) -> None:
    names = list(names_of(tomli.loads(path.read_text(encoding="utf-8"))))
    # One word alone, such as "skills", is anyone's.
    known = {name for name in names if "_" in name or "-" in name or " " in name or not name.isascii()}
    assert len(known) > len(names) / 2
    texts = {code: code.read_text(encoding="utf-8") for code in CODE if code.suffix != ".typed"}
    found = {(str(code.relative_to(ROOT)), name) for code, text in texts.items() for name in known if name in text}
    assert found == set()
