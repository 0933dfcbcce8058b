"""What Typer says of wrong use, in the reader's language as far as its kinds of error tell it."""

from __future__ import annotations

from typing import Any

from smartkpi import messages
from smartkpi.text import printable


def message(error: Any, lang: str) -> str:
    """Return what is wrong, on one line.

    Parameters
    ----------
    error
        A usage error of Typer, whose own classes are private to it; told apart by their names.
    lang
        Language of the message; details that Typer only has in English stay as they are.
    """
    detail = printable(error.format_message())
    kind = type(error).__name__
    if kind == "NoSuchOption":
        near = messages.label("list_separator", lang).join(error.possibilities or ())
        key = "usage_no_such_option_near" if near else "usage_no_such_option"
        return messages.label(key, lang).format(name=printable(error.option_name), near=near)
    if kind == "MissingParameter" and error.param is not None:
        return messages.label("usage_missing", lang).format(name=_name(error))
    if kind == "BadParameter" and error.param is not None:
        return messages.label("usage_bad_value", lang).format(name=_name(error), detail=printable(error.message))
    return messages.label("usage_other", lang).format(detail=detail)


def _name(error: Any) -> str:
    return str(error.param.get_error_hint(error.ctx)).replace("'", "")
