"""smartkpi template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from smartkpi.cli.looks import AddBom, MessageOptions, Output
from smartkpi.cli.option_groups import spread
from smartkpi.cli.options import InputOptions, WholePlanOptions

if TYPE_CHECKING:
    from smartkpi.readers.dataset import Dataset


@spread
def template(
    inputs: InputOptions,
    selection: WholePlanOptions,
    talk: MessageOptions,
    year: Annotated[
        str | None,
        typer.Option("--year", metavar="Y", help="Year to fill in; default: the one after the latest in the data."),
    ] = None,
    output: Output = "-",
    add_bom: AddBom = False,
) -> None:
    """Write the CSV to fill in for a year: every indicator with its unit, and no value.

    A file that is there is never overwritten. Filled in, with Excel or otherwise, it goes straight back in.
    """
    from smartkpi.cli import output as streams
    from smartkpi.cli import view
    from smartkpi.cli.arguments import year_of
    from smartkpi.render import render
    from smartkpi.render.view import Format, View
    from smartkpi.tables.observations import template_table

    lang = view.asked_language(talk)
    wanted = year_of(year)
    loaded = _known(inputs, wanted)
    table = template_table(loaded.plan, loaded.observations, wanted, selection.level, selection.indicator, lang)
    text = render(table, View(format=Format.csv, add_bom=add_bom))
    streams.write(text, output, replace=False)
    view.remarks(loaded, talk, view.language(talk))


def _known(inputs: InputOptions, year: int | None) -> Dataset:
    """Return the plan, with the observations where they are needed and belong to it.

    The actuals of the data folder belong to the folder's own plan, and need not be there yet.
    """
    from smartkpi.cli import view
    from smartkpi.readers import data_folder
    from smartkpi.readers.dataset import load, load_plan

    given = view.inputs(inputs)
    alone = load_plan(given)
    if year is not None and not alone.plan.dimensions:
        return alone
    if given.actuals or (given.targets is None and data_folder.has_actuals(data_folder.folder(given.data))):
        return load(given)
    return alone
