"""smartkpi export."""

from __future__ import annotations

from typing import Annotated

import typer

from smartkpi.cli.looks import DataOutputOptions, MessageOptions
from smartkpi.cli.option_groups import spread
from smartkpi.cli.options import InputOptions, WholePlanOptions
from smartkpi.cli.settings import Force, RuleOption, To, Year


@spread
def export(
    context: typer.Context,
    inputs: InputOptions,
    selection: WholePlanOptions,
    look: DataOutputOptions,
    talk: MessageOptions,
    path: Annotated[
        str | None, typer.Argument(metavar="[PATH]", help="Where --to writes; - is stdout.", show_default=False)
    ] = None,
    to: To = None,
    year: Year = None,
    rule: RuleOption = None,
    force: Force = False,
) -> None:
    """Write the observations as one tidy table, in the units of their indicators, with their sources.

    What it writes reads back to the same figures. With --to it is for other tools: sdmx-csv has the observations,
    datapackage is a folder and xlsx a workbook of results, observations and plan.
    """
    from smartkpi.analysis import rules
    from smartkpi.cli import view as show
    from smartkpi.cli.arguments import year_of
    from smartkpi.cli.commands import exports
    from smartkpi.cli.progress import watched
    from smartkpi.readers.dataset import load
    from smartkpi.tables.observations import observation_table

    view, choice = show.view(look, talk), (selection.level, selection.indicator)
    output, wanted = exports.place(context, to, path), year_of(year)
    with watched(talk.quiet, view.lang) as told:
        loaded = load(show.inputs(inputs), told)
        asked = exports.Asked(loaded, wanted, rule, *choice, show.asked_language(talk))
        made = exports.make(to, asked) if to else None
    if made:
        exports.put(made, output, force=force)
    else:
        show.write(observation_table(loaded, *choice), view, look)
    show.remarks(loaded, talk, view.lang, further=[*rules.remarks(rule), *(made.remarks if made else ())])
