"""What nobody should be able to do: wait for ever, take all memory, or be read where there is nothing to read.

Time is that of the processor, held down by the system in a process of its own; memory likewise.
"""

from __future__ import annotations

import importlib
import os
import resource
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from unittest.mock import Mock

import pytest
from conftest import MakeData, Run, environment, start
from test_workbook_attacks import MAIN, NAMES, sheet, with_styles, xlsx

CPU_SECONDS = 4
"""Twice what is promised on an ordinary machine: one that is shared counts time for others."""
MEMORY = 2_000_000_000

HEAD = "indicator,year,value,unit\n"
ROW = "digital_economy_size,2022,6.2,兆元\n"
M = 1_000_000


def bounded(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    """Run the command line with limited processor time and memory."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    return subprocess.run(
        [sys.executable, "-m", "smartkpi", *map(str, arguments)],
        capture_output=True,
        check=False,
        env=environment(OPENBLAS_NUM_THREADS="1"),
        preexec_fn=limit,
        timeout=120,
    )


def numbered(form: str, number: int) -> str:
    return "".join(form.format(each) for each in range(number))


HOSTILE_ACTUALS: Mapping[str, str] = {
    "a hundred thousand columns": HEAD.strip() + numbered(",c{}", 120_000),
    "columns of one name": ",".join(["a"] * (M // 2)),
    "commas alone": "," * M,
    "a long line": "x" * M,
    "a long cell": HEAD + "digital_economy_size,2022," + "a" * M + ",兆元",
    "a number of 99,000 digits": HEAD + "digital_economy_size,2022," + "9" * 99_000 + ",兆元",
    **{
        f"digits and {signs}": HEAD + f"digital_economy_size,2022,{signs.replace('1', '1' * 45_000)},兆元"
        for signs in ("1)", "(1", "5 1)", "1 (p)", "1%x")
    },
    "a word in brackets, again and again": HEAD + f"digital_economy_size,2022,5 {'[1]' * 30_000},兆元",
    "a year of 99,000 digits": HEAD + "digital_economy_size," + "2" * 99_000 + ",6.2,兆元",
    "a tower of powers as unit": HEAD + "digital_economy_size,2022,6.2,9**9**9**9",
    "a tower of powers as value": HEAD + "digital_economy_size,2022,9**9**9**9,兆元",
    "unknown units": HEAD + numbered("digital_economy_size,2000,6.2,u{}x\n", 28_000),
    "prefixes of prefixes": HEAD + numbered("digital_economy_size,2000,6.2,千千千千千千{}\n", 15_000),
    "unknown indicators": HEAD + numbered("digital_economy_{},2000,6.2,兆元\n", 25_000),
    "short rows": HEAD + "a\n" * (M // 2),
    "duplicates": HEAD + numbered("digital_economy_size,2000,{},兆元\n", 25_000),
    "years that are none": HEAD + numbered("digital_economy_size,x{},6.2,兆元\n", 25_000),
    "NUL bytes": "\0" * M,
    "quotes": HEAD + '"' * M,
    "an open quote": HEAD + '"' + "a\n" * (M // 2),
    "asterisks behind a name": HEAD + "*" * 90_000 + "x,2022,1,元",
    "brackets behind a name": HEAD + "(a" * 45_000 + ",2022,1,元",
    "words in a header": "indicator,year,value" + "(a)" * 30_000 + ",unit\n" + ROW,
    "spaces in a header": HEAD.strip() + "".join(f",{each}1{' ' * 45_000}x" for each in "abcdef") + "\nx\n",
    "years in a header": "indicator," + "1-" * 49_000 + "\nx,1\n",
    "columns of years": "indicator" + numbered(",{}年", 16_000) + "\nx,1\n",
    "columns in small letters": HEAD.strip() + numbered(",c{} d", 16_000) + "\nx\n",
    "columns of SDMX": "TIME_PERIOD,OBS_VALUE" + ",D" * 16_000 + "\n",
    "deep JSON": '{"a":' * 100_000,
    "keys of JSON": numbered('{{"k{}":1}}\n', 50_000),
    "a number of JSON": '{"indicator":"digital_economy_size","year":2022,"value":' + "9" * 900_000 + "}",
    "no ZIP archive": "PK\x03\x04" + "a" * M,
}
PLAN = 'schema = "smartkpi/plan/1"\n'
HOSTILE_PLANS: Mapping[str, str] = {
    "nested arrays": "x = " + "[" * (M // 2) + "]" * (M // 2),
    "nested arrays within limits": "x = " + "[" * 300 + "]" * 300,
    "nested tables": "x = " + "{a=" * 200_000,
    "a deep key": ".".join("a" * 400_000) + " = 1",
    "deep keys": "".join(f"{'a.' * 300}b{number} = 1\n" for number in range(1500)),
    "unknown keys": numbered("k{} = 1\n", 80_000),
    "deep tables": "".join(f"[{'a.' * 200}b{number}]\n" for number in range(2200)),
    "a number of 100,000 digits": "x = " + "9" * 100_000,
    "a hexadecimal number as a name": PLAN + "[plan]\ndimensions = [0x" + "f" * 900_000 + "]",
    "an open string": 'x = """' + '""a' * 300_000,
    "spaces": "x = " + " " * 900_000,
    "lines like headers": 'x = """\n' + ("[" + " " * 480 + "\n") * 2000 + '"""',
    "a line like a header": 'x = """\n[' + " " * 900_000 + '\n"""',
    "dots": 'x = """\n[a' + " ." * 400_000 + ']\n"""',
    "indicators without anything": PLAN + numbered("[indicators.x{}]\nunit='%'\n", 30_000),
    "indicators of unknown units": PLAN + numbered("[indicators.x{0}]\nunit='p{0}'\n", 25_000),
    "indicators of an unknown pillar": PLAN
    + numbered("[pillars.x{}]\n", 20_000)
    + numbered("[indicators.i{}]\npillar='q'\n", 15_000),
    "dimensions": PLAN + "[plan]\ndimensions=[" + numbered("'d{}',", 80_000) + "]",
    "targets of series": PLAN
    + "[plan]\ndimensions=['a']\n[indicators.x]\ntargets=["
    + numbered("{{where={{a='{}'}},target=1}},", 25_000)
    + "]",
    "milestones": PLAN + "[indicators.x]\nmilestones={" + ",".join(f"k{each}=1" for each in range(80_000)) + "}",
    "footnotes in titles": PLAN + numbered("[pillars.x{}]\ntitle={{en='" + "*" * 30 + "x'}}\n", 12_000),
}


