"""Files and folders that are written, each whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import select
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from smartkpi.errors import Fault, OutputError

# Not every system has these. Without O_NONBLOCK a pipe that nobody reads is a wait without end and not an error;
# O_BINARY keeps Windows from writing \r\n for \n.
_NONBLOCK, _BINARY = getattr(os, "O_NONBLOCK", 0), getattr(os, "O_BINARY", 0)

Content = bytes | Iterable[bytes | memoryview] | Callable[[BinaryIO], None]
"""What is written, in one piece or several, or what writes it into a file."""
_TOGETHER = 1 << 20
"""Bytes that are written together of what writes into a file."""
_UNFINISHED: set[Path] = set()
"""Hidden files and folders that are being written."""


def write_file(content: Content, path: str, *, replace: bool = True) -> None:
    """Write a file, or to a device or pipe.

    Parameters
    ----------
    content
        All there is to write, in one piece or several.
    path
        Of the file.
    replace
        Whether a file that exists is replaced; otherwise it is left alone, with an error.

    Raises
    ------
    OutputError
        If it cannot be written; a file that existed is then as it was.
    BrokenPipeError
        If the reader has closed the pipe.
    """
    with _errors_of(path):
        _to_file(content, path, replace)


@contextlib.contextmanager
def new_file(path: str) -> Iterator[tuple[int, Path]]:
    """Hand out a descriptor to write a file bit by bit, and a folder for temporary files on the same disk.

    The file is there, in the place of the one that existed, when the body has ended without an error.

    Raises
    ------
    OutputError
        If it cannot be written, or what the body writes; a file that existed is then as it was.
    """
    with _errors_of(path):
        place = _real_path(path)
        if place.exists() and not place.is_file():
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        with (
            hidden_folder(place.parent) as folder,
            _replacing(place) as descriptor,
        ):
            yield descriptor, folder


def remove_unfinished() -> None:
    """Remove what is half written, where the program ends without leaving the functions that write it."""
    for path in tuple(_UNFINISHED):
        shutil.rmtree(path, ignore_errors=True)
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def hidden_folder(parent: Path) -> Iterator[Path]:
    """Hand out a new hidden folder that only the user may enter, and remove it at the end, if it still has its name."""
    folder = parent / f".smartkpi-{os.urandom(4).hex()}.tmp"
    try:
        with _unfinished(folder):
            folder.mkdir(0o700)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _unfinished(path: Path) -> Iterator[None]:
    _UNFINISHED.add(path)
    try:
        yield
    finally:
        _UNFINISHED.discard(path)


@contextlib.contextmanager
def _errors_of(path: str) -> Iterator[None]:
    """Raise errors of the system as those of an output."""
    try:
        yield
    except FileExistsError as error:
        raise OutputError(Fault("already_there", path)) from error
    except BrokenPipeError:
        raise
    except OSError as error:
        problem = os.strerror(error.errno) if error.errno else str(error)
        raise OutputError(Fault("cannot_write", path, problem=problem)) from error


def to_descriptor(content: Content, descriptor: int) -> None:
    """Write all of it, waiting where the other end is slow."""
    if callable(content):
        with io.BufferedWriter(_Descriptor(descriptor), _TOGETHER) as stream:
            content(stream)
        return
    for piece in [content] if isinstance(content, bytes) else content:
        left = memoryview(piece)
        while left:
            try:
                left = left[os.write(descriptor, left) :]
            except BlockingIOError:
                select.select([], [descriptor], [])
        if not isinstance(content, bytes):
            _begin_storing(descriptor, len(piece))


class _Descriptor(io.RawIOBase):
    """A descriptor as a file."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def writable(self) -> bool:
        """Return that it can be written to."""
        return True

    def write(self, piece: Any) -> int:
        """Write all of a piece."""
        to_descriptor([piece], self._descriptor)
        return len(piece)


def _begin_storing(descriptor: int, size: int) -> None:
    """Begin to store the last bytes that were written, while the next ones are made: at the end all has to be stored.

    That the system can do without them in memory is why Linux begins.
    """
    with contextlib.suppress(OSError, AttributeError):  # not a file; Windows and macOS have no os.posix_fadvise
        first = os.lseek(descriptor, 0, os.SEEK_CUR) - size
        os.posix_fadvise(descriptor, first, size, os.POSIX_FADV_DONTNEED)


