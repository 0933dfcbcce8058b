"""What fits where the cursor is, by the options that the commands declare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from smartkpi.text import printable, shortened

_FILES, _FOLDERS = ("PATH", "FILE"), "DIR"
_LONGEST_HELP = 150


class Program(NamedTuple):
    """The command line, loaded as far as it is asked for."""

    commands: Sequence[str]
    """Names of the commands."""
    function: Callable[[str], Callable[..., None]]
    """Returns the function of a command."""
    group: Callable[[Sequence[str]], Any]
    """Returns Typer's group of the commands of these names, which takes longer."""


class Candidate(NamedTuple):
    """A word that fits, and what it means."""

    value: str
    help: str = ""


class Answer(NamedTuple):
    """What a shell is told: words to choose from, or to look for files or folders itself."""

    kind: Literal["values", "files", "folders"]
    candidates: Sequence[Candidate] = ()


def answer(words: Sequence[str], program: Program) -> Answer:
    """Return what fits at the end of a line.

    Parameters
    ----------
    words
        What follows the name of the program; the last one is to be completed.
    program
        Of it, only what is needed is loaded.
    """
    *given, incomplete = words
    place = next((place for place, word in enumerate(given) if word in program.commands), None)
    if place is not None:
        command = program.group([given[place]]).commands[given[place]]
        found = _of_command(command, given[place + 1 :], incomplete)
    elif incomplete.startswith("-"):
        found = Answer("values", _options(program.group(()), given, incomplete))
    else:
        found = Answer("values", _commands(program, incomplete))
    return found._replace(candidates=list(_safe(found.candidates)))


def _safe(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Leave out words that nobody could type, and make their meanings a short line of plain text."""
    for value, said in candidates:
        if value and printable(value) == value:
            yield Candidate(value, shortened(said, _LONGEST_HELP))


def _commands(program: Program, incomplete: str) -> list[Candidate]:
    names = [name for name in program.commands if name.startswith(incomplete)]
    return [Candidate(name, (program.function(name).__doc__ or "").partition("\n")[0]) for name in names]


def _of_command(command: Any, given: Sequence[str], incomplete: str) -> Answer:
    options_end = "--" in given
    if given and not options_end and (option := _with_value(command, given[-1])):
        return _of_parameter(option, _context(command, given[:-1]), "", incomplete)
    if incomplete.startswith("-") and not options_end:
        name, value = _parted(incomplete)
        if option := _with_value(command, name):
            return _of_parameter(option, _context(command, given), incomplete.removesuffix(value), value)
        return Answer("values", _options(command, given, incomplete))
    context = _context(command, given)
    argument = next((each for each in command.params if _is_open(each, context)), None)
    return _of_parameter(argument, context, "", incomplete) if argument else Answer("values")


def _parted(word: str) -> tuple[str, str]:
    """Return the name of an option and the value that stands in the same word: ``--rule=sdsn``, ``-fcsv``."""
    if word.startswith("--"):
        name, equals, value = word.partition("=")
        return (name, value) if equals else ("", "")
    return (word[:2], word[2:]) if len(word) > 2 else ("", "")


def _with_value(command: Any, name: str) -> Any:
    return next((each for each in command.params if name in each.opts and not getattr(each, "is_flag", True)), None)


def _context(command: Any, given: Sequence[str]) -> Any:
    with command.make_context(command.name, list(given), resilient_parsing=True) as context:
        return context


def _is_open(parameter: Any, context: Any) -> bool:
    """Whether a parameter is an argument that is not given yet."""
    source = context.get_parameter_source(parameter.name)
    return parameter.param_type_name == "argument" and getattr(source, "name", "") != "COMMANDLINE"


def _options(command: Any, given: Sequence[str], incomplete: str) -> list[Candidate]:
    names = {word.partition("=")[0] for word in given}
    return [
        Candidate(name, option.help or "")
        for option in command.get_params(_context(command, ()))
        if option.param_type_name == "option" and not option.hidden
        if option.multiple or not names.intersection(option.opts)
        for name in option.opts
        if name.startswith(incomplete)
    ]


def _of_parameter(parameter: Any, context: Any, kept: str, incomplete: str) -> Answer:
    """Return what fits a parameter: by its own completer or choices, else by what its metavar says."""
    asked = parameter.metavar or ""
    if asked in _FILES or asked == _FOLDERS:
        return Answer("folders" if asked == _FOLDERS else "files")
    found = [Candidate(each.value, each.help or "") for each in parameter.shell_complete(context, incomplete)]
    words = [Candidate(word) for word in asked.split("|") if "|" in asked and word.startswith(incomplete)]
    return Answer("values", [Candidate(kept + value, said) for value, said in found or words])
