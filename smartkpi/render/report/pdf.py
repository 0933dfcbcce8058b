"""The page as PDF, printed by a Chromium browser: what a browser prints, it prints best."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from smartkpi.errors import Fault, OutputError, UsageError

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "microsoft-edge", "msedge")
_MOST_SECONDS = 120


def find_browser() -> str | None:
    """Return the browser that SMARTKPI_CHROMIUM names, else the first on the path."""
    return os.environ.get("SMARTKPI_CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None)


def pdf(html: str) -> bytes:
    """Return the page as PDF.

    Raises
    ------
    UsageError
        If there is no browser: none that SMARTKPI_CHROMIUM names, and none on the path.
    OutputError
        If the browser fails.
    """
    browser = find_browser()
    if browser is None:
        raise UsageError(Fault("no_browser"))
    with tempfile.TemporaryDirectory(prefix="smartkpi-", ignore_cleanup_errors=True) as folder:
        page, printed = Path(folder, "report.html"), Path(folder, "report.pdf")
        page.write_text(html, encoding="utf-8")
        options = ["--headless", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder}/profile"]
        if getattr(os, "geteuid", lambda: 1)() == 0:
            options.append("--no-sandbox")  # Chromium refuses to run as root with one; the page has no scripts
        command = [browser, *options, f"--print-to-pdf={printed}", page.as_uri()]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_MOST_SECONDS)  # noqa: S603 - no shell
            return printed.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise OutputError(Fault("browser_failed", browser, problem=type(error).__name__)) from error
