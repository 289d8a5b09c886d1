"""The request of an application (专利请求书) in the form of the e-filing client.

Its elements bear the words of the paper form: 发明名称, 申请人/第一申请人/姓名或名称,
专利代理机构/代理人/工作证号, 申请文件清单/项数. What the form leaves blank is blank
here; what it fills with something else than the form asks for is told and left out.

Source: forms 110101, 120101 and 130101 of the office's e-filing client.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from valuer.core.dates import parse_date
from valuer.core.patents import PatentKind
from valuer.core.texts import N_, Message, message
from valuer.imports.plain_xml import Node

REQUESTS = {
    "110101": PatentKind.INVENTION,
    "120101": PatentKind.UTILITY_MODEL,
    "130101": PatentKind.DESIGN,
}
"""Codes of the request's forms, each with the kind of patent that it asks for."""

_TITLES = ("发明名称", "实用新型名称", "使用外观设计的产品名称")
_YES = frozenset(("1", "是", "true", "yes", "y", "√"))
_NO = frozenset(("", "0", "否", "false", "no", "n"))
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent who signs: name, licence number (工作证号) or ""."""

    name: str
    licence: str


@dataclass(frozen=True, slots=True)
class Request:
    """What a request tells; "" or None where it is blank.

    Attributes:
        claims: 项数, the claims as the form counts them.
        pages: of the description, by the form's list of its files.
        doubts: what stands where something else is asked for.
    """

    title: str
    reference: str
    applicants: tuple[str, ...]
    applicant_type: str
    agents: tuple[Agent, ...]
    filed: date | None
    priority: date | None
    same_day: bool
    claims: int | None
    pages: int | None
    doubts: tuple[Message, ...]


def read_request(form: Node) -> Request:
    """Return what a request tells."""
    doubts: list[Message] = []
    inside = form.first("申请人") or Node("", {})
    people = [one for one in inside.walk() if one.own("姓名或名称")]
    names = [one.own("姓名或名称") for one in people]
    listed = form.first("申请文件清单") or Node("", {})
    return Request(
        title=next(filter(None, map(form.told, _TITLES)), ""),
        reference=form.told("内部编号"),
        applicants=tuple(dict.fromkeys(names)),
        applicant_type=people[0].own("申请人类型") if people else "",
        agents=_agents(form.first("专利代理机构")),
        filed=_day([form.own("申请日")], N_("Filing day"), doubts),
        priority=_day(_priorities(form), N_("Priority date"), doubts),
        same_day=_same_day(form.first("同日申请"), doubts),
        claims=count(listed.told("项数"), N_("Number of claims"), doubts),
        pages=_pages(listed, doubts),
        doubts=tuple(doubts),
    )


def count(text: str, name: str, doubts: list[Message]) -> int | None:
    """Return the number that a text tells; 0 and blank tell none."""
    plain = text.strip()
    if plain.isdecimal() and int(plain[:9]) <= _MOST and len(plain) <= 9:
        return int(plain) or None
    if plain:
        wording = N_("“{name}” is “{given}”, which is no number; it was left out.")
        doubts.append(message(wording, name=message(name), given=plain[:40]))
    return None


def _agents(agency: Node | None) -> tuple[Agent, ...]:
    """Return the agents in the order that the form gives them."""
    if agency is None:
        return ()
    found: list[tuple[int, Agent]] = []
    for one in agency.walk():
        name = one.own("姓名")
        if name:
            order = one.attributes.get("顺序", "")
            place = int(order[:4]) if order.isdecimal() else _MOST
            found.append((place, Agent(name, one.own("工作证号"))))
    in_order = sorted(found, key=lambda each: each[0])
    return tuple(dict.fromkeys(agent for _, agent in in_order))


def _priorities(form: Node) -> list[str]:
    claimed = form.first("要求优先权声明")
    inside = claimed.walk() if claimed else ()
    return [one.text for one in inside if one.name == "在先申请日"]


def _day(texts: Iterable[str], name: str, doubts: list[Message]) -> date | None:
    """Return the earliest of the days that texts name."""
    days = []
    for text in filter(None, texts):
        day = parse_date(text)
        if day is None:
            wording = N_("“{name}” is “{given}”, which names no day; it was left out.")
            doubts.append(message(wording, name=message(name), given=text[:40]))
        else:
            days.append(day)
    return min(days, default=None)


def _same_day(block: Node | None, doubts: list[Message]) -> bool:
    """Tell whether the form declares the other kind of one day for the same invention."""
    told = [one.text for one in block.children] if block else []
    for text in told or ([block.text] if block else []):
        if text.casefold() in _YES:
            return True
        if text.casefold() not in _NO:
            wording = N_(
                "The declaration of a same-day application is “{given}”, neither yes"
                " nor no; it was taken as not made."
            )
            doubts.append(message(wording, given=text[:40]))
    return False


def _pages(listed: Node, doubts: list[Message]) -> int | None:
    for one in listed.walk():
        if one.own("表格代码") == "100002":
            return count(one.own("页数"), N_("Pages of the description"), doubts)
    return None
