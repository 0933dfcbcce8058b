"""smartkpi template."""

from __future__ import annotations

from typing import Annotated

from smartkpi.cli.option_groups import parse_year, spread
from smartkpi.cli.options import AddBom, InputOptions, MessageOptions, Output, WholePlanOptions, option
from smartkpi.cli.output import write, write_bytes
from smartkpi.cli.output_format import output_format
from smartkpi.cli.view import file_language, indicators_of, language, make_inputs, remarks


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
    """Write the table to fill in for a year: each indicator with its unit.

    It is CSV, or a workbook where the file ends in .xlsx. A file that is there is never overwritten. Filled in, with
    Excel or otherwise, it goes straight back in.
    """
    from smartkpi.readers.dataset import load_for_template
    from smartkpi.render import render
    from smartkpi.render.view import Format, View
    from smartkpi.tables.observations import template_table
    from smartkpi.tables.selection import select_observations

    lang, number = file_language(talk), parse_year(year)
    dataset, notes = select_observations(load_for_template(make_inputs(inputs), number), inputs.where)
    which = selection.level, indicators_of(dataset.plan, selection)
    table = template_table(dataset.plan, dataset.observations, number, *which, lang)
    form = output_format(None, output, (Format.csv, Format.tsv, "xlsx"), Format.csv)
    if form == "xlsx":
        from smartkpi.render import xlsx

        write_bytes(xlsx.render({"observations": table}, lang), output, replace=False)
    else:
        write(render(table, View(format=form, add_bom=add_bom)), output, replace=False)
    remarks(dataset, talk, language(talk), more=notes)
