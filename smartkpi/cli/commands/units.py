"""smartkpi units."""

from __future__ import annotations

from typing import Annotated

import typer

from smartkpi.cli.option_groups import spread
from smartkpi.cli.options import Data, MessageOptions, OutputOptions, Targets
from smartkpi.cli.view import make_view, write


@spread
def units(
    look: OutputOptions,
    talk: MessageOptions,
    text: Annotated[
        str | None,
        typer.Argument(metavar="TEXT", help="A unit, such as 兆元, 'kt CO2e' or 'per 100,000'.", show_default=False),
    ] = None,
    data: Data = None,
    targets: Targets = None,
) -> None:
    """List the known units, or say what a text is understood as.

    Those of the plan in use are among them. Units of one dimension convert; the size says by how much.
    """
    from smartkpi.readers.dataset import Inputs, plan_with_errors
    from smartkpi.tables.units import unit_table

    table = unit_table(plan_with_errors(Inputs(data, targets)), text)
    write(table, make_view(look, talk), look)
