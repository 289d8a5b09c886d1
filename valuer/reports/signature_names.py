"""Who a report names, and who signs it.

A report names two appraisers and the house; a certificate names its holder. Where they
differ the signer is told, and may be right: names change, and certificates spell them
in their own ways. The signature goes into the box under the signer's own name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from valuer.core.case import Appraiser, House
from valuer.core.texts import N_, Message, message
from valuer.reports.signature_roles import PERSON_FIELDS, SEALING, Role

_OTHER = N_(
    "The certificate is of {name}; the report names {named}. See that the right person "
    "signs."
)


class Named(Protocol):
    """Whom a report names: those who sign, and the house."""

    @property
    def house(self) -> House:
        """The house that seals it."""

    @property
    def appraisers(self) -> tuple[Appraiser, ...]:
        """Those who sign, in the order of their fields."""


@dataclass(frozen=True, slots=True)
class Naming:
    """How a certificate's holder stands in a report.

    Attributes:
        field: name of the field made for them and not yet signed, or "".
        number: their qualification number, or "".
        notes: what the signer is told.
    """

    field: str = ""
    number: str = ""
    notes: tuple[Message, ...] = ()


def naming(
    case: Named | None, holder: str, role: Role, signed: Collection[str] = ()
) -> Naming:
    """Return how the holder of a certificate stands in a case.

    Args:
        case: whom the report names: its case, its facts; None for another document.
        holder: the name in the certificate.
        role: the part in which they sign.
        signed: names of the fields that are signed already; of two namesakes the
            second has the one that is not.
    """
    if case is None:
        return Naming()
    if role in SEALING:
        named = case.house.name
        told = () if _plain(named) == _plain(holder) else (_note(holder, named),)
        return Naming(notes=told)
    fields = PERSON_FIELDS[Role(role)]
    own = [
        (field, appraiser.qualification)
        for field, appraiser in zip(fields, case.appraisers, strict=False)
        if _plain(appraiser.name) in _names(holder)
    ]
    for field, number in own:
        if field not in signed:
            return Naming(field, number)
    if own:
        return Naming(number=own[0][1])
    named = ", ".join(map(_named, case.appraisers[: len(fields)]))
    return Naming(notes=(_note(holder, named),))


def is_same_name(one: str, other: str) -> bool:
    """Whether two certificates spell one name."""
    return _plain(one) == _plain(other)


def _named(appraiser: Appraiser) -> str:
    return appraiser.name


def _note(holder: str, named: str) -> Message:
    return message(_OTHER, name=holder, named=named or "—")


def _names(holder: str) -> set[str]:
    """Return the forms in which a certificate may hold a name.

    Authorities write 王建国, 王建国@3201…, 王建国-签名 and the like.
    """
    whole = _plain(holder)
    parts = whole.replace("@", "-").replace("_", "-").split("-")
    return {whole, *parts} - {""}


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(folded.split())
