"""smartkpi template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from smartkpi.cli.option_groups import parse_year, spread
from smartkpi.cli.options import AddBom, InputOptions, MessageOptions, Output, WholePlanOptions, option
from smartkpi.cli.output import write
from smartkpi.cli.view import file_language, language, make_inputs, remarks

if TYPE_CHECKING:
    from smartkpi.readers.dataset import Dataset, Inputs


@spread
def template(
    inputs: InputOptions,
    selection: WholePlanOptions,
    talk: MessageOptions,
    year: Annotated[
        str | None, option("--year Y", "Year to fill in; default: the one after the latest in the data.")
    ] = None,
    output: Output = "-",
    add_bom: AddBom = False,
) -> None:
    """Write the CSV to fill in for a year: every indicator with its unit, and no value.

    A file that is there is never overwritten. Filled in, with Excel or otherwise, it goes straight back in.
    """
    from smartkpi.render import render
    from smartkpi.render.view import Format, View
    from smartkpi.tables.observations import template_table
    from smartkpi.tables.selection import select_observations

    lang, number = file_language(talk), parse_year(year)
    dataset, notes = select_observations(_plan_and_series(make_inputs(inputs), number), inputs.where)
    table = template_table(dataset.plan, dataset.observations, number, selection.level, selection.indicator, lang)
    write(render(table, View(format=Format.csv, add_bom=add_bom)), output, replace=False)
    remarks(dataset, talk, language(talk), more=notes)


def _plan_and_series(inputs: Inputs, year: int | None) -> Dataset:
    """Return the plan, with the observations where they are needed and belong to it.

    The actuals of the data folder belong to the folder's own plan, and need not exist yet.
    """
    from smartkpi.readers import data_folder
    from smartkpi.readers.dataset import load, load_plan

    plan = load_plan(inputs)
    if year is not None and not plan.plan.dimensions:
        return plan
    if inputs.actuals or (inputs.targets is None and data_folder.has_actuals(data_folder.folder(inputs.data))):
        return load(inputs)
    return plan
