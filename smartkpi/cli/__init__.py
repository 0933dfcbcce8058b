"""The command line. `main` runs a command, and turns every error into a message and an exit code.

Nothing that takes time is imported here, so that Ctrl-C finds `main` ready for it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, NoReturn

INTERRUPTED = 130


def main() -> NoReturn:
    """Run the command line and exit with its code."""
    with _interruptible(), _fast_start():
        code = _run(sys.argv[1:])
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    from smartkpi.cli import app, completion, output

    output.prepare()
    state: dict[str, Any] = {}
    code = 0
    try:
        if os.environ.get(completion.VARIABLE):
            completion.reply(arguments)
        else:
            code = app.run(arguments, state)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - the one place where an error becomes an exit code
        from smartkpi.cli import errors

        code = errors.report(error, state)
    return code


@contextmanager
def _interruptible() -> Iterator[None]:
    """End by Ctrl-C without a traceback, at whatever moment it comes."""
    import signal

    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:  # neither ignored nor somebody else's
        with suppress(ValueError):  # not in the main thread
            signal.signal(signal.SIGINT, _interrupt)
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    finally:
        if signal.getsignal(signal.SIGINT) is _interrupt:
            signal.signal(signal.SIGINT, before)


def _interrupt(_: int, frame: FrameType | None) -> None:
    """Raise KeyboardInterrupt; but end at once while a module loads, where it would be swallowed or printed."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            if files := sys.modules.get("smartkpi.render.files"):
                files.remove_unfinished()
            os._exit(INTERRUPTED)
        frame = frame.f_back
    raise KeyboardInterrupt


@contextmanager
def _fast_start() -> Iterator[None]:
    """Do without garbage collection, and without dask, which pint loads wherever it is installed.

    The objects of a run live to its end, so that the collector would only look at them again and again, the last time
    when the interpreter ends.
    """
    import atexit
    import gc

    hide_dask = "dask" not in sys.modules
    if hide_dask:
        sys.modules["dask"] = None  # type: ignore[assignment]
    gc.disable()
    atexit.unregister(gc.freeze)  # of an earlier run in this process
    atexit.register(gc.freeze)
    try:
        yield
    finally:
        gc.enable()
        if hide_dask:
            del sys.modules["dask"]
