"""Patents after grant (授权之后): survival, disputes, dealings, use."""

from __future__ import annotations

import numpy as np

from valuer.agency.columns import Column
from valuer.agency.docket import InvalidationResult
from valuer.agency.metric import Mask, Metric, Shape, Tally, Unit, View, known
from valuer.agency.statuses import Outcome
from valuer.core.patents import PatentKind
from valuer.core.texts import N_

_INVENTION = (PatentKind.INVENTION,)
_YEAR = 365.25
_FIVE_YEARS = round(5 * _YEAR)
_THREE_YEARS = np.timedelta64(round(3 * _YEAR), "D")


def _survival(view: View) -> Tally:
    ended = view.is_in(Outcome.ENDED)
    lapsed, granted = view["lapsed"], view["granted"]
    rows = view.granted & known(granted) & (~ended | known(lapsed))
    end = np.where(ended, lapsed, np.fmin(view["handed_over"], view.until))
    time = (end - granted).astype("timedelta64[D]").astype(np.int64)
    return Tally(
        rows & (time >= 0),
        ended.astype(np.int64),
        time,
        granted,
        lacking=view.granted & ~rows,
    )


def _in_force(view: View) -> Tally:
    rows = view.granted & view.is_in(Outcome.IN_FORCE)
    return _years(view, rows, np.full(view.docket.count, view.until))


def _ended(view: View) -> Tally:
    return _years(view, view.granted & view.is_in(Outcome.ENDED), view["lapsed"])


def _years(view: View, rows: Mask, end: Column) -> Tally:
    years = (end - view["filed"]).astype(float) / _YEAR
    dated = known(end, view["filed"])
    return Tally(
        rows & dated,
        values=np.where(dated, years, np.nan),
        on=view["granted"],
        lacking=rows & ~dated,
    )


def _reexamined(view: View) -> Tally:
    table = view.docket.tables["reexaminations"]
    every = np.ones(len(table["case"]), dtype=bool)
    return Tally(every, table["won"], on=table["closed"], case=table["case"])


def _invalidated(view: View) -> Tally:
    table = view.docket.tables["invalidations"]
    case, decided = table["case"], table["decided"]
    order = np.lexsort((decided, case))
    last = np.zeros(len(case), dtype=bool)
    ends = np.append(case[order][1:] != case[order][:-1], True)[: len(case)]
    last[order[ends]] = True
    kept = tuple(InvalidationResult).index(InvalidationResult.MAINTAINED)
    return Tally(last, table["result"] == kept, on=decided, case=case)


def _dealt(view: View) -> Tally:
    table, granted = view.docket.tables["dealings"], view["granted"]
    case = table["case"]
    after = table["on"] - granted[case]
    within = ~table["inside"] & (after >= np.timedelta64(0)) & (after <= _THREE_YEARS)
    hits = np.bincount(case[within], minlength=view.docket.count) > 0
    rows = view.granted & (granted + _THREE_YEARS <= view.until)
    lacking = view.granted & ~known(granted)
    return Tally(rows, hits, on=granted, lacking=lacking)


def _used(view: View) -> Tally:
    return _answered(view, view["in_use"])


def _high_value(view: View) -> Tally:
    return _answered(view, view["high_value"])


def _answered(view: View, answer: Column) -> Tally:
    valid = view.granted & view.is_in(Outcome.IN_FORCE)
    rows = valid & known(answer)
    return Tally(rows, answer == 1, on=view["granted"], lacking=valid & ~rows)


METRICS = (
    Metric(
        "Q17",
        N_("Still in force five years after grant"),
        N_(
            "Share of the inventions granted in the period that are kept for five years;"
            " younger ones count as long as they were followed."
        ),
        N_("Kaplan and Meier's curve from grant at 5 years"),
        ("outcome", "kind", "granted"),
        _survival,
        Shape.SURVIVAL,
        kinds=_INVENTION,
        better="high",
        horizon=_FIVE_YEARS,
    ),
    Metric(
        "Q18",
        N_("Years since filing, patents in force"),
        N_("Mean of the years from filing to the day of the docket, in force."),
        N_("mean of (day of the docket − filing)"),
        ("outcome", "kind", "filed"),
        _in_force,
        Shape.MEAN,
        Unit.YEARS,
        kinds=_INVENTION,
    ),
    Metric(
        "Q18_ended",
        N_("Years since filing, patents ended"),
        N_("Mean of the years from filing to the end of the patent."),
        N_("mean of (end − filing)"),
        ("outcome", "kind", "filed"),
        _ended,
        Shape.MEAN,
        Unit.YEARS,
        kinds=_INVENTION,
    ),
    Metric(
        "Q19",
        N_("Re-examinations won"),
        N_(
            "Share of the re-examinations closed in the period in which the refusal fell."
        ),
        N_("refusals withdrawn or reversed / re-examinations closed"),
        ("reexaminations",),
        _reexamined,
        better="high",
    ),
    Metric(
        "Q20",
        N_("Maintained in invalidation"),
        N_(
            "Share of the patents attacked that were fully maintained, by the last decision."
        ),
        N_("fully maintained / patents decided upon"),
        ("invalidations",),
        _invalidated,
        better="high",
    ),
    Metric(
        "Q21",
        N_("Transferred, licensed or pledged within three years"),
        N_(
            "Share of the patents granted at least three years ago that were dealt with."
        ),
        N_("patents with a dealing within 3 years of grant / patents granted"),
        ("outcome", "granted", "dealings"),
        _dealt,
        exclusions=N_("Dealings inside the owner's own group."),
    ),
    Metric(
        "Q22",
        N_("In use for a product sold"),
        N_("Share of the inventions in force whose owners say that they are in use."),
        N_("in use / inventions in force whose owners answered"),
        ("outcome", "kind", "in_use"),
        _used,
        kinds=_INVENTION,
    ),
    Metric(
        "Q23",
        N_("High-value inventions"),
        N_("Share of the inventions in force that meet one of the five criteria."),
        N_("high-value inventions / inventions in force"),
        ("outcome", "kind", "high_value"),
        _high_value,
        kinds=_INVENTION,
    ),
)
