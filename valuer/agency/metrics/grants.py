"""Grants (授权): of what was closed, of what was contested, of what was filed."""

from __future__ import annotations

import numpy as np

from valuer.agency.metric import Metric, Shape, Tally, View, Work, known
from valuer.agency.statuses import Outcome
from valuer.core.patents import PatentKind
from valuer.core.texts import N_

_YEAR = 365.25
_INVENTION = (PatentKind.INVENTION,)
_PAIRS = N_(
    "Applications deemed withdrawn for a later one's domestic priority; utility models"
    " given up for the invention of the same day; divided cases."
)


def _official(view: View) -> Tally:
    return Tally(view.closed, view.granted, on=view.closing, lacking=view.unknown)


def _contested(view: View) -> Tally:
    actions = view["actions"]
    left = view.is_in(Outcome.DEEMED_WITHDRAWN, Outcome.WITHDRAWN) & view.lost
    rows = view.granted | view.is_in(Outcome.REFUSED) & view.lost
    rows |= left & (actions > 0)
    lacking = view.unknown | left & np.isnan(actions)
    return Tally(rows, view.granted, on=view.closing, lacking=lacking)


def _cohort(view: View) -> Tally:
    dated = ~view.closed | known(view.closing)
    lacking = view.unknown | ~known(view["filed"]) | ~dated
    fate = np.where(view.granted, 1, np.where(view.lost, 2, 0))
    time = view.followed("filed")
    # Seen at the day of the hand-over, before whatever came later.
    fate = np.where(view["handed_over"] <= view.closing, 0, fate)
    return Tally(~lacking & (time >= 0), fate, time, on=view["filed"], lacking=lacking)


def _first_action(view: View) -> Tally:
    actions, first = view["actions"], view["first_action"]
    agreed = view.granted | view.is_in(Outcome.ALLOWED)
    day = np.where(known(view["allowed"]), view["allowed"], view["granted"])
    rows = (actions > 0) | (actions == 0) & agreed
    hits = actions == 0
    return Tally(rows, hits, on=np.where(hits, day, first), lacking=np.isnan(actions))


def _official_rate(key: str, name: str, kind: PatentKind) -> Metric:
    return Metric(
        key,
        name,
        N_("Share of the cases closed in the period that were granted."),
        N_("grants announced / cases closed"),
        ("outcome", "kind"),
        _official,
        kinds=(kind,),
        exclusions=_PAIRS,
        better="high",
    )


def _cohort_rate(key: str, name: str, months: int) -> Metric:
    return Metric(
        key,
        name,
        N_(
            "Chance that an application filed in the period is granted within this time;"
            " pending cases count as long as they were followed, and a loss competes"
            " with the grant."
        ),
        N_("cumulative incidence of grant, Aalen–Johansen"),
        ("outcome", "kind", "filed"),
        _cohort,
        Shape.INCIDENCE,
        work=Work.DRAFTING,
        kinds=_INVENTION,
        exclusions=_PAIRS,
        better="high",
        horizon=round(months / 12 * _YEAR),
    )


METRICS = (
    _official_rate("Q01", N_("Grant rate, inventions"), PatentKind.INVENTION),
    _official_rate(
        "Q01_utility_model", N_("Grant rate, utility models"), PatentKind.UTILITY_MODEL
    ),
    _official_rate("Q01_design", N_("Grant rate, designs"), PatentKind.DESIGN),
    Metric(
        "Q02",
        N_("Grant rate, contested"),
        N_(
            "Share granted of the inventions granted, refused, or let go after an office"
            " action."
        ),
        N_("grants / (grants + refused + withdrawn or deemed so after an action)"),
        ("outcome", "kind", "actions"),
        _contested,
        work=Work.DRAFTING,
        kinds=_INVENTION,
        exclusions=_PAIRS,
        better="high",
    ),
    _cohort_rate("Q03_12", N_("Granted within 12 months of filing"), 12),
    _cohort_rate("Q03_24", N_("Granted within 24 months of filing"), 24),
    _cohort_rate("Q03_36", N_("Granted within 36 months of filing"), 36),
    Metric(
        "Q04",
        N_("Allowed at the first action"),
        N_(
            "Share of the inventions with a first action whose first action in"
            " substance is the notice of grant."
        ),
        N_("no action before the notice of grant / inventions with a first action"),
        ("outcome", "kind", "actions"),
        _first_action,
        work=Work.DRAFTING,
        kinds=_INVENTION,
        better="high",
    ),
)
