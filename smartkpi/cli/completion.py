"""Completion with TAB: what fits where the cursor is, and the scripts by which shells ask for it.

A shell runs ``_SMARTKPI_COMPLETE=SHELL smartkpi LINE`` and gets lines of text: `values`, `files` or `folders`, and
after `values` one on each line, for zsh and fish with its meaning. The scripts evaluate none of them.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import typer

from smartkpi import messages
from smartkpi.cli import output
from smartkpi.errors import Fault, OutputError, SmartkpiError, UsageError
from smartkpi.text import printable, shortened

if TYPE_CHECKING:
    from smartkpi.readers.plan_outline import Outline

VARIABLE = "_SMARTKPI_COMPLETE"
"""Of the environment; names the shell that asks, or with ``source_`` before it the one whose script is to be shown."""
SHELLS = ("bash", "zsh", "fish")
_LONGEST_MEANING = 150

Candidate = tuple[str, str]
"""A word that fits, and its meaning."""


class Answer(NamedTuple):
    """What a shell gets: words to choose from, or that it is to look for files or folders itself."""

    kind: Literal["values", "files", "folders"]
    candidates: Sequence[Candidate] = ()


def reply(arguments: Sequence[str]) -> None:
    """Write what a shell asks for.

    Whoever presses TAB has a line to write and no use for an error: what goes wrong then completes nothing.
    """
    shell = os.environ[VARIABLE]
    if shell.startswith("source_"):
        show(shell.removeprefix("source_"))
    elif shell in SHELLS:
        with contextlib.suppress(Exception):
            output.write(_reply(shell, *arguments), output.STANDARD_OUTPUT, _encoding())


def _reply(shell: str, line: str, replaced: str = "") -> str:
    typed = words(line)
    kind, candidates = answer([word.text for word in typed[1:]])
    # Without the words that the terminal cannot show and hence nobody could choose.
    encoding = _encoding()
    candidates = [each for each in candidates if each[0].encode(encoding, "ignore").decode(encoding) == each[0]]
    if shell == "bash":
        lines = typed_for_bash([value for value, _ in candidates], typed[-1], replaced)
    else:
        lines = [f"{value}\t{meaning}" for value, meaning in candidates]
    return "".join(f"{each}\n" for each in [kind, *lines])


def _encoding() -> str:
    return sys.stdout.encoding or "utf-8"


# The words of a line


# What follows a quotation mark that is still open belongs to it. Not compiled here: only TAB needs it.
_PIECE = (
    r"""(?s)\\(?P<escaped>.?)|'(?P<single>[^']*)(?P<single_end>'?)|"(?P<double>(?:\\.|[^"\\])*\\?)(?P<double_end>"?)"""
    r"""|(?P<plain>[^\s'"\\]+)|(?P<space>\s+)"""
)


class Word(NamedTuple):
    """A word of the line."""

    raw: str
    """As typed."""
    text: str
    """What the command gets of it; variables stay as they are."""
    quote: str = ""
    """The quotation mark that is still open at its end."""


def words(line: str) -> list[Word]:
    """Return the words of a line; the last one is where the cursor is, and empty after a space.

    Examples
    --------
    >>> [word.text for word in words("smartkpi status -k 'a b' --where are")]
    ['smartkpi', 'status', '-k', 'a b', '--where', 'are']
    >>> words("smartkpi ")[-1], words("smartkpi 'a b")[-1]
    (Word(raw='', text='', quote=''), Word(raw="'a b", text='a b', quote="'"))
    """
    typed = [Word("", "")]
    for piece in re.finditer(_PIECE, line):
        if piece["space"] is None:
            quote = piece[0][0] if "" in (piece["single_end"], piece["double_end"]) else ""
            typed[-1] = Word(typed[-1].raw + piece[0], typed[-1].text + _unquoted(piece), quote)
        elif typed[-1].raw:
            typed.append(Word("", ""))
    return typed


def _unquoted(piece: re.Match[str]) -> str:
    if piece["double"] is not None:
        return re.sub(r'\\([$`"\\])', r"\1", piece["double"])
    return next(text for name in ("escaped", "single", "plain") if (text := piece[name]) is not None)


