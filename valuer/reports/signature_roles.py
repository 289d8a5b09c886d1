"""The parts in which a report is signed, and the fields that stand for them.

Two appraisers (评估专业人员) sign, then the institution seals. The name of the field
tells the part; it is signed with the document, so it cannot be changed afterwards.
"""

from __future__ import annotations

import re
from enum import StrEnum

from valuer.core.texts import N_


class Role(StrEnum):
    """In which part someone signs."""

    APPRAISER = "appraiser"
    AGENCY = "agency"


ROLE_NAMES = {
    Role.APPRAISER: N_("Appraiser"),
    Role.AGENCY: N_("Institution"),
}

APPRAISER_FIELDS = ("Appraiser1", "Appraiser2")
AGENCY_FIELD = "Institution"

_NAMES = re.compile(r"(Appraiser|Institution)\d*")


def role_of(field: str) -> Role | None:
    """Return the part that a field's name tells, or None."""
    match = _NAMES.fullmatch(field)
    if not match:
        return None
    return Role.APPRAISER if match[1] == "Appraiser" else Role.AGENCY
