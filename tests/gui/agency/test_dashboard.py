"""The dashboard in a window: figures, what waits, where a press leads."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.agency.hand_docket import case
from tests.agency.invented_agency import invented
from tests.gui.agency.metrics_shown import library_of
from valuer.agency.credit_events import Event, Subject
from valuer.agency.credit_packs import SubjectKind
from valuer.agency.docket import Case, DueDate
from valuer.agency.statuses import Outcome
from valuer.gui.agency.dashboard import Dashboard
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.docket import DocketPage
from valuer.gui.pages.metrics import MetricsPage
from valuer.gui.pages.quality import QualityPage
from valuer.store.credit import put_event
from valuer.store.docket import DocketFilter
from valuer.store.docket_board import BOARD, keep_board
from valuer.store.library import open_library

TODAY = date(2026, 9, 30)
MOMENT = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)
PATIENCE = 30_000
AGENCY = Subject(SubjectKind.AGENCY, "32201")
LATE = Event(
    "AG-AR-LATE", "late report", date(2026, 4, 1), date(2026, 4, 1), date(2026, 4, 1)
)

Open = Callable[..., Dashboard]


def waiting_cases() -> tuple[Case, ...]:
    """Two due dates passed, one within a week, one within a month."""
    days = (-9, -2, 3, 25)
    return tuple(
        case(
            n, status="进入实审", due_dates=(DueDate(TODAY + timedelta(days=days[n])),)
        )
        for n in range(len(days))
    )


@pytest.fixture(scope="module")
def stocked_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with invented cases and a few that wait."""
    cases, _ = invented(400, 11)
    path = tmp_path_factory.mktemp("stocked") / "案卷.valuer"
    return library_of(path, (*cases, *waiting_cases()))


@pytest.fixture
def open_board(
    open_window: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot
) -> Open:
    """Opens the dashboard of a copy of a library, on the day of the docket."""

    def open_one(library: Path, *, today: date = TODAY, language: str = "zh_CN"):
        copy = tmp_path / "案卷.valuer"
        if library != copy:
            shutil.copy(library, copy)
        window = open_window(copy, language)
        window.shell.desk.clock = lambda: datetime(
            today.year, today.month, today.day, 4, tzinfo=UTC
        )
        board = quality_of(window).leaf("overview")
        assert isinstance(board, Dashboard)
        qtbot.waitUntil(lambda: board.is_settled, timeout=PATIENCE)
        return board

    return open_one


def quality_of(window: MainWindow) -> QualityPage:
    page = window.place("quality")
    assert isinstance(page, QualityPage)
    return page


def window_of(board: Dashboard) -> MainWindow:
    window = board.window()
    assert isinstance(window, MainWindow)
    return window


def tile(board: Dashboard, key: str) -> tuple[str, str, str]:
    card = board.tiles.cards[key]
    return card.value.text(), card.trend.whole, card.interval.whole


def rows(board: Dashboard) -> dict[str, int]:
    lines = (row.line for row in board.waiting.rows if not row.isHidden())
    return {line.key: line.count for line in lines if line is not None}


def test_every_tile_shows_its_number_or_what_is_missing(open_board, stocked_library):
    board = open_board(stocked_library)
    shown = {key: tile(board, key) for key in board.tiles.cards}
    assert all(value != "…" for value, _, _ in shown.values())
    value, _, interval = shown["Q01"]
    assert value.endswith("%")
    assert "n " in interval or "n=" in interval.replace(" ", "")
    # The invented agency's lists do not tell when examination began.
    assert shown["Q07"][0] == "—"
    assert shown["Q07"][2]


def test_no_arrow_stands_where_the_difference_may_be_chance(
    open_board, stocked_library
):
    board = open_board(stocked_library)
    for key, card in board.tiles.cards.items():
        found = card.tile
        arrow = card.trend.whole[:1] in ("▲", "▼")
        assert arrow == found.change.is_sure, key


def test_a_clear_fall_bears_an_arrow_and_its_side(open_board, tmp_path: Path):
    def due(day: date, *, done: bool) -> DueDate:
        return DueDate(day, done=day if done else day + timedelta(days=9))

    before = [due(date(2025, 3, 3), done=True) for _ in range(200)]
    now = [due(date(2026, 3, 3), done=number % 4 > 0) for number in range(200)]
    one = case(1, status="进入实审", due_dates=tuple(before + now))
    board = open_board(library_of(tmp_path / "落.valuer", (one,)))
    value, trend, _ = tile(board, "Q28")
    assert value == "75.0%"
    assert trend.startswith("▼")
    assert board.tiles.cards["Q28"].trend.property("part") == "warn"


