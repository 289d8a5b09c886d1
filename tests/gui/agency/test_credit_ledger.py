"""The ledger in the window: entered, changed, taken out, and never forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.agency.credit_shown import (
    AGENCY,
    desk,
    pick,
    settle,
    texts,
    type_into,
)
from valuer.core.problems import UserError
from valuer.gui.agency import credit_files
from valuer.gui.agency.credit_files import show_document
from valuer.gui.agency.credit_ledger import LedgerPanel
from valuer.gui.pages.credit import CreditPage


@pytest.fixture
def ledger(credit_page: CreditPage) -> LedgerPanel:
    return credit_page.leaf("ledger")


def fill(ledger: LedgerPanel, **given: str) -> None:
    for name, text in given.items():
        type_into(ledger.form.field(name), text)


def enter_warning(page: CreditPage, ledger: LedgerPanel, **more: str) -> None:
    page.entering.click()
    pick(ledger.form.field("rule_code"), "AG-WARN")
    days = dict.fromkeys(("fact_date", "decision_date", "recorded_date"), "2026-10-12")
    fill(ledger, **(days | {"points": "3.5"} | more))


def test_an_event_is_entered_by_name_and_counts(
    credit_page: CreditPage, ledger: LedgerPanel, qtbot: QtBot
):
    enter_warning(credit_page, ledger, document_no="苏知代罚〔2026〕12号")
    ledger.form.field("cases").setPlainText("CN2019105243002\n")
    ledger.keep()
    settle(credit_page, qtbot)
    event = desk(credit_page).events()[-1].event
    assert (event.rule_code, str(event.points)) == ("AG-WARN", "3.5")
    assert event.cases == ("CN2019105243002",)
    assert event.points_source == "manual"
    assert event.fact_id == "F4"  # the first that the ledger does not have
    assert credit_page.strip.total.text() == "77.5"
    assert not ledger.is_entering


def test_the_rule_chosen_says_legal_basis_points_and_mark(
    credit_page: CreditPage, ledger: LedgerPanel
):
    credit_page.entering.click()
    pick(ledger.form.field("rule_code"), "AG-STOP")
    said = ledger.form.said.text()
    assert "60" in said
    assert "V1" in said
    assert "条例" in said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("recorded_date", "2026-10-11"),  # before the decision
        ("points", "3.55"),  # the pack has one decimal
        ("points", "-3"),
        ("decision_date", "soon"),
        ("fact_id", ""),
        ("objection.decided_on", "2026-11-01"),  # and not how
        ("repair.decided_on", "2026-11-01"),  # never applied for
    ],
)
def test_what_contradicts_itself_is_said_in_its_place_and_not_kept(
    credit_page: CreditPage, ledger: LedgerPanel, name: str, text: str
):
    enter_warning(credit_page, ledger)
    fill(ledger, **{name: text})
    ledger.keep()
    assert ledger.is_entering
    assert len(desk(credit_page).events()) == 3
    rows = [*ledger.form._left.rows(), *ledger.form._right.rows()]
    assert any(row.line.isVisible() and row.sign.isVisible() for row in rows)


def test_a_change_is_told_with_before_and_after(
    credit_page: CreditPage, ledger: LedgerPanel, qtbot: QtBot
):
    ledger.table_view.selectRow(1)
    ledger.change()
    fill(ledger, **{"objection.filed_on": "2026-07-20"})
    fill(ledger, **{"objection.decided_on": "2026-08-10"})
    pick(ledger.form.field("objection.upheld"), True)
    ledger.keep()
    settle(credit_page, qtbot)
    assert credit_page.strip.total.text() == "96"  # the 15 are gone
    ledger.table_view.selectRow(1)
    rows = texts(ledger.history)
    assert len(rows) == 4  # three parts that changed, and the first entry
    assert ["—", "2026-08-10"] in [row[4:] for row in rows]
    assert rows[-1][1] == "顾某宁"


def test_what_is_taken_out_stays_in_its_history_and_can_be_entered_again(
    credit_page: CreditPage, ledger: LedgerPanel, qtbot: QtBot
):
    ledger.table_view.selectRow(1)
    ledger.take_out()
    settle(credit_page, qtbot)
    assert credit_page.strip.total.text() == "96"
    assert len(texts(ledger.table_view)) == 2
    ledger.with_removed.setChecked(True)
    assert len(texts(ledger.table_view)) == 3
    ledger.table_view.selectRow(2)
    assert len(texts(ledger.history)) == 2
    credit_page.window().findChild(QPushButton, "notice_credit_again").click()
    assert ledger.form.field("rule_code").value == "AG-VOL"
    ledger.keep()
    settle(credit_page, qtbot)
    assert credit_page.strip.total.text() == "81"
    assert [one.id for one in desk(credit_page).events(AGENCY)] == [1, 3, 4]


def test_files_behind_an_event_are_copied_into_the_library_and_named(
    credit_page: CreditPage, ledger: LedgerPanel, tmp_path: Path, qtbot: QtBot
):
    letter = tmp_path / "处罚决定书.pdf"
    letter.write_bytes(b"%PDF-1.4 a decision")
    ledger.table_view.selectRow(1)
    ledger.change()
    ledger.form.files.take([letter])
    settle(credit_page, qtbot)
    assert texts(ledger.form.files.view)[0][0] == "处罚决定书.pdf"
    ledger.keep()
    settle(credit_page, qtbot)
    letter.unlink()
    (digest,) = desk(credit_page).events()[1].event.evidence_files
    kept = credit_page.window().shell.desk.documents
    assert kept.read(digest) == b"%PDF-1.4 a decision"
    ledger.table_view.selectRow(1)
    assert "处罚决定书.pdf" in credit_page.window().why.body.toPlainText()
    with pytest.raises(UserError):  # the ledger names it, so it stays
        kept.remove(digest)


def test_files_are_dropped_on_an_event_and_not_verified(
    credit_page: CreditPage, ledger: LedgerPanel, tmp_path: Path, qtbot: QtBot
):
    letter = tmp_path / "决定书.pdf"
    letter.write_bytes(b"%PDF-1.4 another")
    credit_page.entering.click()
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(letter))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        carried,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    ledger.form.files.dropEvent(event)
    settle(credit_page, qtbot)
    assert event.isAccepted()
    assert len(ledger.form.files.value) == 1


def test_only_what_shows_itself_is_opened(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    opened: list[str] = []
    monkeypatch.setattr(
        credit_files.QDesktopServices, "openUrl", lambda url: opened.append(url.path())
    )
    path = show_document(b"%PDF-1.4", "a" * 64, tmp_path)
    assert path.suffix == ".pdf"
    assert path.read_bytes() == b"%PDF-1.4"
    with pytest.raises(UserError):
        show_document(b"MZ\x90\0\3\0\0\0", "b" * 64, tmp_path)
    assert len(opened) == 1


def test_ctrl_return_keeps_what_the_form_holds(
    credit_page: CreditPage, ledger: LedgerPanel, qtbot: QtBot
):
    enter_warning(credit_page, ledger)
    window = credit_page.window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    ledger.form.field("authority").setFocus()
    qtbot.keyClick(
        ledger.form.field("authority"),
        Qt.Key.Key_Return,
        Qt.KeyboardModifier.ControlModifier,
    )
    assert not ledger.is_entering
    assert len(desk(credit_page).events()) == 4


def test_a_ledger_that_contradicts_the_rules_is_shown_and_says_so(
    credit_page: CreditPage, ledger: LedgerPanel, qtbot: QtBot
):
    pack = desk(credit_page).pack(credit_page.view.as_of)
    from valuer.agency.credit_pack_items import without_rule

    desk(credit_page).put_pack(without_rule(pack, "AG-VOL"), "去掉一条")
    credit_page.view.reload()
    settle(credit_page, qtbot)
    assert credit_page.strip.total.text() == "—"
    assert ledger.issues.isVisible()
    assert "AG-VOL" in texts(ledger.issues)[0][1]
    assert len(texts(ledger.table_view)) == 3


def test_entering_again_leaves_what_is_being_typed(
    credit_page: CreditPage, ledger: LedgerPanel
):
    enter_warning(credit_page, ledger, document_no="苏知代罚〔2026〕12号")
    credit_page.leaf("line")
    credit_page.entering.click()
    assert ledger.isVisible()
    assert ledger.form.field("document_no").value == "苏知代罚〔2026〕12号"


def test_a_field_put_right_is_blamed_no_more(
    credit_page: CreditPage, ledger: LedgerPanel
):
    credit_page.entering.click()
    ledger.keep()
    row = ledger.form._left.row("credit_event_fact_date")
    assert row.sign.isVisible()
    fill(ledger, fact_date="2026-10-12")
    assert not row.sign.isVisible()


def test_a_ledger_of_which_all_was_taken_out_keeps_its_history_in_reach(
    credit_page: CreditPage, ledger: LedgerPanel, qtbot: QtBot
):
    for _ in range(3):
        ledger.table_view.selectRow(0)
        ledger.take_out()
        settle(credit_page, qtbot)
    assert ledger.with_removed.isVisible()
    ledger.with_removed.setChecked(True)
    assert len(texts(ledger.table_view)) == 3
