"""Completion: what stands on the line so far, what fits there, and the scripts by which shells ask for it.

A shell runs ``_SMARTKPI_COMPLETE=SHELL smartkpi LINE`` and gets lines of text. It evaluates none of them.
"""

VARIABLE = "_SMARTKPI_COMPLETE"
