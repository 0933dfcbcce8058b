"""Write the JSON Schemas of all outputs and of the plan to docs/schemas/, one file per name and version.

Usage: python tools/schemas.py [--check]

With --check nothing is written, and the exit code is 1 if a file is not what `smartkpi schema` prints.
"""

from __future__ import annotations

import sys
from pathlib import Path

from smartkpi.model.columns import schema_id
from smartkpi.schema import DOCUMENTS, as_text, json_schema

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "schemas"


def path_of(name: str) -> Path:
    """Return where the schema of a format stands; that of an earlier version stays beside it."""
    return FOLDER / f"{schema_id(name).removeprefix('smartkpi/').replace('/', '-')}.json"


def main(*, check: bool) -> int:
    """Write the files that differ, or name them; return the exit code."""
    stale = 0
    for name in DOCUMENTS:
        path, text = path_of(name), as_text(json_schema(name))
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        if check:
            print(f"{path.name} is not what `smartkpi schema {name}` prints")
            stale = 1
        else:
            path.write_text(text, encoding="utf-8")
    return stale


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
