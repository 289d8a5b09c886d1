"""The form of one event of the ledger: what happened, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QGridLayout, QLabel, QVBoxLayout, QWidget

from valuer.agency.credit_event_names import DECISIONS, EVENT_NAMES
from valuer.agency.credit_events import Event, Objection, Repair, Subject, checked
from valuer.agency.credit_packs import Rule, RulePack
from valuer.core.problems import Issue
from valuer.core.texts import N_, Message, message
from valuer.gui.agency.credit_files import EvidenceFiles
from valuer.gui.agency.credit_words import mark_words, rule_points
from valuer.gui.closing import Closing
from valuer.gui.fields import Choice, Entry, Lines, date_entry, text_entry
from valuer.gui.rows import FormArea, Rows
from valuer.gui.shell import Shell
from valuer.gui.words import Texts

LEFT = (
    "rule_code",
    "fact_id",
    "fact_date",
    "decision_date",
    "recorded_date",
    "published_on",
    "points",
    "document_no",
    "authority",
    "cases",
)
RIGHT = (
    "cured_on",
    "repair.applied_on",
    "repair.decided_on",
    "repair.granted",
    "objection.filed_on",
    "objection.decided_on",
    "objection.upheld",
    "note",
)
NEEDED = ("rule_code", "fact_id", "fact_date", "decision_date", "recorded_date")

HELP = {
    "fact_id": N_("Entries about one fact share it: of them the highest counts."),
    "recorded_date": N_("From this day the points count."),
    "published_on": N_("Where it is known."),
    "points": N_(
        "As the notice has them, without a sign; empty: as the rule has them."
    ),
    "cases": N_("One application number a line."),
    "cured_on": N_("The report was filed and the agency is off the list."),
}

_WIDE = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form is about.

    Attributes:
        given: what it begins with, by the names of ``EVENT_NAMES``.
        facts: those of the ledger.
    """

    subject: Subject
    pack: RulePack
    given: Mapping[str, Any] = field(default_factory=dict)
    facts: Sequence[str] = ()


