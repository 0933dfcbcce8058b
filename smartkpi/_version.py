"""The version, for the package, its build and the pages that name it."""

__version__ = "0.1.0"
