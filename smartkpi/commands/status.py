"""smartkpi status."""

from __future__ import annotations

from smartkpi.commands.groups import spread
from smartkpi.commands.options import InputOptions, LookOptions, RuleOption, SelectionOptions, TalkOptions, Year


@spread
def status(
    inputs: InputOptions,
    selection: SelectionOptions,
    look: LookOptions,
    talk: TalkOptions,
    year: Year = None,
    rule: RuleOption = None,
) -> None:
    """Attainment, required annual growth and on-track flag of each KPI."""
    from smartkpi.commands import show
    from smartkpi.commands.arguments import year_of
    from smartkpi.commands.progressbar import watched
    from smartkpi.loading import load
    from smartkpi.render.summary import summary
    from smartkpi.render.terminal import legend
    from smartkpi.tabulation import status_table

    view = show.view(look, talk)
    with watched(talk.quiet, view.lang) as told:
        loaded = load(show.inputs(inputs), told)
        table = status_table(loaded, year_of(year), rule, selection.level, selection.indicator)
    show.write(table, view, look)
    show.remarks(loaded, talk, view.lang, [*legend(table, view), summary(table, view.lang)])
