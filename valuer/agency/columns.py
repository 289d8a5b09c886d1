"""A docket in columns: what the metrics reckon with, a hundred thousand cases at once.

Each column has one value a case; a fact that no source told is NaT, NaN or −1. What a
case has several of (due dates, complaints, signing agents …) stands in a table of its
own, whose column ``case`` says to which case a row belongs. A column or table that is
not there at all is a field that the docket lacks. Whoever reads a docket in bulk may
build the columns without the cases in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from valuer.agency.docket import AbnormalResult, Case, InvalidationResult
from valuer.agency.notices import NoticeKind, counted_once
from valuer.agency.statuses import Cause, Outcome
from valuer.agency.waiting import WAITS, Wait, waits_of
from valuer.core.patents import PatentKind

Column = NDArray[Any]
Table = Mapping[str, Column]

KINDS = tuple(PatentKind)
OUTCOMES = tuple(Outcome)
CAUSES = tuple(Cause)
"""What the codes in the columns ``kind``, ``outcome`` and ``cause`` stand for."""

DAYS = (
    "filed",
    "published",
    "exam_requested",
    "exam_effective",
    "allowed",
    "granted",
    "refused",
    "withdrawn",
    "deemed_withdrawn",
    "abandoned",
    "lapsed",
    "taken_over",
    "handed_over",
    "seen",
)
"""Columns of days, datetime64[D]; NaT: not told."""

COUNTS = (
    "claims",
    "independent_claims",
    "claims_granted",
    "claim_length",
    "claim_length_granted",
    "pages",
    "embodiments",
    "family_countries",
)
"""Columns of counts, float64; NaN: not told."""

ANSWERS = ("instructed", "pct", "high_value", "in_use")
"""Columns of yes and no, int8: 1, 0, −1 not told."""

_EPOCH = date(1970, 1, 1).toordinal()
_NO_DAY = int(np.datetime64("NaT", "D").astype(np.int64))

LABELLED = ("agent", "handler", "client", "field")
"""Columns of codes, int32, into ``Docket.labels``; 0 is "", not told."""


FIELDS = {
    "actions": "notices",
    "formality_notices": "notices",
    "signers": "agents",
    "suspected": "abnormal",
    "confirmed": "abnormal",
    "signed_by_worker": "drafter",
    "second_review": "reviewer",
    "outcome": "status",
}
"""The field of a case that a column is made from, where it has another name."""


@dataclass(frozen=True, slots=True)
class Docket:
    """The columns of a docket.

    Attributes:
        count: how many cases; ``as_of``: the day on which they stood so.
        numbers: application numbers, else references, shape (count,).
        columns: by name; ``tables``: by name, each its columns by name.
        labels: the names behind codes: of agents (also those of handlers), clients,
            fields (IPC sections).
    """

    count: int
    as_of: date
    numbers: Column
    columns: Mapping[str, Column]
    tables: Mapping[str, Table]
    labels: Mapping[str, tuple[str, ...]]

    def has(self, name: str) -> bool:
        """Whether the docket has a field: a column with any fact, or a table."""
        if name in self.tables:
            return True
        if name == "outcome":
            unknown = OUTCOMES.index(Outcome.UNKNOWN)
            return bool((self.columns[name] != unknown).any())
        column = self.columns.get(name)
        if column is None:
            return False
        return bool((column > 0 if name in self.labels else told(column)).any())


def told(column: Column) -> NDArray[np.bool_]:
    """Return where a column has a fact."""
    if column.dtype.kind == "M":
        return np.asarray(~np.isnat(column))
    if column.dtype.kind == "f":
        return np.asarray(~np.isnan(column))
    return np.asarray(column >= 0)


def columns_of(cases: Sequence[Case], as_of: date) -> Docket:
    """Return the columns of cases."""
    agents, clients, fields = Labels(), Labels(), Labels()
    columns: dict[str, Column] = {name: days(cases, name) for name in DAYS}
    columns |= {name: _counts(cases, name) for name in COUNTS}
    columns |= {name: _answers(map(attrgetter(name), cases)) for name in ANSWERS}
    columns["kind"] = _codes(KINDS, (c.kind for c in cases))
    columns["outcome"] = _outcomes(cases)
    columns["cause"] = _codes(CAUSES, (c.cause for c in cases))
    columns["was_granted"] = _answers(c.is_granted for c in cases)
    columns["agent"] = agents.codes(next(iter(c.agents), "") for c in cases)
    columns["handler"] = agents.codes(
        c.handler or next(iter(c.agents), "") for c in cases
    )
    columns["client"] = clients.codes(c.client for c in cases)
    columns["field"] = fields.codes(c.field[:1].upper() for c in cases)
    columns |= _notices(cases) | _roles(cases) | _findings(cases)
    tables = _tables(cases, agents)
    labels = {
        "agent": agents.names,
        "handler": agents.names,
        "client": clients.names,
        "field": fields.names,
    }
    numbers = np.array([case.number or case.reference for case in cases], dtype=object)
    return Docket(len(cases), as_of, numbers, columns, tables, labels)


class Labels:
    """Gives names codes as they come; "" is 0."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {"": 0}

    @property
    def names(self) -> tuple[str, ...]:
        """The names in the order of their codes."""
        return tuple(self._codes)

    def codes(self, names: Iterable[str]) -> Column:
        """Return the codes of names, new ones for those not met yet."""
        known = self._codes
        return np.array([known.setdefault(n, len(known)) for n in names], np.int32)


