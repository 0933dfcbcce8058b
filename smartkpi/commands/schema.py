"""smartkpi schema."""

from __future__ import annotations

from typing import Annotated

import typer

from smartkpi.commands.groups import spread
from smartkpi.commands.looks import Output, TalkOptions
from smartkpi.schema import Described


@spread
def schema(
    talk: TalkOptions,
    what: Annotated[Described, typer.Argument(metavar="status|project|plan|actuals")] = Described.status,
    output: Output = "-",
) -> None:
    """Describe the columns of an output or of an input file, as JSON for other programs.

    Tables are a Frictionless Table Schema with units, the plan is a JSON Schema.
    """
    import json

    from smartkpi.commands import show, streams
    from smartkpi.schema import describe

    lang = show.asked_language(talk)
    streams.write(json.dumps(describe(what, lang), indent=2, ensure_ascii=False) + "\n", output)
