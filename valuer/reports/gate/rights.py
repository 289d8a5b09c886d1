"""What is known of the patents and not told: pledges, licences, disputes, transfers.

The legal history speaks in the words of its source; those words are looked for. A
matter counts as told where special matters, later events or the scope name it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from valuer.core.case import Case
from valuer.core.patents import LegalEvent, LegalStatus, Patent
from valuer.core.problems import Severity
from valuer.core.texts import N_, message
from valuer.reports.findings import Check, Found, Material


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that bears on a right.

    Attributes:
        key: stable name; ``name``: marked words.
        signs: words of a source by which it is known, in small letters like all
            here; ``ends``: and is over.
        told: words by which a text tells of it.
        is_later: whether it matters only after the valuation date.
    """

    key: str
    name: str
    signs: tuple[str, ...]
    ends: tuple[str, ...]
    told: tuple[str, ...]
    is_later: bool = False


@dataclass(frozen=True, slots=True)
class News:
    """One entry of the history: its place, day and words."""

    where: str
    on: date | None
    wording: str
    status: LegalStatus


MATTERS = (
    Matter(
        "pledge",
        N_("a pledge"),
        ("质押", "pledge", "security interest"),
        ("注销", "解除", "releas", "cancel", "discharg"),
        ("质押", "pledge", "security interest"),
    ),
    Matter(
        "licence",
        N_("a licence"),
        ("许可", "licence", "license"),
        ("注销", "撤回", "cancel", "withdr", "terminat"),
        (
            "许可合同",
            "许可使用",
            "实施许可",
            "开放许可",
            "已许可",
            "licence",
            "license",
        ),
    ),
    Matter(
        "preservation",
        N_("a preservation by a court"),
        ("保全", "查封", "冻结", "preservation", "seiz"),
        ("解除", "lifted", "releas"),
        ("保全", "查封", "冻结", "preservation", "seiz"),
    ),
    Matter(
        "dispute",
        N_("a dispute"),
        ("诉讼", "纠纷", "litigation", "dispute", "lawsuit"),
        ("撤诉", "终审", "withdrawn", "settled", "dismissed"),
        ("诉讼", "纠纷", "litigation", "dispute", "lawsuit"),
    ),
    Matter(
        "invalidation",
        N_("a request for invalidation"),
        ("无效", "口头审理", "invalid"),
        ("维持", "maintained", "upheld"),
        ("无效", "invalid"),
    ),
    Matter(
        "transfer",
        N_("a transfer"),
        ("转移", "转让", "权利人变更", "专利权人变更", "transfer"),
        (),
        ("转移", "权利人变更", "专利权人变更", "已转让", "transfer"),
        is_later=True,
    ),
)

_BOTH_WAYS = ("生效", "及其")
"""Words of headings under which a gazette prints beginnings and ends alike."""


def untold(matter: Matter, material: Material) -> Iterator[Found]:
    """Yield what the history knows of a matter and the case does not tell."""
    if _is_told(material.case, matter.told):
        return
    for patent, news in _known(material.case, matter):
        text = N_(
            "{number}: its legal history tells of {matter}, “{wording}”, {on}; special"
            " matters and later events say nothing of it. Tell it and what it means."
        )
        on = news.on or message(N_("on a day not stated"))
        values = {"matter": message(matter.name), "wording": news.wording[:60]}
        yield news.where, message(text, number=patent.identity, on=on, **values)


def contradicted(material: Material) -> Iterator[Found]:
    """Yield the declaration of a free right against its history."""
    case = material.case
    if not case.declared.no_encumbrances:
        return
    for matter in MATTERS:
        if matter.is_later:
            continue
        for patent, news in _known(case, matter):
            if not _begins(news.wording, matter):
                continue
            text = N_(
                "No licence, pledge, dispute or invalidation is declared to be known;"
                " the legal history of {number} tells of {matter}, “{wording}”."
            )
            values = {"matter": message(matter.name), "wording": news.wording[:60]}
            words = message(text, number=patent.identity, **values)
            yield "declared.no_encumbrances", words