def _to_file(content: Content, output: str, replace: bool) -> None:
    """Replace a file, whole or not at all; a device or pipe is written to."""
    path = _real_path(output)
    with contextlib.suppress(FileNotFoundError):
        # By the name as given: where /dev/stdout is a pipe, its real path is not that of a file.
        if not stat.S_ISREG(Path(output).stat().st_mode):
            with _opened(Path(output), os.O_WRONLY | _NONBLOCK) as descriptor:
                to_descriptor(content, descriptor)
            return
    with _replacing(path, replace) as descriptor:
        to_descriptor(content, descriptor)


def _real_path(output: str) -> Path:
    """Return where a file is written."""
    folder, name = os.path.split(output)
    if name in ("", os.curdir, os.pardir):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    os.stat(folder or os.curdir)  # noqa: PTH116 - Path and realpath drop what cannot be entered: `missing/../x`
    return Path(os.path.realpath(output))


@contextlib.contextmanager
def _replacing(path: Path, replace: bool = True) -> Iterator[int]:
    """Hand out a hidden file beside the place, and put it there when it is whole.

    Whoever kills the program in between leaves the hidden file. Linux could do without a name for it (O_TMPFILE), but
    only to make a new file, not to replace one.
    """
    temporary = path.with_name(f".{path.name[:100]}.{os.urandom(4).hex()}.tmp")
    try:
        with (
            _unfinished(temporary),
            _opened(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as descriptor,
        ):
            _copy_rights(path, temporary)
            yield descriptor
            os.fsync(descriptor)
        if replace:
            temporary.replace(path)
        else:
            path.hardlink_to(temporary)
    finally:
        temporary.unlink(missing_ok=True)


def _copy_rights(path: Path, temporary: Path) -> None:
    """Give a new file owner, group and permissions of the one whose place it takes, as far as the user may.

    Not the bits by which a program runs as its owner or group: they were meant for the old content.
    """
    try:
        old = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(old.st_mode):
        return
    for owner, group in ((old.st_uid, -1), (-1, old.st_gid)):
        with contextlib.suppress(OSError, AttributeError):  # Windows has no os.chown
            os.chown(temporary, owner, group)
    temporary.chmod(stat.S_IMODE(old.st_mode) & 0o777)


@contextlib.contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    descriptor = os.open(path, flags | _BINARY, 0o666)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def write_folder(
    folder: str, files: Mapping[str, bytes], *, force: bool = False, in_use: str = "folder_not_empty"
) -> None:
    """Write files into a folder that is new or empty.

    A new folder appears with all its files. In one that exists, which may be the current one, the entries appear one
    after the other, the last of `files` last, when all are written.

    Parameters
    ----------
    folder
        Made with its parents where it is missing.
    files
        Content by relative path.
    force
        Whether a folder that holds anything is filled too: files of the same paths are replaced, no others touched.
    in_use
        Key of the error where it is not.

    Raises
    ------
    OutputError
        If the folder holds anything, or cannot be written to.
    """
    try:
        path = Path(os.path.realpath(folder))
        if not path.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            _new_folder(path, files)
        elif not any(path.iterdir()):
            _fill_empty(path, files)
        elif force:
            _replace_files(path, files)
        else:
            raise OutputError(Fault(in_use, folder))
    except OSError as error:
        raise OutputError(Fault("cannot_create", folder, problem=error.strerror or str(error))) from error


def _new_folder(path: Path, files: Mapping[str, bytes]) -> None:
    with _temporary_folder(path.parent, files) as temporary:
        temporary.rename(path)


def _fill_empty(path: Path, files: Mapping[str, bytes]) -> None:
    with _temporary_folder(path, files) as temporary:
        for name in dict.fromkeys(Path(each).parts[0] for each in files):
            (temporary / name).rename(path / name)


def _replace_files(path: Path, files: Mapping[str, bytes]) -> None:
    for name in files:
        _check_place(path / name)
    with _temporary_folder(path, files) as temporary:
        for name in files:
            (path / name).parent.mkdir(exist_ok=True)
            _copy_rights(path / name, temporary / name)
            (temporary / name).replace(path / name)


def _check_place(path: Path) -> None:
    """Raise what would stop a file from being put there, before any is; a link may lead to another disk."""
    if path.is_dir():
        raise IsADirectoryError(f"{path.name} is a folder")
    if os.path.lexists(path.parent) and not stat.S_ISDIR(path.parent.lstat().st_mode):
        raise NotADirectoryError(f"{path.parent.name} is not a folder")


@contextlib.contextmanager
def _temporary_folder(parent: Path, files: Mapping[str, bytes]) -> Iterator[Path]:
    """Hand out a hidden folder with the files in it, with the permissions that a new folder has."""
    mask = os.umask(0)
    os.umask(mask)
    with hidden_folder(parent) as folder:
        folder.chmod(0o777 & ~mask)
        for name, content in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
        yield folder
