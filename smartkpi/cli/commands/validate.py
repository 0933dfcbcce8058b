"""smartkpi validate."""

from __future__ import annotations

from smartkpi.cli.looks import MessageOptions
from smartkpi.cli.option_groups import spread
from smartkpi.cli.options import InputOptions


@spread
def validate(inputs: InputOptions, talk: MessageOptions) -> None:
    """Check plan and actuals: every fault of every file, a line each, or what was found to be right."""
    from smartkpi.cli import output, view
    from smartkpi.cli.progress import watched
    from smartkpi.messages import label
    from smartkpi.readers.dataset import load

    lang = view.language(talk)
    with watched(talk.quiet, lang) as told:
        loaded = load(view.inputs(inputs), told)
    years = sorted(set(loaded.observations.year.tolist()))
    text = label("validated", lang).format(
        indicators=len(loaded.plan.indicators),
        observations=len(loaded.observations),
        years=label("enumeration", lang).join(map(str, years)) or label("no_years", lang),
        files=len(loaded.files),
    )
    output.write(f"{text}\n", output.STANDARD_OUTPUT)
    view.remarks(loaded, talk, lang)