def _workbook_of_formats(code: str) -> bytes:
    """Return a workbook of 50,000 number formats, each in a cell of its own."""
    numbers = range(200, 50_200)
    formats = "".join(f'<numFmt numFmtId="{number}" formatCode="{number}{code}"/>' for number in numbers)
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in numbers)
    cells = "".join(f'<row><c s="{number}"><v>5</v></c></row>' for number in range(len(numbers)))
    return xlsx(
        {
            "xl/worksheets/sheet1.xml": sheet(cells),
            "xl/_rels/workbook.xml.rels": with_styles(),
            "xl/styles.xml": f"<styleSheet {MAIN}><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>",
        }
    )


def _workbook(rows: str, merged: str = "") -> bytes:
    own = sheet(rows).replace("</worksheet>", f"<mergeCells>{merged}</mergeCells></worksheet>")
    return xlsx({"xl/worksheets/sheet1.xml": own})


def _row(cells: Iterable[str]) -> str:
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{each}</t></is></c>' for each in cells) + "</row>"


HOSTILE_WORKBOOKS: Mapping[str, Callable[[], bytes]] = {
    "formats": lambda: _workbook_of_formats("0," * 120),
    "formats of many parts": lambda: _workbook_of_formats("0;" * 120),
    "merged cells of one row": lambda: _workbook(_row(["year"] * 16_000), '<mergeCell ref="A1:XFD1"/>' * 500_000),
    "merged cells of wide rows": lambda: _workbook(_row(["year"] * 9_000) * 20, '<mergeCell ref="A1:A20"/>' * 9_000),
    "names of columns": lambda: _workbook(
        _row([*NAMES, *(f"note {each}" for each in range(16_000))]) + _row(f"{each} 20" for each in range(16_000)) * 14
    ),
}


