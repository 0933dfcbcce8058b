"""The command line. `main` runs a command, and turns every error into a message and an exit code.

Nothing that takes time is imported here, so that signals find `main` ready for them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, NoReturn

INTERRUPTED = 130
_ENDING = ("SIGINT", "SIGTERM", "SIGHUP")
"""Signals that end a program: Ctrl-C, `kill` and `timeout`, a terminal that is closed. Windows lacks the last one."""
_FOR_LIBRARIES = {"OPENBLAS_NUM_THREADS": "1", "NUMPY_MADVISE_HUGEPAGE": "0", "MIMALLOC_ALLOW_THP": "0"}
"""What numpy and pyarrow find in the environment when they are loaded, unless the user says something else there."""
_state = {"code": INTERRUPTED, "signals": 0}


def code_of_interrupt() -> int:
    """Return the exit code of the signal that came last: as shells have it, 128 and its number."""
    return _state["code"]


def main() -> NoReturn:
    """Run the command line and exit with its code."""
    with _interruptible(), _fast_start():
        code = _run(sys.argv[1:])
    sys.exit(code_of_interrupt() if code == INTERRUPTED else code)  # Typer knows no other signal


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
    """End by a signal without a traceback and with nothing left behind, at whatever moment it comes."""
    import signal

    _state["signals"] = 0
    before: dict[int, Any] = {}
    for number in (getattr(signal, name) for name in _ENDING if hasattr(signal, name)):
        # Neither ignored, as `nohup` has it, nor somebody else's.
        if (own := signal.getsignal(number)) in (signal.default_int_handler, signal.SIG_DFL):
            with suppress(ValueError):  # not in the main thread
                signal.signal(number, _interrupt)
                before[number] = own
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(code_of_interrupt())
    finally:
        for number, own in before.items():
            signal.signal(number, own)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Raise KeyboardInterrupt; but end at once while a module loads, where it would be swallowed or printed.

    Whoever does not wait until all is left, and interrupts again, ends it at once too.
    """
    _state["code"] = 128 + number
    _state["signals"] += 1
    if _state["signals"] > 1:
        _end()
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            _end()
        frame = frame.f_back
    raise KeyboardInterrupt


def _end() -> NoReturn:
    files = sys.modules.get("smartkpi.render.files")
    getattr(files, "remove_unfinished", lambda: None)()  # while it loads, nothing is there yet
    os._exit(code_of_interrupt())


@contextmanager
def _fast_start() -> Iterator[None]:
    """Do without garbage collection, and without modules, threads and large pages that no command needs.

    pint loads dask wherever it is installed, and pyarrow pandas; OpenBLAS, which numpy loads, starts threads that wait
    busily. numpy and pyarrow ask for large pages of memory, which a virtual machine must first get from its host again:
    only a program that uses its memory more than once gains by them. The objects of a run live to its end, so that the
    collector would only look at them again and again, the last time when the interpreter ends.
    """
    import atexit
    import gc

    hide_dask = "dask" not in sys.modules
    if hide_dask:
        sys.modules["dask"] = None  # type: ignore[assignment]
    sys.meta_path.insert(0, _NO_PANDAS)
    own = [name for name in _FOR_LIBRARIES if name not in os.environ]
    os.environ.update({name: _FOR_LIBRARIES[name] for name in own})
    gc.disable()
    atexit.unregister(gc.freeze)  # of an earlier run in this process
    atexit.register(gc.freeze)
    try:
        yield
    finally:
        # All that is there counts as old, so that it is not looked at as soon as the collector is on again.
        gc.freeze()
        gc.unfreeze()
        gc.enable()
        sys.meta_path.remove(_NO_PANDAS)
        for name in own:
            del os.environ[name]
        if hide_dask:
            del sys.modules["dask"]


class _NoPandas:
    """Finds no pandas. Its place in `sys.modules` cannot be None: pyarrow takes that for pandas."""

    @staticmethod
    def find_spec(name: str, _path: object = None, _target: object = None) -> None:
        """Refuse to look further."""
        if name == "pandas":
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)


_NO_PANDAS: Any = _NoPandas()
