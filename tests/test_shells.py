"""Completion in bash, zsh and fish themselves: TAB is pressed at a terminal, and what they then run is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import plan_text
from shells import PROMPT, TAB, make_home, shell

from smartkpi.cli.completion import SHELLS

pytestmark = pytest.mark.slow

BASH_COMPLETION = Path("/usr/share/bash-completion/bash_completion")
LIST = {"bash": TAB + TAB, "zsh": TAB, "fish": TAB}
"""What makes a shell list all that fits."""


@pytest.fixture(scope="module")
def home_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that returns a home in which completion was installed from the shell itself."""
    homes: dict[tuple[str, str], Path] = {}

    def home(name: str, settings: str = "") -> Path:
        if (name, settings) not in homes:
            made = homes[name, settings] = tmp_path_factory.mktemp(name)
            make_home(name, made, settings)
            with shell(name, made) as first:
                first.type("smartkpi --install-completion\n")
                first.until(PROMPT)
            assert "open a new shell" in (made / "stderr").read_text(encoding="utf-8")
            (made / "stderr").unlink()
        return homes[name, settings]

    return home


@pytest.fixture(params=SHELLS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def home(name: str, home_of: Callable[..., Path]) -> Path:
    return home_of(name)


# What is typed, with TAB where ^ stands, and what smartkpi is then given.
LINES: Mapping[str, str] = {
    "stat^": "status",
    "status --summ^": "status|--summarise",
    "status -k digital_ec^": "status|-k|digital_economy_size",
    "status -k mob^ -f js^l --le^ all": "status|-k|mobile_5g_population_coverage|-f|jsonl|--level|all",
    'explain "broad^': "explain|broadband_2gbps_coverage",
    "trend 'broad^": "trend|broadband_2gbps_coverage",
    "status --indicator=mob^": "status|--indicator=mobile_5g_population_coverage",
    "status --fields actual,base_^": "status|--fields|actual,base_year",
    "status --fields=actual,base_^": "status|--fields=actual,base_year",
    "status -fcs^": "status|-fcsv",
    "status --sort -pac^": "status|--sort|-pace",
    "check --fail-on missed,ach^": "check|--fail-on|missed,achieved",
    "status --assume mob^2023:97": "status|--assume|mobile_5g_population_coverage=2023:97",
    "status --assume=mob^2023:97": "status|--assume=mobile_5g_population_coverage=2023:97",
    "schema pl^": "schema|plan",
    "status --top fi^": "status|--top|fi",
    "status -a table^": "status|-a|table.csv",
    "status --actuals=table^": "status|--actuals=table.csv",
    "status --targets 'my pl^": "status|--targets|my plan.toml",
    "status -k thr^ --targets my^": "status|-k|thr|--targets|my plan.toml",
    "status --targets my^ -k thr^": "status|--targets|my plan.toml|-k|three",
    "status --targets=my^ -k thr^": "status|--targets=my plan.toml|-k|three",
    "status --targets my^ --where ^花蓮縣": "status|--targets|my plan.toml|--where|area=花蓮縣",
    "status --targets my^ --where=ar^花^": "status|--targets|my plan.toml|--where=area=花蓮縣",
    "status --targets my^ --where area=^": "status|--targets|my plan.toml|--where|area=花蓮縣",
    "status --targets my^ --by ^": "status|--targets|my plan.toml|--by|area",
}


def fill(home: Path) -> None:
    own = [{"where": {"area": "花蓮縣"}, "target": 1}]
    (home / "my plan.toml").write_text(plan_text({"three": {"targets": own}}, dimensions=["area"]), encoding="utf-8")
    (home / "table.csv").touch()
    (home / "tabs").mkdir(exist_ok=True)


def test_tab_completes(name: str, home: Path) -> None:
    fill(home)
    with shell(name, home) as at:
        given = {line: at.run(f"smartkpi {line.replace('^', TAB)}") for line in LINES}
    assert given == {line: "".join(f"[{each}]" for each in words.split("|")) for line, words in LINES.items()}
    assert (home / "stderr").read_text(encoding="utf-8") == ""


SHOWN = {
    "bash": 'set -u; eval "$(smartkpi --show-completion)"',
    "zsh": 'autoload -Uz compinit; compinit -D; setopt no_unset; eval "$(smartkpi --show-completion)"',
    "fish": "smartkpi --show-completion | source",
}


def test_tab_completes_by_the_script_that_is_shown(name: str, tmp_path: Path) -> None:
    make_home(name, tmp_path)
    with shell(name, tmp_path) as at:
        at.type(f"{SHOWN[name]}\n")
        assert at.run(f"smartkpi explain mob{TAB}") == "[explain][mobile_5g_population_coverage]"
        at.type(f"smartkpi nonsense x{TAB}")
        assert at.run("y") == "[nonsense][xy]"


def test_tab_completes_folders_alone(name: str, home: Path) -> None:
    fill(home)
    with shell(name, home) as at:
        for line in ("status --data tab", "status --data=tab", "init tab"):
            assert at.run(f"smartkpi {line}{TAB}").replace("/", "").endswith("tabs]")


@pytest.mark.skipif(not BASH_COMPLETION.is_file(), reason="bash-completion is not installed")
def test_tab_completes_beside_bash_completion(home_of: Callable[..., Path]) -> None:
    test_tab_completes("bash", home_of("bash", f". {BASH_COMPLETION}\n"))


def test_tab_completes_what_stands_elsewhere_on_the_line(name: str, home: Path) -> None:
    back = "\x1b[D" * len(" --level all")
    with shell(name, home) as at:
        for line in (
            f"true; echo | env A=1 true; B=2 smartkpi explain mob{TAB}",
            f"~/bin/smartkpi explain mob{TAB}",
            f"smartkpi explain mob --level all{back}{TAB}",
        ):
            assert at.run(line).startswith("[explain][mobile_5g_population_coverage]")


@pytest.mark.parametrize(
    ("line", "word", "meaning"),
    [
        ("explain digital_", "digital_service_economy_size", "Size of the digital service economy"),
        ("trend --lang zh-TW digital_", "digital_service_economy_size", "數位服務經濟規模"),
        ("--", "--show-completion", "Show the completion script"),
        ("status --rule ", "germany", "mean yearly change of the last six"),
    ],
)
def test_meanings_are_shown(name: str, line: str, word: str, meaning: str, home: Path) -> None:
    with shell(name, home) as at:
        at.type(f"smartkpi {line}{LIST[name]}")
        at.until(word if name == "bash" else meaning)


TITLE = "\\$(touch pwned) $(touch pwned) `touch pwned` '\"; touch pwned; : %F{red} \x1b[31m\n[bold]\\"
IDS = [
    *("$(touch pwned)", "a\\$(touch pwned)", "`touch pwned`", "a;touch pwned", "a'b\"c", "a:b::c", "a b", "x*", "[a]"),
    *("back\\slash", "end\\", "\\", "-dash", "--data", "中文", "a=b,c", "~x", "#h", "{a,b}", "x|y", "&", ">x", "<(x)"),
    *("%d", "^x"),
]


def test_hostile_ids_and_titles_are_text(name: str, home: Path) -> None:
    for place, each in enumerate(IDS):
        (home / str(place)).mkdir()
        plan = plan_text({each: {"title": {"en": TITLE}}})
        (home / str(place) / "targets.toml").write_text(plan, encoding="utf-8")
    with shell(name, home) as at:
        for place, each in enumerate(IDS):
            for quote in ("", "'", '"') if any(char in each for char in "$`'\"\\") else [""]:
                assert at.run(f"smartkpi explain --data {place} {quote}{TAB}") == f"[explain][--data][{place}][{each}]"
    assert not list(home.rglob("pwned"))


def test_hostile_ids_and_titles_are_listed_as_text(name: str, home: Path) -> None:
    (home / "all").mkdir()
    plan = plan_text({each: {"title": {"en": f"{place} {TITLE}"}} for place, each in enumerate(IDS)})
    (home / "all" / "targets.toml").write_text(plan, encoding="utf-8")
    with shell(name, home) as at:
        at.type(f"smartkpi explain --data all {LIST[name]}")
        at.until("back")
        at.until("\\x1b[31m" if name != "bash" else "中文")
    assert not list(home.rglob("pwned"))
    assert (home / "stderr").read_text(encoding="utf-8") == ""
