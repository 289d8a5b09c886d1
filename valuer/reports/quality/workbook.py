"""The figures of a docket as a workbook: to be filtered, counted again, and passed on.

What was asked and by whom stands on the first sheet; then the metrics, groups, cohorts,
definitions, and the cases behind. There every rate has a column: 1 is a hit, 0 counts
without being one, so that sum and count give the figure again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from valuer import __version__
from valuer.agency import quality_words
from valuer.agency.aggregates import cohort_aggregates, followed
from valuer.agency.cohorts import COHORT, cohorts_of
from valuer.agency.columns import FIELDS, Docket
from valuer.agency.docket import Case
from valuer.agency.docket_fields import label_of
from valuer.agency.metric import (
    Grouping,
    Metric,
    Question,
    Shape,
    Unit,
    benchmarks,
)
from valuer.agency.metrics import METRICS, metric
from valuer.agency.quality import Row, answer
from valuer.agency.ranking import ranked
from valuer.core.patents import KIND_NAMES
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_, say, tr
from valuer.reports.quality.workbook_cases import cases_sheet
from valuer.reports.workbook import (
    BARE,
    DECIMAL,
    PERCENT,
    TEXT,
    WHOLE,
    Formed,
    Sheet,
    SheetColumn,
    Value,
    workbook,
)

_HORIZONS = (12, 24, 36)
_PERSONS = (Grouping.AGENT, Grouping.CLIENT, Grouping.FIELD)
_FORMS = {Unit.SHARE: PERCENT, Unit.CHARACTERS: WHOLE}


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who exports, for which house, when (with its zone), in which language."""

    house: str
    author: str
    at: datetime
    language: str


def quality_workbook(
    docket: Docket,
    question: Question,
    cases: Sequence[Case],
    stamp: Stamp,
    metrics: Sequence[Metric] = METRICS,
    progress: Progress = ignore,
) -> bytes:
    """Return the workbook of what a docket answers to a question.

    Args:
        docket: the columns of the cases.
        question: as on the screen; by ``by``, else by agent, client and field.
        cases: of the docket; their references and titles are printed.
        stamp: who exports, and when.
        metrics: those wanted.
        progress: may raise ``Cancelled``.

    Raises:
        UserError: the period ends before it begins.
    """
    book = _Book(docket, question, stamp, tuple(metrics))
    sheets = (
        book.about(),
        book.figures(),
        book.groups(),
        book.cohorts(),
        book.definitions(),
        cases_sheet(docket, question, cases, metrics, stamp.language),
    )
    title = book.say(N_("Filing quality"))
    at = stamp.at
    return workbook(sheets, title=title, author=stamp.house, at=at, progress=progress)


