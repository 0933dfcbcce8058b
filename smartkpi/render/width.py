"""Text in the cells of a terminal, two for each Chinese character: measured, cut, filled up, wrapped."""

from __future__ import annotations

from collections.abc import Sequence

from smartkpi.text import pattern

# A Chinese character or full-width sign is a word of its own; signs that must not begin a line belong to the word
# before them, brackets that open to the one after them.
_WORDS = pattern(r"[（「『《]*(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef]+)[，。、；：）」』！？％]*|\s+")


def width(text: str) -> int:
    """Return the cells that a text takes on a terminal."""
    from rich.cells import cell_len

    return cell_len(text)


def cut(text: str, cells: int, ascii_only: bool) -> str:
    """Return a text in so many cells at the most, a cut marked by an ellipsis.

    Examples
    --------
    >>> cut("資訊產業產值", 8, False), cut("coverage", 6, True), cut("short", 9, False)
    ('資訊產…', 'cov...', 'short')
    """
    from rich.cells import set_cell_size

    if width(text) <= cells:
        return text
    mark = "..." if ascii_only else "…"
    if cells <= width(mark):
        return mark[:cells]
    return set_cell_size(text, cells - width(mark)).rstrip() + mark


def padded(text: str, cells: int, right: bool) -> str:
    """Return a text filled up with blanks to so many cells."""
    blanks = " " * (cells - width(text))
    return blanks + text if right else text + blanks


def wrapped(text: str, cells: int) -> list[str]:
    """Return a text in lines of so many cells at the most, broken at blanks and between Chinese characters.

    A word that is longer than a line is broken where the line ends.

    Examples
    --------
    >>> wrapped("Share of people employed", 12), wrapped("年平均就業人數", 8), wrapped("coverage", 5)
    (['Share of', 'people', 'employed'], ['年平均就', '業人數'], ['cover', 'age'])
    """
    from rich.cells import chop_cells

    if width(text) <= cells:
        return [text]
    lines = [""]
    for word in _WORDS.findall(text):
        if width(lines[-1] + word.rstrip()) <= cells:
            lines[-1] += word
            continue
        first, *others = chop_cells(word, max(cells, 2)) if width(word) > cells else [word]
        lines += [first.lstrip(), *others]
    return [line.rstrip() for line in lines if line.strip()] or [""]


def flowed(entries: Sequence[str], cells: int | None, ascii_only: bool = False, gap: str = "   ") -> list[str]:
    """Return entries in as few lines as hold them; one that is longer than a line is wrapped.

    Examples
    --------
    >>> flowed(["o observed", ". path", "+ required"], 20)
    ['o observed   . path', '+ required']
    """
    lines: list[str] = []
    for entry in entries:
        longer = f"{lines[-1]}{gap}{entry}" if lines else entry
        if cells is None or width(longer) <= cells:
            lines = [*lines[:-1], longer]
        else:
            lines += [cut(line, cells, ascii_only) for line in wrapped(entry, cells)]
    return lines
