"""The parts in which a report is signed, and the fields that stand for them.

Two appraisers (评估专业人员) sign, then the institution seals; a quality report of a
patent agency is signed by those responsible (负责人), and the agency seals. The field
tells the part, else the reason that the signature states; both are signed with the
document, so they cannot be changed afterwards.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection
from enum import StrEnum

from valuer.core.texts import LANGUAGES, N_, tr


class Role(StrEnum):
    """In which part someone signs."""

    APPRAISER = "appraiser"
    AGENCY = "agency"
    RESPONSIBLE = "responsible"
    HOUSE = "house"


PERSONS = (Role.APPRAISER, Role.RESPONSIBLE)
"""The parts in which persons sign, before the house seals."""

SEALING = (Role.AGENCY, Role.HOUSE)
"""The parts in which a house seals: an appraisal institution, a patent agency."""

ROLE_NAMES = {
    Role.APPRAISER: N_("Appraiser"),
    Role.RESPONSIBLE: N_("Responsible person"),
    Role.AGENCY: N_("Institution"),
    Role.HOUSE: N_("Patent agency"),
}

REASONS = {
    Role.APPRAISER: N_("Signed by the appraiser"),
    Role.RESPONSIBLE: N_("Signed by the responsible person"),
    Role.AGENCY: N_("Sealed by the institution"),
    Role.HOUSE: N_("Sealed by the patent agency"),
}
"""What a signature states as its reason, in the language of its signing."""

APPRAISER_FIELDS = ("Appraiser1", "Appraiser2")
RESPONSIBLE_FIELDS = ("Responsible1", "Responsible2")
AGENCY_FIELD = "Institution"
HOUSE_FIELD = "Agency"

PERSON_FIELDS = {
    Role.APPRAISER: APPRAISER_FIELDS,
    Role.RESPONSIBLE: RESPONSIBLE_FIELDS,
}
"""The fields of the persons who sign, by their part, in the order of signing."""

_STEMS = {
    Role.APPRAISER: "Appraiser",
    Role.RESPONSIBLE: "Responsible",
    Role.AGENCY: "Institution",
    Role.HOUSE: "Agency",
}


def role_of(field: str, reason: str = "") -> Role | None:
    """Return the part that a field's name or a signature's reason tells, or None."""
    for role, stem in _STEMS.items():
        if re.fullmatch(rf"{stem}\d*", field):
            return role
    for role, marked in REASONS.items():
        if reason and reason in [tr(marked, language) for language in LANGUAGES]:
            return role
    return None


def next_field_name(role: Role, taken: Collection[str]) -> str:
    """Return a field name for a part that is not yet taken."""
    names = (f"{_STEMS[role]}{number}" for number in itertools.count(1))
    return next(name for name in names if name not in taken)
