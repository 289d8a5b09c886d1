"""What the house itself writes: assumptions, their effect, standards it relies on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from valuer.core.texts import N_, message
from valuer.reports.findings import Check, Found, Material
from valuer.reports.sections.completeness import house_texts
from valuer.reports.sections.ground import VERIFIED, Reference, references

_EFFECT = (
    "影响",
    "否则",
    "如不",
    "若",
    "将导致",
    "高于",
    "低于",
    "effect",
    "affect",
    "otherwise",
    "would",
    "higher",
    "lower",
)
"""Words by which a text tells what a special assumption does to the value."""

_TOLD_APART = ("†", "待核", "未核", "not checked", "unverified")
"""Words by which a text says that what it cites was not checked."""

_PLACEHOLDER = re.compile(
    r"待定|待补充?|待填写?|待确定|此处填写|[Xx×]{3,}|\bTB[CD]\b|\?{3,}|？{3,}|\blorem ipsum\b",
    re.ASCII,
)
"""What people write where something is still to come."""


def assumptions_missing(material: Material) -> Iterator[Found]:
    """Yield a case that states no assumption."""
    if not material.case.assumptions:
        yield "assumptions", message(N_("The case states no assumption of its own."))


def effect_untold(material: Material) -> Iterator[Found]:
    """Yield special assumptions of which nobody says what they do to the value."""
    for place, text in enumerate(material.case.special_assumptions):
        if not any(word in text.casefold() for word in _EFFECT):
            words = N_(
                "Tell what the special assumption does to the value: what it would be"
                " without."
            )
            yield f"special_assumptions[{place}]", message(words)


def unverified_cited(material: Material) -> Iterator[Found]:
    """Yield standards that the house cites as fact and nobody checked."""
    for where, one, text in _cited(material):
        if one.mark in VERIFIED or any(word in text for word in _TOLD_APART):
            continue
        words = N_(
            "{number} is cited as fact, and nobody checked it against its original here."
            " Compare it, or mark it as not checked."
        )
        yield where, message(words, number=one.number)


def standard_out_of_force(material: Material) -> Iterator[Found]:
    """Yield standards cited that are not those of the report date."""
    dated = material.case.report_date
    for where, one, _ in _cited(material):
        early = dated and one.first and dated < one.first
        late = dated and one.last and dated > one.last
        if early or late:
            words = N_(
                "{number} is not in force on the report date {dated}, as far as the"
                " program's list knows; cite the one that is."
            )
            yield where, message(words, number=one.number, dated=dated)


def placeholder_left(material: Material) -> Iterator[Found]:
    """Yield fields that still hold what somebody meant to replace."""
    case = material.case
    named = (
        ("client", case.client),
        *((f"users[{place}]", user) for place, user in enumerate(case.users)),
        ("house.name", case.house.name),
        ("house.registration", case.house.registration),
        *(
            (f"appraisers[{place}]", f"{one.name} {one.qualification}")
            for place, one in enumerate(case.appraisers)
        ),
    )
    for where, text in (*named, *house_texts(case)):
        if found := _PLACEHOLDER.search(text):
            words = N_("“{found}” still holds the place of something; replace it.")
            yield where, message(words, found=found[0])


def _cited(material: Material) -> Iterator[tuple[str, Reference, str]]:
    """Yield each standard that the house's own words cite by its number."""
    for where, text in house_texts(material.case):
        plain = _plain(text)
        for one in references():
            if one.number and _plain(one.number) in plain:
                yield where, one, text


def _plain(text: str) -> str:
    return re.sub(r"[\s〔〕\[\]()（）]", "", text)


CHECKS = (
    Check("assumptions_missing", "report_assumptions", assumptions_missing),
    Check("effect_untold", "ivs_reporting", effect_untold),
    Check("unverified_cited", "program", unverified_cited),
    Check("placeholder_left", "program", placeholder_left),
    Check("out_of_force", "report_sources", standard_out_of_force),
)
