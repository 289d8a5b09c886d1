"""Readings and rule packs in the window: chosen, copied, kept in versions, compared."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.agency.credit_shown import (
    AGENCY,
    WARNED,
    desk,
    pick,
    settle,
    texts,
    type_into,
)
from valuer.agency.credit_pack_items import item_at
from valuer.agency.credit_packs import LastDayRule
from valuer.gui.agency.credit_pack_panel import PackPanel
from valuer.gui.agency.credit_readings_panel import ReadingsPanel
from valuer.gui.pages.credit import CreditPage


@pytest.fixture
def readings(credit_page: CreditPage) -> ReadingsPanel:
    return credit_page.leaf("readings")


@pytest.fixture
def pack(credit_page: CreditPage) -> PackPanel:
    return credit_page.leaf("pack")


def row_of(panel: ReadingsPanel, value: object) -> int:
    return [row.value for row in panel.table.rows].index(value)


def test_every_reading_stands_beside_the_one_chosen(readings: ReadingsPanel):
    rows = {(row.place, row.value): row for row in readings.table.rows}
    # The other reading clears on the corresponding day: one day earlier.
    other = rows["window.last_day_rule", LastDayRule.ANNIVERSARY]
    usual = rows["window.last_day_rule", LastDayRule.CIVIL_CODE]
    assert usual.is_chosen
    assert other.ahead.startswith("2027-04-03")
    assert usual.ahead.startswith("2027-04-04")
    # Without an offset the bonus of 6 does not count beside deductions.
    assert rows["options.bonus_may_offset_deductions", False].now == "75 C"


def test_another_reading_is_chosen_with_who_and_taken_back(
    credit_page: CreditPage, readings: ReadingsPanel, qtbot: QtBot
):
    readings.view.selectRow(row_of(readings, LastDayRule.ANNIVERSARY))
    readings.choose()
    settle(credit_page, qtbot)
    last = desk(credit_page).readings().last("window.last_day_rule")
    assert (last.value, last.author) == ("anniversary", desk(credit_page)._desk.author)
    steps = texts(credit_page.leaf("line")._tables[0])
    assert steps[1][0] == "2027-04-03"
    credit_page.leaf("readings")
    readings.view.selectRow(row_of(readings, LastDayRule.ANNIVERSARY))
    readings.take_back()
    settle(credit_page, qtbot)
    assert not desk(credit_page).readings().given()
    assert texts(credit_page.leaf("line")._tables[0])[1][0] == "2027-04-04"


def test_what_is_to_be_copied_stands_first(pack: PackPanel):
    rows = pack.view.table.rows
    is_open = [row.is_open for row in rows]
    assert is_open == sorted(is_open, reverse=True)
    assert is_open[0]
    assert not is_open[-1]


def test_points_copied_from_the_notice_make_a_version_and_the_score(
    credit_page: CreditPage, pack: PackPanel, qtbot: QtBot
):
    desk(credit_page).put_event(AGENCY, WARNED)
    credit_page.view.reload()
    settle(credit_page, qtbot)
    pack.show_place("AG-WARN")
    type_into(pack.form.field("points"), "5")
    pick(pack.form.field("mark"), "V1")
    assert pack.is_changed
    pack.keep()  # not without a reason
    assert pack.is_changed
    type_into(pack.note, "从附件1抄录警告的分值")
    pack.keep()
    settle(credit_page, qtbot)
    assert credit_page.strip.total.text() == "76"
    assert "AG-WARN" not in credit_page.strip.why.whole
    newest, oldest = desk(credit_page).versions()
    assert (newest.pack.version, newest.note) == (2, "从附件1抄录警告的分值")
    assert newest.author == desk(credit_page)._desk.author
    assert oldest.at is None
    assert pack.draft == newest.pack
    pick(pack.comparing, oldest)
    changed = [row[1:] for row in texts(pack.differing)]
    assert [row[1:] for row in changed] == [["—", "5"], ["UNKNOWN", "V1"]]
    pick(pack.version, oldest)
    assert item_at(pack.draft, "AG-WARN").thing.points is None


def test_a_fault_names_its_field_and_is_not_kept(
    credit_page: CreditPage, pack: PackPanel
):
    pack.show_place("AG-WARN")
    type_into(pack.form.field("points"), "5.55")
    assert "AG-WARN" in texts(pack.issues)[0][1]
    assert "5.55" in texts(pack.issues)[0][1]
    type_into(pack.note, "试")
    pack.keep()
    assert len(desk(credit_page).versions()) == 1
    assert "AG-WARN" in credit_page.window().notices.text.text()
    pack.discard()
    assert not pack.is_changed
    assert not pack.issues.isVisible()


def test_a_value_that_cannot_be_read_changes_nothing(pack: PackPanel):
    pack.show_place("window.holidays")
    pack.form.field("value").setPlainText("2026-02-17\nsoon")
    pack.form.field("value").committed.emit()
    assert not pack.is_changed
    pack.form.field("value").setPlainText("2026-02-17\n2026-02-18")
    pack.form.field("value").committed.emit()
    holidays = item_at(pack.draft, "window.holidays").thing.value
    assert [day.isoformat() for day in holidays] == ["2026-02-17", "2026-02-18"]


def test_a_rule_of_the_notice_is_added_and_taken_out_while_it_is_new(
    credit_page: CreditPage, pack: PackPanel
):
    pack.add_rule("agency_deductions", "AG-SIGN")
    assert pack.view.item.place == "AG-SIGN"
    type_into(pack.form.field("name"), "代签名")
    type_into(pack.form.field("points"), "2.5")
    assert item_at(pack.draft, "AG-SIGN").thing.points == Decimal("2.5")
    pack.add_rule("agency_bonuses", "AG-SIGN")  # there is one of that code
    assert (
        pack.draft.agency_bonuses == desk(credit_page).versions()[0].pack.agency_bonuses
    )
    pack.show_place("AG-SIGN")
    pack.remove_rule()
    assert not pack.is_changed
    pack.show_place("AG-VOL")
    pack.remove_rule()  # it is in use: it stays
    assert item_at(pack.draft, "AG-VOL") is not None


def test_a_pack_goes_to_a_file_and_comes_back(
    pack: PackPanel, tmp_path: Path, credit_page: CreditPage
):
    path = tmp_path / "规则包.json"
    pack.save(path)
    text = path.read_text("utf-8")
    assert "国知发运字〔2023〕10号" in text
    path.write_text(text.replace('"value": "12"', '"value": 6', 1), "utf-8")
    before = pack.draft
    pack.load(path)
    assert pack.draft == before
    changed = text.replace(
        '"months": {\n      "value": 12', '"months": {\n      "value": 6'
    )
    path.write_text(changed, "utf-8")
    pack.load(path)
    months = replace(before.window.months, value=6)
    assert pack.draft == replace(before, window=replace(before.window, months=months))
    path.write_text(text.replace('"mark": "V1"', '"mark": "V9"', 1), "utf-8")
    pack.load(path)
    assert "V9" in credit_page.window().notices.text.text()
    assert pack.draft.window.months.value == 6


def test_a_draft_outlives_a_look_at_other_leaves(
    credit_page: CreditPage, pack: PackPanel, qtbot: QtBot
):
    pack.show_place("base")
    type_into(pack.form.field("value"), "101")
    credit_page.leaf("line")
    credit_page.view.reload()
    settle(credit_page, qtbot)
    credit_page.leaf("pack")
    assert pack.is_changed
    assert item_at(pack.draft, "base").thing.value == 101
    assert credit_page.strip.total.text() == "81"


def test_the_field_typed_into_stays_when_the_pack_changes(pack: PackPanel):
    pack.show_place("AG-WARN")
    field = pack.form.field("points")
    type_into(field, "8")
    assert pack.is_changed
    assert pack.form.field("points") is field  # else Tab would begin at the rail
