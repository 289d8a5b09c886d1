"""What a share rests on: told in a Chinese report, refused where courts refused it."""

from __future__ import annotations

from typing import Any

import pytest

from valuer.core.entries import params_or_refuse
from valuer.core.problems import Severity
from valuer.methods import METHODS

FLOWS: dict[str, Any] = {
    "discount_rate": 0.1,
    "tax_rate": 0.25,
    "valuation_date": "2024-12-31",
    "first_period_end": "2025-12-31",
    "expiry_date": "2025-12-31",
    "timing": "end",
    "share_source": "合同 2",
}
SPLIT = FLOWS | {"profit": [100], "share_rate": 0.2}
SHARE = FLOWS | {"revenue": [1000], "share_rate": 0.02}
ROYALTY = FLOWS | {"revenue": [1000], "royalty_rate": 0.02}
COURTS = ("english", "litigation")


def issues(given: dict[str, Any], **more: Any) -> list[tuple[Severity, str]]:
    key = "profit_split" if "profit" in given else "income_share"
    method = METHODS.find("relief_from_royalty" if "royalty_rate" in given else key)
    params, _ = params_or_refuse(method.params, given | more)
    return [(one.severity, str(one.wording)) for one in method.check(params)]


def only(severity: Severity, given: dict[str, Any], **more: Any) -> str:
    found = [text for found, text in issues(given, **more) if found is severity]
    assert len(found) == 1, found
    return found[0]


def test_a_share_with_source_away_from_rules_of_thumb_is_not_questioned():
    for given in (SPLIT, SHARE, ROYALTY):
        assert issues(given) == []
        for court in COURTS:
            assert issues(given, jurisdiction=court, share_basis="analytical") == []


@pytest.mark.parametrize("court", COURTS)
def test_how_the_share_was_found_is_asked_in_court(court):
    told = only(Severity.WARNING, SHARE, jurisdiction=court)
    assert "How the share was found is not stated" in told


@pytest.mark.parametrize("given", [SPLIT, SHARE, ROYALTY])
def test_a_blank_source_is_told(given):
    blank = {"share_source": " ", "share_basis": "comparable_licences"}
    assert "source of the share is blank" in only(Severity.NOTE, given, **blank)
    court = {"jurisdiction": "litigation"}
    assert "is blank" in only(Severity.WARNING, given, **blank, **court)


@pytest.mark.parametrize("given", [SPLIT, SHARE])
def test_nothing_at_all_on_a_share_is_told(given):
    assert "is blank" in only(Severity.NOTE, given, share_source="")


# The 25 % rule


@pytest.mark.parametrize("share", [0.25, 0.3, 0.33, 0.333, 0.3333, 1 / 3])
@pytest.mark.parametrize("basis", ["not_stated", "score_sheet", "comparable_licences"])
def test_a_quarter_to_a_third_is_warned_of_in_a_chinese_report(share, basis):
    told = only(Severity.WARNING, SPLIT, share_rate=share, share_basis=basis)
    assert "25–33 %" in told


@pytest.mark.parametrize("share", [0.2499, 0.34])
def test_other_shares_of_profit_are_not(share):
    assert issues(SPLIT, share_rate=share) == []


def test_a_rule_of_thumb_with_other_evidence_is_a_warning():
    more = {"share_basis": "rule_of_thumb", "other_evidence": "两份可比许可"}
    assert "25–33 %" in only(Severity.WARNING, SPLIT, share_rate=0.25, **more)


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_rule_of_thumb_alone_is_an_error(blank):
    more = {"share_basis": "rule_of_thumb", "other_evidence": blank}
    assert "only evidence" in only(Severity.ERROR, SPLIT, share_rate=0.25, **more)


def test_what_a_share_of_revenue_is_of_the_profit_is_looked_at():
    told = only(Severity.WARNING, SHARE, share_rate=0.025, profit_margin=0.1)
    assert "25–33 %" in told
    assert issues(SHARE, share_rate=0.025, profit_margin=0.2) == []


@pytest.mark.parametrize("court", COURTS)
@pytest.mark.parametrize("given", [SPLIT, SHARE, ROYALTY])
def test_the_rule_of_thumb_is_refused_in_court_whatever_supports_it(court, given):
    more = {"share_basis": "rule_of_thumb", "other_evidence": "comparables"}
    told = only(Severity.ERROR, given, jurisdiction=court, **more)
    assert "Uniloc v. Microsoft" in told
    assert "632 F.3d 1292" in told


@pytest.mark.parametrize("court", COURTS)
def test_a_quarter_of_which_no_one_says_how_it_was_found_is_the_rule(court):
    quarter = {"share_rate": 0.25, "jurisdiction": court}
    assert "Uniloc" in only(Severity.ERROR, SPLIT, **quarter)
    assert issues(SPLIT, **quarter, share_basis="analytical") == []


def test_the_shares_of_uniloc_are_refused():
    # 10 dollars a key, a quarter of it, 225,978,721 units (LIT-01).
    keys = {"revenue": [2_259_787_210], "share_rate": 0.25, "jurisdiction": "english"}
    told = only(Severity.ERROR, SHARE, **keys, share_basis="rule_of_thumb")
    assert "Uniloc v. Microsoft" in told


# Equal splits


@pytest.mark.parametrize("court", COURTS)
def test_a_blind_equal_split_is_refused_in_court(court):
    equal = {"share_basis": "equal_split", "jurisdiction": court}
    told = only(Severity.ERROR, SPLIT, **equal, share_rate=0.5)
    assert "VirnetX v. Cisco" in told
    assert "767 F.3d 1308" in told
    bare = {"share_rate": 0.5, "jurisdiction": court}
    assert "VirnetX" in only(Severity.ERROR, SPLIT, **bare)
    assert issues(SPLIT, **equal, other_evidence="minutes of the talks") == []


def test_an_equal_split_is_warned_of_in_a_chinese_report():
    told = [
        text for _, text in issues(SPLIT, share_rate=0.5, share_basis="equal_split")
    ]
    assert any("equal split" in text for text in told)
    assert any("40 % of profit" in text for text in told)


# Entire market value


@pytest.mark.parametrize("court", COURTS)
@pytest.mark.parametrize("given", [SPLIT, SHARE, ROYALTY])
def test_a_whole_product_without_evidence_of_demand_is_refused_in_court(court, given):
    court_of = {"jurisdiction": court, "share_basis": "comparable_licences"}
    whole = {"revenue_base": "whole_product"} | court_of
    assert "entire market value" in only(Severity.ERROR, given, **whole)
    assert issues(given, **whole, demand_evidence="survey of buyers") == []
    assert issues(given, **whole, covered_share=0.3) == []
    assert "Uniloc" in only(Severity.ERROR, given, **whole, covered_share=1)
    assert issues(given, **court_of, revenue_base="patented_part") == []


def test_a_whole_product_is_warned_of_in_a_chinese_report():
    told = only(Severity.WARNING, SHARE, revenue_base="whole_product")
    assert "drives the demand" in told
    uncertain = {"dist": "uniform", "low": 0.2, "high": 0.4}
    assert issues(SHARE, revenue_base="whole_product", covered_share=uncertain) == []
