"""Who signs and which house: persons, numbers, and what the house may issue."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from valuer.core.case import HOUSE_NAMES, Appraiser, HouseKind
from valuer.core.problems import Severity
from valuer.core.texts import N_, message
from valuer.reports.findings import Check, Found, Material


def is_institution(material: Material) -> bool:
    """Whether an appraisal institution issues it, to which the law is addressed."""
    return material.case.house.kind is HouseKind.APPRAISAL_INSTITUTION


def wrong_house(material: Material) -> Iterator[Found]:
    """Yield a kind of report that this kind of house may not issue."""
    house, kind = material.case.house, material.kind
    if house.kind not in kind.houses:
        text = N_("“{title}” is not issued by this kind of house: {house}.")
        name = message(HOUSE_NAMES[house.kind])
        yield "house.kind", message(text, title=message(kind.title), house=name)


def registration_missing(material: Material) -> Iterator[Found]:
    """Yield an appraisal institution without its registration."""
    if is_institution(material) and not material.case.house.registration.strip():
        text = N_("State the registration number of the appraisal institution.")
        yield "house.registration", message(text)


def same_person(material: Material) -> Iterator[Found]:
    """Yield one who is named twice among those who sign."""
    signers = material.case.appraisers
    for place, one in enumerate(signers):
        for former in signers[:place]:
            if _is_same(one, former):
                text = N_(
                    "“{name}” is named twice; two different persons sign the report."
                )
                yield f"appraisers[{place}]", message(text, name=one.name.strip())
                break


def qualification_missing(material: Material) -> Iterator[Found]:
    """Yield signers without the number of their qualification."""
    for place, one in enumerate(material.case.appraisers):
        if one.name.strip() and one.certified and not one.qualification.strip():
            text = N_("State the qualification number of “{name}”.")
            where = f"appraisers[{place}].qualification"
            yield where, message(text, name=one.name.strip())


def _is_same(one: Appraiser, other: Appraiser) -> bool:
    names = _plain(one.name), _plain(other.name)
    numbers = _plain(one.qualification), _plain(other.qualification)
    if not all(names):
        return False
    if all(numbers):
        return numbers[0] == numbers[1]  # namesakes have numbers of their own
    return names[0] == names[1]


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


CHECKS = (
    Check("wrong_house", "law_15_16", wrong_house, Severity.ERROR),
    Check("registration_missing", "law_15_16", registration_missing),
    Check("same_person", "law_27", same_person, Severity.ERROR),
    Check("qualification_missing", "report_annexes", qualification_missing),
)
