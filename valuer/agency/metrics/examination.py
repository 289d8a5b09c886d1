"""Examination (审查): how many actions and notices, and how long until the decision."""

from __future__ import annotations

import numpy as np

from valuer.agency.metric import Metric, Shape, Tally, Unit, View, Work, known
from valuer.core.patents import PatentKind
from valuer.core.texts import N_

_INVENTION = (PatentKind.INVENTION,)


def _actions(view: View) -> Tally:
    actions = view["actions"]
    rows = view.granted & ~np.isnan(actions)
    return Tally(rows, values=actions, on=view["granted"], lacking=view.granted & ~rows)


def _formality(view: View) -> Tally:
    notices = view["formality_notices"]
    rows = ~np.isnan(notices)
    return Tally(rows, values=notices, on=view["filed"], lacking=~rows)


def _from_examination(view: View) -> Tally:
    return _pendency(view, "exam_effective")


def _from_filing(view: View) -> Tally:
    return _pendency(view, "filed")


def _pendency(view: View, start: str) -> Tally:
    begun, time = known(view[start]), view.followed(start)
    undated = view.closed & ~known(view.closing)
    rows = begun & ~undated & ~view.unknown & (time >= 0)
    ended = view.closed & ~(view["handed_over"] <= view.closing)
    lacking = undated | view.unknown
    if start == "filed":
        lacking = lacking | ~begun
    return Tally(rows, ended.astype(np.int64), time, view[start], lacking)


def _pendency_metric(
    key: str, name: str, start: str, count: object, definition: str
) -> Metric:
    return Metric(
        key,
        name,
        definition,
        N_("median of Kaplan and Meier's curve, pending cases censored"),
        ("outcome", "kind", start),
        count,  # type: ignore[arg-type] # one of the two above
        Shape.TIME,
        Unit.MONTHS,
        kinds=_INVENTION,
        better="low",
    )


METRICS = (
    Metric(
        "Q05",
        N_("Office actions per grant, mean"),
        N_("Office actions in substance before the grant of an invention, on average."),
        N_("actions in substance / grants"),
        ("outcome", "kind", "actions"),
        _actions,
        Shape.MEAN,
        Unit.NUMBER,
        kinds=_INVENTION,
        better="low",
    ),
    Metric(
        "Q05_median",
        N_("Office actions per grant, median"),
        N_("Office actions in substance before the grant of an invention, the median."),
        N_("median of actions in substance, granted inventions"),
        ("outcome", "kind", "actions"),
        _actions,
        Shape.MEDIAN,
        Unit.NUMBER,
        kinds=_INVENTION,
        better="low",
    ),
    Metric(
        "Q06",
        N_("Formality notices per filing"),
        N_("Notices to correct formalities per application filed in the period."),
        N_("formality notices / filings"),
        ("filed", "formality_notices"),
        _formality,
        Shape.COUNT_PER,
        Unit.NUMBER,
        Work.DRAFTING,
        better="low",
    ),
    _pendency_metric(
        "Q07",
        N_("Time from examination to the decision"),
        "exam_effective",
        _from_examination,
        N_(
            "Months from the day the request for examination took effect until the case"
            " is closed; the period is that of the beginning."
        ),
    ),
    _pendency_metric(
        "Q07_filing",
        N_("Time from filing to the decision"),
        "filed",
        _from_filing,
        N_(
            "Months from filing until the case is closed; the period is that of filing."
        ),
    ),
)