class _Book:
    """The sheets, each made from one docket and one question."""

    def __init__(
        self,
        docket: Docket,
        question: Question,
        stamp: Stamp,
        metrics: tuple[Metric, ...],
    ) -> None:
        self._docket, self._question, self._stamp = docket, question, stamp
        self._metrics = metrics
        self._whole = replace(question, by=None)

    def say(self, text: str, **values: object) -> str:
        """Return a marked text in the workbook's language."""
        return tr(text, self._stamp.language, **values)

    def about(self) -> Sheet:
        """Return who asked for what, and when."""
        columns = (SheetColumn("", TEXT, 26), SheetColumn("", TEXT, 80))
        return Sheet(
            self.say(N_("About")), columns, tuple(self._about()), has_heads=False
        )

    def _about(self) -> Iterator[tuple[Value, Value]]:
        asked, stamp = self._question, self._stamp
        yield self.say(N_("Filing quality")), stamp.house
        yield self.say(N_("Made by")), stamp.author
        yield self.say(N_("Made at")), stamp.at.strftime("%Y-%m-%d %H:%M %z").strip()
        yield self.say(N_("Program")), f"Valuer {__version__}"
        yield self.say(N_("Docket as of")), self._docket.as_of.isoformat()
        yield self.say(N_("Cases in the docket")), str(self._docket.count)
        everything = self.say(N_("no limit"))
        limits = (
            (N_("From"), (asked.first.isoformat(),) if asked.first else ()),
            (N_("To"), (asked.last.isoformat(),) if asked.last else ()),
            (N_("Kind"), tuple(self.say(KIND_NAMES[one]) for one in asked.kinds)),
            (N_("Agent"), asked.agents),
            (N_("Client"), asked.clients),
            (N_("IPC section"), asked.fields),
        )
        for text, names in limits:
            yield self.say(text), "; ".join(names) or everything
        by = asked.by and self.say(quality_words.GROUPING_NAMES[asked.by])
        yield (
            self.say(N_("Grouped by")),
            by or self.say(N_("agent, client, IPC section")),
        )
        yield (
            self.say(N_("On time")),
            self.say(N_("{days} days before the last day"), days=asked.days_before),
        )
        yield (
            self.say(N_("Intervals")),
            self.say(N_("95%; without a rank where wider than 10 points either way")),
        )

    def figures(self) -> Sheet:
        """Return the metrics as filtered, all cases in one."""
        columns = (
            SheetColumn(self.say(N_("Key")), TEXT, 18),
            SheetColumn(self.say(N_("Metric")), TEXT, 42),
            *self._figure_columns(),
            SheetColumn(self.say(N_("Fields missing")), TEXT, 28),
            SheetColumn(self.say(N_("Published figure")), DECIMAL, 14),
            SheetColumn(self.say(N_("Year")), BARE, 8),
        )
        rows = tuple(
            (
                row.key,
                self.say(metric(row.key).name),
                *self._figures(row),
                self._missing(row),
                _benchmark(row),
                row.benchmark.year if row.benchmark else None,
            )
            for row in answer(self._docket, self._whole, self._metrics)
        )
        return Sheet(self.say(N_("Metrics")), columns, rows)

    def _figure_columns(self) -> tuple[SheetColumn, ...]:
        heads = (
            (N_("Counted (n)"), WHOLE),
            (N_("Of these"), WHOLE),
            (N_("Rate or figure"), DECIMAL),
            (N_("Interval from"), DECIMAL),
            (N_("Interval to"), DECIMAL),
            (N_("Unit"), TEXT),
            (N_("Left out"), WHOLE),
            (N_("Facts lacking"), WHOLE),
        )
        return tuple(SheetColumn(self.say(head), form, 12) for head, form in heads)

    def _figures(self, row: Row) -> tuple[Value | Formed, ...]:
        form = _form(metric(row.key))
        return (
            row.n,
            row.numerator,
            Formed(row.value, form),
            Formed(row.low, form),
            Formed(row.high, form),
            self._unit(row.key),
            row.excluded,
            row.lacking,
        )

    def _unit(self, key: str) -> str:
        asked = metric(key)
        name = quality_words.UNITS[asked.unit]
        name = name if name in ("", "%") else self.say(name)
        if asked.per == 1:
            return name
        return self.say(N_("per {count}"), count=f"{asked.per:,}")

    def _missing(self, row: Row) -> str:
        names = (say(label_of(name), self._stamp.language) for name in row.missing)
        return "; ".join(names)

    def groups(self) -> Sheet:
        """Return the metrics by group, with ranks where enough is known."""
        columns = (
            SheetColumn(self.say(N_("By")), TEXT, 12),
            SheetColumn(self.say(N_("Group of cases")), TEXT, 28),
            SheetColumn(self.say(N_("Key")), TEXT, 18),
            SheetColumn(self.say(N_("Metric")), TEXT, 42),
            SheetColumn(self.say(N_("Rank")), BARE, 8),
            *self._figure_columns(),
        )
        return Sheet(self.say(N_("By group")), columns, self._group_rows())

    def _group_rows(self) -> Iterator[tuple[Value | Formed, ...]]:
        by = self._question.by
        for grouping in _PERSONS if by is None else (by,):
            name = self.say(quality_words.GROUPING_NAMES[grouping])
            asked = replace(self._question, by=grouping)
            for one in self._metrics:
                for rank, row in self._placed(asked, one):
                    group = self._group(row.group or "", grouping)
                    head = (name, group, row.key, self.say(one.name), rank)
                    yield (*head, *self._figures(row))

    def _placed(self, asked: Question, one: Metric) -> list[tuple[int | None, Row]]:
        """Return the groups of which any case counts, with their ranks."""
        rows = answer(self._docket, asked, (one,))
        rows = tuple(row for row in rows if row.n and row.group is not None)
        if asked.by in _PERSONS:
            return list(ranked(rows))
        return [(None, row) for row in rows]

    def _group(self, group: str, by: Grouping) -> str:
        if group and by is not Grouping.FIELD:
            return group  # a name; no text of ours
        return say(quality_words.group_name(group, by), self._stamp.language)

    def cohorts(self) -> Sheet:
        """Return what became of the inventions of each quarter of filing."""
        granted = (
            (N_("Granted within {months} months"), PERCENT),
            (N_("{months} months, interval from"), PERCENT),
            (N_("{months} months, interval to"), PERCENT),
            (N_("Lost within {months} months"), PERCENT),
        )
        columns = (
            SheetColumn(self.say(N_("Filed in")), TEXT, 12),
            SheetColumn(self.say(N_("Inventions (n)")), WHOLE, 12),
            SheetColumn(self.say(N_("Granted so far")), WHOLE, 12),
            SheetColumn(self.say(N_("Lost so far")), WHOLE, 12),
            SheetColumn(self.say(N_("Pending")), WHOLE, 12),
            *(
                SheetColumn(self.say(text, months=months), form, 14)
                for months in _HORIZONS
                for text, form in granted
            ),
        )
        return Sheet(self.say(N_("Cohorts")), columns, tuple(self._cohorts()))

    def _cohorts(self) -> Iterator[tuple[Value | Formed, ...]]:
        for one in cohort_aggregates(self._docket, self._whole, COHORT):
            days, fates = followed(one)
            none = np.zeros(len(days), dtype=np.int64)
            (found,) = cohorts_of(days, fates, none, (one.group or "",), _HORIZONS)
            counts = [int((fates == fate).sum()) for fate in (1, 2, 0)]
            parts = (found.granted, found.granted_low, found.granted_high, found.lost)
            shares = np.stack(parts, axis=-1).ravel().tolist()
            chances = (share if np.isfinite(share) else None for share in shares)
            yield (found.quarter, found.n, *counts, *chances)

    def definitions(self) -> Sheet:
        """Return what every metric is, and the published figure beside it."""
        heads = (
            (N_("Key"), 18),
            (N_("Metric"), 36),
            (N_("What is measured"), 60),
            (N_("Formula"), 44),
            (N_("Not counted"), 44),
            (N_("Fields needed"), 30),
            (N_("How it is reckoned"), 44),
            (N_("Published figure"), 16),
            (N_("Of what"), 40),
            (N_("Source"), 40),
            (N_("Mark"), 30),
        )
        columns = tuple(
            SheetColumn(self.say(head), TEXT, width) for head, width in heads
        )
        rows = tuple(self._definition(one) for one in self._metrics)
        return Sheet(self.say(N_("Definitions")), columns, rows)

    def _definition(self, one: Metric) -> tuple[Value, ...]:
        tongue = self._stamp.language
        found = benchmarks().get(one.key)
        needed = (say(label_of(FIELDS.get(name, name)), tongue) for name in one.needs)
        return (
            one.key,
            self.say(one.name),
            self.say(one.definition),
            self.say(one.formula),
            self.say(one.exclusions),
            "; ".join(dict.fromkeys(needed)),
            self.say(quality_words.STATISTICS[one.shape]),
            say(quality_words.benchmark_words(found), tongue),
            found.what if found else "",
            found.source if found else "",
            say(quality_words.mark_words(found), tongue) if found else "",
        )


def _form(asked: Metric) -> str:
    if asked.shape is Shape.PEAK:
        return WHOLE
    if asked.shape is Shape.CONCENTRATION:
        return "0.000"
    return _FORMS.get(asked.unit, DECIMAL)


def _benchmark(row: Row) -> Formed | None:
    found = row.benchmark
    return Formed(found.value, _FORMS.get(found.unit, DECIMAL)) if found else None
