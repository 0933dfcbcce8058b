"""A progress bar on stderr for what takes longer than a second, and nothing at all for what does not."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterator

from smartkpi.cli import output
from smartkpi.messages import label
from smartkpi.readers.dataset import Progress, no_progress
from smartkpi.text import printable

DELAY = 1.0
"""Seconds before the bar appears."""
_PAUSE = 0.1
"""Seconds at least between two drawings: a terminal is slower than small files are read."""
_CELLS = 20
_CLEAR_LINE = "\r\x1b[2K"


@contextlib.contextmanager
def progress_bar(quiet: bool, lang: str) -> Iterator[Progress]:
    """Show a bar while the body runs, if that takes long and stderr is a terminal that can redraw a line.

    Parameters
    ----------
    quiet
        Whether to show none in any case.
    lang
        Language of its words.

    Yields
    ------
    Progress
        To be called with how many files are read, of how many, and the name of the one that is read now; the name is
        empty when all are. The bar is drawn in such a call and at no other time.
    """
    if quiet or not output.is_terminal(sys.stderr) or os.environ.get("TERM", "") in ("", "dumb"):
        yield no_progress
        return
    bar = _Bar(lang)
    try:
        yield bar.update
    finally:
        bar.erase()


class _Bar:
    """A line at the end of the terminal."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.due = time.monotonic() + DELAY
        self.is_shown = False

    def update(self, done: int, files: int, name: str) -> None:
        now = time.monotonic()
        if now < self.due and (name or not self.is_shown):
            return
        self.due = now + _PAUSE
        words = label("reading" if name else "working", self.lang).format(
            file=printable(name), number=done + 1, files=files
        )
        filled = _CELLS * done // max(files, 1)
        self._write(_cut(f"[{'#' * filled}{'.' * (_CELLS - filled)}] {words}"))
        self.is_shown = True

    def erase(self) -> None:
        if self.is_shown:
            self._write("")

    def _write(self, text: str) -> None:
        with contextlib.suppress(OSError):
            sys.stderr.write(_CLEAR_LINE + text)
            sys.stderr.flush()


def _cut(text: str) -> str:
    """Return as much as fits on a line of the terminal."""
    from rich.cells import cell_len, set_cell_size

    width = shutil.get_terminal_size().columns - 1
    return text if cell_len(text) <= width else set_cell_size(text, width)