WRONG = {
    "values": ("smartkpi.readers.observations._cell", "a,2020,?{},count"),
    "units": ("smartkpi.readers.observations._printed_value", "a,2020,5,u{}x"),
    "years": ("smartkpi.readers.observations._period", "a,y{},5,count"),
    "indicators": ("smartkpi.readers.observations._indicator", "b{},2020,5,count"),
}


@pytest.mark.parametrize(("function", "row"), WRONG.values(), ids=WRONG.keys())
def test_nothing_is_looked_at_below_more_errors_than_are_told(
    smartkpi: Run, make_data: MakeData, monkeypatch: pytest.MonkeyPatch, function: str, row: str
) -> None:
    rows = ["a,2021,5,count", *(row.format(number) for number in range(3000))]
    module, _, name = function.rpartition(".")
    asked = Mock(side_effect=getattr(importlib.import_module(module), name))
    monkeypatch.setattr(function, asked)
    folder = make_data({"a": {}}, rows)
    run = smartkpi("status", "--data", folder)
    errors = [line for line in run.err.splitlines() if line.startswith("smartkpi: error: ")]
    assert [line.partition("all.csv:")[2].partition(":")[0] for line in errors[:-1]] == list(map(str, range(3, 1003)))
    assert errors[-1] == "smartkpi: error: reading stopped after 1000 errors; fix these first, then run it again"
    assert asked.call_count < 1010


@pytest.mark.slow
@pytest.mark.parametrize("content", HOSTILE_WORKBOOKS.values(), ids=HOSTILE_WORKBOOKS.keys())
def test_small_workbooks_end_soon_with_an_error(tmp_path: Path, content: Callable[[], bytes]) -> None:
    path = tmp_path / "actuals.xlsx"
    path.write_bytes(content())
    assert path.stat().st_size < 1.4 * M
    run = bounded("status", "-a", path, "-f", "csv")
    assert (run.returncode, run.stdout) == (3, b""), run.stderr[-500:]
    assert run.stderr.startswith(f"smartkpi: error: {path}".encode())


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE_ACTUALS.values(), ids=HOSTILE_ACTUALS.keys())
def test_small_actuals_end_soon_with_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "actuals.csv"
    path.write_text(text, encoding="utf-8")
    assert path.stat().st_size < 1.4 * M
    run = bounded("status", "-a", path, "-f", "csv")
    assert (run.returncode, run.stdout) == (3, b""), run.stderr[-500:]
    assert run.stderr.startswith(f"smartkpi: error: {path}".encode())
    assert len(run.stderr.splitlines()) <= 1001


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE_PLANS.values(), ids=HOSTILE_PLANS.keys())
def test_small_plans_end_soon_with_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "targets.toml"
    path.write_text(text, encoding="utf-8")
    assert path.stat().st_size < 1.4 * M
    run = bounded("validate", "--targets", path)
    assert (run.returncode, run.stdout) == (3, b""), run.stderr[-500:]
    assert run.stderr.startswith(f"smartkpi: error: {path}".encode())
    assert len(run.stderr.splitlines()) <= 1001


