"""The docket: searched, filtered, edited, asked about; files become cases."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from tests.gui.agency.docket_shown import CASES, NUMBERS, put, shown
from valuer.agency.docket_queue import Choice
from valuer.agency.statuses import Outcome
from valuer.core.patents import PatentKind
from valuer.core.problems import UserError
from valuer.gui import finder
from valuer.gui.agency.docket_queue import QueuePanel
from valuer.gui.main_window import MainWindow
from valuer.gui.pages.docket import DocketPage
from valuer.imports.dockets import read_docket


def references(page: DocketPage) -> list[str]:
    return [row.reference if row else "" for row in page.table.rows]


def wait_for(qtbot: QtBot, page: DocketPage, *expected: str) -> None:
    qtbot.waitUntil(lambda: page.is_settled and references(page) == list(expected))


def queue_of(qtbot: QtBot, page: DocketPage) -> QueuePanel:
    page.show_queue()
    qtbot.waitUntil(lambda: page.is_settled)
    assert page.queue is not None
    return page.queue


def test_an_empty_docket_says_what_will_stand_here(bare: MainWindow, qtbot: QtBot):
    page = shown(bare, qtbot)
    assert bare.findChild(QPushButton, "docket_empty_import").isVisible()
    assert not page.view.isVisible()
    assert not page.filters.isVisible()


def test_every_case_has_a_row_and_says_where_it_was_read(
    bare: MainWindow, docket: DocketPage
):
    assert references(docket) == ["A1900001", "A2000002", "A2100003"]
    docket.view.selectRow(1)
    said = bare.why.body.toPlainText()
    assert NUMBERS[1] in said
    assert "某某车业" in said
    assert "案卷.csv" in said


def test_the_search_narrows_the_docket(docket: DocketPage, qtbot: QtBot):
    docket.search.setText("车业 车架")
    wait_for(qtbot, docket, "A2000002")


def test_filters_narrow_together_and_are_lifted_at_once(
    docket: DocketPage, qtbot: QtBot
):
    filters = docket.filters
    filters.client.put("某某车业")
    filters.client.committed.emit()
    wait_for(qtbot, docket, "A2000002", "A2100003")
    filters.kind.put(PatentKind.DESIGN)
    filters.kind.committed.emit()
    wait_for(qtbot, docket, "A2100003")
    assert filters.clear_all.isVisible()
    filters.clear_all.click()
    wait_for(qtbot, docket, "A1900001", "A2000002", "A2100003")


def test_an_agent_finds_cases_signed_second(docket: DocketPage, qtbot: QtBot):
    docket.filters.agent.put("沈知远")
    docket.filters.agent.committed.emit()
    wait_for(qtbot, docket, "A1900001", "A2000002")


def test_letters_of_a_name_find_the_client(docket: DocketPage, qtbot: QtBot):
    field = docket.filters.client.lineEdit()
    assert field is not None
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "88")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    wait_for(qtbot, docket, "A1900001")


def test_cases_of_another_page_are_shown_until_the_chip_is_lifted(
    docket: DocketPage, qtbot: QtBot
):
    docket.filters.outcome.put(Outcome.UNKNOWN)
    docket.show_cases([NUMBERS[0]], "授权率 2021 年")
    wait_for(qtbot, docket, "A1900001")
    assert docket.filters.chip.text() == "授权率 2021 年"
    docket.filters.chip.click()
    wait_for(qtbot, docket, "A1900001", "A2000002", "A2100003")
    assert not docket.filters.chip.isVisible()


def test_a_click_on_a_header_orders_the_docket(docket: DocketPage, qtbot: QtBot):
    header = docket.view.horizontalHeader()
    header.setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    wait_for(qtbot, docket, "A2100003", "A2000002", "A1900001")


def test_rows_out_of_sight_are_read_when_they_come_into_sight(
    bare: MainWindow, qtbot: QtBot, monkeypatch
):
    monkeypatch.setattr(finder, "BLOCK", 25)
    put(bare, *(replace(CASES[2], reference=f"B{n:03}") for n in range(120)))
    page = shown(bare, qtbot)
    assert page.table.row(119) is None
    page.view.scrollToBottom()
    qtbot.waitUntil(lambda: page.table.row(119) is not None)


def test_ctrl_f_is_the_search(bare: MainWindow, docket: DocketPage, qtbot: QtBot):
    bare.activateWindow()
    docket.view.setFocus()
    qtbot.keyClick(docket.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(docket.search.hasFocus)


def test_a_case_is_edited_where_it_stands_and_the_edit_is_undone(
    bare: MainWindow, docket: DocketPage, qtbot: QtBot
):
    docket.view.selectRow(1)
    docket.open_case()
    assert docket.panel is not None
    drafter = docket.panel.form.field("drafter")
    drafter.setText("陈一")
    drafter.editingFinished.emit()
    desk = bare.shell.desk.docket
    assert desk.find(NUMBERS[1]).drafter == "陈一"
    qtbot.waitUntil(lambda: docket.is_settled)
    undo = bare.findChild(QToolButton, "docket_undo")
    qtbot.waitUntil(undo.isEnabled)
    undo.click()
    qtbot.waitUntil(lambda: desk.find(NUMBERS[1]).drafter == "")


def test_each_fact_tells_which_list_it_came_from_or_whose_hand(
    bare: MainWindow, docket: DocketPage, qtbot: QtBot
):
    put(bare, replace(CASES[0], client="新客户"), file="新.csv")
    qtbot.waitUntil(lambda: docket.is_settled)
    docket.view.selectRow(0)
    docket.open_case()
    assert docket.panel is not None
    drafter = docket.panel.form.field("drafter")
    drafter.setText("陈一")
    drafter.editingFinished.emit()
    said = bare.why.body.toPlainText()
    places = dict(re.findall(r"\[(\d)\] (.*)", said))
    for fact, place in (("新客户", "新.csv"), ("A1900001", "案卷.csv")):
        number = re.findall(rf"{fact} \[(\d)\]", said)[0]
        assert place in places[number]
    assert bare.shell.desk.author in places[re.findall(r"陈一 \[(\d)\]", said)[0]]


def test_what_is_being_typed_stays_while_another_fact_is_saved(
    docket: DocketPage, qtbot: QtBot
):
    docket.search.setText("密封")  # a search is answered later
    wait_for(qtbot, docket, "A1900001")
    docket.view.selectRow(0)
    docket.open_case()
    assert docket.panel is not None
    form = docket.panel.form
    form.field("drafter").setText("陈一")
    form.field("drafter").editingFinished.emit()
    form.field("reviewer").setText("李")
    qtbot.waitUntil(lambda: docket.is_settled)
    assert form.field("reviewer").text() == "李"


def test_the_facts_follow_the_case_selected(docket: DocketPage):
    docket.view.selectRow(0)
    docket.open_case()
    assert docket.panel is not None
    assert docket.panel.form.field("client").text() == "某某泵业 88"
    docket.view.selectRow(1)
    assert docket.panel.form.field("client").text() == "某某车业"


def test_a_case_gets_its_number_when_the_office_gives_it(
    bare: MainWindow, docket: DocketPage
):
    docket.view.selectRow(2)
    docket.open_case()
    assert docket.panel is not None
    number = docket.panel.form.field("number")
    number.setText("202130311551.1")
    number.editingFinished.emit()
    assert number.property("wrong")
    number.setText("202130311551.0")
    number.editingFinished.emit()
    assert bare.shell.desk.docket.find(NUMBERS[2]).reference == "A2100003"


def test_a_due_date_that_was_lost_is_saved_once_its_row_is_whole(
    bare: MainWindow, docket: DocketPage
):
    docket.view.selectRow(0)
    docket.open_case()
    assert docket.panel is not None
    dates = docket.panel.form.field("due_dates")
    names = [column.one.name for column in dates.cells.rows.columns]
    dates.cells.put_cell(0, names.index("lost"), "yes")
    find = bare.shell.desk.docket.find
    assert not find(NUMBERS[0]).due_dates
    assert "第 1 行" in dates.line.text() or "Row 1" in dates.line.text()
    dates.cells.put_cell(0, names.index("due"), "2020-12-12")
    (kept,) = find(NUMBERS[0]).due_dates or ()
    assert (kept.due, kept.lost) == (date(2020, 12, 12), True)
    assert not dates.line.text()


def test_an_unknown_status_word_waits_and_is_read_as_a_listed_one(
    bare: MainWindow, docket: DocketPage, qtbot: QtBot
):
    queue = queue_of(qtbot, docket)
    (row,) = queue.list.table.rows
    assert row is not None
    assert (row.word, row.cases) == ("内部结案", 1)
    meaning = queue.meaning
    meaning.outcome.put(Outcome.WITHDRAWN)
    meaning.outcome.committed.emit()
    assert meaning.word.value == "撤回专利申请"
    meaning.take.click()
    find = bare.shell.desk.docket.find
    qtbot.waitUntil(lambda: find(NUMBERS[1]).outcome is Outcome.WITHDRAWN)
    assert find(NUMBERS[1]).status == "内部结案"
    nothing = bare.shell.words.tell("Nothing waits")
    qtbot.waitUntil(lambda: docket.is_settled and docket.waiting.text() == nothing)
    (row,) = queue.list.table.rows  # it can still be changed, or taken back
    assert row is not None
    assert row.means == "撤回专利申请"
    meaning.back.click()
    qtbot.waitUntil(lambda: find(NUMBERS[1]).outcome is Outcome.UNKNOWN)


def test_the_cases_of_an_unknown_word_can_be_seen(docket: DocketPage, qtbot: QtBot):
    queue_of(qtbot, docket).meaning.see.click()
    wait_for(qtbot, docket, "A2000002")
    assert "内部结案" in docket.filters.chip.text()


@pytest.mark.parametrize(
    ("choice", "status"), [(Choice.KEEP, "专利权维持"), (Choice.TAKE, "进入实审")]
)
def test_a_status_that_goes_back_shows_both_versions_and_takes_one(
    bare: MainWindow, docket: DocketPage, qtbot: QtBot, choice: Choice, status: str
):
    put(bare, replace(CASES[0], status="进入实审", granted=None), file="新.csv")
    queue = queue_of(qtbot, docket)
    told = {one.label: one for one in queue.versions.table.rows if one}
    both = next(one for one in told.values() if one.differs)
    assert (both.stands, both.came) in (
        ("专利权维持", "进入实审"),
        ("2021-03-02", ""),
    )
    bare.findChild(QPushButton, f"docket_{choice.value}").click()
    desk = bare.shell.desk.docket
    qtbot.waitUntil(lambda: not desk.questions(), timeout=30_000)
    assert desk.find(NUMBERS[0]).status == status


def test_files_dropped_on_the_docket_are_imported(
    bare: MainWindow, qtbot: QtBot, tmp_path: Path
):
    page = shown(bare, qtbot)
    path = tmp_path / "查询.csv"
    path.write_text(
        "申请号/专利号,发明名称,申请日,主分类号,案件状态,申请人姓名或名称,第一代理人\n"
        "2019105243002,密封装置,2019-06-18,F04D29/10,专利权维持,某某泵业,周以宁\n",
        "utf-8-sig",
    )
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path))])
    page.dropEvent(
        QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.CopyAction,
            carried,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    qtbot.waitUntil(lambda: page.account is not None, timeout=30_000)
    (told,) = page.account.files.rows
    assert told is not None
    assert (told.read, told.added, told.refused) == (1, 1, 0)
    qtbot.waitUntil(lambda: page.is_settled and len(page.table.rows) == 1)
    page.account.take_back()
    qtbot.waitUntil(lambda: not page.table.rows, timeout=30_000)


def test_a_file_that_is_no_list_is_refused_in_its_place(
    bare: MainWindow, docket: DocketPage, qtbot: QtBot, tmp_path: Path
):
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.7\n\x00\xff")
    docket.importing.take([path])
    qtbot.waitUntil(bare.notices.isVisible, timeout=30_000)
    assert "scan.pdf" in bare.notices.text.text()
    assert len(docket.table.rows) == 3


def test_a_damaged_package_says_that_it_is_damaged_and_opens_no_dialog(
    bare: MainWindow, docket: DocketPage, qtbot: QtBot, tmp_path: Path
):
    path = tmp_path / "案卷包.zip"
    path.write_bytes(b"PK\x03\x04" + b"\x00" * 60)
    with pytest.raises(UserError) as refusal:
        read_docket(path)
    docket.importing.take([path])
    qtbot.waitUntil(bare.notices.isVisible, timeout=30_000)
    said = bare.shell.words.say(refusal.value.wording)
    assert bare.notices.text.text() == said
    assert docket.importing.dialog is None


def test_only_the_answer_to_what_was_typed_last_is_shown(
    bare: MainWindow, docket: DocketPage, qtbot: QtBot, monkeypatch
):
    desk = bare.shell.desk.docket
    ask, hold = desk.cases, threading.Event()

    def slow(wanted, *rest, **named):
        if wanted.search == "水杯":
            hold.wait(10)
        return ask(wanted, *rest, **named)

    monkeypatch.setattr(desk, "cases", slow)
    for search in ("水杯", "车架"):
        docket.search.setText(search)
        docket.ask()
    hold.set()
    wait_for(qtbot, docket, "A2000002")


def test_while_another_writes_the_docket_is_read_and_nothing_can_be_changed(
    open_window: Callable[..., MainWindow], empty_library: Path, qtbot: QtBot
):
    writer = open_window(empty_library)
    put(writer, *CASES)
    reader = open_window(empty_library)
    assert reader.shell.library.is_read_only
    page = shown(reader, qtbot)
    assert len(page.table.rows) == 3
    assert not reader.findChild(QPushButton, "docket_import").isEnabled()
    page.view.selectRow(0)
    page.open_case()
    assert page.panel is not None
    assert page.panel.form.field("drafter").isReadOnly()
    assert page.panel.form.field("due_dates").cells.is_locked
    meaning = queue_of(qtbot, page).meaning
    meaning.outcome.put(Outcome.WITHDRAWN)
    meaning.outcome.committed.emit()
    assert not meaning.take.isEnabled()


def test_the_panel_tells_of_the_list_again_when_the_queue_is_left(
    bare: MainWindow, docket: DocketPage, qtbot: QtBot
):
    queue_of(qtbot, docket)
    assert "内部结案" in bare.why.body.toPlainText()
    docket.show_list()
    docket.view.selectRow(0)
    docket.reload()
    qtbot.waitUntil(lambda: docket.is_settled)
    docket.view.selectRow(2)
    assert "水杯" in bare.why.body.toPlainText()


def test_what_changes_in_the_docket_leaves_the_panel_to_the_page_in_sight(
    bare: MainWindow, docket: DocketPage, qtbot: QtBot
):
    docket.view.selectRow(0)
    docket.open_case()
    bare.place("patents")
    before = bare.why.body.toPlainText()
    put(bare, replace(CASES[2], title="茶杯"), file="新.csv")
    qtbot.waitUntil(lambda: docket.is_settled)
    assert bare.why.body.toPlainText() == before
