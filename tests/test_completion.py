"""What is completed, through the protocol that the shells' scripts speak; tests/test_shells.py has the shells."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeData, Run, plan_text, start
from hypothesis import assume, example, given
from hypothesis import strategies as st

from smartkpi.cli import completion
from smartkpi.cli.app import COMMANDS, group
from smartkpi.model.codes import FAILING_REASONS, Level, RuleName, Status
from smartkpi.model.columns import PROJECT_COLUMNS, STATUS_COLUMNS, TREND_COLUMNS
from smartkpi.readers import plan_outline
from smartkpi.readers.plan_outline import Outline
from smartkpi.render.view import CheckFormat, ExplainFormat, Format

Complete = Callable[..., dict[str, str]]


@pytest.fixture
def answered(smartkpi: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Return a function that returns the lines which a shell gets for what stands behind ``smartkpi``."""

    def ask(line: str, shell: str = "zsh", replaced: str = "") -> list[str]:
        monkeypatch.setenv("_SMARTKPI_COMPLETE", shell)
        run = smartkpi(f"smartkpi {line}", *([replaced] if shell == "bash" else []))
        assert (run.code, run.err) == (0, "")
        return run.out.splitlines()

    return ask


@pytest.fixture
def complete(answered: Callable[..., list[str]]) -> Complete:
    """Return a function that returns words that fit, with their meanings."""

    def ask(line: str) -> dict[str, str]:
        kind, *lines = answered(line)
        assert kind == "values"
        return dict(each.split("\t") for each in lines)

    return ask


def test_commands_come_with_what_they_do(complete: Complete) -> None:
    found = complete("")
    assert list(found) == list(COMMANDS)
    assert found["status"] == "Attainment, required annual growth and on-track flag of each KPI."
    assert list(complete("val")) == ["validate"]


def test_options_come_with_what_they_mean(complete: Complete) -> None:
    assert complete("status --ru") == {
        "--rule": "On-track rule: compound, linear, eurostat, eurostat-long, unsd-2023, germany, trajectory, all; "
        "default: the plan's own, else compound."
    }
    assert list(complete("--")) == ["--version", "--install-completion", "--show-completion", "--help"]
    assert " ".join(complete("init -")) == "--lang --quiet -q --verbose -v --debug --year --from --help -h"


def test_an_option_that_is_there_is_not_offered_again_unless_it_can_be(complete: Complete) -> None:
    found = complete("status -k a -f csv --top=3 --")
    assert "--indicator" in found
    assert not {"--format", "--top"} & set(found)


RULES = [*RuleName, "all"]
VALUES: Mapping[str, list[str]] = {
    "status -f ": list(Format),
    "status --format=j": ["--format=json", "--format=jsonl"],
    "status -fcs": ["-fcsv"],
    "check -f ": list(CheckFormat),
    "explain x -f ": list(ExplainFormat),
    "status --level ": list(Level),
    "status --rule ": RULES,
    "trend x --rule=e": ["--rule=eurostat", "--rule=eurostat-long"],
    "status --lang ": ["en", "zh-TW"],
    "status --color ": ["auto", "always", "never"],
    "status --calendar ": ["ce", "roc"],
    "check --min-evidence ": ["low", "normal"],
    "check --fail-on missed,la": ["missed,lagging"],
    "check --fail-on ": [*Status, *FAILING_REASONS],
    "check --fail-on +la": ["+lagging"],
    "schema pl": ["plan"],
    "status --fields ": list(STATUS_COLUMNS),
    "check --fields base_": ["base_year"],
    "project --fields ": list(PROJECT_COLUMNS),
    "trend x --fields ": list(TREND_COLUMNS),
    "export --fields bo": ["bound"],
    "status --fields status,pace,st": [],
    "status --fields pace,st": ["pace,status"],
    "status --fields=pace,st": ["--fields=pace,status"],
    "status --rule all --fields status_e": ["status_eurostat", "status_eurostat_long"],
    "check --rule all --fields ag": ["agreement"],
    "status --fields status_": [],
    "status --year 2021..2022 --fields as": ["as_of"],
    "status --summarise --fields w": ["worst"],
    "status --sort pac": ["pace"],
    "project --sort -prob": ["-probability"],
    "status -k telemedicine_clinics -k mob": ["mobile_5g_population_coverage"],
    "status --indicator=mob": ["--indicator=mobile_5g_population_coverage"],
    "status --assume mob": ["mobile_5g_population_coverage="],
    "status --assume mobile_5g_population_coverage=2": [],
    "explain mob": ["mobile_5g_population_coverage"],
    "explain mobile_5g_population_coverage ": [],
    "trend -f csv mob": ["mobile_5g_population_coverage"],
    "explain -- mob": ["mobile_5g_population_coverage"],
    "status --top ": [],
    "status --year ": [],
    "status x": [],
    "nonsense x": [],
}


