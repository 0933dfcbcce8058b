"""Parts of one computation on all processors, by copies of the program that share its memory."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_Result = TypeVar("_Result")
_LEAST = 4
"""Parts from which starting another process takes less time than it saves."""
_MOST = 8
"""Processes; each holds its results until they are asked for."""
_ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_is_allowed = False


@contextlib.contextmanager
def on_all_processors() -> Iterator[None]:
    """Let `each_result` use all processors while the body runs.

    Only a program without threads of its own may allow it: a copy of a process has none of its threads, and the locks
    that they held stay locked. numpy, which is all that the copies use, has no such locks.
    """
    global _is_allowed  # noqa: PLW0603 - it is a property of the process, whoever computes in it
    before, _is_allowed = _is_allowed, True
    try:
        yield
    finally:
        _is_allowed = before


def each_result(compute: Callable[[int], _Result], number: int) -> Iterator[_Result]:
    """Return what `compute` gives for 0, 1, and so on, in this order.

    Parameters
    ----------
    compute
        Gives what can be pickled, with numpy and Python alone.
    number
        Of the parts.
    """
    processes = _processes(number)
    # What does not go up is done here: results of others must arrive, too.
    ends = [-(-number * place // processes) for place in range(processes + 1)]
    own, *shares = map(range, ends[:-1], ends[1:])
    with contextlib.ExitStack() as running:
        # Each sends its results once all are there: sending waits for the receiver, which is at work itself.
        others = [running.enter_context(_elsewhere(compute, share, list)) for share in shares]
        yield from map(compute, own)
        for results in others:
            yield from results


def each_in_turn(compute: Callable[[int], _Result], number: int) -> Generator[_Result, None, None]:
    """Return what `each_result` returns, where the results together are too large for memory: a few are made ahead."""
    processes = _processes(number)
    if processes == 1:
        yield from map(compute, range(number))
        return
    shares = [range(first, number, processes) for first in range(processes)]
    with contextlib.ExitStack() as running:
        others = [running.enter_context(_elsewhere(compute, share, iter)) for share in shares]
        for place in range(number):
            yield next(others[place % processes])


def _processes(number: int) -> int:
    """Return among how many processes so many parts are divided."""
    # Windows cannot copy a process, and libraries of macOS do not stand it.
    is_worth_it = _is_allowed and number >= _LEAST and sys.platform == "linux"
    return min(len(os.sched_getaffinity(0)), number, _MOST) if is_worth_it else 1


@contextlib.contextmanager
def _elsewhere(
    compute: Callable[[int], Any], share: Sequence[int], when: Callable[[Iterator[Any]], Iterable[Any]]
) -> Iterator[Iterator[Any]]:
    """Compute some parts in another process, and hand out the results; it is ended where the body fails."""
    from multiprocessing import get_context

    fork = get_context("fork")
    try:
        receiver, sender = fork.Pipe(duplex=False)
    except OSError:  # too many files are open
        yield map(compute, share)
        return
    process = fork.Process(target=_send, args=(compute, share, when, sender, receiver, os.getpid()), daemon=True)
    # A signal waits until it is known what it does to the copy.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        with contextlib.suppress(OSError), warnings.catch_warnings():
            # Python 3.12 and later warn of threads. Those of Arrow hold nothing that a copy needs.
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    sender.close()
    try:
        yield _received(receiver, compute, share)
    except BaseException:
        if process.pid is not None:
            process.kill()
            process.join()
        raise
    finally:
        receiver.close()


def _send(
    compute: Callable[[int], Any],
    share: Sequence[int],
    when: Callable[[Iterator[Any]], Iterable[Any]],
    sender: Connection,
    receiver: Connection,
    program: int,
) -> None:
    """Compute some parts in the copy, and send the results."""
    global _is_allowed  # noqa: PLW0603 - a copy makes none of its own
    _is_allowed = False
    receiver.close()
    for number in _ENDING:
        # The program itself tidies up, and ends its copies.
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    with contextlib.suppress(Exception):  # the program computes once more what is missing, and meets the error itself
        # Without the program, which may have been killed, nobody waits for results.
        for result in when(compute(place) for place in share if os.getppid() == program):
            _send_one(result, sender)
    sender.close()


def _send_one(result: object, sender: Connection) -> None:
    """Send a result, its arrays as they are in memory."""
    arrays: list[memoryview] = []
    rest = pickle.dumps(result, protocol=5, buffer_callback=lambda each: arrays.append(each.raw()))
    sender.send((rest, list(map(len, arrays))))
    for each in arrays:
        left = each
        while left:
            left = left[os.write(sender.fileno(), left) :]


def _received(receiver: Connection, compute: Callable[[int], Any], share: Sequence[int]) -> Iterator[Any]:
    """Return the results of some parts as they arrive from a copy."""
    done = 0
    with contextlib.suppress(EOFError, OSError):
        for done in range(len(share)):  # noqa: B007 - it is how many have arrived
            yield _receive_one(receiver)
        return
    # Without memory or files for another process, or when it was killed, this one does its work.
    yield from map(compute, share[done:])


def _receive_one(receiver: Connection) -> Any:
    rest, sizes = receiver.recv()
    arrays = [np.empty(size, dtype=np.uint8) for size in sizes]
    for each in arrays:
        left = each.data
        while left:
            number = os.readv(receiver.fileno(), [left])
            if not number:
                raise EOFError
            left = left[number:]
    return pickle.loads(rest, buffers=arrays)  # noqa: S301 - it comes from a copy of the program