def days(rows: Iterable[Any], name: str) -> Column:
    """Return the days of an attribute of rows; None becomes NaT."""
    return days_of(map(attrgetter(name), rows))


def days_of(found: Iterable[date | None]) -> Column:
    """Return days as a column; None becomes NaT."""
    every = list(found)
    if every.count(None) == len(every):
        return np.full(len(every), "NaT", dtype="datetime64[D]")
    told_on = [_NO_DAY if day is None else day.toordinal() - _EPOCH for day in every]
    return np.array(told_on, dtype=np.int64).view("datetime64[D]")


def _counts(cases: Sequence[Case], name: str) -> Column:
    values = list(map(attrgetter(name), cases))
    if values.count(None) == len(values):
        return np.full(len(values), np.nan)
    return np.array([np.nan if one is None else one for one in values], dtype=float)


def _answers(answers: Iterable[bool | None]) -> Column:
    values = list(answers)
    if values.count(None) == len(values):
        return np.full(len(values), -1, np.int8)
    return np.array([-1 if one is None else int(one) for one in values], np.int8)


def _codes(known: tuple[Any, ...], values: Iterable[Any]) -> Column:
    places: dict[Any, int] = {one: place for place, one in enumerate(known)}
    return np.array([places.get(one, -1) for one in values], np.int8)


def _outcomes(cases: Sequence[Case]) -> Column:
    """Return the outcomes; all unknown where no case tells a status or an end."""
    told_any = any(case.status or case.has_ended_by_date for case in cases)
    if not told_any:
        return np.full(len(cases), OUTCOMES.index(Outcome.UNKNOWN), np.int8)
    return _codes(OUTCOMES, (case.outcome for case in cases))


def _notices(cases: Sequence[Case]) -> dict[str, Column]:
    """Return how many actions in substance and formality notices, and the first day.

    An action counts once, though it was made and mailed. Actions after the grant do
    not count.
    """
    actions, formal = np.full((2, len(cases)), np.nan)
    first = np.full(len(cases), "NaT", dtype="datetime64[D]")
    for place, case in enumerate(cases):
        if case.notices is None:
            continue
        kinds = [(one.kind, one.on) for one in counted_once(case.notices)]
        end = case.granted or date.max
        told_on = [
            on or date.max
            for kind, on in kinds
            if kind is NoticeKind.SUBSTANTIVE and (on is None or on <= end)
        ]
        actions[place] = len(told_on)
        formal[place] = sum(kind is NoticeKind.FORMALITY for kind, _ in kinds)
        if told_on and min(told_on) < date.max:
            first[place] = min(told_on)
    return {"actions": actions, "formality_notices": formal, "first_action": first}


