"""What follows from several cells of a row: days that the status or a document places.

The day of the status is the day of what the status tells; the day on which a document
came out is a day of publication or of grant as its letter of kind says; counts of
a granted document are those at grant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from valuer.agency.docket import Case
from valuer.agency.statuses import Outcome, StatusWord, status_word
from valuer.core.patent_numbers import Number, publication_number, publication_rank
from valuer.core.patents import PatentKind
from valuer.imports.statuses import standing

DAY_OF = {
    Outcome.REFUSED: "refused",
    Outcome.DEEMED_WITHDRAWN: "deemed_withdrawn",
    Outcome.DEEMED_ABANDONED: "abandoned",
    Outcome.WITHDRAWN: "withdrawn",
    Outcome.ENDED: "lapsed",
}
"""The day that the day of a status is, by its outcome."""

_AT_GRANT = (("claims", "claims_granted"), ("claim_length", "claim_length_granted"))
_SEVERAL = re.compile(r"[;；|,，、\n]+")
_LAND = re.compile(r"([A-Z]{2})(?![A-Z])")
_COUNTRIES = {
    "中国": "CN",
    "美国": "US",
    "日本": "JP",
    "韩国": "KR",
    "欧洲专利局": "EP",
    "欧专局": "EP",
    "德国": "DE",
    "英国": "GB",
    "法国": "FR",
    "世界知识产权组织": "WO",
}
_ONLY_PUBLISHED = ("公布", "公开", "申请")
_GRANTED_AT_ONCE = (PatentKind.UTILITY_MODEL, PatentKind.DESIGN)


@dataclass(frozen=True, slots=True)
class Told:
    """What a row tells that is no field of a case, and becomes one.

    Attributes:
        kind_word: the list's own word for the kind, as in 发明授权.
        of_documents: the counts of the list are those of the document.
    """

    publication: str = ""
    announced: date | None = None
    status_on: date | None = None
    ended_on: date | None = None
    family: str = ""
    kind_word: str = ""
    of_documents: bool = False


def derived(case: Case, told: Told) -> Case:
    """Return the case with what follows from the rest of its row."""
    case = _announced(case, told)
    case = _by_status(case, told)
    if case.family_countries is None and told.family:
        case = replace(case, family_countries=countries_of(told.family))
    return _counted_at_grant(case, told)


def document_of(text: str) -> Number:
    """Return the latest document that a cell names."""
    found = [publication_number(part) for part in _SEVERAL.split(text)]
    sound = [one for one in found if one.is_sound]
    sound.sort(key=lambda one: publication_rank(one.text))
    return sound[-1] if sound else Number()


def office_of(text: str) -> str:
    """Return the two letters of an office or country, "" where they are not known."""
    plain = text.strip().upper()
    if len(plain) == 2 and plain.isascii() and plain.isalpha():
        return plain
    return _COUNTRIES.get(text.strip(), "")


def countries_of(text: str) -> int | None:
    """Return how many countries a family is in: of its members, or told by name."""
    parts = [part.strip() for part in _SEVERAL.split(text) if part.strip()]
    known = [_LAND.match(part.upper()) for part in parts]
    found = {
        match[1] if match else part for match, part in zip(known, parts, strict=True)
    }
    return len(found) or None


def _standing(case: Case) -> StatusWord | None:
    """Return what the status of a case tells."""
    return status_word(case.status_means or case.status) if case.status else None


def _announced(case: Case, told: Told) -> Case:
    """Place the day on which the document came out: of publication, or of grant."""
    if told.announced is None:
        return case
    granted = _is_granted_document(case, told)
    if granted is None:
        return case
    if granted:
        return replace(case, granted=case.granted or told.announced)
    return replace(case, published=case.published or told.announced)


def _is_granted_document(case: Case, told: Told) -> bool | None:
    """Tell whether a row's document is that of a grant; None: nothing tells."""
    document = document_of(told.publication)
    letter = document.text.rstrip("0123456789")[-1:] if document.country == "CN" else ""
    if letter in ("A", "B", "C", "U", "Y", "S", "D"):
        return letter != "A"
    if case.kind in _GRANTED_AT_ONCE or "授权" in told.kind_word:
        return True
    if any(word in told.kind_word for word in _ONLY_PUBLISHED):
        return False
    found = _standing(case)
    return False if found and found.outcome and not found.granted else None


def _by_status(case: Case, told: Told) -> Case:
    found = _standing(case)
    if found is None or found.outcome is None:
        return case
    name = DAY_OF.get(found.outcome)
    day = told.status_on or told.ended_on
    if name and day and getattr(case, name) is None:
        return replace(case, **{name: day})  # type: ignore[arg-type] # a day
    meaning = standing(case.status_means or case.status)
    if meaning and meaning.grants and told.status_on and case.granted is None:
        return replace(case, granted=told.status_on)
    return case


def _counted_at_grant(case: Case, told: Told) -> Case:
    names_document = told.publication or told.announced
    if not (told.of_documents and names_document and _is_granted_document(case, told)):
        return case
    moved: dict[str, Any] = {
        later: getattr(case, earlier)
        for earlier, later in _AT_GRANT
        if getattr(case, later) is None
    }
    moved |= {earlier: None for earlier, _ in _AT_GRANT}
    return replace(case, independent_claims=None, **moved)
