"""Coverage-guided fuzzing of the way from the bytes of an actuals file to `status`.

    python -m pip install -e . atheris            # atheris is for this script alone, and wants Python 3.11 or 3.12
    python benchmarks/fuzz_actuals.py -max_total_time=600 -max_len=4096 -timeout=10 -rss_limit_mb=2048 CORPUS

CORPUS is a folder that libFuzzer keeps its inputs in; a first run fills it from the shipped data. A finding is an
exception that is no SmartkpiError, a message or an output that steers the terminal, ten seconds without an end, or two
gigabytes of memory. It ends the run with a file that reproduces it: give that file in place of CORPUS. Each finding
becomes a test in tests/test_hostile.py.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["smartkpi", "csv", "json"]):
    from smartkpi import api
    from smartkpi.errors import SmartkpiError
    from smartkpi.readers import actuals, data_folder
    from smartkpi.readers.dataset import Dataset
    from smartkpi.readers.named_files import NamedFile
    from smartkpi.render import render
    from smartkpi.render.view import Format, View
    from smartkpi.tables import status
    from smartkpi.text import printable

DATA = data_folder.shipped()
PLAN = api.read_plan(data_folder.plan_file(DATA))
FILE = Path(tempfile.mkdtemp(prefix="fuzz")) / "actuals.csv"


def judge(content: bytes) -> None:
    """Read, assess and render in every format; what users may mend is no finding."""
    FILE.write_bytes(content)
    reading = actuals.read([NamedFile(FILE, "actuals.csv")], PLAN)
    for fault in reading.faults + reading.remarks:
        for lang in ("en", "zh-TW"):
            text = fault.message(lang) + fault.cure(lang)
            expect(printable(text) == text, text)
    if reading.faults:
        return
    try:
        table = status.status_table(Dataset(PLAN, reading.observations), level="all", rule="all")
    except SmartkpiError:
        return
    for form in Format:
        for line in render(table, View(format=form, add_bom=True)).removeprefix("\ufeff").splitlines():
            expect(form == Format.tsv or printable(line) == line, line)


def expect(holds: bool, text: str) -> None:
    """Make a finding of what does not hold."""
    if not holds:
        raise AssertionError(text)


def seed(corpus: Path) -> None:
    """Put the shipped files where the fuzzer starts from."""
    corpus.mkdir(parents=True, exist_ok=True)
    for path in data_folder.actuals_files(DATA):
        (corpus / path.name).write_bytes(path.read_bytes())


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        if not argument.startswith("-") and not Path(argument).is_file():
            seed(Path(argument))
    atheris.Setup(sys.argv, judge)
    atheris.Fuzz()
