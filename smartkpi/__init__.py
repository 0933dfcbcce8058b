"""Attainment, required annual growth and on-track flags for the KPIs of a plan.

Importing the package loads nothing heavy: each public name comes from :mod:`smartkpi.api`
(or :mod:`smartkpi.errors`) on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smartkpi._version import __version__

if TYPE_CHECKING:
    from smartkpi.api import (
        CheckResult,
        assess,
        brief,
        chart,
        check,
        explain,
        export,
        forecast,
        init,
        list_indicators,
        project,
        read_actuals,
        read_plan,
        report,
        status,
        template,
        trend,
        units,
        validate,
    )
    from smartkpi.errors import DataError, OutputError, SmartkpiError, UsageError

__all__ = [
    "CheckResult",
    "DataError",
    "OutputError",
    "SmartkpiError",
    "UsageError",
    "__version__",
    "assess",
    "brief",
    "chart",
    "check",
    "explain",
    "export",
    "forecast",
    "init",
    "list_indicators",
    "project",
    "read_actuals",
    "read_plan",
    "report",
    "status",
    "template",
    "trend",
    "units",
    "validate",
]


def __getattr__(name: str) -> Any:
    """Load a public name from the module that holds it."""
    if name not in __all__:
        raise AttributeError(f"module 'smartkpi' has no attribute {name!r}")
    if name.endswith("Error"):
        from smartkpi import errors as home
    else:
        from smartkpi import api as home  # type: ignore[no-redef]
    return getattr(home, name)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
