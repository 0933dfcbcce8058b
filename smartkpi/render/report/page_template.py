"""The page's template, compiled once and kept beside it as Python keeps its modules."""

from __future__ import annotations

import contextlib
import os
import sys
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

_HERE = Path(__file__).parent


class _BesideTemplates(BytecodeCache):
    """Compiled templates in ``__pycache__``, where Python may write there; to compile takes longer than a page."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was kept, if it is of this template, this Python and this jinja2."""
        with contextlib.suppress(Exception):  # a damaged file is as good as none
            bucket.bytecode_from_string(_place(bucket).read_bytes())

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template, whole or not at all."""
        if sys.dont_write_bytecode:
            return
        place = _place(bucket)
        unfinished = place.with_name(f"{place.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            unfinished.write_bytes(bucket.bytecode_to_string())
            unfinished.replace(place)


def _place(bucket: Bucket) -> Path:
    return Path(cache_from_source(str(_HERE / f"{bucket.key}.jinja")))


@cache
def template() -> Any:
    """Return the page's template."""
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_BesideTemplates(),
    )
    return environment.get_template("page.html.jinja")
