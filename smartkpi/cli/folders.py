"""Folders of files, whole or not at all."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path

from smartkpi.errors import Fault, OutputError


def fill(folder: str, files: Mapping[str, bytes], *, force: bool = False, in_use: str = "folder_not_empty") -> None:
    """Put files into a folder that is new or empty.

    A new folder appears with all its files. In one that is there already, which may be the current one, the entries
    appear one after the other, the last of `files` last, when all are written.

    Parameters
    ----------
    folder
        Made with its parents where it is missing.
    files
        Content by relative path.
    force
        Whether a folder that holds anything is filled too: files of the same paths are replaced, no others touched.
    in_use
        Key of the fault where it is not.

    Raises
    ------
    OutputError
        If the folder holds anything, or cannot be written to.
    """
    path = Path(os.path.realpath(folder))
    try:
        if not path.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            _make(path, files)
        elif not any(path.iterdir()):
            _fill_empty(path, files)
        elif force:
            _replace(path, files)
        else:
            raise OutputError(Fault(in_use, folder))
    except OSError as error:
        raise OutputError(Fault("cannot_create", folder, problem=error.strerror or str(error))) from error


def _make(path: Path, files: Mapping[str, bytes]) -> None:
    made = _written(path.parent, files)
    try:
        made.rename(path)
    except OSError:
        shutil.rmtree(made)
        raise


def _fill_empty(path: Path, files: Mapping[str, bytes]) -> None:
    made = _written(path, files)
    try:
        for name in dict.fromkeys(Path(each).parts[0] for each in files):
            (made / name).rename(path / name)
    finally:
        shutil.rmtree(made)


def _replace(path: Path, files: Mapping[str, bytes]) -> None:
    for name in files:
        _check_place(path / name)
    made = _written(path, files)
    try:
        for name in files:
            (path / name).parent.mkdir(exist_ok=True)
            (made / name).replace(path / name)
    finally:
        shutil.rmtree(made)


def _check_place(path: Path) -> None:
    """Raise what would stop a file from being put there, before any is; a link may lead to another disk."""
    if path.is_dir():
        raise IsADirectoryError(f"{path.name} is a folder")
    if os.path.lexists(path.parent) and not stat.S_ISDIR(path.parent.lstat().st_mode):
        raise NotADirectoryError(f"{path.parent.name} is no folder")


def _written(beside: Path, files: Mapping[str, bytes]) -> Path:
    """Return a hidden folder with the files in it, with the rights that a new folder has."""
    made = Path(tempfile.mkdtemp(prefix=".smartkpi-", suffix=".tmp", dir=beside))
    mask = os.umask(0)
    os.umask(mask)
    made.chmod(0o777 & ~mask)
    try:
        for name, content in files.items():
            (made / name).parent.mkdir(exist_ok=True)
            (made / name).write_bytes(content)
    except OSError:
        shutil.rmtree(made)
        raise
    return made
