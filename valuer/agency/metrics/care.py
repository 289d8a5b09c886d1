"""Care (案件管理): due dates, rights lost, complaints, who signs and who reviews."""

from __future__ import annotations

import numpy as np

from valuer.agency.columns import Column
from valuer.agency.metric import Mask, Metric, Shape, Tally, Unit, View, Work, known
from valuer.agency.statuses import Outcome
from valuer.core.texts import N_


def _lost(view: View) -> Tally:
    table = view.docket.tables["due_dates"]
    return _due(view, table["due"] <= view.until, table["lost"])


def _restored(view: View) -> Tally:
    table = view.docket.tables["due_dates"]
    lost = table["lost"] & (table["due"] <= view.until)
    return _due(view, lost, known(table["restored"]))


def _on_time(view: View) -> Tally:
    table = view.docket.tables["due_dates"]
    due, done = table["due"], table["done"]
    early = done <= due - np.timedelta64(view.question.days_before, "D")
    return _due(view, (due <= view.until) | known(done), early)


def _due(view: View, rows: Mask, hits: Column) -> Tally:
    table = view.docket.tables["due_dates"]
    case, agent = table["case"], table["agent"]
    answerable = np.where(agent > 0, agent, view["handler"][case])
    return Tally(rows, hits, on=table["due"], case=case, agent=answerable)


def _complaints(view: View) -> Tally:
    table, question = view.docket.tables["complaints"], view.question
    made, gone = table["made"], view["handed_over"]
    inside = known(made) & ~(made >= gone[table["case"]])
    if question.first:
        inside &= made >= np.datetime64(question.first)
    if question.last:
        inside &= made <= np.datetime64(question.last)
    counts = np.bincount(table["case"][inside], minlength=view.docket.count)
    open_still = ~view.closed & ~view.unknown
    active = (open_still | view.is_in(Outcome.IN_FORCE)) & ~(gone <= view.until)
    return Tally(active | (counts > 0), values=counts.astype(float))


def _complaint_days(view: View) -> Tally:
    table = view.docket.tables["complaints"]
    made, closed = table["made"], table["closed"]
    end = np.fmin(closed, view.until)
    time = (end - made).astype("timedelta64[D]").astype(np.int64)
    rows = known(made) & (time >= 0)
    ended = known(closed).astype(np.int64)
    return Tally(rows, ended, time, on=made, case=table["case"])


def _signed(view: View) -> Tally:
    return _filed(view, view["signed_by_worker"])


def _reviewed(view: View) -> Tally:
    return _filed(view, view["second_review"])


def _filed(view: View, answer: Column) -> Tally:
    rows = known(answer)
    return Tally(rows, answer == 1, on=view["filed"], lacking=~rows)


METRICS = (
    Metric(
        "Q26",
        N_("Complaints per 100 active cases"),
        N_("Complaints made in the period per 100 cases pending or in force."),
        N_("complaints / active cases × 100"),
        ("outcome", "complaints"),
        _complaints,
        Shape.COUNT_PER,
        Unit.NUMBER,
        better="low",
        per=100,
    ),
    Metric(
        "Q26_time",
        N_("Time until a complaint is closed"),
        N_("Months from a complaint of the period until it is closed."),
        N_("median of Kaplan and Meier's curve, open complaints censored"),
        ("complaints",),
        _complaint_days,
        Shape.TIME,
        Unit.MONTHS,
        better="low",
    ),
    Metric(
        "Q27",
        N_("Rights lost per 1,000 due dates"),
        N_("Rights lost over a due date of the period, per 1,000 due dates."),
        N_("rights lost / due dates × 1,000"),
        ("due_dates",),
        _lost,
        unit=Unit.NUMBER,
        better="low",
        per=1000,
    ),
    Metric(
        "Q27_restored",
        N_("Lost rights restored"),
        N_(
            "Share of the rights lost over a due date of the period that were restored."
        ),
        N_("restored / rights lost"),
        ("due_dates",),
        _restored,
        better="high",
    ),
    Metric(
        "Q28",
        N_("Done on time"),
        N_("Share of the due dates of the period that were met, so many days before."),
        N_("done in time / due"),
        ("due_dates",),
        _on_time,
        better="high",
    ),
    Metric(
        "Q29",
        N_("Signed by who drafted or reviewed"),
        N_(
            "Share of the cases filed whose signing agent drafted or reviewed the text."
        ),
        N_("signing agent among drafter and reviewer / cases"),
        ("filed", "signers", "signed_by_worker"),
        _signed,
        work=Work.DRAFTING,
        better="high",
    ),
    Metric(
        "Q30",
        N_("Reviewed by a second person"),
        N_("Share of the cases filed that a second person reviewed before filing."),
        N_("reviewed by another than the drafter / cases"),
        ("filed", "second_review"),
        _reviewed,
        work=Work.DRAFTING,
        better="high",
    ),
)
