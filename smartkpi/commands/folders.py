"""New folders of files, whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from smartkpi.errors import Fault, OutputError


def fill(folder: str, texts: Mapping[str, str]) -> None:
    """Put files into a folder that is new or empty.

    A new folder appears with all its files. In an empty one that is there already, which may be the current one,
    the entries appear one after the other, the last of `texts` last.

    Parameters
    ----------
    folder
        Made with its parents where it is missing.
    texts
        Text by relative path.

    Raises
    ------
    OutputError
        If the folder holds anything, or cannot be written to; nothing in it is ever replaced.
    """
    path = Path(os.path.realpath(folder))
    try:
        if path.is_dir():
            _fill_empty(path, folder, texts)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            _make(path, texts)
    except OSError as error:
        raise OutputError(Fault("cannot_create", folder, problem=error.strerror or str(error))) from error


def _fill_empty(path: Path, shown: str, texts: Mapping[str, str]) -> None:
    if any(path.iterdir()):
        raise OutputError(Fault("folder_not_empty", shown))
    made = _written(path, texts)
    try:
        for name in dict.fromkeys(Path(each).parts[0] for each in texts):
            (made / name).rename(path / name)
    finally:
        shutil.rmtree(made)


def _make(path: Path, texts: Mapping[str, str]) -> None:
    made = _written(path.parent, texts)
    try:
        made.rename(path)
    except OSError:
        shutil.rmtree(made)
        raise


def _written(beside: Path, texts: Mapping[str, str]) -> Path:
    """Return a hidden folder with the files in it, with the rights that a new folder has."""
    made = Path(tempfile.mkdtemp(prefix=".smartkpi-", suffix=".tmp", dir=beside))
    mask = os.umask(0)
    os.umask(mask)
    made.chmod(0o777 & ~mask)
    try:
        for name, text in texts.items():
            (made / name).parent.mkdir(exist_ok=True)
            (made / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError:
        shutil.rmtree(made)
        raise
    return made
