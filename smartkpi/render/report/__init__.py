"""The report as a page, and one chart of it as a picture."""

from __future__ import annotations

from smartkpi.errors import Fault, UsageError
from smartkpi.tables.report import Report


def render(report: Report, suffix: str, lang: str) -> str:
    """Return a report in the kind of file that a suffix names.

    Parameters
    ----------
    report
        What to show.
    suffix
        ``.html`` for the page, ``.svg`` for the chart of its only series.
    lang
        Language of titles and words.

    Raises
    ------
    UsageError
        If a picture is asked for and there is not just one series.
    """
    if suffix == ".html":
        from smartkpi.render.report.page import page

        return page(report, lang)
    from smartkpi.render.report.picture import picture

    entries = report.entries
    if len(entries) != 1:
        raise UsageError(Fault("one_series_a_picture", found=len(entries)))
    return picture(report, entries[0], lang)
