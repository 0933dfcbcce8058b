"""Why a year or a quantity is refused, as details of a fault."""

from __future__ import annotations

from typing import Any

from smartkpi.errors import Word
from smartkpi.quantities import QuantityError
from smartkpi.quantities.years import YearError


def reason_of(kind: str, error: QuantityError | YearError, text: str) -> dict[str, Any]:
    """Return the reason, and what was understood where that is not the text itself.

    Parameters
    ----------
    kind
        ``year`` or ``quantity``: how the labels of the reasons begin.
    error
        What was raised.
    text
        What was read.
    """
    understood = f" ({error.understood})" if error.understood not in ("", text) else ""
    return {"reason": Word(f"{kind}_{error.key}"), "understood": understood}