def typed_for_bash(values: Sequence[str], word: Word, replaced: str) -> list[str]:
    r"""Return what bash is to put in the place of `replaced`, the end of `word` that it replaces.

    Bash puts in what it gets, as if somebody had typed it, and begins anew after ``=``, ``:`` and other marks.

    Examples
    --------
    >>> typed_for_bash(["--fields=indicator", "--fields=$x"], Word("--fields=i", "--fields=i"), "i")
    ['indicator', '\\$x']
    """
    kept = len(words(word.raw.removesuffix(replaced))[-1].text)
    special, escape = {
        "'": (r"'", r"'\\''"),
        '"': (r'([$`"\\])', r"\\\1"),
    }.get(word.quote, (r"([^\w@%+=:,./-])", r"\\\1"))
    # Between double quotes nothing keeps an exclamation mark from calling up the history.
    return [re.sub(special, escape, each[kept:]) for each in values if word.quote != '"' or "!" not in each]


# What fits at the end of a line, by the options that the commands declare


def answer(line: Sequence[str]) -> Answer:
    """Return what fits at the end of a line.

    Parameters
    ----------
    line
        The words after the name of the program; the last one is to be completed. Of the program, only what they need is
        loaded.
    """
    from smartkpi.cli import app

    *before, incomplete = line
    place = next((place for place, word in enumerate(before) if word in app.COMMANDS), None)
    if place is not None:
        kind, candidates = _of_command(
            app.group((before[place],)).commands[before[place]], before[place + 1 :], incomplete
        )
    elif incomplete.startswith("-"):
        kind, candidates = Answer("values", _options(app.group(()), before, incomplete))
    else:
        names = [name for name in app.COMMANDS if name.startswith(incomplete)]
        meanings = [(app.command(name).__doc__ or "").partition("\n")[0] for name in names]
        kind, candidates = Answer("values", list(zip(names, meanings, strict=True)))
    # Words that nobody could type are left out; meanings are a short line of plain text.
    typeable = [each for each in candidates if each[0] and printable(each[0]) == each[0]]
    return Answer(kind, [(value, shortened(meaning, _LONGEST_MEANING)) for value, meaning in typeable])


def _of_command(command: Any, before: Sequence[str], incomplete: str) -> Answer:
    options_end = "--" in before
    if before and not options_end and (option := _with_value(command, before[-1])):
        return _of_parameter(option, _context(command, before[:-1]), "", incomplete)
    if incomplete.startswith("-") and not options_end:
        name, value = _split_option(incomplete)
        if option := _with_value(command, name):
            return _of_parameter(option, _context(command, before), incomplete.removesuffix(value), value)
        return Answer("values", _options(command, before, incomplete))
    context = _context(command, before)
    argument = next((each for each in command.params if _is_open(each, context)), None)
    return _of_parameter(argument, context, "", incomplete) if argument else Answer("values")


def _split_option(word: str) -> tuple[str, str]:
    """Return the name of an option and the value in the same word: ``--rule=sdsn``, ``-fcsv``."""
    if word.startswith("--"):
        name, equals, value = word.partition("=")
        return (name, value) if equals else ("", "")
    return (word[:2], word[2:]) if len(word) > 2 else ("", "")


def _with_value(command: Any, name: str) -> Any:
    return next((each for each in command.params if name in each.opts and not getattr(each, "is_flag", True)), None)


def _context(command: Any, before: Sequence[str]) -> Any:
    with command.make_context(command.name, list(before), resilient_parsing=True) as context:
        return context


def _is_open(parameter: Any, context: Any) -> bool:
    """Whether a parameter is an argument that is still missing."""
    source = context.get_parameter_source(parameter.name)
    return parameter.param_type_name == "argument" and getattr(source, "name", "") != "COMMANDLINE"


def _options(command: Any, before: Sequence[str], incomplete: str) -> list[Candidate]:
    names = {word.partition("=")[0] for word in before}
    return [
        (name, option.help or "")
        for option in command.get_params(_context(command, ()))
        if option.param_type_name == "option" and not option.hidden
        if option.multiple or not names.intersection(option.opts)
        for name in sorted(option.opts, key=len, reverse=True)  # of --help and -h in no order by itself
        if name.startswith(incomplete)
    ]


