"""The credit page on a library with a ledger; the clock stands still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from valuer.agency.credit_events import Event, Subject
from valuer.agency.credit_packs import SubjectKind
from valuer.agency.credit_subjects import CreditSubjects, KnownSubject
from valuer.gui.credit_desk import CreditDesk
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.credit import CreditPage
from valuer.store.credit import put_event
from valuer.store.credit_settings import (
    CREDIT_SUBJECTS,
)
from valuer.store.library import open_library
from valuer.store.settings import (
    put_setting,
)

AGENCY = Subject(SubjectKind.AGENCY, "32100")
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)

LISTED = Event(
    "AG-AR-LATE",
    "F1",
    *[date(2026, 4, 1)] * 2,
    date(2026, 4, 3),
    cured_on=date(2026, 4, 28),
)
BUSY = Event("AG-VOL", "F2", date(2025, 12, 31), *[date(2026, 7, 13)] * 2)
PRAISED = Event("AB-HONOUR", "F3", *[date(2026, 6, 10)] * 3, Decimal("6"))
WARNED = Event("AG-WARN", "F4", *[date(2026, 10, 12)] * 3)

Show = Callable[..., CreditPage]


@pytest.fixture
def ledger_library(empty_library: Path) -> Path:
    """A library whose agency has two deductions and a bonus: 100 − 25 + 6 = 81, B."""
    with open_library(empty_library) as opened, opened.change() as connection:
        known = KnownSubject(AGENCY, "某某专利代理事务所", "CN-32")
        put_setting(connection, CREDIT_SUBJECTS, CreditSubjects((known,)))
        for event in (LISTED, BUSY, PRAISED):
            put_event(connection, AGENCY, event, "顾某宁", NOW)
    return empty_library


@pytest.fixture
def show_credit(
    open_window: Callable[..., MainWindow],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Show:
    """Opens the credit page of a library, as of 2026-11-23."""
    monkeypatch.setattr(CreditDesk, "today", lambda _: TODAY)

    def show(library: Path, language: str = "zh_CN") -> CreditPage:
        window = open_window(library, language)
        page = window.place("credit")
        assert isinstance(page, CreditPage)
        settle(page, qtbot)
        return page

    return show


@pytest.fixture
def credit_page(show_credit: Show, ledger_library: Path) -> CreditPage:
    """The page of that library."""
    return show_credit(ledger_library)


def settle(page: CreditPage, qtbot: QtBot) -> None:
    """Wait until what was asked for is shown."""
    tasks = page.window().shell.tasks
    qtbot.waitUntil(lambda: not tasks.running, timeout=30_000)


def desk(page: CreditPage) -> CreditDesk:
    return page.window().shell.desk.credit


def texts(table: Any) -> list[list[str]]:
    """Return the cells of a table of rows, as they are shown."""
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def type_into(field: Any, text: str) -> None:
    """Type a text into a field and leave it."""
    field.setText(text)
    field.setModified(True)
    field.editingFinished.emit()


def pick(choice: Any, key: Any) -> None:
    """Choose a key."""
    choice.put(key)
    choice.committed.emit()
