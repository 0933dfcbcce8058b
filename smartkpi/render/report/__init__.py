"""The report as a page, as a picture of one chart or of all indicators, and as Markdown."""

from __future__ import annotations

from smartkpi.tables.report import Report

FORMATS = ("html", "svg", "png", "pdf", "markdown")
"""What a report can be written as."""


def render(report: Report, form: str, lang: str) -> bytes:
    """Return a report as the content of a file.

    Parameters
    ----------
    report
        What to show.
    form
        ``html`` or ``pdf`` for the page; ``svg`` or ``png`` for the chart of its only series, else of all indicators;
        ``markdown`` for sentences and a table.
    lang
        Language of titles and words.

    Raises
    ------
    UsageError
        If what makes the page, the PNG or the PDF is not installed.
    OutputError
        If there is no font with Chinese characters for the PNG, or the browser fails that prints the PDF.
    """
    if form == "markdown":
        from smartkpi.render import brief, markdown
        from smartkpi.render.view import View

        table = markdown.render(report.table, View(format="markdown", lang=lang))
        return f"{brief.markdown(report, lang)}\n{table}".encode()
    if form in ("html", "pdf"):
        from smartkpi.render.report.page import page

        html = page(report, lang)
        if form == "html":
            return html.encode()
        from smartkpi.render.report.pdf import pdf

        return pdf(html)
    from smartkpi.render.report.picture import overview_picture, picture

    entries = report.entries
    svg = picture(report, entries[0], lang) if len(entries) == 1 else overview_picture(report, lang)
    if form == "svg":
        return svg.encode()
    from smartkpi.render.report.png import png

    return png(svg)
