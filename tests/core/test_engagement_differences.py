"""What differs in the file of the engagement and in what runs are asked for."""

from __future__ import annotations

from datetime import date

from valuer.core.asked import Asked, Target, TwoInputs
from valuer.core.case import Case, Run
from valuer.core.differences import differences
from valuer.core.engagement import (
    Contract,
    Event,
    Evidence,
    Procedure,
    WorkDone,
)
from valuer.core.texts import say
from valuer.methods import METHODS

RFR = "relief_from_royalty"


def told(before: Case, after: Case) -> list[str]:
    return [say(one.wording, "en") for one in differences(before, after, METHODS)]


def test_the_file_of_the_engagement_and_analyses_are_told():
    asked = Asked((TwoInputs("royalty_rate", "discount_rate"),), (Target("a", 2.5),))
    run = Run("rfr", RFR, 1, {}, asked=asked)
    day = date(2026, 10, 1)
    done = WorkDone(Procedure.INVESTIGATION, day, None, "visit")
    before, after = (
        Case(runs=(Run("rfr", RFR, 1, {}),)),
        Case(
            runs=(run,),
            contract=Contract("C-1", day),
            work=(done,),
            events=(Event(day, "licence"),),
            evidence=(Evidence("a" * 64, "deed.pdf"),),
        ),
    )
    assert told(before, after) == [
        "Two-way table: added: royalty_rate × discount_rate (Relief from royalty)",
        "Break-even: added: a → 2.5 (Relief from royalty)",
        "Number of the engagement contract: added: C-1",
        "Contract signed on: added: 2026-10-01",
        "Work done: added: On-site investigation: 2026-10-01 visit",
        "Events after the valuation date: added: 2026-10-01 licence",
        "Evidence: added: deed.pdf (SHA-256 aaaaaaaaaaaa…)",
    ]
