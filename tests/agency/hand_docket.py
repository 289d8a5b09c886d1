"""A docket small enough to count by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from valuer.agency.columns import columns_of
from valuer.agency.docket import Case
from valuer.agency.metric import Question
from valuer.agency.metrics import metric
from valuer.agency.notices import Notice
from valuer.agency.quality import Row, answer
from valuer.core.patents import PatentKind

AS_OF = date(2026, 9, 30)
INVENTION, UTILITY = PatentKind.INVENTION, PatentKind.UTILITY_MODEL
ACTION = Notice("审查意见通知书", date(2024, 6, 3))


def case(number: int, **facts) -> Case:
    """An invention filed on 2023-01-05 + number days, by agent 甲, with no notices."""
    filed = date(2023, 1, 5) + timedelta(days=number)
    given = {
        "kind": INVENTION,
        "agents": ("甲",),
        "client": "客户一",
        "field": "H04L 9/00",
        "filed": filed,
        "notices": (),
    }
    return Case(f"CN2023{number:08}", **(given | facts))


def ended(day: str, status: str, field: str) -> dict[str, object]:
    return {"status": status, field: date.fromisoformat(day)}


GRANTED = ended("2025-03-04", "专利权维持", "granted")
REFUSED = ended("2025-04-08", "驳回失效", "refused")
SILENT = ended("2025-05-06", "逾期视撤失效", "deemed_withdrawn")
UNPAID = ended("2024-02-06", "无申请费视撤失效", "deemed_withdrawn")
LEFT = ended("2025-06-03", "撤回专利申请", "withdrawn")

DOCKET = (
    case(1, **GRANTED, notices=(ACTION,)),
    case(2, **GRANTED, notices=(ACTION, replace(ACTION, made=date(2024, 9, 3)))),
    case(3, **GRANTED, agents=("乙", "甲")),
    case(4, **REFUSED, notices=(ACTION,)),
    case(5, **SILENT, notices=(ACTION,), agents=("乙",)),
    case(6, **UNPAID),
    case(7, **LEFT, agents=("乙",), client="客户二"),
    case(8, status="一通出案待答复", notices=(ACTION,)),
    # Can be restored: not closed.
    case(9, status="逾期视撤，等恢复", notices=(ACTION,)),
    # Leave every denominator.
    case(10, status="国优视撤", deemed_withdrawn=date(2024, 3, 5)),
    case(
        11,
        kind=UTILITY,
        status="放弃专利权（同样发明创造）",
        granted=date(2023, 9, 5),
    ),
    case(12, kind=UTILITY, **ended("2023-09-05", "专利权维持", "granted")),
    # Its word tells nothing.
    case(13, status="其他失效"),
)


def row(cases, key: str, question: Question = Question()) -> Row:  # noqa: B008 - a value
    (found,) = answer(columns_of(cases, AS_OF), question, (metric(key),))
    return found
