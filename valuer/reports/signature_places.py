"""Where in a document someone signs, and whether they may."""

from __future__ import annotations

from dataclasses import dataclass, replace

from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.reports.keys import SigningKey
from valuer.reports.pdf_forms import (
    SignatureField,
    signature_fields,
    signature_value,
)
from valuer.reports.pdf_revisions import Document, State
from valuer.reports.signature_locks import Locks, locks_of
from valuer.reports.signature_roles import (
    AGENCY_FIELD,
    APPRAISER_FIELDS,
    PERSONS,
    SEALING,
    Role,
    next_field_name,
    role_of,
)
from valuer.reports.verifying import Verification

_CLOSED = N_("The document is certified by its first signer and takes no further one.")

TWICE = {
    Role.APPRAISER: N_(
        "{name} has signed already; the second appraiser must be another person."
    ),
    Role.RESPONSIBLE: N_(
        "{name} has signed already; the second signer must be another person."
    ),
}
"""Nobody signs twice in one part."""

_WAITING = {
    Role.APPRAISER: N_(
        "The institution seals last: {count} appraisers have yet to sign."
    ),
    Role.RESPONSIBLE: N_("The agency seals last: {count} persons have yet to sign."),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a signature goes.

    Attributes:
        field: name of the field to be signed.
        added: names of invisible fields that must be added first.
        certifies: this signature closes the document to all but planned signatures.
    """

    field: str
    added: tuple[str, ...] = ()
    certifies: bool = False


def choose_place(
    pdf: bytes, found: Verification, key: SigningKey, role: Role, own: str = ""
) -> Place:
    """Return where the holder of a key signs in a part.

    Args:
        pdf: the document.
        found: what its verification said; it is intact or unsigned.
        key: who signs.
        role: in which part.
        own: name of the field made for them, or "".

    Raises:
        UserError: it is not their turn, or the document takes no such signature.
    """
    document = Document(pdf)
    state = document.state(document.chain(len(pdf)))
    fields = signature_fields(state)
    locks = _locks(state, fields)
    if locks.closed:
        raise UserError(_CLOSED)
    if any(role_of(field.name) for field in fields) and (
        locks.certified or not found.signatures
    ):
        place = _planned(fields, found, key, role)
        is_free = any(each.name == own and each.value is None for each in fields)
        return replace(place, field=own) if is_free else place
    return _unplanned(fields, found, locks, role)


def _locks(state: State, fields: tuple[SignatureField, ...]) -> Locks:
    locks = Locks()
    for field in fields:
        if field.value is not None:
            locks |= locks_of(state, signature_value(state, field))
    return locks


def _planned(
    fields: tuple[SignatureField, ...],
    found: Verification,
    key: SigningKey,
    role: Role,
) -> Place:
    """Choose among the fields of a report."""
    own = [field for field in fields if role_of(field.name) == role]
    free = [field for field in own if field.value is None]
    if not own:
        raise UserError(N_("The document has no signature field for this part."))
    if not free:
        raise UserError(N_("All signature fields for this part are signed already."))
    if role in SEALING:
        waiting = [
            field
            for field in fields
            if role_of(field.name) in PERSONS and field.value is None
        ]
        if waiting:
            text = _WAITING[role_of(waiting[0].name) or Role.APPRAISER]
            raise UserError(text, count=len(waiting))
        if any(each.fingerprint == key.fingerprint for each in found.signatures):
            raise UserError(
                N_(
                    "{name} has signed already; the institution seals with a "
                    "certificate of its own."
                ),
                name=key.signer,
            )
    elif any(
        each.fingerprint == key.fingerprint and each.role in PERSONS
        for each in found.signatures
    ):
        raise UserError(TWICE[role], name=key.signer)
    return Place(free[0].name, certifies=not found.signatures)


def _unplanned(
    fields: tuple[SignatureField, ...], found: Verification, locks: Locks, role: Role
) -> Place:
    """Choose in a document that is no report of ours."""
    free = [
        field.name
        for field in fields
        if field.value is None and field.name not in locks.fields
    ]
    if free:
        return Place(free[0])
    if locks.certified:
        raise UserError(_CLOSED)
    if found.signatures:
        name = next_field_name(role, {field.name for field in fields})
        return Place(name, (name,))
    if role == Role.AGENCY:
        return Place(AGENCY_FIELD, (AGENCY_FIELD,), certifies=True)
    names = (*APPRAISER_FIELDS, AGENCY_FIELD)
    return Place(names[0], names, certifies=True)
