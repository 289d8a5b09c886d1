"""What the docket proposes opens the form, and is entered by a person alone."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.agency.credit_shown import AGENCY, desk, settle, texts, type_into
from tests.gui.agency.docket_shown import NUMBERS, put
from valuer.agency.credit_events import Subject
from valuer.agency.credit_packs import SubjectKind
from valuer.agency.docket import Abnormal, AbnormalResult, Case
from valuer.core.patents import PatentKind
from valuer.gui.agency.credit_proposing import ProposalsPanel
from valuer.gui.pages.credit import CreditPage

FOUND = Abnormal(date(2026, 8, 1), AbnormalResult.CONFIRMED, date(2026, 9, 10))
CASE = Case(
    NUMBERS[0],
    PatentKind.INVENTION,
    title="一种多级离心泵的密封装置",
    client="某某泵业",
    agents=("周以宁",),
    agent_licences=("3210012345.6",),
    filed=date(2026, 3, 18),
    abnormal=(FOUND,),
)


@pytest.fixture
def panel(credit_page: CreditPage, qtbot: QtBot) -> ProposalsPanel:
    put(credit_page.window(), CASE)
    panel = credit_page.leaf("proposals")
    settle(credit_page, qtbot)
    return panel


def test_findings_are_proposed_with_the_cases_behind_them(panel: ProposalsPanel):
    codes = [row[1].split(" ")[0] for row in texts(panel.view)]
    assert codes == ["AG-ABN", "PA-ABN"]
    behind = panel.cases.rows
    assert [case.title for case in behind] == ["一种多级离心泵的密封装置"]


def test_a_proposal_fills_the_form_and_enters_nothing(
    credit_page: CreditPage, panel: ProposalsPanel, qtbot: QtBot
):
    panel.view.selectRow(0)
    panel.enter()
    settle(credit_page, qtbot)
    ledger = credit_page.leaf("ledger")
    assert ledger.is_entering
    assert credit_page.view.subject == AGENCY
    assert ledger.form.field("rule_code").value == "AG-ABN"
    assert ledger.form.field("decision_date").value == date(2026, 9, 10)
    assert ledger.form.field("cases").entries == (NUMBERS[0],)
    assert len(desk(credit_page).events()) == 3
    type_into(ledger.form.field("recorded_date"), "2026-09-15")
    type_into(ledger.form.field("points"), "0.1")
    ledger.keep()
    settle(credit_page, qtbot)
    assert credit_page.strip.total.text() == "80.9"
    credit_page.leaf("proposals")
    settle(credit_page, qtbot)
    assert [row[1].split(" ")[0] for row in texts(panel.view)] == ["PA-ABN"]


def test_an_agent_not_entered_yet_is_asked_for_first(
    credit_page: CreditPage, panel: ProposalsPanel, qtbot: QtBot
):
    panel.view.selectRow(1)
    panel.enter()
    assert credit_page.form.isVisible()
    assert credit_page.form.code.value == "3210012345.6"
    type_into(credit_page.form.name, "周以宁")
    credit_page.form.take()
    settle(credit_page, qtbot)
    agent = Subject(SubjectKind.AGENT, "3210012345.6")
    assert credit_page.view.subject == agent
    ledger = credit_page.leaf("ledger")
    assert ledger.is_entering
    assert ledger.form.field("rule_code").value == "PA-ABN"


def test_volumes_are_proposed_above_a_limit_that_is_stated(
    credit_page: CreditPage, panel: ProposalsPanel, qtbot: QtBot
):
    # One agent with one case: the average itself, and above half of it.
    type_into(panel.times, "0.5")
    settle(credit_page, qtbot)
    rules = [row[1].split(" ")[0] for row in texts(panel.view)]
    assert "PA-VOL" in rules
    type_into(panel.times, "1")
    settle(credit_page, qtbot)
    assert "PA-VOL" not in [row[1].split(" ")[0] for row in texts(panel.view)]
