"""The parts of a workbook that is a ZIP archive, and XML, each read piece by piece and counted.

Nothing is believed of what the archive says of its sizes, and no entity is expanded.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

from smartkpi.readers.workbook.cells import Budget, WorkbookError, damaged

_PIECE = 1 << 16
_LONGEST_TOKEN = 1 << 18
"""Bytes of a tag or a comment: expat looks at one from its beginning whenever more of it comes."""
Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Archive:
    """Parts by name, in any case of letters.

    Parameters
    ----------
    content
        Bytes of the file.
    budget
        What is unpacked is counted there.
    """

    def __init__(self, content: bytes, budget: Budget) -> None:
        self._budget = budget
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
            raise damaged(str(error).partition("\n")[0]) from error
        self._parts: dict[str, zipfile.ZipInfo] = {}
        self._twice: set[str] = set()
        for part in self._zip.infolist():
            name = part.filename.replace("\\", "/").lstrip("/").casefold()
            if name in self._parts:
                self._twice.add(name)
            self._parts[name] = part

    def __contains__(self, name: str) -> bool:
        return name.lstrip("/").casefold() in self._parts

    def pieces(self, name: str) -> Iterator[bytes]:
        """Return the bytes of a part, piece by piece."""
        name = name.lstrip("/").casefold()
        if name not in self._parts:
            raise damaged(f"it has no part {name[:100]}")
        part = self._parts[name]
        if name in self._twice:
            raise damaged(f"it has two parts {name[:100]}")
        if part.flag_bits & 1:
            raise WorkbookError("workbook_encrypted")
        # Other methods than these can ask for gigabytes before they give a byte.
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(f"the part {name[:100]} is compressed in another way than deflate")
        try:
            with self._zip.open(part) as stream:
                while piece := stream.read(_PIECE):
                    self._budget.unpack(len(piece))
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as error:
            raise damaged(str(error).partition("\n")[0]) from error

    def parse(self, name: str, start: Start, end: End | None = None, text: Text | None = None) -> None:
        """Parse a part that is XML.

        Parameters
        ----------
        name
            Of the part.
        start, end, text
            Called as expat does; names are namespace, a brace and the local name.
        """
        name = name.lstrip("/")
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = text

        def refuse(*_: Any) -> None:
            raise damaged(f"{name} has a document type declaration")

        # Declarations can make a few bytes stand for gigabytes.
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
        fed = 0
        try:
            for piece in self.pieces(name):
                # Of tags and attributes there are no more than these; expat's encodings all have them as in ASCII.
                self._budget.node(piece.count(b"<") + piece.count(b"="))
                parser.Parse(piece, False)
                fed += len(piece)
                if fed - max(parser.CurrentByteIndex, 0) > _LONGEST_TOKEN:
                    raise damaged(f"{name} has a tag or a comment of more than {_LONGEST_TOKEN:,} bytes")
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            place = f"{name}, line {error.lineno}, column {error.offset + 1}"
            raise damaged(f"{place}: {expat.ErrorString(error.code)}") from error
        except (LookupError, ValueError) as error:  # of an encoding that Python does not have
            raise damaged(f"{name}: {error}") from error
