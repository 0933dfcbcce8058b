"""smartkpi export."""

from __future__ import annotations

from typing import Annotated

import typer

from smartkpi.commands.groups import spread
from smartkpi.commands.looks import DataLookOptions, TalkOptions
from smartkpi.commands.options import InputOptions, WholePlanOptions
from smartkpi.commands.settings import RuleOption, To, Year


@spread
def export(
    context: typer.Context,
    inputs: InputOptions,
    selection: WholePlanOptions,
    look: DataLookOptions,
    talk: TalkOptions,
    path: Annotated[
        str | None, typer.Argument(metavar="[PATH]", help="Where --to writes; - is stdout.", show_default=False)
    ] = None,
    to: To = None,
    year: Year = None,
    rule: RuleOption = None,
) -> None:
    """Write the observations as one tidy table, in the units of their indicators, with their sources.

    What it writes reads back to the same figures. With --to it is a file for other tools instead: sdmx-csv, the
    observations for tools of official statistics.
    """
    from smartkpi.commands import exports, show
    from smartkpi.loading import load
    from smartkpi.tidy import observation_table

    view = show.view(look, talk)
    output = exports.place(context, to, path)
    loaded = load(show.inputs(inputs))
    observations = observation_table(loaded, selection.level, selection.indicator)
    if to is None:
        show.write(observations, view, look)
        further = []
    else:
        further = exports.write(to, observations, output)
    show.remarks(loaded, talk, view.lang, further=further)
