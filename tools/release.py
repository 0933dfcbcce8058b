"""Check the files of a release: one wheel and one sdist of the version, with what belongs into them and nothing else.

Usage: python tools/release.py FOLDER VERSION
"""

from __future__ import annotations

import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

IN_WHEEL = ("smartkpi/py.typed", "smartkpi/data/targets.toml", "smartkpi/quantities/units.txt", "smartkpi/api.py")
IN_SDIST = (
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "action.yml",
    "tests/conftest.py",
    "data/targets.toml",
)


def problems(folder: Path, version: str) -> Iterator[str]:
    """Return what is wrong with the files."""
    stem = f"smartkpi-{version}"
    expected = {f"{stem}-py3-none-any.whl", f"{stem}.tar.gz"}
    found = {path.name for path in folder.iterdir()}
    if found != expected:
        yield f"expected {sorted(expected)}, found {sorted(found)}"
        return
    with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl") as wheel:
        names = set(wheel.namelist())
    yield from (f"the wheel has no {name}" for name in IN_WHEEL if name not in names)
    own = ("smartkpi/", f"{stem}.dist-info/")
    yield from (f"the wheel has {name}" for name in sorted(names) if not name.startswith(own))
    with tarfile.open(folder / f"{stem}.tar.gz") as sdist:
        members = {member.name.removeprefix(f"{stem}/") for member in sdist.getmembers()}
    yield from (f"the sdist has no {name}" for name in IN_SDIST if name not in members)


def main(folder: str, version: str) -> int:
    """Print what is wrong, and return the exit code."""
    found = list(problems(Path(folder), version))
    print(*found, sep="\n", end="\n" if found else "")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
