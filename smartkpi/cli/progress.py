"""A progress bar on stderr for what takes longer than a second, and nothing at all for what does not."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from smartkpi.cli import output
from smartkpi.messages import label
from smartkpi.readers.dataset import Progress as Told
from smartkpi.readers.dataset import no_progress

if TYPE_CHECKING:
    from rich.progress import Progress

DELAY = 1.0
"""Seconds before the bar appears: what is faster needs none, and does not pay for its import."""


@contextlib.contextmanager
def watched(quiet: bool, lang: str) -> Iterator[Told]:
    """Show a bar while the body runs, if that takes long and stderr is a terminal that can redraw a line.

    Parameters
    ----------
    quiet
        Whether to show none in any case.
    lang
        Language of its words.

    Yields
    ------
    Told
        To be called with how many files are read, of how many, and the name of the one that is read now; the name is
        empty when all are.
    """
    if quiet or not output.is_terminal(sys.stderr) or os.environ.get("TERM", "") in ("", "dumb"):
        yield no_progress
        return
    bar = _Bar(lang)
    timer = threading.Timer(DELAY, bar.appear)
    timer.daemon = True
    timer.start()
    try:
        yield bar.told
    finally:
        timer.cancel()
        bar.leave()


class _Bar:
    """The bar; it appears from the thread of a timer or from the one that works, and leaves from the latter."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.lock = threading.Lock()
        self.state: tuple[int, int, str] | None = None
        self.due = False
        self.gone = False
        self.shown: Progress | None = None

    def told(self, done: int, files: int, name: str) -> None:
        with self.lock:
            self.state = done, files, name
            self._show()

    def appear(self) -> None:
        with self.lock:
            self.due = True
            self._show()

    def leave(self) -> None:
        with self.lock:
            self.gone = True
            if self.shown:
                self.shown.stop()

    def _show(self) -> None:
        if self.state is None or self.gone or not self.due:
            return
        done, files, name = self.state
        words = label("reading" if name else "working", self.lang).format(file=name, number=done + 1, files=files)
        # One file, and what comes after the last, has no share that is known: the bar then only moves.
        total = files if name and files > 1 else None
        if self.shown is None:
            self.shown = _empty_bar()
            self.shown.add_task(words, total=total, completed=done)
            self.shown.start()
        self.shown.update(self.shown.task_ids[0], total=total, completed=done, description=words)


def _empty_bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(bar_width=20), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