class EventForm(QWidget):
    """Two columns; nothing is kept before ``read`` gives an event.

    What is not ``kept`` at all may be typed in any library, and has no documents.
    """

    def __init__(
        self, key: str, shell: Shell, parent: QWidget, *, kept: bool = True
    ) -> None:
        super().__init__(parent)
        self._shell, self._key = shell, key
        self._asked: Asked | None = None
        self._fields: dict[str, Any] = {}
        self._texts = Texts(shell.words, self)
        self.said = QLabel(self)
        self.said.setObjectName(f"{key}_rule_said")
        self.said.setProperty("part", "muted")
        self.said.setWordWrap(True)
        self.files = EvidenceFiles(key, shell, self)
        self.files.setVisible(kept)
        self._left, self._right = (
            Rows(shell.words, shell.theme, self, label_width=104) for _ in range(2)
        )
        self._lay_out(kept=kept)
        if kept:
            Closing(shell.library, self)
        shell.words.changed.connect(self._offer_rules)

    def put(self, asked: Asked) -> None:
        """Show an event, or empty fields for a new one."""
        self._asked = asked
        self._offer_rules()
        completer = QCompleter(sorted(set(asked.facts)), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field("fact_id").setCompleter(completer)
        for name in self._fields:
            self._put(name, asked.given.get(name))
        if "fact_id" not in asked.given:
            self.field("fact_id").put(_next_fact(asked.facts))
        self.files.put(asked.given.get("evidence_files", ()))
        self._tell_all({})
        self._say_rule()
        self.field("rule_code").setFocus()

    def field(self, name: str) -> Any:
        """Return the field of a part of the event."""
        return self._fields[name]

    def read(self) -> Event | None:
        """Return the event as it is typed; None where something is wrong, and says so."""
        wrong: dict[str, Message] = {}
        for name, part in self._fields.items():
            if isinstance(part, Entry) and not part.is_readable:
                wrong[name] = message(N_("What is typed cannot be read."))
            elif name in NEEDED and part.value is None:
                wrong[name] = message(N_("This must be stated."))
        wrong.update({} if wrong else self._half_said())
        if wrong or self._asked is None:
            self._tell_all(wrong)
            return None
        event = self._typed()
        asked = self._asked
        for issue in checked(asked.pack, asked.subject, [event]):
            name, wording = in_words(issue)
            wrong.setdefault(name, wording)
        self._tell_all(wrong)
        return None if wrong else event

    def _half_said(self) -> dict[str, Message]:
        """Return where a decision lacks its day or its outcome, or what it is about."""
        found: dict[str, Message] = {}
        for outcome in DECISIONS:
            part, _, _ = outcome.partition(".")
            on, is_known = f"{part}.decided_on", self._value(outcome) is not None
            if is_known and self._value(on) is None:
                found[on] = message(N_("State the day of the decision."))
            if not is_known and self._value(on) is not None:
                found[outcome] = message(N_("Choose how it was decided."))
        applied, decided = "repair.applied_on", "repair.decided_on"
        if self._value(applied) is None and self._value(decided) is not None:
            found[applied] = message(N_("State when the repair was applied for."))
        return found

    def _typed(self) -> Event:
        given = {name: self._value(name) for name in self._fields}
        repair, objection = (
            [given.pop(name) for name in [*given] if name.startswith(f"{part}.")]
            for part in ("repair", "objection")
        )
        words = ("document_no", "authority", "note")
        given |= {name: given[name] or "" for name in words}
        given["cases"] = self.field("cases").entries
        return Event(
            **given,
            repair=Repair(*repair) if repair[0] is not None else None,
            objection=Objection(*objection)
            if any(one is not None for one in objection)
            else None,
            points_source="" if given["points"] is None else "manual",
            evidence_files=self.files.value,
        )

    def _value(self, name: str) -> Any:
        return self._fields[name].value

    def _put(self, name: str, value: Any) -> None:
        part = self._fields[name]
        if isinstance(part, Lines):
            part.put("\n".join(value) if isinstance(value, tuple) else value or "")
        else:
            part.put(value)

    def _tell_all(self, wrong: dict[str, Message]) -> None:
        for rows in (self._left, self._right):
            for row in rows.rows():
                row.tell(wrong.get(row.key.removeprefix(f"{self._key}_")))

    def _offer_rules(self) -> None:
        asked, language = self._asked, self._shell.words.language
        if asked is not None:
            rules = asked.pack.rules(asked.subject.kind).values()
            choice = self.field("rule_code")
            choice.offer([(rule.code, rule.named(language)) for rule in rules])
            self._say_rule()

    def _say_rule(self) -> None:
        rule = self._rule()
        self.said.setText("" if rule is None else self._rule_words(rule))

    def _rule(self) -> Rule | None:
        if self._asked is None:
            return None
        rules = self._asked.pack.rules(self._asked.subject.kind)
        return rules.get(self.field("rule_code").value)

    def _rule_words(self, rule: Rule) -> str:
        """Return legal basis, points and mark of the rule chosen."""
        words = self._shell.words
        told = [
            words.tell(N_("Points: {points}"), points=rule_points(rule, words)),
            mark_words(rule.mark, words),
            rule.legal,
            rule.source,
        ]
        return "\n".join(one for one in told if one)

    def _lay_out(self, *, kept: bool) -> None:
        for rows, names in ((self._left, LEFT), (self._right, RIGHT)):
            for name in names:
                self._fields[name] = self._make(name)
                key, said = f"{self._key}_{name}", HELP.get(name, "")
                row = rows.add(key, EVENT_NAMES[name], self._fields[name], said)
                self._fields[name].committed.connect(partial(row.tell, None))
                if name == "rule_code":
                    rows.divide(self.said)
        self.field("rule_code").committed.connect(self._say_rule)
        sheet = QWidget(self)
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(24)
        grid.addWidget(self._left, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(self._beside(sheet, kept=kept), 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(1, 1)
        area = FormArea(self)
        area.setWidget(sheet)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _beside(self, sheet: QWidget, *, kept: bool) -> QVBoxLayout:
        """Return the right column: what became of it, and the documents behind it."""
        beside = QVBoxLayout()
        beside.addWidget(self._right)
        if kept:
            label = QLabel(sheet)
            label.setProperty("part", "muted")
            self._texts.put(label.setText, EVENT_NAMES["evidence_files"])
            beside.addWidget(label)
            beside.addWidget(self.files)
        beside.addStretch(1)
        return beside

    def _make(self, name: str) -> Any:
        if name == "rule_code":
            choice = Choice(self._shell.words, self)
            shrunk = Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            choice.setSizeAdjustPolicy(shrunk)
            choice.setMinimumWidth(_WIDE)
            return choice
        if name in DECISIONS:
            choice = Choice(self._shell.words, self)
            said = DECISIONS[name].items()
            choice.offer([(None, N_("Not decided")), *said])
            return choice
        if name.endswith(("_date", "_on")):
            return date_entry(self)
        if name == "points":
            return points_entry(self)
        if name in ("cases", "note"):
            lines = Lines(3 if name == "cases" else 2, self)
            lines.setMinimumWidth(_WIDE)
            return lines
        entry = text_entry(self)
        entry.setFixedWidth(_WIDE if name != "fact_id" else 160)
        return entry


def points_entry(parent: QWidget) -> Entry:
    """Return a field for points, exact to the last digit."""
    entry = Entry(read_points, _plain, parent)
    entry.setFixedWidth(88)
    return entry


def read_points(text: str) -> Decimal | None:
    """Return points as they are typed, None where it is no number."""
    try:
        found = Decimal(text.replace("−", "-").replace("．", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _plain(points: Decimal) -> str:
    return f"{points:f}"


def in_words(issue: Issue) -> tuple[str, Message]:
    """Return the part of the event that an issue is about, and the issue in words."""
    named = [one for _, one in issue.wording.values if one in EVENT_NAMES]
    told = {
        key: message(EVENT_NAMES[one]) if one in EVENT_NAMES else one
        for key, one in issue.wording.values
    }
    if {"earlier", "later"} <= {*told}:
        # The ledger's own wording names fields as a file has them.
        text = N_("{later} ({second}) lies before {earlier} ({first}).")
        return named[0], message(text, **told)
    name = named[-1] if named else "rule_code"
    return name, message(issue.wording.text, **told)


def _next_fact(facts: Sequence[str]) -> str:
    """Return a name for a fact that the ledger does not have."""
    number = len(set(facts)) + 1
    while f"F{number}" in facts:
        number += 1
    return f"F{number}"
