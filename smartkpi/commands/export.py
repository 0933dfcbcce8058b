"""smartkpi export."""

from __future__ import annotations

from smartkpi.commands.groups import spread
from smartkpi.commands.looks import DataLookOptions, TalkOptions
from smartkpi.commands.options import InputOptions, WholePlanOptions


@spread
def export(inputs: InputOptions, selection: WholePlanOptions, look: DataLookOptions, talk: TalkOptions) -> None:
    """Write the observations as one tidy table, in the units of their indicators, with their sources.

    What it writes reads back to the same figures.
    """
    from smartkpi.commands import show
    from smartkpi.loading import load
    from smartkpi.tidy import observation_table

    view = show.view(look, talk)
    loaded = load(show.inputs(inputs))
    show.write(observation_table(loaded, selection.level, selection.indicator), view, look)
    show.remarks(loaded, talk, view.lang)
