"""The filter bar of the metrics: period, kinds, clients, agents, fields, and grouping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from valuer.agency.columns import Docket
from valuer.agency.metric import Grouping, Question
from valuer.agency.quality_words import group_name
from valuer.core.patents import KIND_NAMES, PatentKind
from valuer.core.periods import add_months
from valuer.core.texts import N_, Message
from valuer.gui.agency.metrics_several import Several
from valuer.gui.fields import Choice, Entry, date_entry
from valuer.gui.words import Texts, Words


class Period(StrEnum):
    """Quick choices of a period."""

    YEAR = "last_12_months"
    THIS = "this_year"
    LAST = "last_year"
    ALL = "all"
    CUSTOM = "custom"


PERIODS = (
    (Period.YEAR, N_("Last 12 months")),
    (Period.THIS, N_("This year")),
    (Period.LAST, N_("Last year")),
    (Period.ALL, N_("Any time")),
    (Period.CUSTOM, N_("From … to …")),
)

GROUPINGS: tuple[tuple[Grouping | None, str], ...] = (
    (None, N_("Not grouped")),
    (Grouping.AGENT, N_("By agent")),
    (Grouping.CLIENT, N_("By client")),
    (Grouping.FIELD, N_("By IPC section")),
    (Grouping.MONTH, N_("By month")),
)


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; ``first`` and ``last`` hold where the period is custom."""

    period: Period = Period.YEAR
    first: date | None = None
    last: date | None = None
    kinds: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    by: Grouping | None = None

    def question(self, today: date) -> Question:
        """Return the question that is asked of the docket on a day."""
        first, last = self._days(today)
        return Question(
            first,
            last,
            self.by,
            tuple(PatentKind(one) for one in self.kinds),
            self.agents,
            self.clients,
            self.fields,
        )

    def _days(self, today: date) -> tuple[date | None, date | None]:
        match self.period:
            case Period.YEAR:
                return add_months(today, -12) + timedelta(days=1), today
            case Period.THIS:
                return date(today.year, 1, 1), today
            case Period.LAST:
                return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
            case Period.CUSTOM:
                return self.first, self.last
        return None, None


class FilterBar(QWidget):
    """One line of choices; ``changed`` when another is made."""

    changed = Signal()

    def __init__(self, words: Words, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._words, self._texts = words, Texts(words, self)
        self.period = self._choice("metrics_period", N_("Period"), PERIODS)
        self.period.put(Period.YEAR)
        year = Filter().question(today)
        self.first = self._day("metrics_first", N_("First day"), year.first)
        self.last = self._day("metrics_last", N_("Last day"), year.last)
        self.kinds = self._several(N_("Kinds"), "metrics_kinds", N_("All kinds"))
        self.kinds.offer([(str(one), KIND_NAMES[one]) for one in PatentKind])
        self.clients = self._several(
            N_("Clients of the agency"), "metrics_clients", N_("All clients")
        )
        self.agents = self._several(N_("Agents"), "metrics_agents", N_("All agents"))
        self.fields = self._several(
            N_("IPC sections"), "metrics_fields", N_("All IPC sections")
        )
        self.by = self._choice("metrics_by", N_("Grouping"), GROUPINGS)
        self.by.put(None)
        self._lay_out()
        self._show_days()

    @property
    def filter(self) -> Filter:
        """What is chosen."""
        return Filter(
            self.period.value,
            self.first.value,
            self.last.value,
            self.kinds.value,
            self.clients.value,
            self.agents.value,
            self.fields.value,
            self.by.value,
        )

    def put(self, chosen: Filter) -> None:
        """Show a choice and tell of it."""
        self.period.put(chosen.period)
        if chosen.period is Period.CUSTOM:
            self.first.put(chosen.first)
            self.last.put(chosen.last)
        self.kinds.put(chosen.kinds)
        self.clients.put(chosen.clients)
        self.agents.put(chosen.agents)
        self.fields.put(chosen.fields)
        self.by.put(chosen.by)
        self._changed()

    def group(self, by: Grouping | None) -> None:
        """Group in another way."""
        self.put(replace(self.filter, by=by))

    def offer(self, docket: Docket) -> None:
        """Offer the clients, agents and fields of a docket."""
        clients, agents, fields = (
            _named(docket.labels.get(name, ()), by)
            for name, by in (
                ("client", Grouping.CLIENT),
                ("agent", Grouping.AGENT),
                ("field", Grouping.FIELD),
            )
        )
        self.clients.offer(clients)
        self.agents.offer(agents)
        self.fields.offer(fields)

    def _choice(
        self, key: str, name: str, offers: Sequence[tuple[object, str]]
    ) -> Choice:
        choice = Choice(self._words, self)
        choice.offer(offers)
        choice.committed.connect(self._changed)
        self._texts.name(choice, key, name)
        return choice

    def _day(self, key: str, name: str, day: date | None) -> Entry:
        entry = date_entry(self)
        entry.put(day)
        entry.committed.connect(self._changed)
        self._texts.name(entry, key, name)
        return entry

    def _several(self, name: str, key: str, every: str) -> Several:
        several = Several(key, name, every, self._words, self)
        several.committed.connect(self._changed)
        return several

    def _lay_out(self) -> None:
        self._days = QWidget(self)
        to = QLabel(self._days)
        to.setProperty("part", "muted")
        self._texts.put(to.setText, N_("to"))
        days = QHBoxLayout(self._days)
        days.setContentsMargins(0, 0, 0, 0)
        for widget in (self.first, to, self.last):
            days.addWidget(widget)
        days.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.period)
        for several in (self.kinds, self.clients, self.agents, self.fields):
            line.addWidget(several)
        line.addWidget(self.by)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addWidget(self._days)

    def _changed(self) -> None:
        self._show_days()
        self.changed.emit()

    def _show_days(self) -> None:
        self._days.setVisible(self.period.value == Period.CUSTOM)


def _named(names: Sequence[str], by: Grouping) -> list[tuple[str, Message | str]]:
    """Return names in order, what is not told last."""
    ordered = sorted(names, key=lambda name: (not name, name))
    return [(name, group_name(name, by)) for name in ordered]
