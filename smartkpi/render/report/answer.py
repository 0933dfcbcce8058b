"""The answer that a report begins with, and what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from smartkpi.model.codes import ON_TRACK, Evidence, Status
from smartkpi.render.report.phrases import Phrases
from smartkpi.render.summary import qualified, qualifiers_of
from smartkpi.tables.report import Report


class Answer(NamedTuple):
    """How many are on track, and what qualifies that."""

    headline: str
    evidence: Sequence[str]
    """Sentences on why some are not judged."""


def answer(report: Report, say: Phrases) -> Answer:
    """Put into words how many are on track, on what evidence, and why the others are not judged."""
    entries = report.entries
    number = len(entries)
    panel = number > len({entry.indicator.id for entry in entries})
    key = "report_answer_series" if panel else "report_answer_one" if number == 1 else "report_answer"
    on_track = [entry for entry in entries if ON_TRACK[entry.status]]
    low = sum(entry.figures["evidence"] == Evidence.low for entry in on_track)
    disputed = sum(entry.agreement is False for entry in on_track)
    open_entries = [entry for entry in entries if entry.status == Status.undetermined]
    first = say(key, on_track=len(on_track), all=number)
    others = say("report_answer_undetermined", number=len(open_entries)) if open_entries else ""
    reasons = Counter((entry.figures["reason"] or "").split(";")[0] for entry in open_entries)
    why = [say("report_answer_why", number=count, reason=say(reason)) for reason, count in reasons.items() if reason]
    return Answer(qualified(first, qualifiers_of(low, disputed, say.lang), say.lang) + others, why)
