"""The name that was probably meant, among any number of names and for any text, in bounded time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

_MOST_COMPARED = 100
_LONGEST = 60


def nearest(text: str, names: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the name that is spelled most like `text`, empty if none is.

    Parameters
    ----------
    text
        What was found; its first 60 characters are looked at, without regard to case.
    names
        What there is. Of more than 100 names only those are compared that begin or end with the same two characters.
    cutoff
        Similarity from 0 to 1 that counts as spelled alike, as in `difflib`.

    Examples
    --------
    >>> nearest("conut", ["person", "count"])
    'count'
    """
    from difflib import get_close_matches

    text = text[:_LONGEST].casefold()
    known = tuple(names)
    if len(known) > _MOST_COMPARED:
        ends = _by_ends(known)
        begin, end = ends.get((text[:2], 0), []), ends.get((text[-2:], -1), [])
        known = (*begin[:_MOST_COMPARED], *end[:_MOST_COMPARED])
    folded = {name[: 2 * _LONGEST].casefold(): name for name in reversed(known)}
    near = get_close_matches(text, folded, n=1, cutoff=cutoff)
    return folded[near[0]] if near else ""


@lru_cache(maxsize=8)
def _by_ends(names: tuple[str, ...]) -> Mapping[tuple[str, int], list[str]]:
    found: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for name in names:
        folded = name.casefold()
        found[folded[:2], 0].append(name)
        found[folded[-2:], -1].append(name)
    return found
