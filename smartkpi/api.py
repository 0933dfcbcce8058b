"""What Python users call; the commands call the same functions underneath."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from smartkpi.errors import DataError, Fault, Faults, UsageError
from smartkpi.model import Plan
from smartkpi.readers import actuals as actuals_reader
from smartkpi.readers import arguments, data_folder, dataset, named_files
from smartkpi.readers.dataset import Dataset, Inputs
from smartkpi.readers.reading import reading_options
from smartkpi.tables import frame
from smartkpi.tables.frame_kinds import as_pandas
from smartkpi.tables.on_request import with_columns
from smartkpi.tables.projection import project_panel, project_table
from smartkpi.tables.selection import Selection, arrange, select_observations, select_series, with_owner
from smartkpi.tables.status import ACTUAL_ROW, assess_panel, status_table
from smartkpi.tables.units import unit_table

__all__ = [
    "CheckResult",
    "assess",
    "brief",
    "chart",
    "check",
    "explain",
    "export",
    "forecast",
    "init",
    "list_indicators",
    "project",
    "read_actuals",
    "read_plan",
    "report",
    "status",
    "template",
    "trend",
    "units",
    "validate",
]

if TYPE_CHECKING:
    import pandas as pd

    from smartkpi.analysis.series import Panel
    from smartkpi.model.table import Table
    from smartkpi.render.notebook import Chart, Page, Text
    from smartkpi.tables import report as reports

PathLike = str | os.PathLike[str]
Where = str | Sequence[str] | Mapping[str, str | Sequence[str]]


Frame = TypeVar("Frame")
"""A pandas or Polars DataFrame, or a pyarrow Table; a result is of the kind that was given."""


class CheckResult(NamedTuple):
    """What became of a check: ``passed``, ``exit_code`` and the rows ``failing``, ``spared`` and ``unjudged``."""

    exit_code: int
    """Of the command line: 0 where it passes, 4 where a series fails, 5 where none could be judged."""
    failing: pd.DataFrame
    """Series with a status that fails, or that have become worse."""
    spared: pd.DataFrame
    """Series that would fail but for their low evidence."""
    unjudged: pd.DataFrame
    """Other series without a judgement."""

    @property
    def passed(self) -> bool:
        """Whether nothing fails and something could be judged."""
        return self.exit_code == 0


def status(
    year: int | range | None = None,
    rule: str | None = None,
    level: str = "headline",
    data: PathLike | None = None,
    *,
    indicators: str | Sequence[str] = (),
    owner: str | None = None,
    where: Where = (),
    by: str | Sequence[str] = (),
    sort: str = "",
    top: int | None = None,
    summarise: bool = False,
    group: str | None = None,
    assume: str | Sequence[str] = (),
    targets: PathLike | None = None,
    actuals: PathLike | Sequence[PathLike] | pd.DataFrame | None = None,
    units_from_plan: bool = False,
    max_age: int | None = None,
    lang: str | None = None,
) -> pd.DataFrame:
    """Return attainment, required growth and on-track status of a plan's indicators.

    Parameters
    ----------
    year
        Things as they stood at the end of this year, or of each year of a range, with the columns ``as_of`` and
        ``status_change``; None for the latest year in the data.
    rule
        ``compound``, ``linear``, ``eurostat``, ``eurostat-long``, ``unsd-2023``, ``germany``, ``trajectory`` or
        ``all``; None for the plan's own rule, else ``compound``.
    level
        ``headline``, ``sector`` or ``all``.
    data
        Folder with targets.toml and actuals/; None for $SMARTKPI_DATA, else the shipped data.
    indicators
        Ids of the indicators; they override `level`.
    owner
        Only indicators that this agency is in charge of.
    where
        Only series with these values: conditions ``"area=花蓮縣"``, or values by dimension; those of one dimension are
        alternatives.
    by, sort, top
        Order and number of the rows, as of the options of the command line.
    summarise
        A row per indicator instead: series of each status, median pace, the five with the lowest pace.
    group
        With `summarise`, a row per ``pillar``, ``owner``, ``level`` or for ``all`` of them: statuses, and the mean
        attainment, each capped at 100, by weight.
    assume
        What-if observations ``"ID=YEAR:VALUE"``, a unit behind the value if you like.
    targets
        Another plan file than the folder's.
    actuals
        Files instead of the folder's, or a DataFrame as `assess` takes it.
    units_from_plan
        Whether values of a DataFrame without a unit are in that of their indicator.
    max_age
        Observations more than so many years older than `year`, which must be given then, are stale: undetermined.
    lang
        ``zh-TW`` adds the Chinese titles as the column ``title_zh``.

    Returns
    -------
    DataFrame
        One row per series: text columns as text, years as Int64, figures as float64, flags as boolean.

    Raises
    ------
    DataError
        With all faults of all files.
    UsageError
        If an argument names something that is not there; it is a ValueError as well.
    TypeError
        If an argument is of another type.

    Examples
    --------
    >>> import smartkpi
    >>> smartkpi.status(year=2022)[["actual", "target", "status"]].head(2)
       actual  target    status
    0     6.2     6.5  on_track
    1     2.4     2.9  on_track
    """
    from smartkpi.tables.groups import summarise_groups
    from smartkpi.tables.history import status_history
    from smartkpi.tables.summary import summarise_series

    found = _load(data, targets, actuals, assume, where, units_from_plan)
    several = arguments.years(year, "year")
    choice = arguments.text_if_any(rule, "rule"), *_choice(found.plan, level, indicators, owner)
    rows, grouping = _selection(where, by, sort, top), arguments.text_if_any(group, "group")
    if isinstance(year, range) and max_age is not None:
        raise ValueError("max_age counts from one year, not from a range")
    if arguments.switch(summarise, "summarise") and isinstance(year, range):
        raise UsageError(Fault("summary_of_years"))
    if grouping is not None and not summarise:
        raise UsageError(Fault("group_without_summary"))
    oldest = _oldest(several[0], max_age)
    tables, _ = select_series([status_table(found, each, *choice, oldest, beside=()) for each in several], rows)
    table = status_history(tables) if isinstance(year, range) else tables[0]
    if grouping is not None:
        table, _ = summarise_groups(table, grouping)
    elif summarise:
        table = summarise_series(table, rows.by)
    return _frame(arrange(table, rows), lang)


def project(
    year: int | None = None,
    as_of: int | None = None,
    interval: float = 80.0,
    data: PathLike | None = None,
    *,
    level: str = "headline",
    indicators: str | Sequence[str] = (),
    owner: str | None = None,
    where: Where = (),
    by: str | Sequence[str] = (),
    sort: str = "",
    top: int | None = None,
    assume: str | Sequence[str] = (),
    targets: PathLike | None = None,
    actuals: PathLike | Sequence[PathLike] | pd.DataFrame | None = None,
    units_from_plan: bool = False,
    lang: str | None = None,
) -> pd.DataFrame:
    """Return where a plan's indicators land: scenarios, central figure with its interval, chance.

    Parameters
    ----------
    year
        To project to; None for each indicator's target year.
    as_of
        Only observations up to this year are seen; None for all.
    interval
        Probability of the interval, in percent.
    data, level, indicators, owner, where, by, sort, top, assume, targets, actuals, units_from_plan, lang
        As in `status`.

    Returns
    -------
    DataFrame
        One row per series: text columns as text, years as Int64, figures as float64, flags as boolean.

    Raises
    ------
    DataError, UsageError, TypeError
        As in `status`.

    Examples
    --------
    >>> import smartkpi
    >>> smartkpi.project(year=2025)[["held", "at_observed_change", "method"]].head(2)
       held  at_observed_change     method
    0   6.2                7.70  scenarios
    1   2.4                2.88  scenarios
    """
    found = _load(data, targets, actuals, assume, where, units_from_plan)
    years = arguments.year(year, "year"), arguments.year(as_of, "as_of")
    choice = _choice(found.plan, level, indicators, owner)
    table = project_table(found, *years, arguments.number(interval, "interval"), *choice)
    rows = _selection(where, by, sort, top)
    (table,), _ = select_series([table], rows)
    return _frame(arrange(table, rows), lang)


def trend(
    indicator: str,
    year: int | None = None,
    rule: str | None = None,
    data: PathLike | None = None,
    *,
    where: Where = (),
    targets: PathLike | None = None,
    actuals: PathLike | Sequence[PathLike] | pd.DataFrame | None = None,
    units_from_plan: bool = False,
    lang: str | None = None,
) -> pd.DataFrame:
    """Return one indicator year by year: observations, the path to the target, and the path required from now.

    Parameters
    ----------
    indicator
        Its id; where it has several series, they are bars, and `where` chooses one.
    year, rule, data, where, targets, actuals, units_from_plan, lang
        As in `status`.

    Returns
    -------
    DataFrame
        One row per series and year: text columns as text, years as Int64, figures as float64, flags as boolean.

    Raises
    ------
    DataError, UsageError, TypeError
        As in `status`.

    Examples
    --------
    >>> import smartkpi
    >>> first = smartkpi.list_indicators()["indicator"][0]
    >>> smartkpi.trend(first)[["year", "observed", "path", "required"]].head(3).round(2)
       year  observed  path  required
    0  2021       5.7   5.7       NaN
    1  2022       6.2   5.9       6.2
    2  2023       NaN   6.1       6.3
    """
    from smartkpi.tables.trend import trend_table

    found = _load(data, targets, actuals, (), where, units_from_plan)
    name, until = arguments.text(indicator, "indicator"), arguments.year(year, "year")
    table = trend_table(found, name, until, arguments.text_if_any(rule, "rule"))
    (table,), _ = select_series([table], _selection(where))
    return _frame(table, lang)


def explain(
    indicator: str,
    year: int | None = None,
    rule: str | None = None,
    data: PathLike | None = None,
    *,
    where: Where = (),
    assume: str | Sequence[str] = (),
    targets: PathLike | None = None,
    actuals: PathLike | Sequence[PathLike] | pd.DataFrame | None = None,
    units_from_plan: bool = False,
    lang: str | None = None,
) -> Text:
    """Return every figure of one indicator with its formula, the numbers put in and their sources.

    Parameters
    ----------
    indicator
        Its id.
    year, rule, data, where, assume, targets, actuals, units_from_plan
        As in `status`.
    lang
        ``en`` or ``zh-TW``; None for the environment's language.

    Returns
    -------
    Text
        `str` gives it as text, notebooks show it as Markdown, ``to_dict()`` is the JSON document, ``save(path)`` writes
        the text, or what the suffix says: .md or .json.

    Raises
    ------
    DataError, UsageError, TypeError
        As in `status`.

    Examples
    --------
    >>> import smartkpi
    >>> first = smartkpi.list_indicators()["indicator"][0]
    >>> smartkpi.explain(first).to_dict()["series"][0]["figures"]["attainment_pct"]
    95.3846153846154
    """
    from smartkpi.render.notebook import Text
    from smartkpi.tables import explanation

    language = arguments.language(lang)
    found = _load(data, targets, actuals, assume, where, units_from_plan)
    name, until = arguments.text(indicator, "indicator"), arguments.year(year, "year")
    own = arguments.text_if_any(rule, "rule")
    explained, _ = explanation.explain(found, name, until, own, arguments.conditions(where))
    return Text(explained, language)


def check(
    year: int | None = None,
    rule: str | None = None,
    level: str = "headline",
    data: PathLike | None = None,
    *,
    fail_on: str | Sequence[str] | None = None,
    against: int | PathLike | None = None,
    max_age: int | None = None,
    min_evidence: str = "low",
    need_explanation: bool = False,
    indicators: str | Sequence[str] = (),
    owner: str | None = None,
    where: Where = (),
    assume: str | Sequence[str] = (),
    targets: PathLike | None = None,
    actuals: PathLike | Sequence[PathLike] | pd.DataFrame | None = None,
    units_from_plan: bool = False,
    lang: str | None = None,
) -> CheckResult:
    """Tell whether a plan passes: no series has a status that it must not have.

    Parameters
    ----------
    year, rule, level, data, indicators, owner, where, assume, targets, actuals, units_from_plan, lang
        As in `status`.
    fail_on
        Statuses that fail, and the reasons ``target_year_passed``, ``stale``, ``bound_undecided``; ``+lagging`` adds to
        the default, which is ``off_track``, ``reversing``, ``missed`` and ``target_year_passed``.
    against
        What has become worse fails too: since the end of this year, or since the status that a CSV or JSON file holds.
    max_age
        As in `status`; what is stale then fails by default.
    min_evidence
        ``normal`` spares series of low evidence.
    need_explanation
        Whether what is lagging or worse fails too where its latest observation has no ``explanation``.

    Returns
    -------
    CheckResult
        ``passed``, ``exit_code`` and the rows that fail, are spared and are not judged, in the columns of `status`
        and ``explanation`` and ``measures`` of the latest observation.

    Raises
    ------
    DataError, UsageError, TypeError
        As in `status`.

    Examples
    --------
    >>> import smartkpi
    >>> found = smartkpi.check(fail_on="undetermined")
    >>> found.passed, found.failing["reason"].tolist()
    (False, ['one_observation', 'one_observation'])
    """
    from smartkpi.tables import check as checks

    found = _load(data, targets, actuals, assume, where, units_from_plan)
    own = arguments.text_if_any(rule, "rule")
    choice = own, *_choice(found.plan, level, indicators, owner)
    until = arguments.year(year, "year")
    (table,), _ = select_series(
        [status_table(found, until, *choice, _oldest(until, max_age), [ACTUAL_ROW])], _selection(where)
    )
    named = None if fail_on is None else ",".join(arguments.texts(fail_on, "fail_on"))
    codes = checks.fail_on_of(named, stale=max_age is not None)
    evidence = checks.evidence_of(arguments.text(min_evidence, "min_evidence"))
    is_path = isinstance(against, (str, os.PathLike))
    since = arguments.path(against, "against") if is_path else arguments.year(against, "against")
    table = checks.with_explanations(table, found.observations)
    before = checks.earlier(found, since, own)
    outcome = checks.check(table, codes, evidence, before, need_explanation=need_explanation)
    return CheckResult(
        outcome.code, *(_frame(each, lang) for each in (outcome.failing, outcome.spared, outcome.unjudged))
    )


def brief(
    year: int | None = None,
    rule: str | None = None,
    level: str = "headline",
    data: PathLike | None = None,
    lang: str | None = None,
    markdown: bool = False,
    *,
    indicators: str | Sequence[str] = (),
    owner: str | None = None,
    where: Where = (),
    targets: PathLike | None = None,
    actuals: PathLike | Sequence[PathLike] | pd.DataFrame | None = None,
    units_from_plan: bool = False,
) -> str:
    """Return a plan's indicators in two or three sentences each, ready to paste.

    Parameters
    ----------
    year, rule, level, data, indicators, owner, where, targets, actuals, units_from_plan
        As in `status`.
    lang
        ``en`` or ``zh-TW``; None for the environment's language.
    markdown
        Whether headings are Markdown; otherwise it is plain text.

    Returns
    -------
    str
        Per indicator the latest value and what is needed, the verdict with what it rests on, what is not known, and
        the source; before them the same for all.

    Raises
    ------
    DataError, UsageError, TypeError
        As in `status`.

    Examples
    --------
    >>> import smartkpi
    >>> smartkpi.brief(year=2022, lang="en").splitlines()[0].endswith(", end of 2022")
    True
    """
    from smartkpi.render import brief as sentences

    language = arguments.language(lang)
    write = sentences.markdown if arguments.switch(markdown, "markdown") else sentences.text
    found = _load_series(data, targets, actuals, where, units_from_plan)
    return write(_report(found, year, rule, *_choice(found.plan, level, indicators, owner)), language)


def chart(
    indicator: str,
    year: int | None = None,
    rule: str | None = None,
    data: PathLike | None = None,
    *,
    where: Where = (),
    targets: PathLike | None = None,
    actuals: PathLike | Sequence[PathLike] | pd.DataFrame | None = None,
    units_from_plan: bool = False,
    lang: str | None = None,
) -> Chart:
    """Return the chart of one indicator, which notebooks show.

    Parameters
    ----------
    indicator
        Its id; where it has several series, they are bars, and `where` chooses one.
    year, rule, data, where, targets, actuals, units_from_plan
        As in `status`.
    lang
        ``en`` or ``zh-TW``; None for the environment's language.

    Returns
    -------
    Chart
        `str` gives the SVG; ``save(path)`` writes what the suffix says: .svg, .png, .html, .pdf or .md.

    Raises
    ------
    DataError, UsageError, TypeError
        As in `status`.

    Examples
    --------
    >>> import smartkpi
    >>> first = smartkpi.list_indicators()["indicator"][0]
    >>> str(smartkpi.chart(first))[:34]
    '<svg xmlns="http://www.w3.org/2000'
    """
    from smartkpi.render.notebook import Chart

    language = arguments.language(lang)
    found = _load_series(data, targets, actuals, where, units_from_plan)
    return Chart(_report(found, year, rule, "all", [arguments.text(indicator, "indicator")]), language)


def report(
    year: int | None = None,
    rule: str | None = None,
    level: str = "headline",
    data: PathLike | None = None,
    *,
    indicators: str | Sequence[str] = (),
    owner: str | None = None,
    where: Where = (),
    targets: PathLike | None = None,
    actuals: PathLike | Sequence[PathLike] | pd.DataFrame | None = None,
    units_from_plan: bool = False,
    lang: str | None = None,
) -> Page:
    """Return the page with all indicators, their charts and sources, which notebooks show.

    Parameters
    ----------
    year, rule, level, data, indicators, owner, where, targets, actuals, units_from_plan
        As in `status`.
    lang
        ``en`` or ``zh-TW``; None for the environment's language.

    Returns
    -------
    Page
        `str` gives the HTML; ``save(path)`` writes what the suffix says: .html, .pdf, .svg, .png or .md.

    Raises
    ------
    DataError, UsageError, TypeError
        As in `status`.

    Examples
    --------
    >>> import smartkpi
    >>> str(smartkpi.report())[:15]
    '<!DOCTYPE html>'
    """
    from smartkpi.render.notebook import Page

    language = arguments.language(lang)
    found = _load_series(data, targets, actuals, where, units_from_plan)
    return Page(_report(found, year, rule, *_choice(found.plan, level, indicators, owner)), language)


def export(
    to: str | None = None,
    path: PathLike | None = None,
    *,
    year: int | None = None,
    rule: str | None = None,
    level: str = "all",
    data: PathLike | None = None,
    indicators: str | Sequence[str] = (),
    owner: str | None = None,
    where: Where = (),
    targets: PathLike | None = None,
    actuals: PathLike | Sequence[PathLike] | pd.DataFrame | None = None,
    units_from_plan: bool = False,
    force: bool = False,
    lang: str | None = None,
) -> pd.DataFrame:
    """Return the observations as one tidy table, and write a file for other tools if one is named.

    Parameters
    ----------
    to
        ``sdmx-csv`` (the observations), ``datapackage`` (a folder) or ``xlsx`` (a workbook, both of results,
        observations and plan); None writes nothing.
    path
        Of the file or folder.
    year, rule
        Of the results, as in `status`.
    level, data, indicators, owner, where, targets, actuals, units_from_plan
        As in `status`; all levels unless one is named.
    force
        Whether the files of a data package are replaced in a folder that holds any.
    lang
        ``zh-TW`` describes columns in Chinese.

    Returns
    -------
    DataFrame
        The observations in the units of their indicators, with their sources.

    Raises
    ------
    OutputError
        If it cannot be written.
    DataError, UsageError, TypeError
        As in `status`; if one of `to` and `path` is there without the other, or an argument that does not go with `to`.

    Examples
    --------
    >>> import smartkpi
    >>> first = smartkpi.list_indicators()["indicator"][0]
    >>> smartkpi.export(indicators=first)[["year", "value", "unit", "obs_status"]]
       year  value unit obs_status
    0  2021    5.7   兆元          A
    1  2022    6.2   兆元          E
    """
    from smartkpi.render import export as exports
    from smartkpi.render import files
    from smartkpi.render.suffixes import format_by_suffix
    from smartkpi.render.view import ExportFormat
    from smartkpi.tables.observations import observation_table

    form = None if to is None else exports.format_of(arguments.text(to, "to"))
    place, replace = arguments.path_if_any(path, "path"), arguments.switch(force, "force")
    until, own = arguments.year(year, "year"), arguments.text_if_any(rule, "rule")
    language = arguments.language(lang, "en")
    if (form is None) != (place is None):
        raise UsageError(Fault("needs_both", first="to", second="path"))
    for name, value in {"year": until, "rule": own, "force": replace or None}.items():
        if value is not None and form is None:
            raise UsageError(Fault("needs_to", option=name, choices=", ".join(ExportFormat)))
        if value is not None and form == ExportFormat.sdmx_csv and name != "force":
            raise UsageError(Fault("not_with_to", option=name, to=str(form)))
    found = _load_series(data, targets, actuals, where, units_from_plan)
    choice = _choice(found.plan, level, indicators, owner)
    if form is not None and place is not None:
        if kind := exports.FILES.get(form):
            format_by_suffix(place, (kind,), kind)
        content, _ = exports.render(form, found, until, own, *choice, language)
        if isinstance(content, bytes):
            files.write_file(content, place)
        else:
            exports.write_folder(content, place, force=replace)
    return frame.to_frame(observation_table(found, *choice))


def validate(
    data: PathLike | None = None,
    *,
    targets: PathLike | None = None,
    actuals: PathLike | Sequence[PathLike] | None = None,
    strict: bool = False,
    lang: str | None = None,
) -> pd.DataFrame:
    """Return every error and remark of plan and actuals, instead of raising them; without errors they are right.

    Parameters
    ----------
    data, targets, actuals
        As in `status`.
    strict
        Whether rows that match no indicator are errors.
    lang
        ``en`` or ``zh-TW``; None for the environment's language.

    Returns
    -------
    DataFrame
        Columns kind (``error`` or ``remark``), code, file, line, message and fix.

    Raises
    ------
    UsageError, TypeError
        As in `status`.

    Examples
    --------
    >>> import smartkpi
    >>> smartkpi.validate()["kind"].tolist()
    []
    """
    import pandas as pd

    from smartkpi.tables.validation import validate as validate_files

    language, is_strict = arguments.language(lang), arguments.switch(strict, "strict")
    found = validate_files(_inputs(data, targets, actuals)._replace(strict=is_strict))
    rows = [
        (kind, each.key, each.file, each.line, each.text(language, python=True), each.cure(language, python=True))
        for kind, problems in (("error", found.errors), ("remark", found.remarks))
        for each in problems
    ]
    table = pd.DataFrame(rows, columns=["kind", "code", "file", "line", "message", "fix"])
    return table.astype({**dict.fromkeys(table.columns, "str"), "line": "Int64"})


def list_indicators(
    level: str = "all",
    data: PathLike | None = None,
    *,
    indicators: str | Sequence[str] = (),
    owner: str | None = None,
    targets: PathLike | None = None,
) -> pd.DataFrame:
    """Return what a plan says of its indicators: titles, pillar, unit, direction, target, source.

    Parameters
    ----------
    level, data, indicators, owner, targets
        As in `status`; all levels unless one is named.

    Returns
    -------
    DataFrame
        One row per indicator, in the order of the plan.

    Raises
    ------
    DataError, UsageError, TypeError
        As in `status`.

    Examples
    --------
    >>> import smartkpi
    >>> smartkpi.list_indicators("headline")[["unit", "direction", "target"]].head(2)
      unit direction  target
    0   兆元  increase     6.5
    1   兆元  increase     2.9
    """
    from smartkpi.tables.plan import indicator_table

    plan = dataset.load_plan(_inputs(data, targets)).plan
    return frame.to_frame(indicator_table(plan, *_choice(plan, level, indicators, owner)))


def template(
    year: int | None = None,
    level: str = "all",
    data: PathLike | None = None,
    *,
    indicators: str | Sequence[str] = (),
    owner: str | None = None,
    where: Where = (),
    targets: PathLike | None = None,
    actuals: PathLike | Sequence[PathLike] | None = None,
    lang: str | None = None,
) -> pd.DataFrame:
    """Return the rows to fill in for a year: every indicator with its unit, and no value.

    Parameters
    ----------
    year
        To fill in; None for the one after the latest in the data.
    level, data, indicators, owner, where, targets, actuals
        As in `status`; all levels unless one is named.
    lang
        Language of the titles, English unless one is named.

    Returns
    -------
    DataFrame
        One row per indicator, or per series that is known of it; filled in, `assess` takes it.

    Raises
    ------
    DataError, UsageError, TypeError
        As in `status`.

    Examples
    --------
    >>> import smartkpi
    >>> smartkpi.template(2023, "headline")[["year", "value", "unit"]].head(2)
       year  value unit
    0  2023    NaN   兆元
    1  2023    NaN   兆元
    """
    from smartkpi.tables.observations import template_table

    following, language = arguments.year(year, "year"), arguments.language(lang, "en")
    options = reading_options({"where": where})
    everything = dataset.load_for_template(_inputs(data, targets, actuals)._replace(reading=options), following)
    found, _ = select_observations(everything, options.where)
    choice = _choice(found.plan, level, indicators, owner)
    return frame.to_frame(template_table(found.plan, found.observations, following, *choice, language))


def init(
    folder: PathLike, year: int | None = None, *, from_: PathLike | None = None, lang: str | None = None
) -> list[Path]:
    """Make a data folder to begin with: a commented plan, its JSON Schema and first actuals.

    Parameters
    ----------
    folder
        To make; it may exist if it is empty.
    year
        Of the first actuals; None for last year.
    from_
        Makes the plan from a spreadsheet or CSV with a row for each indicator, or from ``open-sdg:PATH``, a checkout of
        a data repository of Open SDG.
    lang
        Of the plan and of the descriptions in the schema; None for a plan in both languages.

    Returns
    -------
    list of Path
        The files that were made.

    Raises
    ------
    OutputError
        If the folder holds anything, or cannot be written to.
    UsageError, TypeError
        As in `status`.

    Examples
    --------
    >>> import tempfile
    >>> import smartkpi
    >>> [path.name for path in smartkpi.init(tempfile.mkdtemp(), 2025)]
    ['targets.schema.json', '2024.csv', '2025.csv', 'targets.toml']
    """
    import time

    from smartkpi.render.files import write_folder
    from smartkpi.render.starter import starter_folder
    from smartkpi.render.starter.origin import folder_from

    place, origin = arguments.path(folder, "folder"), arguments.path_if_any(from_, "from_")
    latest, named = arguments.year(year, "year"), None if lang is None else arguments.language(lang)
    if origin is None:
        content = starter_folder(time.localtime().tm_year - 1 if latest is None else latest, named)
    else:
        content, _ = folder_from(origin, named or "en")
    write_folder(place, content)
    return [Path(place) / name for name in content]


def read_plan(path: PathLike | None = None) -> Plan:
    """Read a plan.

    Parameters
    ----------
    path
        A targets.toml; None for the shipped one.

    Returns
    -------
    Plan
        Its indicators with their targets, sources, pillars and dimensions.

    Raises
    ------
    DataError
        With all its faults.
    TypeError
        If `path` is not a path.

    Examples
    --------
    >>> import smartkpi
    >>> plan = smartkpi.read_plan()
    >>> len(plan.indicators), next(iter(plan.indicators.values())).target
    (14, 6.5)
    """
    named = arguments.path_if_any(path, "path")
    place = data_folder.plan_file(data_folder.shipped()) if named is None else Path(named)
    faults = Faults()
    plan = dataset.read_plan(place, str(place) if named is None else named, faults)
    if plan is None or faults:
        raise DataError(faults)
    return plan


def read_actuals(paths: PathLike | Sequence[PathLike], plan: Plan, **reading: Any) -> pd.DataFrame:
    """Read actuals files into a frame, values converted to the units of their indicators.

    Parameters
    ----------
    paths
        One or several: a file, a folder, a pattern, a data package; ``ID=PATH`` if all of it is of that indicator.
    plan
        Whose indicators the rows are of.
    reading
        How the files are to be understood: the options of the command line by the names that they have in the plan's
        table ``reading``, such as ``units_from_plan=True`` or ``where=["Sex="]``; they count before the plan's.

    Returns
    -------
    DataFrame
        Columns indicator, the plan's dimensions, year (int64), value (float64, in `unit`), unit, obs_status, source,
        locator, note, bound; text as str. One row per row of the files, missing values included. Parquet, and the
        speed of large CSV files, need pyarrow.

    Raises
    ------
    DataError
        With all faults of all files.
    UsageError
        If an option has a value that it cannot have.
    TypeError
        If there is no such option of reading, or an argument is of another type.

    Examples
    --------
    >>> import tempfile
    >>> import smartkpi
    >>> _, before, latest, targets = smartkpi.init(tempfile.mkdtemp(), 2025)
    >>> smartkpi.read_actuals(latest, smartkpi.read_plan(targets))[["year", "value", "unit"]]
       year  value unit
    0  2025   58.5    %
    1  2025   73.5   億元
    2  2025  950.0    件
    """
    arguments.plan(plan)
    files = [file for each in arguments.paths(paths, "paths") for file in named_files.files_of(each, plan)]
    options, large = reading_options(reading), actuals_reader.are_large([each.path for each in files])
    found = actuals_reader.read(files, plan, options, large)
    if found.faults:
        raise DataError(found.faults)
    return frame.from_observations(found.observations)


def units(text: str | None = None, data: PathLike | None = None) -> pd.DataFrame:
    """Return the units that are known, or what a text is understood as.

    Parameters
    ----------
    text
        A unit, such as ``兆元``, ``kt CO2e`` or ``per 100,000``; None for all units of the table and of the plan.
    data
        Folder with targets.toml, whose own units are known too; None for $SMARTKPI_DATA, else the shipped data.

    Returns
    -------
    DataFrame
        Columns unit, dimension (units of the same one convert), size, name_en, name_zh_tw and also.

    Raises
    ------
    DataError
        If `text` is not a unit that values can have.
    UsageError, TypeError
        As in `status`.

    Examples
    --------
    >>> import smartkpi
    >>> smartkpi.units("kt CO2e")[["dimension", "size", "name_en"]]
          dimension       size  name_en
    0  mass of CO2e  1000000.0  kt CO2e
    """
    named = arguments.text_if_any(text, "text")
    return frame.to_frame(unit_table(dataset.plan_with_errors(_inputs(data)), named))


def assess(
    observations: Frame,
    plan: Plan,
    year: int | None = None,
    rule: str | None = None,
    *,
    units_from_plan: bool = False,
    max_age: int | None = None,
) -> Frame:
    """Return attainment, required growth and on-track status of every series of a frame.

    Parameters
    ----------
    observations
        A pandas or Polars DataFrame or a pyarrow Table, which also is what is returned. One row per observation, in
        any order: ``indicator`` (id or title) and each dimension of the plan (text of any dtype: object, str,
        categorical, Arrow), ``year`` (whole numbers, 1900 to 2200), ``value`` (numbers, or text such as "57,000"; NaN
        where missing), ``unit`` (text; any unit of the indicator's kind) and, if there are such, ``obs_status`` (codes
        of CL_OBS_STATUS, missing is A), ``bound`` (``lower``, ``upper``, ``approx``) and ``precision`` (half a unit of
        the last printed digit, in the row's unit). Other columns are not read.
    plan
        Targets, units, bounds and dimensions, as `read_plan` gives them.
    year
        Things as they stood at the end of this year; None for the latest year in the data.
    rule
        ``compound``, ``linear``, ``eurostat``, ``eurostat-long``, ``unsd-2023``, ``germany``, ``trajectory`` or
        ``all``; None for the plan's own rule, else ``compound``.
    units_from_plan
        Whether values without a unit are in that of their indicator; the column ``unit`` may then be missing.
    max_age
        Observations more than so many years older than `year`, which must be given then, are stale: undetermined.

    Returns
    -------
    DataFrame
        One row per series of every level, indicators in the order of the plan and series in the order in which they
        first occur: the columns of `status`, values in the indicator's unit, dimensions in their own dtype.

    Raises
    ------
    DataError
        With all faults, each with the labels of its rows.
    UsageError
        If there is no such rule.
    TypeError
        If `observations` is not a DataFrame, `plan` not a plan, or `year` not a whole number.

    Examples
    --------
    >>> import pandas as pd
    >>> import smartkpi
    >>> plan = smartkpi.read_plan()
    >>> rows = pd.DataFrame({"indicator": list(plan.indicators)[4], "year": [2022, 2024], "value": ["58.6", "75"]})
    >>> found = smartkpi.assess(rows, plan, units_from_plan=True)
    >>> found.loc[[4], ["actual", "target", "status"]]
       actual  target   status
    4    75.0    90.0  lagging
    """
    until, name = arguments.year(year, "year"), arguments.text_if_any(rule, "rule")
    oldest = _oldest(until, max_age)
    return _of_series(observations, plan, units_from_plan, lambda panel: assess_panel(panel, plan, until, name, oldest))


def forecast(
    observations: Frame,
    plan: Plan,
    year: int | None = None,
    as_of: int | None = None,
    interval: float = 80.0,
    *,
    units_from_plan: bool = False,
) -> Frame:
    """Return where every series of a frame lands: scenarios, central figure with its interval, chance.

    Parameters
    ----------
    observations, plan
        As in `assess`.
    year
        To project to; None for the target year of each series.
    as_of
        Only observations up to this year are seen; None for all.
    interval
        Probability of the interval, in percent.
    units_from_plan
        Whether values without a unit are in that of their indicator; the column ``unit`` may then be missing.

    Returns
    -------
    DataFrame
        One row per series of every level, in the order of `assess`: the columns of `project`, values in the
        indicator's unit, dimensions in their own dtype.

    Raises
    ------
    DataError
        With all faults, each with the labels of its rows.
    UsageError
        If `interval` is not between 0 and 100.
    TypeError
        If `observations` is not a DataFrame, `plan` not a plan, or a year not a whole number.

    Examples
    --------
    >>> import pandas as pd
    >>> import smartkpi
    >>> plan = smartkpi.read_plan()
    >>> rows = pd.DataFrame({"indicator": list(plan.indicators)[4], "year": [2022, 2024], "value": ["58.6", "75"]})
    >>> found = smartkpi.forecast(rows, plan, units_from_plan=True)
    >>> found.loc[[4], ["project_year", "held", "at_observed_change"]]
       project_year  held  at_observed_change
    4          2025  75.0                83.2
    """
    years = arguments.year(year, "year"), arguments.year(as_of, "as_of")
    share = arguments.number(interval, "interval")
    return _of_series(observations, plan, units_from_plan, lambda panel: project_panel(panel, plan, *years, share))


def _of_series(observations: Frame, plan: Plan, units_from_plan: bool, compute: Callable[[Panel], Table]) -> Frame:
    """Return what is computed of the series of a frame as the same kind of frame."""
    given, to_kind = as_pandas(observations, "observations")
    switch = arguments.switch(units_from_plan, "units_from_plan")
    found, _ = frame.series_frame(given, arguments.plan(plan), compute, switch)
    result: Frame = to_kind(found)
    return result


def _inputs(data: object, targets: object = None, actuals: object = None) -> Inputs:
    named = () if actuals is None else arguments.paths(actuals, "actuals")
    return Inputs(arguments.path_if_any(data, "data"), arguments.path_if_any(targets, "targets"), named)


def _load(
    data: PathLike | None,
    targets: PathLike | None,
    actuals: PathLike | Sequence[PathLike] | pd.DataFrame | None,
    assume: str | Sequence[str],
    where: Where,
    units_from_plan: bool,
) -> Dataset:
    """Read plan and actuals, from files or from a frame."""
    is_frame = hasattr(type(actuals), "columns")
    inputs = _inputs(data, targets, None if is_frame else actuals)._replace(
        reading=reading_options({"where": where, "units_from_plan": units_from_plan}),
        assume=arguments.texts(assume, "assume"),
    )
    if not is_frame:
        return dataset.load(inputs)
    return dataset.load_frame(as_pandas(actuals, "actuals")[0], inputs, units_from_plan)


def _load_series(
    data: PathLike | None,
    targets: PathLike | None,
    actuals: PathLike | Sequence[PathLike] | pd.DataFrame | None,
    where: Where,
    units_from_plan: bool,
) -> Dataset:
    """Read the plan and the actuals of the series that meet the conditions."""
    found = _load(data, targets, actuals, (), where, units_from_plan)
    return select_observations(found, arguments.conditions(where))[0]


def _choice(plan: Plan, level: str, indicators: str | Sequence[str], owner: str | None) -> tuple[str, Sequence[str]]:
    """Return the level and the indicators asked for, by name or agency."""
    own, named = arguments.text(level, "level"), arguments.texts(indicators, "indicators")
    return own, named if owner is None else with_owner(plan, own, named, arguments.text(owner, "owner"))


def _oldest(year: int | None, max_age: int | None) -> int | None:
    age = arguments.count(max_age, "max_age", 0)
    if age is None:
        return None
    if year is None:
        raise ValueError("max_age counts from year, which must be given with it")
    return year - min(age, year)


def _selection(where: Where, by: str | Sequence[str] = (), sort: str = "", top: int | None = None) -> Selection:
    most = arguments.count(top, "top")
    return Selection(arguments.texts(by, "by"), arguments.conditions(where), arguments.text(sort, "sort"), most)


def _frame(table: Table, lang: str | None) -> pd.DataFrame:
    """Return a table as a frame, with Chinese titles at the end where that language is asked for."""
    chinese = "indicator" in table.columns and lang is not None and arguments.language(lang) == "zh-TW"
    return frame.to_frame(with_columns(table, ["title_zh"] if chinese else []))


def _report(
    found: Dataset, year: int | None, rule: str | None, level: str, indicators: Sequence[str]
) -> reports.Report:
    from smartkpi.tables import report as reports

    until, own = arguments.year(year, "year"), arguments.text_if_any(rule, "rule")
    return reports.report(found, until, own, level, indicators)
