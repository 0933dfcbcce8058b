"""The scripts that 0.1.0 installed, which Typer had written: they go on completing, words without meanings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartkpi.cli.completion import typedline
from smartkpi.cli.completion.candidates import Candidate


def line(environment: Mapping[str, str]) -> str:
    """Return the line up to the cursor, as it is found in the environment."""
    if "COMP_WORDS" in environment:
        typed = [word.raw for word in typedline.words(environment["COMP_WORDS"])]
        return " ".join([*typed, ""][: int(environment["COMP_CWORD"]) + 1])
    begins_a_word = environment.get("_TYPER_COMPLETE_WORD_TO_COMPLETE") == ""
    return environment["_TYPER_COMPLETE_ARGS"] + " " * begins_a_word


def text(shell: str, candidates: Sequence[Candidate]) -> str:
    """Return the candidates as the shell's script understands them; that for zsh evaluates what it gets."""
    import shlex

    values = [each.value for each in candidates]
    if shell == "zsh":
        return f"compadd -- {shlex.join(values)}" if values else "_files"
    end = "::: " if shell in ("powershell", "pwsh") else ""
    return "".join(f"{value}{end}\n" for value in values)


def code(text: str, environment: Mapping[str, str]) -> int:
    """Return the exit code: that of fish asks first whether there is anything."""
    return int(environment.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args" and not text)
