"""smartkpi schema."""

from __future__ import annotations

from typing import Annotated

import typer

from smartkpi.cli.option_groups import spread
from smartkpi.cli.options import MessageOptions, Output, option
from smartkpi.cli.output import write
from smartkpi.cli.output_format import output_format
from smartkpi.cli.view import file_language
from smartkpi.model.codes import Described, SchemaFormat


@spread
def schema(
    talk: MessageOptions,
    what: Annotated[Described, typer.Argument(metavar="NAME", help="What to describe.")] = Described.status,
    form: Annotated[
        SchemaFormat | None,
        option(
            "-f --format",
            "table-schema for the columns of a table; default: json-schema where there is one.",
            show_default=False,
        ),
    ] = None,
    output: Output = "-",
) -> None:
    """Describe a JSON output, the plan or the actuals, for programs.

    A JSON Schema says what a document of `--format json` may hold, or `targets.toml`; a Frictionless Table Schema
    what the columns of a CSV hold.
    """
    from smartkpi.schema import as_text, schema_of

    output_format(None, output, ("json",), "json")

    write(as_text(schema_of(what, form, file_language(talk))), output)
