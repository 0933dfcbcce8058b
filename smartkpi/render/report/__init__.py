"""The report as a page, and one chart of it as a picture."""

from __future__ import annotations

from smartkpi.tables.report import Report


def render(report: Report, suffix: str, lang: str) -> str:
    """Return a report in the kind of file that a suffix names.

    Parameters
    ----------
    report
        What to show.
    suffix
        ``.html`` for the page, ``.svg`` for the chart of its only series, else of all.
    lang
        Language of titles and words.

    Raises
    ------
    UsageError
        If jinja2 is missing for the page.
    """
    if suffix == ".html":
        from smartkpi.render.report.page import page

        return page(report, lang)
    from smartkpi.render.report.picture import overview_picture, picture

    entries = report.entries
    return picture(report, entries[0], lang) if len(entries) == 1 else overview_picture(report, lang)