def test_memory_that_is_used_up_is_told(smartkpi: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("smartkpi.readers.dataset.load", greedy)
    run = smartkpi("validate")
    assert (run.code, run.out) == (3, "")
    assert run.err == "smartkpi: error: there is not enough memory\n  read fewer or smaller files at a time\n"


@pytest.mark.parametrize("option", ["--actuals", "--targets"])
def test_a_file_of_three_gigabytes(smartkpi: Run, tmp_path: Path, option: str) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(3_000_000_000)
    run = smartkpi("status", option, path)
    assert run.code == 3
    assert f"{path}: has more than" in run.err


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/full", "/dev/urandom"])
@pytest.mark.parametrize("option", ["--actuals", "--targets"])
def test_devices_without_end(smartkpi: Run, device: str, option: str) -> None:
    run = smartkpi("status", option, device)
    assert run.code == 3
    assert run.err.startswith(f"smartkpi: error: {device}: has more than")
    assert len(run.err.splitlines()) == 2


def test_standard_input_without_end() -> None:
    with subprocess.Popen(["yes"], stdout=subprocess.PIPE) as endless:  # noqa: S607 - of the system
        run = subprocess.run(
            [sys.executable, "-m", "smartkpi", "status", "-a", "-"],
            stdin=endless.stdout,
            capture_output=True,
            check=False,
            env=environment(),
            timeout=60,
        )
        endless.kill()
    assert run.returncode == 3
    assert run.stderr.startswith(b"smartkpi: error: standard input: has more than")


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """Return a folder of things that are no plain files."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("text")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "dangling").symlink_to("nowhere")
    os.mkfifo(tmp_path / "fifo")
    with socket.socket(socket.AF_UNIX) as made:
        try:
            made.bind(str(tmp_path / "socket"))
        except OSError:  # the path is too long for a socket
            (tmp_path / "socket").symlink_to("socket")
    return tmp_path


UNREADABLE = ["folder", "loop", "dangling", "fifo", "socket", "nowhere", "file/below", "/proc/self/mem", ""]


@pytest.mark.parametrize("name", UNREADABLE)
@pytest.mark.parametrize("option", ["--actuals", "--targets"])
def test_what_cannot_be_read_is_one_line_and_its_cure(
    smartkpi: Run, odd: Path, name: str, option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smartkpi.readers.files.PATIENCE", 0.01)
    run = smartkpi("status", option, odd / name)
    assert (run.code, run.out) == (3, "")
    first, _ = run.err.splitlines()
    assert first.startswith(f"smartkpi: error: {odd / name}: ")


@pytest.mark.parametrize("name", ["loop", "dangling", "fifo", "file", "nowhere"])
def test_what_is_no_data_folder(smartkpi: Run, odd: Path, name: str) -> None:
    run = smartkpi("status", "--data", odd / name)
    assert run.code == 3
    assert run.err.splitlines()[0] == f"smartkpi: error: {odd / name}: there is no such folder"


@pytest.mark.parametrize("command", ["status", "template", "export"])
@pytest.mark.parametrize("name", ["folder", "loop", "fifo", "socket", "file/below", "nowhere/below", "/dev/full"])
def test_what_cannot_be_written_is_one_line_and_its_cure(smartkpi: Run, odd: Path, command: str, name: str) -> None:
    run = smartkpi(command, "-o", odd / name, "-q")
    assert (run.code, run.out) == (3, "")
    first, _ = run.err.splitlines()
    assert first.startswith(f"smartkpi: error: {odd / name}: cannot be written: ")
    assert not [each for each in odd.iterdir() if each.name.endswith(".tmp")]


def test_pipes_that_somebody_writes_to(tmp_path: Path) -> None:
    plain = start("status", "-f", "csv").stdout
    data = Path(__file__).parent.parent / "data" / "actuals"
    rows = f"sleep 0.2; cat {data}/2*.csv | awk 'NR == 1 || !/^indicator/'"
    command = f"{sys.executable} -m smartkpi status -f csv -a <({rows})"
    run = subprocess.run(["/bin/bash", "-c", command], capture_output=True, check=False, env=environment(), timeout=60)
    assert (run.returncode, run.stdout) == (0, plain)


def test_a_closed_standard_input() -> None:
    command = f"{sys.executable} -m smartkpi status -a - <&-"
    run = subprocess.run(["/bin/bash", "-c", command], capture_output=True, check=False, env=environment(), timeout=60)
    assert run.returncode == 3
    assert run.stderr.startswith(b"smartkpi: error: standard input: cannot be read: standard input is closed\n")
