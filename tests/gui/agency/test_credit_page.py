"""The credit page: whose score, how it is made up, why it is not official, what comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.agency.credit_shown import (
    AGENCY,
    WARNED,
    Show,
    desk,
    pick,
    settle,
    texts,
    type_into,
)
from valuer.agency.credit_events import Subject
from valuer.agency.credit_packs import SubjectKind
from valuer.agency.credit_subjects import KnownSubject
from valuer.gui.pages.credit import LEAVES, CreditPage


def test_the_score_is_told_with_its_parts(credit_page: CreditPage):
    # 100 − (10, put right in time, + 15) + 6 = 81
    strip = credit_page.strip
    assert strip.total.text() == "81"
    assert "B" in strip.grade.text()
    assert all(part in strip.formula.text() for part in ("100", "25", "6"))
    assert "2023" in strip.rules.whole


def test_what_keeps_it_from_being_official_is_named(credit_page: CreditPage):
    told = credit_page.strip.why.whole
    assert "AB-HONOUR" in told  # its points were typed in; the pack has none
    names = {row[0] for row in texts(credit_page.leaf("line")._tables[2])}
    assert any("AB-HONOUR" in name for name in names)
    assert len(names) >= 4  # window and offset, too


def test_a_total_is_withheld_only_where_points_are_not_known(
    credit_page: CreditPage, qtbot: QtBot
):
    desk(credit_page).put_event(AGENCY, WARNED)
    credit_page.view.reload()
    settle(credit_page, qtbot)
    assert credit_page.strip.total.text() == "—"
    assert credit_page.strip.grade.text() == ""
    assert "AG-WARN" in credit_page.strip.why.whole
    credit_page.strip.copying.click()
    panel = credit_page.leaf("pack")
    assert panel.view.item.place == "AG-WARN"


def test_another_day_has_another_score(credit_page: CreditPage, qtbot: QtBot):
    # AG-AR-LATE was recorded on 2026-04-03: cleared on 2027-04-04, not a day earlier.
    for day, total in (("2027-04-03", "81"), ("2027-04-04", "91")):
        type_into(credit_page.head.day, day)
        settle(credit_page, qtbot)
        assert credit_page.strip.total.text() == total


@pytest.mark.parametrize("day", ["2023-04-30", "9999-12-31", "1900-01-01"])
def test_a_day_outside_all_rules_leaves_the_score_as_it_is(
    credit_page: CreditPage, qtbot: QtBot, day: str
):
    type_into(credit_page.head.day, day)
    settle(credit_page, qtbot)
    assert credit_page.window().notices.isVisible()
    assert credit_page.head.day.text() == "2026-11-23"
    assert credit_page.strip.total.text() == "81"


def test_the_steps_tell_day_total_grade_and_reason(credit_page: CreditPage):
    panel = credit_page.leaf("line")
    rows = texts(panel._tables[0])
    assert [row[:3] for row in rows] == [
        ["2026-11-23", "81", "B"],
        ["2027-04-04", "91", "A"],
        ["2027-06-11", "85", "B"],
        ["2027-07-14", "100", "A"],
    ]
    assert panel.chart._figure.steps[-1].total == 100
    panel.chart.point_clicked.emit(2)
    assert "2027-06-11" in credit_page.window().why.body.toPlainText()


def test_the_days_to_keep_in_mind_say_what_to_do(credit_page: CreditPage):
    days = {(row[0], row[2][:6]) for row in texts(credit_page.leaf("line")._tables[1])}
    # Six months after the record have passed on the day after the corresponding day.
    assert ("2027-01-14", "AG-VOL") in days


def test_an_agent_has_a_score_of_its_own(credit_page: CreditPage, qtbot: QtBot):
    credit_page.head.new_wanted.emit()
    form = credit_page.form
    pick(form.kind, SubjectKind.AGENT)
    type_into(form.code, "3210012345.6")
    type_into(form.name, "周以宁")
    form.take()
    settle(credit_page, qtbot)
    assert credit_page.view.subject == Subject(SubjectKind.AGENT, "3210012345.6")
    assert credit_page.strip.total.text() == "100"
    assert not form.isVisible()
    pick(credit_page.head.subjects, AGENCY)
    settle(credit_page, qtbot)
    assert credit_page.strip.total.text() == "81"


def test_a_subject_without_a_code_is_refused(credit_page: CreditPage):
    credit_page.head.new_wanted.emit()
    credit_page.form.take()
    assert credit_page.form.isVisible()
    assert credit_page.window().notices.isVisible()
    assert len(desk(credit_page).subjects()) == 1


def test_one_without_events_is_taken_off_the_list_and_no_other(
    credit_page: CreditPage, qtbot: QtBot
):
    agent = Subject(SubjectKind.AGENT, "A1")
    desk(credit_page).put_subject(KnownSubject(agent))
    credit_page.view.reload()
    for subject, left in ((AGENCY, 2), (agent, 1)):
        pick(credit_page.head.subjects, subject)
        credit_page.head.change_wanted.emit()
        credit_page.form.remove()
        settle(credit_page, qtbot)
        assert len(desk(credit_page).subjects()) == left
    assert credit_page.view.subject == AGENCY


def test_an_empty_library_says_what_will_stand_here_and_starts_it(
    show_credit: Show, empty_library: Path, qtbot: QtBot
):
    page = show_credit(empty_library)
    shown = [
        one
        for one in page.findChildren(QPushButton)
        if one.isVisible() and one.isEnabled()
    ]
    assert [one.objectName() for one in shown] == ["credit_empty_new"]
    shown[0].click()
    type_into(page.form.code, "32100")
    page.form.take()
    settle(page, qtbot)
    assert page.strip.total.text() == "100"
    assert page.leaf("ledger").findChild(QPushButton, "credit_ledger_empty").isVisible()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_leaf_fits_a_small_window(
    show_credit: Show, ledger_library: Path, qtbot: QtBot, language: str
):
    page = show_credit(ledger_library, language)
    window = page.window()
    for key, _, _ in LEAVES:
        page.leaf(key)
        settle(page, qtbot)
    least = window.minimumSizeHint()
    assert (least.width(), least.height()) <= (1366, 768)
    assert least.height() <= 768
    window.shell.words.switch("en" if language == "zh_CN" else "zh_CN")
    settle(page, qtbot)


def test_a_library_that_is_read_only_is_shown_and_not_changed(
    show_credit: Show, ledger_library: Path, qtbot: QtBot
):
    writer = show_credit(ledger_library)
    page = show_credit(ledger_library)
    assert page.window().shell.library.is_read_only
    assert page.strip.total.text() == "81"
    ledger = page.leaf("ledger")
    ledger.table_view.selectRow(0)
    page.leaf("pack").view.selectRow(0)
    for name in (
        "credit_enter",
        "credit_new",
        "credit_take_out",
        "credit_event_change",
        "credit_pack_load",
        "credit_rule_add",
    ):
        assert not page.findChild(QPushButton, name).isEnabled()
    # What is only supposed may be supposed in any library.
    page.leaf("what_if").suppose(WARNED)
    settle(page, qtbot)
    assert page.leaf("what_if").found.score.total is None
    assert len(desk(writer).events()) == 3


def test_another_library_has_another_ledger_and_nothing_of_this_one(
    credit_page: CreditPage, copied: Callable[[str, str], Path], qtbot: QtBot
):
    credit_page.leaf("what_if").suppose(WARNED)
    pack = credit_page.leaf("pack")
    pack.show_place("base")
    type_into(pack.form.field("value"), "101")
    credit_page.leaf("ledger")
    credit_page.entering.click()
    settle(credit_page, qtbot)
    shell = credit_page.window().shell
    shell.desk.reopen(copied("empty", "另一库.valuer"))
    shell.library.tell()
    settle(credit_page, qtbot)
    assert credit_page.view.subject is None
    assert credit_page.leaf("what_if").supposed == ()
    assert not pack.is_changed
    assert not credit_page.leaf("ledger").is_entering


def test_the_procedure_is_that_of_the_province(credit_page: CreditPage):
    panel = credit_page.leaf("procedure")
    assert panel.region.value == "CN-32"
    assert len(texts(panel.view)) == 7  # two of Jiangsu, five of the country
    panel.view.selectRow(0)
    assert "2022" in credit_page.window().why.body.toPlainText()


def test_a_click_in_a_thousand_events_is_answered(credit_page: CreditPage):
    """The window reckons off its own thread: the page never waits for the score."""
    credit_page.view.look_at(date(2027, 5, 1))
    assert credit_page.view.basis is not None
    assert credit_page.view.found.basis.as_of == date(2026, 11, 23)
