"""A report in sentences to paste: the verdict, what it rests on, what is not known, and the source."""

from __future__ import annotations

from smartkpi.model.codes import Evidence, Status
from smartkpi.render.celltext import rounded
from smartkpi.render.markdown import escaped
from smartkpi.render.report.answer import answer
from smartkpi.render.report.card import in_charge, parts_of, state
from smartkpi.render.report.phrases import Phrases, growth, line, percent
from smartkpi.tables.report import Entry, Report

_ENDS = ".。 "
"""What a sentence that is quoted may end with."""


def text(report: Report, lang: str) -> str:
    """Return the brief as plain text: a line for the plan, and one for each indicator."""
    say = Phrases(lang, report.plan)
    parts = [f"{_heading(report, say)}\n{_all(report, say)}"]
    parts += [f"{_title(entry, say)}\n{_said(entry, report, say)}" for entry in report.entries]
    return "\n\n".join(parts) + "\n"


def markdown(report: Report, lang: str) -> str:
    """Return the brief as Markdown; nothing in it but headings is markup."""
    say = Phrases(lang, report.plan)
    parts = [f"# {escaped(_heading(report, say))}", escaped(_all(report, say))]
    for entry in report.entries:
        parts += [f"## {escaped(_title(entry, say))}", escaped(_said(entry, report, say))]
    return "\n\n".join(parts) + "\n"


def _heading(report: Report, say: Phrases) -> str:
    plan, year = say.title(report.plan.title), report.table.year
    return say("about_year", plan=plan, year=year) if year else plan


def _title(entry: Entry, say: Phrases) -> str:
    return say("list_separator").join(filter(None, [say.title(entry.indicator.title), parts_of(entry)]))


def _all(report: Report, say: Phrases) -> str:
    own = answer(report, say)
    names = [say("brief_status", status=say(each), number=number) for each, number in report.counts.items()]
    sentences = [
        say("report_sentence", text=own.headline),
        *own.evidence,
        say("brief_counts", counts=say("list_separator").join(names), rule=str(report.rule.name)),
    ]
    return say("report_space").join(sentences)


def _said(entry: Entry, report: Report, say: Phrases) -> str:
    sentences = [_now(entry, say), _verdict(entry, report, say), _unknown(entry, say), *_given(entry, say)]
    sentences += [_in_charge(entry, say), _source(entry, report, say)]
    return say("report_space").join(filter(None, sentences))


def _now(entry: Entry, say: Phrases) -> str:
    """Return the latest value, its share of the target, and what is still needed."""
    row, indicator = entry.figures, entry.indicator
    if entry.status == Status.achieved or not row["required_change"] or row["attainment_pct"] is None:
        return state(entry, say)
    rate = row["required_growth_pct"]
    return say(
        "brief_now",
        actual=say.observed(entry.observations[-1], indicator),
        year=row["year"],
        attained=percent(row["attainment_pct"]),
        target=say.value(row["target"], indicator),
        target_year=row["target_year"],
        change=say.needed(row["required_change"], indicator),
        growth="" if rate is None else say("brief_growth", growth=growth(rate)),
    )


def _verdict(entry: Entry, report: Report, say: Phrases) -> str:
    """Return the status, and what it rests on."""
    row = entry.figures
    if entry.status == Status.undetermined:
        reasons = [say(reason) for reason in (row["reason"] or "").split(";") if reason]
        return say("brief_undetermined", reason=say("list_separator").join(reasons))
    reasons = (row["reason"] or "").split(";")
    why_low = "brief_lost_before" if "lost_before" in reasons else "mark_low_evidence"
    notes = [say(why_low)] if row["evidence"] == Evidence.low else []
    notes += [say("mark_disputed")] if entry.agreement is False else []
    return say(
        "brief_verdict",
        rule=str(report.rule.name),
        status=say(entry.status),
        pace=""
        if row["pace"] is None or row["kept"] or entry.status == Status.achieved
        else say("brief_pace", pace=rounded(row["pace"], 2)),
        notes="".join(say("brief_note", note=note) for note in notes),
    )


def _unknown(entry: Entry, say: Phrases) -> str:
    """Return what is known of the target year, or that it is not; empty where that is no question."""
    ahead, row, indicator = entry.ahead, entry.figures, entry.indicator
    year, outlook = row["target_year"], row["outlook"]
    if entry.status == Status.achieved or row["actual"] is None:
        return ""
    met = say(f"brief_outlook_{outlook}") if outlook else ""
    if ahead.central:
        value, interval = say.value(ahead.central[-1].value, indicator), ""
        if ahead.band:
            low, high = (say.value(each, indicator) for each in ahead.band[-1][1:])
            interval = say("brief_interval", low=low, high=high)
        return say("brief_projected", value=value, interval=interval, outlook=met, year=year)
    change = next((each for each in ahead.scenarios if each.name == "at_observed_change"), None)
    if change:
        return say("brief_if_change", value=say.value(change.points[-1].value, indicator), outlook=met, year=year)
    return say("brief_no_projection", year=year)


def _given(entry: Entry, say: Phrases) -> list[str]:
    """Return what the latest observation says of why it falls short, and of what is done about it."""
    latest = entry.observations[-1:]
    texts = [("brief_explanation", each.explanation) for each in latest]
    texts += [("brief_measures", each.measures) for each in latest]
    return [say(key, text=line(text).rstrip(_ENDS)) for key, text in texts if text]


def _in_charge(entry: Entry, say: Phrases) -> str:
    named = in_charge(entry.indicator, say)
    return say("report_sentence", text=named) if named else ""


def _source(entry: Entry, report: Report, say: Phrases) -> str:
    ends = entry.figures["year"], entry.figures["base_year"]
    names = dict.fromkeys(each.source for year in ends for each in entry.observations if each.year == year)
    names |= {entry.indicator.source: None}
    sources = report.plan.sources
    titles = [line(sources[name].title_in(say.lang)) if name in sources else line(name) for name in names if name]
    return say("report_sentence", text=say("report_source", source=say("report_list").join(titles)))
