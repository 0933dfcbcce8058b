"""smartkpi status."""

from __future__ import annotations

from smartkpi.commands.groups import spread
from smartkpi.commands.options import (
    InputOptions,
    LookOptions,
    RuleOption,
    SelectionOptions,
    TalkOptions,
    WhatIfOptions,
    Years,
)


@spread
def status(
    inputs: InputOptions,
    selection: SelectionOptions,
    look: LookOptions,
    talk: TalkOptions,
    what_if: WhatIfOptions,
    year: Years = None,
    rule: RuleOption = None,
) -> None:
    """Attainment, required annual growth and on-track flag of each KPI."""
    from smartkpi.commands import show
    from smartkpi.commands.arguments import years_of
    from smartkpi.commands.progressbar import watched
    from smartkpi.history import status_history
    from smartkpi.loading import load
    from smartkpi.render.summary import summary
    from smartkpi.render.terminal import legend
    from smartkpi.tabulation import status_table

    view = show.view(look, talk)
    years = years_of(year)
    each_year = years if isinstance(years, range) else [years]
    choice = rule, selection.level, selection.indicator
    with watched(talk.quiet, view.lang) as told:
        loaded = load(show.inputs(inputs, what_if.assume), told)
        tables = [status_table(loaded, each, *choice) for each in each_year]
        table = status_history(tables) if isinstance(years, range) else tables[0]
    show.write(table, view, look)
    show.remarks(loaded, talk, view.lang, [*legend(table, view), *(summary(each, view.lang) for each in tables)])
