"""The version, for the package, its build and the pages that name it."""

__version__ = "0.2.0"
