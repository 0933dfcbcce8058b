"""The script by which each shell asks for completions."""

from __future__ import annotations

SHELLS = ("bash", "zsh", "fish")


def text(shell: str) -> str:
    """Return the script for a shell."""
    from importlib.resources import files

    return files(__name__).joinpath(f"smartkpi.{shell}").read_text(encoding="utf-8")