def _of_parameter(parameter: Any, context: Any, kept: str, incomplete: str) -> Answer:
    """Return what fits a parameter: by its own function or choices, else by what its placeholder says."""
    placeholder = parameter.metavar or ""
    if placeholder in ("PATH", "FILE", "DIR"):
        return Answer("folders" if placeholder == "DIR" else "files")
    values = [(each.value, each.help or "") for each in parameter.shell_complete(context, incomplete)]
    choices = placeholder.split("|") if "|" in placeholder else ()
    return Answer(
        "values",
        [(kept + value, meaning) for value, meaning in values]
        or [(kept + choice, "") for choice in choices if choice.startswith(incomplete)],
    )


# Values of options, with their meanings; Typer leaves out those that do not begin as the word does


def indicators(context: typer.Context) -> list[Candidate]:
    """Complete an id, with the title of the indicator."""
    lang = _language(context)
    return [(name, messages.title(titles, lang) if titles else "") for name, titles in _outline(context).titles.items()]


def assumptions(context: typer.Context) -> list[Candidate]:
    """Complete ``ID=`` of an assumed observation."""
    return [(f"{name}=", title) for name, title in indicators(context)]


def owners(context: typer.Context) -> list[Candidate]:
    """Complete an agency that is in charge of indicators."""
    return [(name, "") for name in _outline(context).owners]


def dimensions(context: typer.Context) -> list[Candidate]:
    """Complete a dimension of the plan."""
    return [(name, "") for name in _outline(context).dimensions]


def conditions(context: typer.Context, incomplete: str) -> list[Candidate]:
    """Complete ``DIMENSION=``, and after it the values that have targets of their own in the plan."""
    outline = _outline(context)
    name, equals, _ = incomplete.partition("=")
    if equals:
        return [(f"{name}={value}", "") for value in outline.values.get(name, ())]
    return [(f"{name}=", "") for name in outline.dimensions]


def fields(context: typer.Context, incomplete: str) -> Iterator[Candidate]:
    """Complete the last one of several columns with those that are not on the line yet."""
    return _next_of_list(_columns(context), incomplete)


def sort_columns(context: typer.Context, incomplete: str) -> list[Candidate]:
    """Complete a column, after a minus too."""
    sign = "-" if incomplete.startswith("-") else ""
    return [(sign + name, meaning) for name, meaning in _columns(context)]


def statuses(context: typer.Context, incomplete: str) -> Iterator[Candidate]:
    """Complete the last one of several statuses or reasons with those that are not on the line yet."""
    from smartkpi.model.codes import FAILING_REASONS, Status

    lang = _language(context)
    sign = "+" if incomplete.startswith("+") else ""
    names = (*Status, *FAILING_REASONS)
    return (
        (sign + name, word)
        for name, word in _next_of_list(
            [(name, messages.label(name, lang)) for name in names], incomplete.removeprefix("+")
        )
    )


def rules(context: typer.Context) -> list[Candidate]:
    """Complete a rule, with what it compares."""
    from smartkpi.model.codes import RULES_ALL, RuleName

    lang = _language(context)
    return [*((name, messages.label(f"rule_{name}", lang)) for name in RuleName), (RULES_ALL, "")]


def _next_of_list(known: Iterable[Candidate], incomplete: str) -> Iterator[Candidate]:
    before, comma, _ = incomplete.rpartition(",")
    listed = {name.strip() for name in before.split(",")}
    return ((f"{before}{comma}{name}", meaning) for name, meaning in known if name not in listed)