@pytest.mark.parametrize(("line", "values"), VALUES.items())
def test_values(line: str, values: list[str], complete: Complete) -> None:
    assert list(complete(line)) == values


@pytest.mark.parametrize(
    ("line", "kind"),
    {
        "status --data ": "folders",
        "status --data=da": "folders",
        "init ": "folders",
        "status --targets ": "files",
        "status -a ": "files",
        "status -apl": "files",
        "status --actuals=": "files",
        "report -o ": "files",
    }.items(),
)
def test_the_shell_looks_for_files_and_folders(line: str, kind: str, answered: Callable[..., list[str]]) -> None:
    assert answered(line) == [kind]


FREE = {
    "--max-age",
    "--memory-limit",
    "--encoding",
    "--sheet",
    "--skip-lines",
    "--missing",
    "--zero",
    "--year",
    "--as-of",
    "--interval",
    "--top",
}


def test_every_option_that_takes_a_value_completes_it_but_for_years_numbers_and_names() -> None:
    left = {
        option.opts[0]
        for command in group().commands.values()
        for option in command.params
        if option.param_type_name == "option" and not option.is_flag
        if completion.answer([command.name, option.opts[0], ""]) == completion.Answer("values", [])
    }
    assert left == FREE | {"--by", "--where"}  # the shipped plan has no dimensions


