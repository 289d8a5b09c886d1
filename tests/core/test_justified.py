"""Which figures of a run were entered, and which of them rest on anything."""

from __future__ import annotations

from dataclasses import replace

from valuer.core.case import Case, Run
from valuer.core.differences import differences
from valuer.core.engagement import Evidence
from valuer.core.grounds import InputGround, Observability
from valuer.core.justified import entered, unjustified
from valuer.core.texts import say
from valuer.methods import METHODS

PARAMS = METHODS.find("relief_from_royalty").params
RUN = Run(
    "rfr",
    "relief_from_royalty",
    params={
        "royalty_rate": 0.035,
        "discount_rate": {"from": "wacc"},
        "timing": "mid",
        "revenue": [],
    },
)


def names(found) -> list[str]:
    return [one.name for one in found]


def about(place: str) -> tuple[Evidence, ...]:
    return (Evidence("a" * 64, "合同.pdf", about=place),)


def test_what_is_taken_chosen_or_left_empty_was_not_entered():
    assert names(entered(RUN, PARAMS)) == ["royalty_rate"]


def test_a_text_or_a_document_is_a_ground_and_blanks_are_none():
    assert names(unjustified(RUN, PARAMS, ())) == ["royalty_rate"]
    blank = replace(RUN, grounds=(InputGround("royalty_rate", "  "),))
    assert names(unjustified(blank, PARAMS, ())) == ["royalty_rate"]
    told = replace(RUN, grounds=(InputGround("royalty_rate", "三份许可合同"),))
    assert not unjustified(told, PARAMS, ())
    for place in ("runs.rfr.royalty_rate", "runs.rfr.royalty_rate.mode"):
        assert not unjustified(RUN, PARAMS, about(place))
    for place in ("runs.rfr.royalty_rate_base", "runs.rfr2.royalty_rate", ""):
        assert names(unjustified(RUN, PARAMS, about(place))) == ["royalty_rate"]


def test_a_changed_ground_is_told_by_the_name_of_its_input():
    before = Case(runs=(RUN,))
    seen = InputGround("royalty_rate", "许可合同", Observability.OBSERVABLE)
    after = Case(runs=(replace(RUN, grounds=(seen,)),))
    told = [say(one.wording, "zh_CN") for one in differences(before, after, METHODS)]
    assert [line.partition("（")[0] for line in told] == [
        "“许可费率”的取值依据：新增 许可合同",
        "“许可费率”的可观察性：新增 可观察",
    ]
