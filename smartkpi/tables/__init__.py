"""Finished tables, which renderers show as they are."""
