"""smartkpi validate."""

from __future__ import annotations

from smartkpi.commands.groups import spread
from smartkpi.commands.looks import TalkOptions
from smartkpi.commands.options import InputOptions


@spread
def validate(inputs: InputOptions, talk: TalkOptions) -> None:
    """Check plan and actuals: every fault of every file, a line each, or what was found to be right."""
    from smartkpi.commands import show, streams
    from smartkpi.commands.progressbar import watched
    from smartkpi.messages import label
    from smartkpi.readers.dataset import load

    lang = show.language(talk)
    with watched(talk.quiet, lang) as told:
        loaded = load(show.inputs(inputs), told)
    years = sorted({each.year for each in loaded.observations})
    text = label("validated", lang).format(
        indicators=len(loaded.plan.indicators),
        observations=len(loaded.observations),
        years=label("enumeration", lang).join(map(str, years)) or label("no_years", lang),
        files=len(loaded.files),
    )
    streams.write(f"{text}\n", streams.STANDARD_OUTPUT)
    show.remarks(loaded, talk, lang)
