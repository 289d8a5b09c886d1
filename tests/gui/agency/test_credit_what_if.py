"""What is supposed is reckoned beside what holds, and never written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.agency.credit_shown import (
    BUSY,
    desk,
    pick,
    settle,
    texts,
    type_into,
)
from valuer.agency.credit_events import Event, Repair
from valuer.gui.agency.credit_supposing import SupposingPanel
from valuer.gui.pages.credit import CreditPage

STOPPED = Event("AG-STOP", "F9", *[date(2027, 1, 12)] * 3)


@pytest.fixture
def panel(credit_page: CreditPage) -> SupposingPanel:
    return credit_page.leaf("what_if")


def test_an_event_that_may_come_is_drawn_beside_the_line(
    credit_page: CreditPage, panel: SupposingPanel, qtbot: QtBot
):
    panel.suppose(STOPPED)
    settle(credit_page, qtbot)
    rows = {row[0]: row[1:3] for row in texts(panel.compared_view)}
    assert rows["2026-11-23"] == ["81 B", "81 B"]
    assert rows["2027-01-12"] == ["81 B", "21 D"]
    assert rows["2027-04-04"] == ["91 A", "31 D"]
    figure = panel.chart._figure
    assert figure.supposed_label
    assert [step.total for step in figure.supposed][:2] == [81, 21]
    assert len(desk(credit_page).events()) == 3


def test_what_becomes_of_an_event_is_supposed(
    credit_page: CreditPage, panel: SupposingPanel, qtbot: QtBot
):
    repair = Repair(date(2027, 1, 20), date(2027, 2, 10), granted=True)
    panel.suppose(replace(BUSY, repair=repair), 2)
    settle(credit_page, qtbot)
    rows = {row[0]: row[1:3] for row in texts(panel.compared_view)}
    assert rows["2027-02-10"] == ["81 B", "96 A"]
    early = Repair(date(2027, 1, 12), date(2027, 2, 10), granted=True)
    panel.suppose(replace(BUSY, repair=early), 2)  # two days too early
    settle(credit_page, qtbot)
    assert len(panel.supposed) == 1
    rows = {row[0]: row[1:3] for row in texts(panel.compared_view)}
    assert rows["2027-02-10"] == ["81 B", "81 B"]
    assert desk(credit_page).events()[1].event.repair is None


def test_the_form_says_that_nothing_is_written(
    credit_page: CreditPage, panel: SupposingPanel, qtbot: QtBot
):
    panel.which.put(2)
    panel.ask_change()
    assert panel.form.field("rule_code").value == "AG-VOL"
    type_into(panel.form.field("objection.filed_on"), "2026-12-01")
    type_into(panel.form.field("objection.decided_on"), "2026-12-20")
    pick(panel.form.field("objection.upheld"), True)
    panel.take()
    settle(credit_page, qtbot)
    assert panel.found.score.total == Decimal(81)
    rows = {row[0]: row[1:3] for row in texts(panel.compared_view)}
    assert rows["2026-12-20"] == ["81 B", "96 A"]
    assert "2026-12-20" in texts(panel.view)[0][2]


def test_what_is_supposed_is_dropped_again(
    credit_page: CreditPage, panel: SupposingPanel, qtbot: QtBot
):
    panel.suppose(STOPPED)
    panel.suppose(replace(STOPPED, fact_id="F10"))
    settle(credit_page, qtbot)
    panel.view.selectRow(0)
    panel.drop()
    assert len(panel.supposed) == 1
    panel.drop_all()
    settle(credit_page, qtbot)
    assert panel.found is None
    assert panel.chart._figure.supposed == ()
    assert {row[2] for row in texts(panel.compared_view)} == {""}


def test_a_supposition_that_contradicts_itself_is_named(
    credit_page: CreditPage, panel: SupposingPanel, qtbot: QtBot
):
    panel.suppose(replace(STOPPED, recorded_date=date(2027, 1, 11)))
    settle(credit_page, qtbot)
    assert panel.issues.isVisible()
    assert panel.found.score is None