@pytest.mark.parametrize("key", ["Q28", "Q03_36"])
def test_a_tile_leads_to_its_metric_and_the_same_figure(
    open_board, stocked_library, qtbot: QtBot, key: str
):
    board = open_board(stocked_library)
    card = board.tiles.cards[key]
    qtbot.keyClick(card, Qt.Key.Key_Return)
    page = quality_of(window_of(board)).leaf("metrics")
    assert isinstance(page, MetricsPage)
    qtbot.waitUntil(lambda: page.is_settled, timeout=PATIENCE)
    row = page.table.metric_row
    assert row == card.tile.row


def test_what_waits_is_counted_and_leads_to_its_cases(
    open_board, stocked_library, qtbot: QtBot
):
    board = open_board(stocked_library)
    assert rows(board)["overdue"] == 2
    place = next(
        row for row in board.waiting.rows if row.line and row.line.key == "overdue"
    )
    qtbot.mouseClick(place, Qt.MouseButton.LeftButton)
    page = quality_of(window_of(board)).leaf("docket")
    assert isinstance(page, DocketPage)
    assert page.filters.picked is not None
    assert page.filters.picked.numbers == tuple(
        one.number for one in waiting_cases()[:2]
    )


@pytest.mark.parametrize(("days", "count"), [(7, 1), (15, 1), (30, 2)])
def test_due_dates_are_looked_at_as_far_ahead_as_one_likes(
    open_board, stocked_library, days: int, count: int
):
    board = open_board(stocked_library)
    board.waiting.horizon.put(days)
    board.waiting.horizon.committed.emit()
    assert rows(board)["due"] == count


def test_an_empty_docket_says_so_and_leads_to_the_import(
    open_board, empty_library: Path, qtbot: QtBot
):
    board = open_board(empty_library)
    assert board._body.currentIndex() == 1
    assert not rows(board)
    qtbot.mouseClick(
        board.findChild(type(board.credit.button), "dashboard_import"),
        Qt.MouseButton.LeftButton,
    )
    quality = quality_of(window_of(board))
    assert quality.tabs.currentIndex() == 1


def test_an_empty_ledger_claims_no_score(open_board, empty_library: Path):
    board = open_board(empty_library)
    assert not any(digit in board.credit.value.text() for digit in "0123456789")
    assert board.credit.chart is None


@pytest.fixture
def with_ledger(tmp_path: Path, stocked_library: Path) -> Path:
    """The library with a late annual report of the agency in its ledger."""
    path = tmp_path / "案卷.valuer"
    shutil.copy(stocked_library, path)
    with open_library(path) as library, library.change() as connection:
        put_event(connection, AGENCY, LATE, "周以宁", MOMENT)
    return path


def test_the_ledger_gives_grade_total_line_and_deadlines(open_board, with_ledger):
    board = open_board(with_ledger)
    # 100 − 20, not cured within a month: worked example 4b of the reference.
    assert "80" in board.credit.value.text()
    assert "B" in board.credit.value.text()
    assert board.credit.chart is not None
    assert "credit" in rows(board)


