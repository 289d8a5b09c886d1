"""All metrics of filing quality over a docket, against a groupby by hand for each.

By hand each metric is one pandas groupby of the cases that count: a mean, a median, a
sum. That knows no intervals, no exclusions, no censoring and no competing outcomes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from rows import Row, ratio

from valuer.agency.columns import ANSWERS, COUNTS, DAYS, KINDS, OUTCOMES, Docket
from valuer.agency.metric import Grouping, Question, Shape
from valuer.agency.metrics import METRICS
from valuer.agency.quality import answer
from valuer.agency.statuses import Outcome

CASES = int(os.environ.get("QUALITY_CASES", "100000"))
SEED = 20261122
AS_OF = date(2026, 9, 30)
YEAR = 365.25

Work = Callable[[], Any]


def measure() -> list[Row]:
    """Compare all in one, by agent and by month, and one year by client."""
    docket = made_up()
    year = {"first": date(2025, 1, 1), "last": date(2025, 12, 31)}
    asked = (
        ("all in one", Question()),
        ("by agent", Question(by=Grouping.AGENT)),
        ("by month", Question(by=Grouping.MONTH)),
        ("of one year by client", Question(by=Grouping.CLIENT, **year)),
    )
    frame, parts = frames(docket)
    return [
        Row(
            f"{len(METRICS)} metrics of {CASES:,} cases, {name}",
            "one pandas groupby per metric, written by hand",
            ratio(ours(docket, question), by_hand(frame, parts, question), 5),
            2,
        )
        for name, question in asked
    ]


def ours(docket: Docket, question: Question) -> Work:
    """Answer the question."""
    return lambda: answer(docket, question)


def made_up() -> Docket:
    """Return a docket that has every field."""
    rng = np.random.default_rng(SEED)
    span = (np.datetime64(AS_OF) - np.datetime64("2012-01-01")).astype(int)
    filed = np.datetime64("2012-01-01") + rng.integers(0, span, CASES)
    ends = filed + rng.integers(200, 1500, CASES)
    seen = ends <= np.datetime64(AS_OF)
    fate = rng.choice(4, CASES, p=[0.55, 0.2, 0.2, 0.05])
    nothing = np.datetime64("NaT", "D")
    columns: dict[str, Any] = {name: np.full(CASES, nothing) for name in DAYS}
    columns["filed"], columns["exam_effective"] = filed, filed + 180
    losses = ("refused", "deemed_withdrawn", "withdrawn")
    words = (Outcome.IN_FORCE, Outcome.REFUSED, Outcome.DEEMED_WITHDRAWN)
    outcome = np.full(CASES, OUTCOMES.index(Outcome.PENDING_SUBSTANTIVE), np.int8)
    for code, name in enumerate(("granted", *losses)):
        here = seen & (fate == code)
        columns[name] = np.where(here, ends, nothing)
        outcome[here] = OUTCOMES.index((*words, Outcome.WITHDRAWN)[code])
    columns |= {name: rng.integers(1, 20, CASES).astype(float) for name in COUNTS}
    columns |= {name: rng.integers(-1, 2, CASES).astype(np.int8) for name in ANSWERS}
    flags = ("suspected", "confirmed", "signed_by_worker", "second_review")
    columns |= {name: rng.integers(0, 2, CASES).astype(np.int8) for name in flags}
    columns["kind"] = rng.integers(0, len(KINDS), CASES).astype(np.int8)
    columns["outcome"], columns["cause"] = outcome, np.zeros(CASES, np.int8)
    columns["was_granted"] = (seen & (fate == 0)).astype(np.int8)
    columns["actions"] = rng.poisson(1.4, CASES).astype(float)
    columns["formality_notices"] = rng.poisson(0.2, CASES).astype(float)
    columns["first_action"] = np.where(columns["actions"] > 0, filed + 300, nothing)
    sizes = {"agent": 120, "client": 3000, "field": 8}
    for name, size in sizes.items():
        columns[name] = rng.integers(1, size + 1, CASES).astype(np.int32)
    columns["handler"] = columns["agent"]
    labels = {
        name: ("", *(f"{name} {number}" for number in range(size)))
        for name, size in sizes.items()
    }
    numbers = np.arange(CASES).astype(object)
    labels["handler"] = labels["agent"]
    return Docket(CASES, AS_OF, numbers, columns, tables(rng, columns), labels)


def tables(rng: Any, columns: Any) -> dict[str, dict[str, Any]]:
    """Return the tables of what a case has several of."""
    some = np.sort(rng.integers(0, CASES, CASES // 20))
    due = columns["filed"] + 400
    day = columns["filed"][some] + 900
    return {
        "signers": {
            "case": np.arange(CASES),
            "agent": columns["agent"],
            "share": np.ones(CASES),
        },
        "due_dates": {
            "case": np.arange(CASES),
            "due": due,
            "done": due - 3,
            "restored": np.full(CASES, np.datetime64("NaT", "D")),
            "lost": rng.uniform(size=CASES) < 0.004,
            "agent": np.zeros(CASES, np.int32),
        },
        "reexaminations": {"case": some, "closed": day, "won": some % 2 == 0},
        "invalidations": {
            "case": some,
            "decided": day,
            "result": (some % 3).astype(np.int8),
        },
        "dealings": {"case": some, "on": day, "inside": some % 5 == 0},
        "complaints": {"case": some, "made": day, "closed": day + 20},
    }


def frames(docket: Docket) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """Return the docket as pandas has it, ready for the groupbys."""
    cases = pd.DataFrame({name: docket.columns[name] for name in docket.columns})
    cases["one"] = 0
    ends = cases[["granted", "refused", "deemed_withdrawn", "withdrawn"]].min(axis=1)
    cases["closing"] = ends
    cases["days"] = (ends.fillna(pd.Timestamp(AS_OF)) - cases["filed"]).dt.days
    cases["is_granted"] = cases["was_granted"] == 1
    names = ("agent", "client", "filed")
    parts = {}
    for name, table in docket.tables.items():
        frame = pd.DataFrame(dict(table))
        for column in (*names, "one"):
            if column not in frame or column == "agent":
                frame[column] = cases[column].to_numpy()[frame["case"]]
        parts[name] = frame
    return cases, parts


def by_hand(
    cases: pd.DataFrame, parts: dict[str, pd.DataFrame], question: Question
) -> Work:
    """Return one groupby for each metric: what counts, in the period, by group."""
    shapes = {
        Shape.RATE: "mean",
        Shape.MEAN: "mean",
        Shape.MEDIAN: "median",
        Shape.TIME: "median",
        Shape.SURVIVAL: "mean",
        Shape.INCIDENCE: "mean",
        Shape.COUNT_PER: "sum",
        Shape.PER_UNIT: "sum",
        Shape.CONCENTRATION: "count",
        Shape.PEAK: "count",
    }
    tables = {
        "Q19": ("reexaminations", "closed", "won"),
        "Q20": ("invalidations", "decided", "result"),
        "Q21": ("dealings", "on", "inside"),
        "Q24": ("signers", "filed", "share"),
        "Q26": ("complaints", "made", "case"),
        "Q26_time": ("complaints", "made", "case"),
        "Q27": ("due_dates", "due", "lost"),
        "Q27_restored": ("due_dates", "due", "lost"),
        "Q28": ("due_dates", "due", "lost"),
    }

    def one(metric: Any) -> None:
        if metric.key in tables:
            table, day, column = tables[metric.key]
            frame = parts[table]
        else:
            frame, column = cases, "is_granted"
            closed = metric.key.startswith(("Q01", "Q02", "Q08"))
            day = "closing" if closed else "filed"
            if metric.shape in (Shape.MEAN, Shape.MEDIAN):
                column = "actions"
            if metric.shape is Shape.TIME:
                column = "days"
        keep = chosen(frame, metric, question, day)
        values, days = frame[column], frame[day]
        by = question.by.value if question.by else "one"
        key = days if question.by is Grouping.MONTH else frame[by]
        if keep is not None:
            values, key = values[keep], key[keep]
        if question.by is Grouping.MONTH:
            key = key.dt.to_period("M")
        values.groupby(key).agg(shapes[metric.shape])

    def work() -> None:
        for metric in METRICS:
            one(metric)

    return work


def chosen(frame: pd.DataFrame, metric: Any, question: Question, day: str) -> Any:
    """Return which rows count, None for all."""
    keep: Any = None
    if metric.kinds and "kind" in frame:
        keep = frame["kind"] == KINDS.index(metric.kinds[0])
    if day == "closing":
        told = frame[day].notna()
        keep = told if keep is None else keep & told
    if question.first:
        inside = frame[day].between(
            pd.Timestamp(question.first), pd.Timestamp(question.last)
        )
        keep = inside if keep is None else keep & inside
    return keep
