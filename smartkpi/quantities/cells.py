"""A cell of values: a quantity with the marks behind it, or a mark for no data.

Decided here, beside what `smartkpi.quantities` and `statuses` decide:

- The letters of a mark are read bare only right after a number (and its %), in small letters; in brackets anywhere at
  the end of the cell. `1e5` is a number, `1.2e` is 1.2, estimated. `3rd`, `5 sec` and `5 pcs` have no mark.
- `(5)` and `△5` are negative in accounts, and nowhere else: refused, unless the reader is told so.
- `1.234` and `1,234` each have two readings where nothing says which mark is the decimal one: refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, Final, Literal, NamedTuple

from smartkpi.quantities import PLAIN, read_quantity
from smartkpi.quantities.parser import MOST_CHARACTERS
from smartkpi.quantities.periods import PeriodKind, part_of_months, read_period
from smartkpi.quantities.quantity import Quantity, QuantityError
from smartkpi.quantities.statuses import LETTER_OF, LETTERS, read_letters, read_status, strongest
from smartkpi.quantities.years import YearError
from smartkpi.text import HALF_WIDTH, pattern

Mark = Literal[",", "."]

NO_DATA: Final = frozenset({
    "-", "--", "---", "..", "...", "…", "……", "‥", ":", "***", "na", "n/a", "n.a.", "n.a", "nan", "null", "x",
    "[x]", "[c]", "[z]", "no data", "not available", "not applicable", "未公布", "尚未公布", "資料未公布",
    "未發布", "尚未發布", "尚未統計", "無資料", "尚無資料", "不適用",
})  # fmt: skip
"""Cells that say that there is no value, in small letters and half width, dashes of every kind as ``-``."""
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−─﹣", "-"))
_PLAIN_DASHES = HALF_WIDTH | _DASHES
_CIRCLED = str.maketrans(
    {"ⓟ": "(p)", "ⓡ": "(r)", "ⓔ": "(e)", "ⓑ": "(b)", "ⓕ": "(f)", "ᵖ": "(p)", "ᵉ": "(e)", "ʳ": "(r)"}
)
_SIMPLER = _PLAIN_DASHES | _CIRCLED | str.maketrans("’", "'")
_NOT_MARKS = frozenset({
    "nd", "rd", "dec", "sec", "sep", "feb", "pc", "pcs", "per", "rs", "ps", "cd", "bps", "cps", "dps", "eps",
    "fps", "rps", "nf", "pf", "uf", "cu", "pr", "es", "bn", "cr", "fr", "sf", "cc", "ff", "cpu",
})  # fmt: skip
"""Letters after a number that are other abbreviations."""
# Patterns are made when first used: most files have none but plain numbers.
_NUMBER = r"[-+]?\d(?:[\d.,' ]*\d)?"
_FIGURES = r"(?a)\d(?:[\d.,]*\d)?"
_BARE = pattern(rf"(?a)(?P<number>{_NUMBER}(?:[eE][-+]?\d+)? ?%?) ?(?P<letters>[A-Za-z]{{1,4}})")
_UNIT = r"[^\d\s.,()\[\]十百千萬億兆%][^\d.,()\[\]]{0,30}?"
_BEHIND_UNIT = pattern(
    rf"(?a)(?P<rest>{_NUMBER} ?[十百千萬億兆]*(?P<unit>{_UNIT}))(?:(?<=[^\x00-\x7f]) ?| )(?P<letters>[a-z]{{1,4}})"
)
_BRACKETS = pattern(rf"(?ai)(?P<rest>.*\S) ?[(\[] ?(?P<letters>[{LETTERS}]{{1,4}}) ?[)\]]")
_WORDS = pattern(
    r"(?P<rest>.*\S) ?(?:[(\[](?P<inner>[^\W\d_][^()\[\]]{2,40})[)\]]|(?<=[\d%\s])(?P<bare>[^\W\d_]{4,20}))"
)
_PART = pattern(r"(?s)(?P<rest>.*\S) ?\((?P<part>[^()]{2,12})\)")
_END = r"-?\d[\d.]*) ?%? ?"
_INTERVAL = pattern(
    rf"(?a)(?P<rest>[^()\[\]]*\d[^()\[\]]*?) ?[(\[] ?(?P<low>{_END}(?:-|~|to|至|; |, ) ?(?P<high>{_END}[)\]]"
)
_NO_DATA_MARKED = pattern(rf"(?P<mark>[-:.…]+|n/?a) ?[(\[]?(?P<letters>[{LETTERS}]{{1,4}})[)\]]?")
_ACCOUNTING = pattern(r"(?a)(?:\( ?(?P<a>[^()]*\d[^()]*)\) ?(?P<unit>[^\d()]*)|[△▲] ?(?P<b>\d.*))")


class CellError(ValueError):
    """A cell has two readings; `key` names the entry of the catalogue of messages, `details` what it contains."""

    def __init__(self, key: str, **details: Any) -> None:
        super().__init__(key)
        self.key = key
        self.details = details


class CellForms(NamedTuple):
    """How the cells of a file are to be understood."""

    decimal: Mark = "."
    doubtful: str = ""
    """Marks of which nothing says whether they are decimal marks or separate thousands."""
    missing: frozenset[str] = frozenset()
    """Further texts for no data, as `folded` gives them."""
    zero: frozenset[str] = frozenset()
    """Texts for 0."""
    accounting: bool = False
    """Brackets and triangles mean negative."""

    def with_words(self, missing: Iterable[str], zero: Iterable[str], accounting: bool = False) -> CellForms:
        """Return the forms with what people say of them: further texts for no data and for 0, as they write them."""
        words, zeros = (frozenset(map(folded, each)) for each in (missing, zero))
        return self._replace(missing=words, zero=zeros, accounting=accounting)

    @property
    def of_numbers(self) -> CellForms:
        """The forms of cells that the file holds as numbers: those have a point, whatever mark its texts have."""
        return self._replace(decimal=".", doubtful="")


class CellValue(NamedTuple):
    """What a cell of values says beside its quantity."""

    quantity: Quantity
    marks: str = ""
    """Letters of observation status, in small letters."""
    is_bare: bool = False
    """The marks are a letter without brackets, which may be a unit."""
    interval: str = ""
    """In which the value is said to lie."""
    part: tuple[PeriodKind, int] = ("year", 0)
    """Of the year, which the value is for."""

    @property
    def obs_status(self) -> str:
        """Code of CL_OBS_STATUS that the cell says, ``A`` if none."""
        if not (self.marks or self.quantity.estimated or self.quantity.provisional):
            return "A"
        said = read_letters(self.marks)
        words = [code for code, given in (("E", self.quantity.estimated), ("P", self.quantity.provisional)) if given]
        return strongest([*([said.code] if said else []), *words, "A"])

    @property
    def is_confidential(self) -> bool:
        """Whether the cell has the mark for it."""
        return "c" in self.marks


def folded(text: str) -> str:
    """Return a text in half width and small letters, with plain dashes and single spaces.

    Examples
    --------
    >>> folded(" －－ "), folded("Ｎ/A")
    ('--', 'n/a')
    """
    plain = text if text.isascii() else text.translate(_PLAIN_DASHES)
    return " ".join(plain.casefold().split())


def says_no_data(text: str, forms: CellForms = CellForms()) -> bool:  # noqa: B008 - a tuple cannot change
    """Whether a cell says that there is no value: a mark alone, or with letters of a status behind it.

    Examples
    --------
    >>> says_no_data("…"), says_no_data(": c"), says_no_data("Pending")
    (True, True, False)
    """
    return _is_no_data(folded(text), forms)


def _is_no_data(plain: str, forms: CellForms) -> bool:
    if plain in NO_DATA or plain in forms.missing:
        return True
    found = _NO_DATA_MARKED.fullmatch(plain)
    return found is not None and found["mark"] in NO_DATA and read_letters(found["letters"]) is not None


def is_dash(text: str) -> bool:
    """Whether a cell is a dash, which some tables write for 0."""
    return set(folded(text)) == {"-"}


def read_cell(text: str, forms: CellForms, known_unit: Callable[[str], bool] | None = None) -> CellValue | None:
    """Read a cell of values.

    Parameters
    ----------
    text
        As the file has it, not empty.
    forms
        How the cells of the file are to be understood.
    known_unit
        As `read_quantity` takes it.

    Returns
    -------
    CellValue or None
        None where it says that there is no value.

    Raises
    ------
    CellError
        If it has two readings.
    QuantityError
        If it is not one quantity.

    Examples
    --------
    >>> cell = read_cell("9.9 (be)", CellForms())
    >>> str(cell.quantity.number), cell.obs_status
    ('9.9', 'B')
    """
    if PLAIN.fullmatch(text) and forms.decimal == "." and not forms.doubtful and not forms.zero and not forms.missing:
        return CellValue(read_quantity(text))
    words = folded(text)
    if words in forms.zero:
        return CellValue(Quantity(Decimal(0)))
    if _is_no_data(words, forms):
        return None
    simple = text if text.isascii() else text.translate(_SIMPLER)
    plain = " ".join(simple.split())
    if len(plain) > MOST_CHARACTERS:
        raise QuantityError("too_long", plain)  # the patterns below would take the square of its length
    rest, part = _without_part(_negative(with_point(plain, forms), forms, text))
    rest, interval = _without_interval(rest)
    rest, marks, is_bare = _without_marks(rest, known_unit)
    if "z" in marks:
        raise CellError("mark_not_applicable", found=text)
    # What is a quantity as it is written is read so: messages show what was understood of it.
    written = rest if rest != plain else text.replace("’", "'")
    return CellValue(read_quantity(_without_apostrophes(written), known_unit), marks, is_bare, interval, part)


def decimal_mark(cells: Iterable[str], delimiter: str, said: Mark | None = None) -> CellForms:
    """Return which mark is the decimal one in a file, by its delimiter and all cells of values.

    Parameters
    ----------
    cells
        As the file has them.
    delimiter
        Between the cells; empty where there is none.
    said
        By the user; counts before all else.

    Examples
    --------
    >>> decimal_mark(["812,34", "820,125"], ";").decimal, decimal_mark(["820,125"], ";").doubtful
    (',', '.,')
    """
    if said or delimiter not in (";", "\t", "|"):
        return CellForms(said or ".")
    found: set[Mark] = set()
    for cell in cells:
        if "," in cell or "." in cell or "，" in cell or "．" in cell:
            found.update(mark for each in _tokens(cell.translate(HALF_WIDTH)) if (mark := _said_by(each)))
    if len(found) == 1:
        return CellForms(found.pop())
    # Where some cells can only have the one mark and others only the other, no cell says anything of the rest.
    return CellForms(doubtful="," if delimiter != ";" and not found else ".,")


def with_point(plain: str, forms: CellForms) -> str:
    """Return a text with a point as the decimal mark, and no mark between thousands where that is the point.

    Raises
    ------
    CellError
        If a number in it may be two.
    """
    if forms.decimal == "." and not forms.doubtful:
        return plain
    return re.sub(_FIGURES, lambda found: _pointed(found[0], plain, forms), plain)


def _tokens(plain: str) -> Sequence[str]:
    return re.findall(_FIGURES, plain)


def _said_by(token: str) -> Mark | None:
    """Return which mark a number shows to be the decimal one, None if it shows none."""
    marks = re.sub(r"\d", "", token)
    if not marks:
        return None
    if len(set(marks)) > 1:
        return "." if marks[-1] == "." else ","
    other: Mark = "," if marks[0] == "." else "."
    if len(marks) > 1:
        return other
    before, after = token.split(marks[0])
    is_group = len(after) == 3 and len(before) <= 3 and not before.startswith("0")
    return None if is_group else ("." if marks == "." else ",")


def _pointed(token: str, text: str, forms: CellForms) -> str:
    """Return a number with a point as its decimal mark."""
    said = _said_by(token) if forms.doubtful else None
    if forms.doubtful and said is None and any(mark in token for mark in forms.doubtful):
        raise CellError("decimal_mark", found=text, first=re.sub("[.,]", "", token), second=token.replace(",", "."))
    if (said or forms.decimal) == ".":
        return token
    if not re.fullmatch(r"(?a)(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?", token):
        raise CellError("decimal_not_comma", found=text)
    return token.replace(".", "").replace(",", ".")


def _negative(plain: str, forms: CellForms, text: str) -> str:
    """Return what is negative in accounts with a minus before it.

    Raises
    ------
    CellError
        If nobody says that the file has accounts.
    """
    found = _ACCOUNTING.fullmatch(plain)
    if found is None:
        return plain
    inner = (found["a"] or found["b"]).strip()
    if not forms.accounting:
        raise CellError("accounting", found=text, negative=f"-{inner}")
    return f"-{inner}{found['unit'] or ''}"


def _without_part(plain: str) -> tuple[str, tuple[PeriodKind, int]]:
    """Return a text without the months in brackets behind it, and the part of a year that they are."""
    found = _PART.fullmatch(plain) if plain.endswith(")") else None
    part = _part(found["part"].strip()) if found else None
    return (found["rest"], part) if found and part else (plain, ("year", 0))


def _part(words: str) -> tuple[PeriodKind, int] | None:
    if months := part_of_months(words):
        return months
    try:
        period = read_period(f"2000{'年' if words[0] in '第上下' else ' '}{words}")
    except YearError:
        return None
    return (period.kind, period.part) if period.part else None


def _without_interval(plain: str) -> tuple[str, str]:
    """Return a text without the interval in brackets behind it, in which its number must lie; and the interval."""
    found = _INTERVAL.fullmatch(plain) if plain.endswith((")", "]")) else None
    number = re.search(r"(?a)-?\d[\d.]*", found["rest"]) if found else None
    if found is None or number is None:
        return plain, ""
    try:
        low, value, high = float(found["low"]), float(number[0]), float(found["high"])
    except ValueError:
        return plain, ""
    return (found["rest"], f"{found['low']}-{found['high']}") if low <= value <= high else (plain, "")


def _without_marks(plain: str, known_unit: Callable[[str], bool] | None) -> tuple[str, str, bool]:
    """Return a text without the marks behind it, the marks, and whether they are a letter without brackets."""
    rest, marks = plain, ""
    while rest.endswith((")", "]")) and (found := _BRACKETS.fullmatch(rest)):
        rest, marks = found["rest"], found["letters"].lower() + marks
    if marks and read_letters(marks):
        return rest, marks, False
    if (behind := _BEHIND_UNIT.fullmatch(plain)) and known_unit is not None and known_unit(behind["unit"]):
        return _without_marks_behind_unit(plain, behind, known_unit)
    if words := _words_behind(plain, known_unit):
        return *words, False
    bare = _BARE.fullmatch(plain)
    if bare is None or not _are_marks(bare["letters"], known_unit):
        return plain, "", False
    if not bare["letters"].islower():
        raise CellError("mark_or_unit", found=plain, mark=bare["letters"], number=bare["number"].strip())
    return bare["number"].strip(), bare["letters"], len(bare["letters"]) == 1


def _words_behind(plain: str, known_unit: Callable[[str], bool] | None) -> tuple[str, str] | None:
    """Return a text without the word for a status behind it, and the letter for it; None if there is none.

    Words that a quantity has itself, such as 預估值, are left to it.
    """
    found = _WORDS.fullmatch(plain) if not plain[-1:].isdigit() else None
    if found is None:
        return None
    # Its patterns take longer to make than most files take to read.
    from smartkpi.quantities.vocabulary import is_remark

    words = found["inner"] or found["bare"]
    if is_remark(words) or (known_unit is not None and known_unit(words)):
        return None
    said = read_status(words)
    return (found["rest"], LETTER_OF[said.code]) if said and said.code in LETTER_OF else None


def _without_marks_behind_unit(
    plain: str, found: re.Match[str], known_unit: Callable[[str], bool]
) -> tuple[str, str, bool]:
    """Return a text without the marks behind its unit; `5 EUR b` may be billions.

    Raises
    ------
    CellError
        If the letters make another unit together with the one before them.
    """
    unit, letters = found["unit"], found["letters"]
    if not _are_marks(letters, None):
        return plain, "", False
    if known_unit(f"{unit} {letters}") or known_unit(unit + letters):
        if len(letters) > 1:
            return plain, "", False
        raise CellError("mark_or_unit", found=plain, mark=letters, number=found["rest"])
    # Of units in ASCII such letters may be one more: `GB s`.
    return (plain, "", False) if unit.isascii() else (found["rest"], letters, False)


def _are_marks(letters: str, known_unit: Callable[[str], bool] | None) -> bool:
    """Whether letters right after a number are marks; a single one may still be a unit."""
    if letters.lower() in _NOT_MARKS or read_letters(letters) is None:
        return False
    is_unit = known_unit is not None and known_unit(letters)
    if len(letters) == 1:
        return letters.islower() or letters == "B" or not is_unit
    # Eurostat joins its letters in the order of the alphabet; `bed` and `cup` are words.
    return letters.islower() and not is_unit and (len(letters) == 2 or sorted(letters) == list(letters))


def _without_apostrophes(plain: str) -> str:
    """Return a text without the apostrophes between thousands."""
    if "'" not in plain:
        return plain
    return re.sub(r"(?a)(?<!\d)\d{1,3}(?:'\d{3})+(?!\d)", lambda found: found[0].replace("'", ""), plain)