def _roles(cases: Sequence[Case]) -> dict[str, Column]:
    """Return whether who signed wrote or reviewed, and whether a second one reviewed."""
    signed: list[bool | None] = []
    reviewed: list[bool | None] = []
    for case in cases:
        workers = {case.drafter, case.reviewer} - {""}
        signs = bool(workers & set(case.agents)) if case.agents and workers else None
        signed.append(signs)
        second = bool(case.reviewer) and case.reviewer != case.drafter
        reviewed.append(second if case.drafter or case.reviewer else None)
    return {"signed_by_worker": _answers(signed), "second_review": _answers(reviewed)}


def _findings(cases: Sequence[Case]) -> dict[str, Column]:
    """Return whether a case was suspected of abnormal filing, and whether confirmed."""
    every = [case.abnormal for case in cases]
    confirmed = AbnormalResult.CONFIRMED
    sure = (
        None if one is None else any(each.result is confirmed for each in one)
        for one in every
    )
    suspected = (None if one is None else bool(one) for one in every)
    return {"suspected": _answers(suspected), "confirmed": _answers(sure)}


def _tables(cases: Sequence[Case], agents: Labels) -> dict[str, Table]:
    """Return the tables of what a case has several of, those that any source told."""
    found: dict[str, Table] = {}
    if any(case.agents for case in cases):
        found["signers"] = _signers(cases, agents)
    for name, build in _TABLES:
        if any(getattr(case, name) is not None for case in cases):
            pairs = [
                (place, one)
                for place, case in enumerate(cases)
                for one in getattr(case, name) or ()
            ]
            rows = [one for _, one in pairs]
            owners = np.array([place for place, _ in pairs], dtype=np.int64)
            found[name] = {"case": owners, **build(rows)}
    waits = [
        (place, *one) for place, case in enumerate(cases) for one in waits_of(case)
    ]
    if waits:
        found["waiting"] = _waiting(waits)
    if "due_dates" in found:
        named = (d.agent for case in cases for d in case.due_dates or ())
        found["due_dates"] = {**found["due_dates"], "agent": agents.codes(named)}
    return found


def _waiting(rows: Sequence[tuple[int, Wait, date | None]]) -> Table:
    """Return what cases wait for, and the day of each."""
    return {
        "case": np.array([place for place, _, _ in rows], dtype=np.int64),
        "wait": _codes(WAITS, (wait for _, wait, _ in rows)),
        "day": days_of(day for _, _, day in rows),
    }


def _signers(cases: Sequence[Case], agents: Labels) -> Table:
    """Return who signed each case, shared equally where several did."""
    rows = [
        (place, agent, 1 / len(case.agents))
        for place, case in enumerate(cases)
        for agent in case.agents
    ]
    return {
        "case": np.array([place for place, _, _ in rows], dtype=np.int64),
        "agent": agents.codes(agent for _, agent, _ in rows),
        "share": np.array([share for _, _, share in rows], dtype=float),
    }


def _due_dates(rows: list[Any]) -> dict[str, Column]:
    return {
        **{name: days(rows, name) for name in ("due", "done", "restored")},
        "lost": np.array([row.lost for row in rows], dtype=bool),
    }


def _invalidations(rows: list[Any]) -> dict[str, Column]:
    results = tuple(InvalidationResult)
    return {
        "decided": days(rows, "decided"),
        "result": _codes(results, (row.result for row in rows)),
    }


def _reexaminations(rows: list[Any]) -> dict[str, Column]:
    won = np.array([row.won for row in rows], dtype=bool)
    return {"closed": days(rows, "closed"), "won": won}


def _dealings(rows: list[Any]) -> dict[str, Column]:
    inside = np.array([row.inside for row in rows], dtype=bool)
    return {"on": days(rows, "on"), "inside": inside}


def _complaints(rows: list[Any]) -> dict[str, Column]:
    return {"made": days(rows, "made"), "closed": days(rows, "closed")}


_TABLES: tuple[tuple[str, Callable[[list[Any]], dict[str, Column]]], ...] = (
    ("due_dates", _due_dates),
    ("reexaminations", _reexaminations),
    ("invalidations", _invalidations),
    ("dealings", _dealings),
    ("complaints", _complaints),
)