def later_contradicted(material: Material) -> Iterator[Found]:
    """Yield the declaration of no later events against the history."""
    case = material.case
    if not case.declared.no_later_events or case.valuation_date is None:
        return
    for patent in case.patents:
        for news in _news(case, patent):
            is_later = news.on is not None and news.on > case.valuation_date
            matters = (_begins(news.wording, one) for one in MATTERS)
            if is_later and (any(matters) or news.status in _ENDED):
                text = N_(
                    "No later events are declared to be known; the legal history of"
                    " {number} tells of “{wording}”, {on}."
                )
                values = {"wording": news.wording[:60], "on": news.on}
                words = message(text, number=patent.identity, **values)
                yield "declared.no_later_events", words


def answered_entries(case: Case, patent: Patent) -> tuple[LegalEvent, ...]:
    """Return the entries of a history whose warnings are answered.

    A report prints them with the answers; what they make of the patent it prints
    otherwise, so it is left out of them.
    """
    places = {one.where for one in case.answers}
    told = [(one.on, one.wording) for one in patent.history]
    told.append((patent.status_on, patent.status_wording))
    return tuple(
        LegalEvent(LegalStatus.UNKNOWN, wording, on)
        for on, wording in dict.fromkeys(told)
        if wording and _place(case, patent, on) in places
    )


def ended_later_is_told(case: Case) -> bool:
    """Whether the case tells that a right ended after the valuation date."""
    return re.search(_ENDED_TOLD, _texts(case)) is not None


_ENDED = (
    LegalStatus.LAPSED,
    LegalStatus.EXPIRED,
    LegalStatus.WITHDRAWN,
    LegalStatus.REFUSED,
    LegalStatus.ABANDONED,
    LegalStatus.RESTORABLE,
    LegalStatus.FEE_GRACE,
)

_ENDED_TOLD = (
    r"(?:专利权?|权利)(?:[的已因于在自未将提][^，。；]*)?终止|年费[^，。；]*终止"
    r"|失效|放弃|撤回|驳回|lapse|restor"
)
"""How a text tells that a right ended; contracts end (终止), too."""


def _known(case: Case, matter: Matter) -> Iterator[tuple[Patent, News]]:
    """Yield, for each patent, the newest entry of a matter that is not over."""
    valued = case.valuation_date
    for patent in case.patents:
        of_matter = [one for one in _news(case, patent) if _is_of(one.wording, matter)]
        if not of_matter:
            continue
        last = of_matter[-1]
        is_later = last.on is not None and valued is not None and last.on > valued
        # What ended after the valuation date was a burden on it.
        is_due = (
            is_later if matter.is_later else _begins(last.wording, matter) or is_later
        )
        if is_due:
            yield patent, last


def _news(case: Case, patent: Patent) -> Iterator[News]:
    """Yield what was known of a patent by the report date, oldest first."""
    dated = case.report_date
    told = [(one.on, one.wording, one.status) for one in patent.history]
    if patent.status_wording not in {wording for _, wording, _ in told}:
        told.append((patent.status_on, patent.status_wording, patent.status))
    for on, wording, status in sorted(told, key=lambda one: one[0] or date.min):
        if not (on and dated and on > dated):
            yield News(_place(case, patent, on), on, wording, status)


def _place(case: Case, patent: Patent, on: date | None) -> str:
    """Return the place of an entry; by its day, for entries come and go."""
    name = patent.identity or str(case.patents.index(patent))
    return f"patents.{name}.history.{on or 'undated'}"


def _is_of(wording: str, matter: Matter) -> bool:
    return any(sign in wording.casefold() for sign in matter.signs)


def _begins(wording: str, matter: Matter) -> bool:
    """Whether an entry is of a matter and does not say that it is over."""
    is_over = any(end in wording.casefold() for end in matter.ends)
    is_open = any(word in wording for word in _BOTH_WAYS)
    return _is_of(wording, matter) and (is_open or not is_over)


def _is_told(case: Case, words: tuple[str, ...]) -> bool:
    told = _texts(case)
    return any(word in told for word in words)


def _texts(case: Case) -> str:
    """Return where matters are told, in small letters."""
    texts = (
        *case.special_matters,
        *(event.text for event in case.events),
        case.scope_note,
        case.declared.uncertainty,
    )
    return "\n".join(texts).casefold()


CHECKS = (
    *(Check(f"untold_{one.key}", "ip_rights", partial(untold, one)) for one in MATTERS),
    Check("declared_free", "ip_rights", contradicted, Severity.ERROR),
    Check(
        "declared_nothing_later",
        "report_special_matters",
        later_contradicted,
        Severity.ERROR,
    ),
)
