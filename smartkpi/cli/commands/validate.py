"""smartkpi validate."""

from __future__ import annotations

from smartkpi.cli import output
from smartkpi.cli.option_groups import spread
from smartkpi.cli.options import InputOptions, MessageOptions
from smartkpi.cli.view import language, make_inputs, remarks


@spread
def validate(inputs: InputOptions, talk: MessageOptions) -> None:
    """Check plan and actuals: every problem of every file, a line each, or what was found to be right."""
    from smartkpi.cli.progress import progress_bar
    from smartkpi.messages import label
    from smartkpi.readers.dataset import load
    from smartkpi.tables.selection import select_observations

    lang = language(talk)
    with progress_bar(talk.quiet, lang) as progress:
        dataset, notes = select_observations(load(make_inputs(inputs), progress), inputs.where)
    years = sorted(set(dataset.observations.year.tolist()))
    text = label("validated", lang).format(
        indicators=len(dataset.plan.indicators),
        observations=len(dataset.observations),
        years=label("enumeration", lang).join(map(str, years)) or label("no_years", lang),
        files=len(dataset.files),
    )
    output.write(f"{text}\n", output.STANDARD_OUTPUT)
    remarks(dataset, talk, lang, more=notes)
