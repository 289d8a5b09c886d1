"""What a share or royalty rate rests on, and what a report may not rest it on.

How the rate was found, from what source, on whose revenue: what an appraiser is asked
first. Rules of thumb are warned of in a Chinese report and refused where a court has
thrown them out; every message says why.

Sources: Uniloc v. Microsoft, 632 F.3d 1292 (Fed. Cir. 2011), on the 25 % rule and the
entire market value; VirnetX v. Cisco, 767 F.3d 1308 (Fed. Cir. 2014), on equal splits;
三分法 and 四分法 of Chinese textbooks (33 %, 25 % of profit); ceilings of open licences,
20 % of net sales or 40 % of profit, as the CNIPA notice is quoted (not embedded).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from valuer.core.method import centred
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_, Message, message


class Jurisdiction(StrEnum):
    """Whose rules of evidence the report is read by."""

    CHINA = "china"
    ENGLISH = "english"
    LITIGATION = "litigation"


class ShareBasis(StrEnum):
    """How the share or royalty rate was found."""

    NOT_STATED = "not_stated"
    LICENCES = "comparable_licences"
    COMPANIES = "listed_companies"
    SCORE_SHEET = "score_sheet"
    ANALYTICAL = "analytical"
    INVESTMENT = "equivalent_investment"
    MARGINAL = "marginal_analysis"
    CONTRACT = "contract"
    RULE_OF_THUMB = "rule_of_thumb"
    EQUAL_SPLIT = "equal_split"
    OTHER = "other"


class RevenueBase(StrEnum):
    """Of what the revenue is that the share is taken of."""

    NOT_STATED = "not_stated"
    PART = "patented_part"
    WHOLE = "whole_product"


JURISDICTION: Any = {
    "label": N_("Rules of evidence"),
    "default": Jurisdiction.CHINA,
    "quiet": True,
    "choice_labels": (
        (Jurisdiction.CHINA.value, N_("Chinese report")),
        (Jurisdiction.ENGLISH.value, N_("English report")),
        (Jurisdiction.LITIGATION.value, N_("Litigation")),
    ),
    "help": N_("By whose rules the evidence of the share is judged."),
}
SHARE_BASIS: Any = {
    "label": N_("How the share was found"),
    "default": ShareBasis.NOT_STATED,
    "quiet": True,
    "choice_labels": (
        (ShareBasis.NOT_STATED.value, N_("Not stated")),
        (ShareBasis.LICENCES.value, N_("Comparable licences")),
        (ShareBasis.COMPANIES.value, N_("Comparable listed companies")),
        (ShareBasis.SCORE_SHEET.value, N_("Score sheet within a range")),
        (ShareBasis.ANALYTICAL.value, N_("Analytical: profit above the normal")),
        (ShareBasis.INVESTMENT.value, N_("Equivalent investment")),
        (ShareBasis.MARGINAL.value, N_("Marginal analysis")),
        (ShareBasis.CONTRACT.value, N_("Licence contract of this patent")),
        (ShareBasis.RULE_OF_THUMB.value, N_("Rule of thumb, 25–33 % of profit")),
        (ShareBasis.EQUAL_SPLIT.value, N_("Equal split of the profit")),
        (ShareBasis.OTHER.value, N_("Other")),
    ),
    "help": N_("Royalty rates and share rates alike."),
}
SHARE_SOURCE: Any = {
    "label": N_("Source of the share"),
    "default": "",
    "quiet": True,
    "help": N_("Document, table or working paper that the rate was taken from."),
}
OTHER_EVIDENCE: Any = {
    "label": N_("Other evidence of the share"),
    "default": "",
    "quiet": True,
    "help": N_(
        "What else supports the rate. Left blank, the way it was found is its only"
        " evidence."
    ),
}
REVENUE_BASE: Any = {
    "label": N_("Revenue is that of"),
    "default": RevenueBase.NOT_STATED,
    "quiet": True,
    "choice_labels": (
        (RevenueBase.NOT_STATED.value, N_("Not stated")),
        (RevenueBase.PART.value, N_("The patented part")),
        (RevenueBase.WHOLE.value, N_("The whole product")),
    ),
    "help": N_(
        "A whole product's revenue needs a covered share, or evidence that the patent"
        " is why it is bought."
    ),
}
DEMAND_EVIDENCE: Any = {
    "label": N_("Evidence that the patent drives demand"),
    "default": "",
    "quiet": True,
    "help": N_("Survey, tests, price studies; needed with a whole product's revenue."),
}

BLANK_SOURCE = N_(
    "The source of the share is blank, so that a reader cannot follow it. State"
    " what the rate was taken from."
)
"""Said of a share that is typed; one found by another run of the case has its source."""

SPLIT_LOW, SPLIT_HIGH = 0.25, 1 / 3
SALES_CEILING, PROFIT_CEILING = 0.2, 0.4
_HAIR = 1e-9
# 33 % is printed for a third, and 33.3 % too.
_THIRD = SPLIT_HIGH + 5e-5


@dataclass(frozen=True, slots=True)
class _Shares:
    """The rates at their centres: of revenue and of profit, where either is known."""

    where: str
    of_revenue: tuple[float, ...]
    of_profit: tuple[float, ...]

    def are_near(self, share: float) -> bool:
        """Whether the rate stated, or what it is of the profit, is this everywhere."""
        return any(
            series and all(abs(one - share) < _HAIR for one in series)
            for series in (self.of_revenue, self.of_profit)
        )

    def are_thirds(self) -> bool:
        """Whether all lie where rules of thumb put a share of profit."""
        low, found = SPLIT_LOW - _HAIR, self.of_profit
        return bool(found) and all(low <= one <= _THIRD for one in found)


def revenue_share_issues(
    params: Any, name: str, *, asks: bool = True
) -> Iterator[Issue]:
    """Yield what is told of a share of revenue, the parameter ``name``.

    ``asks``: whether a Chinese report that says nothing of the share is told so.
    """
    centre = centred(params)
    rates, margins = _series(getattr(centre, name)), _series(centre.profit_margin)
    pairs = tuple(_pairs(rates, margins))
    shares = _Shares(name, rates, tuple(rate / margin for rate, margin in pairs))
    if asks or not _is_silent(params):
        yield from _source_issues(params, shares)
    yield from _issues(params, shares)
    yield from _above_margin(name, pairs)


def profit_share_issues(params: Any, name: str) -> Iterator[Issue]:
    """Yield what is told of a share of profit, the parameter ``name``."""
    centre = centred(params)
    rates, margins = _series(getattr(centre, name)), _series(centre.profit_margin)
    of_revenue = tuple(rate * margin for rate, margin in _pairs(rates, margins))
    shares = _Shares(name, of_revenue, rates)
    yield from _source_issues(params, shares)
    yield from _issues(params, shares)


def licensor_share_issues(params: Any, name: str) -> Iterator[Issue]:
    """Yield what is told of a share of profit that a royalty rate is found by."""
    shares = _Shares(name, (), _series(getattr(centred(params), name)))
    yield from _source_issues(params, shares)
    yield from _rule_issues(params, shares)


def solved_rate_issues(params: Any, name: str, rate: float) -> Iterator[Issue]:
    """Yield what is told of a rate of revenue that was solved for, not taken.

    ``name`` is the parameter that the user can change.
    """
    pairs = tuple(_pairs((rate,), _series(centred(params).profit_margin)))
    shares = tuple(one / margin for one, margin in pairs)
    yield from _ceiling_issues(_Shares(name, (rate,), shares))
    yield from _above_margin(name, pairs)


def _above_margin(
    where: str, pairs: tuple[tuple[float, float], ...]
) -> Iterator[Issue]:
    above = [(rate, margin) for rate, margin in pairs if rate > margin * (1 + _HAIR)]
    if not above:
        return
    text = N_(
        "The rate of {rate} of revenue is above the profit margin of {margin}: no"
        " licensee pays more than it earns. Show why, or lower the rate."
    )
    rate, margin = (_percent(one) for one in above[0])
    yield _told(Severity.WARNING, where, text, rate=rate, margin=margin)


def _issues(params: Any, shares: _Shares) -> Iterator[Issue]:
    yield from _rule_issues(params, shares)
    yield from _base_issues(params)


def _rule_issues(params: Any, shares: _Shares) -> Iterator[Issue]:
    if params.jurisdiction is Jurisdiction.CHINA:
        yield from _chinese_issues(params, shares)
    else:
        yield from _court_issues(params, shares)


def _is_silent(params: Any) -> bool:
    """Whether the rules are the first ones and the way to the share is not stated."""
    in_china = params.jurisdiction is Jurisdiction.CHINA
    return in_china and params.share_basis is ShareBasis.NOT_STATED


def _chinese_issues(params: Any, shares: _Shares) -> Iterator[Issue]:
    where, basis = shares.where, params.share_basis
    if basis is ShareBasis.RULE_OF_THUMB and not params.other_evidence.strip():
        text = N_(
            "A rule of thumb is the only evidence of the share. It is the same for"
            " every patent, so it proves nothing of this one. State other evidence, or"
            " find the share another way."
        )
        yield _told(Severity.ERROR, where, text)
    elif basis is ShareBasis.RULE_OF_THUMB or shares.are_thirds():
        text = N_(
            "A share of 25–33 % of profit is what rules of thumb give any patent: a"
            " quarter for four factors, a third for three. Show what ties it to this"
            " patent."
        )
        yield _told(Severity.WARNING, where, text)
    if basis is ShareBasis.EQUAL_SPLIT:
        text = N_(
            "An equal split of the profit is an assumption, no evidence. Show why these"
            " two sides would have agreed on it."
        )
        yield _told(Severity.WARNING, where, text)
    yield from _ceiling_issues(shares)


def _ceiling_issues(shares: _Shares) -> Iterator[Issue]:
    """Yield a warning for rates above those of open licences."""
    for series, ceiling, text in (
        (
            shares.of_revenue,
            SALES_CEILING,
            N_(
                "The rate of {rate} of revenue is above the {ceiling} of net sales that"
                " the notice on open licences is quoted with as its ceiling. Show why"
                " this patent earns more."
            ),
        ),
        (
            shares.of_profit,
            PROFIT_CEILING,
            N_(
                "The share of {rate} of profit is above the {ceiling} of profit that"
                " the notice on open licences is quoted with as its ceiling. Show why"
                " this patent earns more."
            ),
        ),
    ):
        most = max(series, default=0.0)
        if most > ceiling + _HAIR:
            rate, limit = _percent(most), _percent(ceiling)
            yield _told(Severity.WARNING, shares.where, text, rate=rate, ceiling=limit)


def _court_issues(params: Any, shares: _Shares) -> Iterator[Issue]:
    where, basis = shares.where, params.share_basis
    unsaid = basis is ShareBasis.NOT_STATED
    if basis is ShareBasis.RULE_OF_THUMB or (unsaid and shares.are_near(SPLIT_LOW)):
        text = N_(
            "A share by the 25 % rule of thumb is refused in an English or litigation"
            " report: it is not tied to the facts of the case, not even as a starting"
            " point (Uniloc v. Microsoft, 632 F.3d 1292, Fed. Cir. 2011). Find it from"
            " comparable licences or analytically, and state how."
        )
        yield _told(Severity.ERROR, where, text)
    is_equal = basis is ShareBasis.EQUAL_SPLIT or (unsaid and shares.are_near(0.5))
    if is_equal and not params.other_evidence.strip():
        text = N_(
            "An equal split of the profit is refused in an English or litigation report"
            " unless the facts of the case support its premises (VirnetX v. Cisco, 767"
            " F.3d 1308, Fed. Cir. 2014). State that evidence, or find the share"
            " another way."
        )
        yield _told(Severity.ERROR, where, text)


def _base_issues(params: Any) -> Iterator[Issue]:
    """Yield what is told of a whole product's revenue."""
    is_apportioned = centred(params).covered_share not in (None, 1)
    is_argued = is_apportioned or params.demand_evidence.strip()
    if params.revenue_base is not RevenueBase.WHOLE or is_argued:
        return
    if params.jurisdiction is Jurisdiction.CHINA:
        text = N_(
            "The share is taken of the whole product's revenue without evidence that"
            " the patent drives the demand for it. State the evidence, or the share of"
            " the revenue that the patent covers."
        )
        yield _told(Severity.WARNING, "revenue_base", text)
        return
    text = N_(
        "The entire market value is refused in an English or litigation report without"
        " evidence that the patented feature drives the demand for the whole product"
        " (Uniloc v. Microsoft, 632 F.3d 1292, Fed. Cir. 2011). State the evidence, or"
        " the share of the revenue that the patent covers."
    )
    yield _told(Severity.ERROR, "revenue_base", text)


