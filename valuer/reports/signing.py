"""Sign a report: PAdES, one signature after another, the earlier ones stay valid.

The first signer certifies the document: from then on its fields may be signed and
nothing else may change. Two appraisers sign, then the institution seals. A document
without our fields gets them, invisible, with its first signature; one that others have
signed gets a plain signature as far as their signatures allow it.

Nothing is written before all is checked: the document, the part, the certificate.
"""

from __future__ import annotations

from datetime import datetime

from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.reports.keys import SigningKey, check_certificate
from valuer.reports.signature_places import choose_place
from valuer.reports.signature_roles import Role
from valuer.reports.verdicts import Verdict
from valuer.reports.verifying import Verification, verify

_DAMAGED = N_("The document cannot be signed: it is damaged, or no PDF.")
_ENCRYPTED = N_("The document cannot be signed: save it without a password first.")
_NOT_INTACT = N_(
    "The document was changed after it was signed, so it is not signed again; "
    "have it verified."
)


def sign(
    pdf: bytes, key: SigningKey, role: Role | str, now: datetime, language: str
) -> bytes:
    """Return the document with one more signature.

    Args:
        pdf: the document; bytes already signed stay as they are.
        key: who signs.
        role: in which part.
        now: when, by the signer's clock, aware of its zone.
        language: language of the signature's picture.

    Raises:
        UserError: the document, the part or the certificate does not allow it.
    """
    part = Role(role)
    check_certificate(key.certificate, now)
    before = verify(pdf, now=now)
    _refuse_unfit(pdf, before)
    place = choose_place(pdf, before, key, part)
    # pyHanko takes a second to import.
    from valuer.reports.signature_writing import write_signature

    signed = write_signature(pdf, key, part, place, now, language)
    after = verify(signed, now=now)
    if after.verdict != Verdict.INTACT or (
        len(after.signatures) != len(before.signatures) + 1
    ):
        raise UserError(_DAMAGED)
    return signed


def _refuse_unfit(pdf: bytes, found: Verification) -> None:
    if found.verdict == Verdict.UNREADABLE:
        raise UserError(_ENCRYPTED if b"/Encrypt" in pdf else _DAMAGED)
    if found.verdict not in (Verdict.INTACT, Verdict.UNSIGNED):
        raise UserError(_NOT_INTACT if found.signatures else _DAMAGED)
