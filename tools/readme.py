"""Run the commands that README*.md, docs/*.md and the examples' pages show, and put what they print below them.

A place to fill is a fenced block right after a comment with the command, or, for Markdown, what stands between the
comment and its end:

    <!-- output: smartkpi status -->
    ```text
    ```

    <!-- output: smartkpi status --format markdown -->

    <!-- /output -->

Usage: python tools/readme.py [--check]

With --check nothing is written, and the exit code is 1 if a block is not what its command prints.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

from pagefile import PAGES, ROOT, settled

BLOCK = re.compile(
    r"^(?P<head><!-- output: (?P<command>[^\n]+) -->\n(?:(?P<fence>```)\w+\n|\n))"
    r".*?(?P<tail>^(?(fence)```|<!-- /output -->)$)",
    re.MULTILINE | re.DOTALL,
)
# The environment's own `smartkpi`, whether installed or only on the path.
SHELL = 'smartkpi() { "$PYTHON" -m smartkpi "$@"; }\n'


def output_of(command: str) -> str:
    """Return what a shell command prints, without colour, in English and 120 columns wide."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("SMARTKPI_")}
    plain |= {"PYTHON": sys.executable, "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "COLUMNS": "120"}
    run = subprocess.run(["/bin/sh", "-c", SHELL + command], cwd=ROOT, env=plain, capture_output=True, check=False)
    if run.returncode:
        raise SystemExit(f"exit {run.returncode} from: {command}\n{run.stderr.decode()}")
    return "".join(line.rstrip() + "\n" for line in run.stdout.decode().splitlines())


def filled(text: str) -> str:
    """Return a page with what each command prints below it."""
    return BLOCK.sub(_filled_block, text)


def _filled_block(block: re.Match[str]) -> str:
    blank = "" if block["fence"] else "\n"
    return block["head"] + output_of(block["command"]) + blank + block["tail"]


def main(*, check: bool) -> int:
    """Fill the blocks of all pages, or show how they differ; return the exit code."""
    settled_all = True
    for page in PAGES:
        old = page.read_text(encoding="utf-8")
        settled_all &= settled(page, old, filled(old), check=check)
    return int(not settled_all)


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