def _source_issues(params: Any, shares: _Shares) -> Iterator[Issue]:
    in_china = params.jurisdiction is Jurisdiction.CHINA
    if params.share_basis is ShareBasis.NOT_STATED and not in_china:
        text = N_(
            "How the share was found is not stated; it is the first question in an"
            " English or litigation report. State it."
        )
        yield _told(Severity.WARNING, shares.where, text)
    if params.share_source.strip():
        return
    severity = Severity.NOTE if in_china else Severity.WARNING
    yield _told(severity, shares.where, BLANK_SOURCE)


def _series(given: Any) -> tuple[float, ...]:
    if given is None:
        return ()
    return given if isinstance(given, tuple) else (given,)


def _pairs(
    rates: tuple[float, ...], margins: tuple[float, ...]
) -> Iterator[tuple[float, float]]:
    """Yield each rate with its margin; one figure serves every period."""
    count = max(len(rates), len(margins)) if margins else 0
    for place in range(count):
        yield rates[min(place, len(rates) - 1)], margins[min(place, len(margins) - 1)]


def _percent(fraction: float) -> Message:
    return message(N_("{number} %"), number=f"{fraction * 100:.4g}")


def _told(severity: Severity, where: str, text: str, **values: object) -> Issue:
    return Issue(severity, message(text, **values), where)