def _columns(context: typer.Context) -> list[Candidate]:
    """Return the columns of the table that the command writes with the options so far, in their order."""
    from smartkpi.messages.descriptions import COLUMNS, describe
    from smartkpi.model import columns
    from smartkpi.model.codes import RULES_ALL

    options, command = context.params, context.info_name or ""
    summary = "groups" if options.get("group") else "summary"
    table = summary if options.get("summarise") else {"export": "observations"}.get(command, command)
    on_demand = columns.ON_DEMAND.get(table, {})
    names = [*columns.SIDE_BY_SIDE_COLUMNS] if options.get("rule") == RULES_ALL else []
    names += columns.HISTORY_COLUMNS if ".." in (options.get("year") or "") else []
    fields = [*columns.TABLES[table].values(), *(on_demand[name] for name in names if name in on_demand)]
    first, *others = [(field.name, describe(COLUMNS, field.described, _language(context))) for field in fields]
    return [first, *dimensions(context), *others]


def _language(context: typer.Context) -> str:
    lang = context.params.get("lang")
    return lang if lang in messages.LANGUAGES else messages.choose(os.environ)


def _outline(context: typer.Context) -> Outline:
    """Return what the plan names that the command would read."""
    from smartkpi.readers import data_folder, plan_outline

    plan, folder = (_expanded(context.params.get(name)) for name in ("targets", "data"))
    try:
        return plan_outline.outline(Path(plan) if plan else data_folder.plan_file(data_folder.folder(folder)))
    except (SmartkpiError, OSError):
        return plan_outline.Outline({}, (), {})


def _expanded(path: str | None) -> str | None:
    """Return a path as the shell will hand it over."""
    return os.path.expanduser(os.path.expandvars(path)) if path else None  # noqa: PTH111 - ~nobody is no error


# The scripts, and where each shell looks for them


def script(shell: str) -> str:
    """Return the script for a shell."""
    from importlib.resources import files

    return files("smartkpi.cli").joinpath("scripts", f"smartkpi.{shell}").read_text(encoding="utf-8")


def show(shell: str = "") -> None:
    """Write the script for a shell, else for the one that smartkpi was started from."""
    output.write(script(_known(shell) if shell else _current_shell()), output.STANDARD_OUTPUT)


def install() -> None:
    """Put the script for the shell that smartkpi was started from where that shell finds it."""
    shell = _current_shell()
    path, settings, line = _place(shell)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(Fault("cannot_create", str(path.parent), problem=error.strerror or str(error))) from error
    output.write(script(shell), str(path))
    if settings:
        _add_line(settings, line)
    message = messages.label("completion_installed", messages.choose(os.environ))
    output.say(message.format(shell=shell, file=printable(str(path))))


def _current_shell() -> str:
    """Return the shell that smartkpi was started from.

    Raises
    ------
    UsageError
        If there is no script for it.
    """
    import shellingham

    try:
        return _known(shellingham.detect_shell()[0])
    except shellingham.ShellDetectionFailure as error:
        raise UsageError(Fault("no_shell", shells=" | ".join(SHELLS))) from error


def _known(shell: str) -> str:
    if shell not in SHELLS:
        raise UsageError(Fault("no_completion", found=shell, shells=" | ".join(SHELLS)))
    return shell


def _place(shell: str) -> tuple[Path, Path | None, str]:
    """Return where the script goes, the shell's settings, and the line in them that makes the shell look there."""
    from shlex import quote

    home = Path.home()
    if shell == "bash":
        path = home / ".bash_completions" / "smartkpi.sh"
        return path, home / ".bashrc", f"source {quote(str(path))}"
    if shell == "zsh":
        settings = Path(os.environ.get("ZDOTDIR") or home) / ".zshrc"
        return home / ".zfunc" / "_smartkpi", settings, "fpath+=~/.zfunc; autoload -Uz compinit; compinit"
    configuration = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    return configuration / "fish" / "completions" / "smartkpi.fish", None, ""


def _add_line(settings: Path, line: str) -> None:
    """Add a line at the end of a file, whatever encoding it is in, unless the file has it already."""
    try:
        before = settings.read_bytes() if settings.exists() else b""
    except OSError as error:
        raise OutputError(Fault("cannot_write", str(settings), problem=error.strerror or str(error))) from error
    if line.encode() not in (each.strip() for each in before.splitlines()):
        end = b"" if before.endswith(b"\n") or not before else b"\n"
        output.write_bytes(before + end + line.encode() + b"\n", str(settings))
