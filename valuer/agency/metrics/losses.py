"""Applications let go (视为撤回): how many, why, and whether the client wished it."""

from __future__ import annotations

from collections.abc import Callable

from valuer.agency.metric import Mask, Metric, Tally, View
from valuer.agency.statuses import Cause, Outcome
from valuer.core.texts import N_


def _withdrawn(view: View) -> Mask:
    return view.is_in(Outcome.DEEMED_WITHDRAWN) & ~view.granted


def _every(view: View) -> Tally:
    return _tally(view, _withdrawn(view))


def _by(cause: Cause) -> Callable[[View], Tally]:
    return lambda view: _tally(view, _withdrawn(view) & view.has_cause(cause))


def _uninstructed(view: View) -> Tally:
    withdrawn, told = _withdrawn(view), view["instructed"]
    tally = _tally(view, withdrawn & (told == 0))
    unsaid = withdrawn & (told < 0)
    return Tally(
        tally.rows & ~unsaid, tally.hits, on=tally.on, lacking=view.unknown | unsaid
    )


def _tally(view: View, hits: Mask) -> Tally:
    return Tally(view.closed, hits, on=view.closing, lacking=view.unknown)


def _metric(key: str, name: str, count: Callable[[View], Tally], *needs: str) -> Metric:
    return Metric(
        key,
        name,
        N_(
            "Share of the cases closed in the period that were deemed withdrawn in this"
            " way; a loss that can still be restored is not closed."
        ),
        N_("deemed withdrawn / cases closed"),
        ("outcome", *needs),
        count,
        better="low",
    )


METRICS = (
    _metric("Q08", N_("Deemed-withdrawn rate"), _every),
    _metric("Q08_no_fee", N_("Deemed withdrawn, fee unpaid"), _by(Cause.NO_FEE)),
    _metric(
        "Q08_no_request",
        N_("Deemed withdrawn, examination not requested"),
        _by(Cause.NO_REQUEST),
    ),
    _metric(
        "Q08_no_answer", N_("Deemed withdrawn, no answer in time"), _by(Cause.NO_ANSWER)
    ),
    _metric(
        "Q08_uninstructed",
        N_("Deemed withdrawn without the client's instruction"),
        _uninstructed,
        "instructed",
    ),
)