def test_a_kept_board_is_shown_without_reckoning(
    open_board, stocked_library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "案卷.valuer"
    shutil.copy(stocked_library, path)
    with open_library(path) as library, library.change() as connection:
        keep_board(connection, TODAY)

    def refuse(*_: object) -> None:
        raise AssertionError("reckoned anew")

    reckoning = "valuer.gui.agency.dashboard_reckoning.reckoned"
    monkeypatch.setattr(reckoning, refuse)
    board = open_board(path)
    assert tile(board, "Q01")[0].endswith("%")
    assert rows(board)["overdue"] == 2


def test_a_board_of_yesterday_is_shown_and_reckoned_anew(
    open_board, stocked_library, tmp_path: Path
):
    path = tmp_path / "案卷.valuer"
    shutil.copy(stocked_library, path)
    with open_library(path) as library, library.change() as connection:
        keep_board(connection, TODAY - timedelta(days=1))
    board = open_board(path)
    assert TODAY.isoformat() in board.heading.note.text()
    desk = window_of(board).shell.desk
    assert desk.docket.kept_answer(BOARD, desk.docket.state()) is not None


def test_an_edited_case_changes_the_board(open_board, stocked_library, qtbot: QtBot):
    board = open_board(stocked_library)
    desk = window_of(board).shell.desk
    first = desk.docket.find(waiting_cases()[0].number)
    done = replace(first.due_dates[0], done=TODAY)
    desk.docket.save(replace(first, due_dates=(done,)), first.number)
    window_of(board).shell.ways.library_changed.emit()
    qtbot.waitUntil(lambda: board.is_settled, timeout=PATIENCE)
    assert rows(board)["overdue"] == 1


def test_the_why_panel_tells_how_tiles_are_read_and_what_one_means(
    open_board, stocked_library
):
    board = open_board(stocked_library)
    body = window_of(board).why.body
    general = body.toPlainText()
    board.tiles.cards["Q01"].regarded.emit()
    told = body.toPlainText()
    assert general
    assert told != general
    assert "2025-10-01" in told


def test_restorable_losses_are_those_of_the_docket(open_board, tmp_path: Path):
    lost = case(1, status="逾期视撤，等恢复")
    board = open_board(library_of(tmp_path / "失.valuer", (lost,)))
    desk = window_of(board).shell.desk
    there = desk.docket.count(DocketFilter(outcome=Outcome.RESTORABLE))
    assert rows(board)["restorable"] == there == 1


def test_points_of_a_score_are_exact(open_board, with_ledger):
    honour = Event(
        "AB-HONOUR",
        "prize",
        date(2026, 5, 4),
        date(2026, 5, 4),
        date(2026, 5, 4),
        points=Decimal("4.5"),
    )
    with open_library(with_ledger) as library, library.change() as connection:
        put_event(connection, AGENCY, honour, "周以宁", MOMENT)
    assert "84.5" in open_board(with_ledger).credit.value.text()


def test_the_palette_leads_to_the_parts_of_the_place(
    open_window: Callable[..., MainWindow], empty_library: Path
):
    window = open_window(empty_library, "en")
    wishes = {window.shell.words.tell(one.name): one for one in window.wishes()}
    wishes["Docket"].take()
    assert quality_of(window).tabs.currentIndex() == 1
    assert "Quality" in wishes


def test_the_score_to_come_is_told_with_its_day_and_reason(open_board, with_ledger):
    # 2026-04-01 + 12 months is the last day: cleared on 2027-04-02 (example 9).
    board = open_board(with_ledger, today=date(2027, 2, 1))
    told = [row.detail.whole for row in board.waiting.rows if not row.isHidden()]
    assert any("2027-04-02" in one for one in told)


def test_a_ledger_that_contradicts_itself_gives_no_score(open_board, with_ledger):
    before = replace(LATE, fact_id="x", recorded_date=date(2026, 3, 1))
    with open_library(with_ledger) as library, library.change() as connection:
        put_event(connection, AGENCY, before, "周以宁", MOMENT)
    board = open_board(with_ledger, language="en")
    assert board.credit.value.text() == "No score"
    assert "recorded_date" in board.credit.standing.text()
    assert board.credit.chart is None


def test_points_that_are_not_known_leave_no_total_and_are_named(
    open_board, with_ledger
):
    prize = Event("AB-HONOUR", "p", *(date(2026, 5, 4),) * 3)
    with open_library(with_ledger) as library, library.change() as connection:
        put_event(connection, AGENCY, prize, "周以宁", MOMENT)
    board = open_board(with_ledger, language="en")
    assert board.credit.value.text() == "No total"
    assert "AB-HONOUR" in board.credit.standing.text()


def test_a_window_that_closes_after_a_change_asks_no_more(
    open_board, stocked_library, qtbot: QtBot
):
    board = open_board(stocked_library)
    window = window_of(board)
    window.place("patents")
    window.shell.ways.library_changed.emit()
    assert not board.is_settled
    window.close()
    qtbot.waitUntil(lambda: board.is_settled, timeout=PATIENCE)


def test_tab_reaches_what_waits_before_the_tiles(
    open_board: Open, stocked_library: Path
):
    board = open_board(stocked_library)
    board.waiting.horizon.setFocus()
    for row in (row for row in board.waiting.rows if not row.isHidden()):
        board.focusNextChild()
        assert row.hasFocus()