def test_ids_come_with_their_titles_in_the_readers_language(
    complete: Complete, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert complete("status -k digital_e") == {"digital_economy_size": "Size of the digital economy"}
    assert complete("status --lang zh-TW -k digital_e") == {"digital_economy_size": "數位經濟規模"}
    monkeypatch.setenv("SMARTKPI_LANG", "zh-TW")
    assert complete("explain digital_e") == {"digital_economy_size": "數位經濟規模"}
    assert complete("explain --lang en digital_e") == {"digital_economy_size": "Size of the digital economy"}
    assert complete("check --fail-on rev") == {"reversing": "退步"}
    assert complete("trend x --fields targ")["target"] == "目標值"


def test_the_plan_is_the_one_that_the_line_names(
    complete: Complete, make_data: MakeData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = make_data({"one": {}, "two": {}}, [])
    other = tmp_path / "other plan.toml"
    other.write_text(plan_text({"three": {}}), encoding="utf-8")
    assert list(complete(f"status --data {data} -k ")) == ["one", "two"]
    assert list(complete(f"status --data={data} -k t")) == ["two"]
    assert list(complete(f"status --targets {shlex.quote(str(other))} -k ")) == ["three"]
    monkeypatch.setenv("HOME", str(tmp_path.parent))
    assert list(complete(f"status --data ~/{tmp_path.name} -k o")) == ["one"]
    assert list(complete(f"status --data $HOME/{tmp_path.name} -k o")) == ["one"]
    monkeypatch.setenv("SMARTKPI_DATA", str(data))
    assert list(complete("status -k ")) == ["one", "two"]


def test_dimensions_and_their_values(complete: Complete, make_data: MakeData) -> None:
    targets = [{"where": {"area": each, "sex": "f"}, "target": 1} for each in ("花蓮縣", "臺東縣")]
    data = make_data({"x": {"targets": targets}}, [], dimensions=["area", "sex"])
    assert list(complete(f"status --data {data} --by ")) == ["area", "sex"]
    assert list(complete(f"status --data {data} --where ")) == ["area=", "sex="]
    assert list(complete(f"status --data {data} --where area=")) == ["area=花蓮縣", "area=臺東縣"]
    assert list(complete(f"status --data {data} --where=sex=")) == ["--where=sex=f"]
    assert list(complete(f"check --data {data} --where ")) == ["area=", "sex="]
    assert list(complete(f"status --data {data} --fields a")) == ["area", "actual", "attainment_pct"]
    assert list(complete(f"export --data {data} --fields indicator,s")) == ["indicator,sex", "indicator,source"]


HOSTILE = {"en": "\\$(touch x) `touch x` '\"; : [bold] %F{red}\x1b[31m\t\n\u202e" + "x" * 1000}


def test_hostile_plans_give_plain_lines(complete: Complete, make_data: MakeData) -> None:
    names = ["$(touch x)", "a b:c'\"", "\\", "bell\x07", "new\nline", "tab\t", "turn\u202eed", ""]
    data = make_data({name: {"title": HOSTILE} for name in names}, [])
    found = complete(f"status --data {data} -k ")
    assert list(found) == names[:3]
    for said in found.values():
        assert said.startswith("\\$(touch x) `touch x` '\"; : [bold] %F{red}\\x1b[31m\\t\\n\\u202exxx")
        assert said.isprintable()
        assert len(said) == 150


BROKEN: Mapping[str, bytes | None] = {
    "none": None,
    "empty": b"",
    "no TOML": b"[indicators",
    "no text": b"\xff\xfe",
    "deep": b"a = " + b"[" * 100_000,
    "other types": b"indicators = [1]\nplan = 3",
    "titles": b"[indicators]\nx = 3\ny = { title = 4 }\nz = { title = { en = 5 } }\n[plan]\ndimensions = 'area'\n",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_plan_is_no_error(content: bytes | None, complete: Complete, make_data: MakeData) -> None:
    data = make_data({}, [])
    if content is None:
        (data / "targets.toml").unlink()
    else:
        (data / "targets.toml").write_bytes(content)
    ids = dict.fromkeys("xyz", "") if b"[indicators]" in (content or b"") else {}
    assert complete(f"status --data {data} -k ") == ids
    assert complete(f"status --data {data} --by ") == {}
    assert list(complete(f"status --data {data} --fields ")) == list(STATUS_COLUMNS)


@pytest.mark.parametrize("place", ["nowhere", "a" * 5000, "file", "nul\0"])
def test_a_folder_that_is_none_is_no_error(place: str, complete: Complete, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert complete(f"status --data {tmp_path / place} -k ") == {}
    assert complete(f"status --targets {tmp_path / place} -k ") == {}


def test_a_pipe_is_left_to_the_command(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "plan")
    assert plan_outline.outline(tmp_path / "plan") == Outline({}, (), {})


KEYS = st.sampled_from(["title", "en", "where", "targets", "dimensions", "x"])
ANYTHING = st.recursive(
    st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(ANYTHING, ANYTHING)
def test_whatever_stands_in_a_plan_is_outlined(indicators: Any, plan: Any) -> None:
    found = plan_outline.outlined({"indicators": indicators, "plan": plan})
    assert set(found.titles) == set(indicators if isinstance(indicators, dict) else ())
    texts = [*found.dimensions, *(title for titles in found.titles.values() for title in titles.values())]
    assert all(isinstance(each, str) for each in texts)


PIECES = shlex.split(
    "status explain init -- - -k -kx --fields= a,b --year 2021..2022 --lang zh-TW --where x=y --no-such --data /"
    " -f xml --level= --assume = --help -V --skip-lines --by --sort -p"
)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), min_size=1, max_size=6))
def test_any_line_is_answered(words: list[str]) -> None:
    assert all(value.startswith(words[-1]) for value, _ in completion.answer(words).candidates)


@given(st.lists(st.text(st.characters(exclude_characters="\0")), min_size=1))
def test_words_are_those_that_a_shell_reads(given_words: list[str]) -> None:
    line = shlex.join(given_words)
    assert [word.text for word in completion.words(line)] == shlex.split(line)


@given(st.text(st.characters(exclude_categories=["C"])), st.sampled_from(["", "'", '"']), st.integers(0, 9))
@example("a:b=c d", "", 3)
@example("$(touch x)\\", '"', 2)
def test_what_bash_types_reads_back(value: str, quote: str, length: int) -> None:
    assume(not (quote == '"' and "!" in value))
    (begin,) = completion.typed_for_bash([value[:length]], completion.Word("", "", quote), "")
    (typed,) = completion.typed_for_bash([value], completion.words(quote + begin)[-1], begin)
    assert completion.words(quote + typed)[-1].text == value


def test_nothing_between_double_quotes_calls_up_the_history_of_bash() -> None:
    assert completion.typed_for_bash(["a!b", "ab"], completion.Word('"a', "a", '"'), "a") == ["ab"]


@pytest.mark.parametrize(
    ("line", "replaced", "typed"),
    [
        ("status --fields=pace,ba", "pace,ba", ["pace,base_year", "pace,base"]),
        ("status --format=", "", list(Format)),
        ('status -k "mob', "mob", ["mobile_5g_population_coverage"]),
        ("status -fcs", "-fcs", ["-fcsv"]),
    ],
)
def test_bash_gets_what_it_puts_in(
    line: str, replaced: str, typed: list[str], answered: Callable[..., list[str]]
) -> None:
    assert answered(line, "bash", replaced) == ["values", *typed]


@pytest.mark.parametrize("asked", ["", "nonsense", "complete_bash", "bash"])
def test_what_is_not_known_completes_nothing(asked: str) -> None:
    run = start(*(["--version"] if not asked else []), env={"_SMARTKPI_COMPLETE": asked})
    assert (run.returncode, run.stderr, run.stdout) == (0, b"", b"" if asked else start("--version").stdout)


def test_a_terminal_of_another_encoding_gets_what_it_can_show(make_data: MakeData) -> None:
    data = make_data({"臺灣": {"title": {"en": "é"}}, "énergie": {}}, [])
    asked = {"_SMARTKPI_COMPLETE": "zsh", "PYTHONIOENCODING": "cp950"}
    run = start(f"smartkpi status --data {data} -k ", env=asked)
    assert (run.stdout.decode("cp950"), run.stderr) == ("values\n臺灣\t?\n", b"")


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_a_script_can_be_had_from_anywhere(shell: str, smartkpi: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shellingham.detect_shell", lambda: (shell, f"/bin/{shell}"))
    shown = smartkpi("--show-completion")
    monkeypatch.setenv("_SMARTKPI_COMPLETE", f"source_{shell}")
    assert smartkpi() == shown == (0, completion.script(shell), "")


def test_a_script_that_is_not_there_is_an_error() -> None:
    run = start(env={"_SMARTKPI_COMPLETE": "source_tcsh"})
    assert (run.returncode, run.stdout) == (2, b"")
    assert run.stderr.startswith(b"smartkpi: error: there is no completion for the shell 'tcsh'\n")


INSTALLED = {
    "bash": (".bash_completions/smartkpi.sh", ".bashrc", "source {home}/.bash_completions/smartkpi.sh\n"),
    "zsh": (".zfunc/_smartkpi", ".zshrc", "fpath+=~/.zfunc; autoload -Uz compinit; compinit\n"),
    "fish": (".config/fish/completions/smartkpi.fish", ".config/fish/config.fish", ""),
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the home folder of somebody new."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("ZDOTDIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.parametrize("before", [None, "", "alias a=b\n", "# 設定"])
@pytest.mark.parametrize("shell", completion.SHELLS)
def test_installing_adds_a_line_once_and_keeps_all_others(
    shell: str, before: str | None, home: Path, smartkpi: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, settings, line = INSTALLED[shell]
    kept = (before or "").encode("cp950")
    if before is not None:
        (home / settings).parent.mkdir(parents=True, exist_ok=True)
        (home / settings).write_bytes(kept)
    monkeypatch.setattr("shellingham.detect_shell", lambda: (shell, f"/bin/{shell}"))
    for _ in range(2):
        run = smartkpi("--install-completion")
        assert run == (0, "", f"completion for {shell} is in {home / script}; open a new shell to use it\n")
    assert (home / script).read_text(encoding="utf-8") == completion.script(shell)
    separator = b"\n" if kept and not kept.endswith(b"\n") and line else b""
    found = (home / settings).read_bytes() if (home / settings).exists() else b""
    assert found == kept + separator + line.format(home=home).encode()


def test_installing_goes_where_the_shell_was_told_to_look(
    home: Path, smartkpi: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZDOTDIR", str(home / "zsh"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "settings"))
    (home / "zsh").mkdir()
    for shell in ("zsh", "fish"):
        monkeypatch.setattr("shellingham.detect_shell", lambda shell=shell: (shell, ""))
        assert smartkpi("--install-completion").code == 0
    assert "compinit" in (home / "zsh" / ".zshrc").read_text(encoding="utf-8")
    assert (home / "settings" / "fish" / "completions" / "smartkpi.fish").is_file()


@pytest.mark.parametrize("blocked", [".bash_completions", ".bashrc"])
def test_what_cannot_be_installed_is_said(
    blocked: str, home: Path, smartkpi: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    if blocked == ".bashrc":
        (home / blocked).mkdir()
    else:
        (home / blocked).write_text("a file")
    monkeypatch.setattr("shellingham.detect_shell", lambda: ("bash", "/bin/bash"))
    run = smartkpi("--install-completion")
    assert run.code == 3
    assert run.err.startswith(f"smartkpi: error: {home / blocked}: cannot be ")
