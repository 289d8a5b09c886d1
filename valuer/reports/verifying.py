"""Verify a signed PDF: who signed, when, by whose clock, and what came after.

Everything is judged from the bytes alone, offline: the byte range of each signature,
its container (``cms``), the revisions appended later (``changes``). Trust is another
question, answered by the roots that the caller gives, and never changes the verdict.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509

from valuer.core.files import read_whole
from valuer.core.texts import N_, Message
from valuer.reports.certificates import common_name, encoded, is_sample, quiet
from valuer.reports.clocks import pdf_time, signing_time
from valuer.reports.examining import Examination, Examined
from valuer.reports.pdf_forms import holds_signature, signature_fields
from valuer.reports.pdf_revisions import Document, State
from valuer.reports.pdf_syntax import PdfSyntaxError
from valuer.reports.signature_roles import Role, role_of
from valuer.reports.trust import is_trusted, is_trusted_clock, revocation_lists
from valuer.reports.verdicts import Fault, Verdict, altered, broken, worst

LARGEST = 256 * 1024 * 1024
"""How large a file is verified, in bytes."""

_NO_PDF = N_("This is no PDF, or too damaged to be read.")
_NOT_EVALUATED = N_("The structure of the file cannot be evaluated.")
_ENCRYPTED = N_("The file is encrypted; save it without a password first.")
_UNREACHED = N_("The file holds a signature that its form does not show.")
_REMOVED = N_("A signature was removed from the file.")

HISTORY = 50
"""How many earlier revisions are searched for a signature that was removed."""


@dataclass(frozen=True, slots=True)
class SignatureFound:
    """One signature of a person or an institution.

    Attributes:
        signer: name in the certificate, or "".
        role: what the signature's field says: appraiser or agency.
        signed_at: when; ``time_source`` tells by whose clock.
        time_source: ``claimed`` (the signer's computer) or ``tsa``.
        time_trusted: whether the timestamp authority leads to the roots given.
        intact: the bytes it covers and its container are as signed.
        trusted: intact, and its certificate leads to the roots given.
        covers_whole_file: nothing at all was added after it.
        changes_after: keys of what was added after it; see ``change_text``.
        field: name of its field.
        fingerprint: SHA-256 of the signer's certificate in hexadecimal digits.
        sample: it was made with a sample certificate.
        end: how many bytes of the file it covers; 0 where that cannot be told.
        problems: why it is not intact.
    """

    signer: str = ""
    role: Role | None = None
    signed_at: datetime | None = None
    time_source: str = "claimed"
    time_trusted: bool = False
    intact: bool = False
    trusted: bool = False
    covers_whole_file: bool = False
    changes_after: tuple[str, ...] = ()
    field: str = ""
    fingerprint: str = ""
    sample: bool = False
    end: int = 0
    problems: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """What can be said of a file.

    Attributes:
        verdict: see ``verdicts``.
        signatures: oldest first.
        problems: why the verdict is not intact, each once.
    """

    verdict: Verdict
    signatures: tuple[SignatureFound, ...] = ()
    problems: tuple[Message, ...] = ()

    @property
    def all_trusted(self) -> bool:
        """Whether there are signatures and all lead to the roots given."""
        return bool(self.signatures) and all(s.trusted for s in self.signatures)

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON, as ``valuer verify --json`` prints it."""
        return {
            "verdict": str(self.verdict),
            "signatures": [_plain(signature) for signature in self.signatures],
            "recomputed": None,
        }


def verify_file(
    path: Path, trust: Sequence[x509.Certificate] = (), *, now: datetime
) -> Verification:
    """Verify a file; see ``verify``.

    Raises:
        UserError: the file cannot be read, or is larger than ``LARGEST``.
    """
    return verify(read_whole(path, LARGEST), trust, now=now)


def verify(
    pdf: bytes, trust: Sequence[x509.Certificate] = (), *, now: datetime
) -> Verification:
    """Return what can be said of a PDF and its signatures.

    Args:
        pdf: the file.
        trust: root certificates that the user trusts.
        now: the time for which certificates are judged, aware of its zone.
    """
    with quiet():
        return _verify(pdf, trust, now)


def _verify(
    pdf: bytes, trust: Sequence[x509.Certificate], now: datetime
) -> Verification:
    if b"%PDF-" not in pdf[:1024]:
        return _only(Fault(Verdict.UNREADABLE, _NO_PDF))
    document = Document(pdf)
    try:
        state = document.state(document.chain(len(pdf)))
    except (PdfSyntaxError, RecursionError):
        if b"/ByteRange" in pdf:
            return _only(broken(_NOT_EVALUATED))
        return _only(Fault(Verdict.UNREADABLE, _NO_PDF))
    if any("Encrypt" in section.trailer for section in state.chain):
        return _only(Fault(Verdict.UNREADABLE, _ENCRYPTED))
    try:
        if not any(_signed_fields(state)):
            return _without_signature(state)
        return _verified(Examination(document, state), state, trust, now)
    except (PdfSyntaxError, RecursionError):
        return _only(broken(_NOT_EVALUATED))


def signed_revision(pdf: bytes, signature: SignatureFound) -> bytes:
    """Return the file as a signature covers it: the signed version, to be saved."""
    return pdf[: signature.end]


def _only(fault: Fault) -> Verification:
    return Verification(fault.verdict, problems=(fault.wording,))


def _signed_fields(state: State) -> list[str]:
    return [
        field.name
        for field in signature_fields(state)
        if state.follow(field.value) is not None
    ]


def _without_signature(state: State) -> Verification:
    """Judge a file whose form shows no signature: there may have been one."""
    for age in range(1, min(len(state.chain), HISTORY)):
        try:
            signed = _signed_fields(State(state.document, state.chain[age:]))
        except PdfSyntaxError:
            continue  # the halves of a linearized file are no files by themselves
        if signed:
            return _only(altered(_REMOVED))
    if holds_signature(state):
        return _only(broken(_UNREACHED))
    return Verification(Verdict.UNSIGNED)


def _verified(
    examination: Examination,
    state: State,
    trust: Sequence[x509.Certificate],
    now: datetime,
) -> Verification:
    """Examine the signatures and put together what is said of each."""
    faults = examination.run()
    lists = revocation_lists(state) if trust else ()
    found = tuple(
        _found(examined, trust, lists, now)
        for examined in examination.signatures
        if not examined.is_timestamp
    )
    if not found and not faults:
        return Verification(Verdict.UNSIGNED)
    problems = tuple(dict.fromkeys(fault.wording for fault in faults))
    return Verification(worst(*(f.verdict for f in faults)), found, problems)


def _found(
    examined: Examined,
    trust: Sequence[x509.Certificate],
    lists: Sequence[bytes],
    now: datetime,
) -> SignatureFound:
    container, stamp = examined.container, examined.timestamp
    intact = not examined.faults
    found = SignatureFound(
        role=role_of(examined.field.name, examined.reason),
        signed_at=pdf_time(examined.stated_time),
        intact=intact,
        covers_whole_file=examined.covers_whole_file,
        changes_after=examined.changes_after,
        field=examined.field.name,
        end=examined.end,
        problems=tuple(fault.wording for fault in examined.faults),
    )
    if container is None:
        return found
    found = replace(
        found,
        signer=common_name(container.signer.subject),
        fingerprint=hashlib.sha256(encoded(container.signer)).hexdigest(),
        sample=is_sample(container.signer),
        signed_at=found.signed_at or signing_time(container),
    )
    at = now
    if stamp:
        clock = stamp.container
        trusted_clock = is_trusted_clock(
            clock.signer, clock.certificates, trust, now, lists
        )
        at = stamp.at if trusted_clock else now
        found = replace(
            found, signed_at=stamp.at, time_source="tsa", time_trusted=trusted_clock
        )
    trusted = intact and is_trusted(
        container.signer, container.certificates, trust, at, lists
    )
    return replace(found, trusted=trusted)


def _plain(signature: SignatureFound) -> dict[str, Any]:
    at = signature.signed_at
    return {
        "signer": signature.signer,
        "role": str(signature.role) if signature.role else None,
        "signed_at": at.isoformat() if at else None,
        "time_source": signature.time_source,
        "time_trusted": signature.time_trusted,
        "intact": signature.intact,
        "trusted": signature.trusted,
        "covers_whole_file": signature.covers_whole_file,
        "changes_after": list(signature.changes_after),
        "field": signature.field,
    }
