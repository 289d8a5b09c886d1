"""Verify a signed PDF: who signed, when, by whose clock, and what came after.

Everything is judged from the bytes alone, offline: the byte range of each signature,
its container (``cms``), the revisions appended later (``changes``). Trust is another
question, answered by the roots that the caller gives, and never changes the verdict.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from dataclasses import field as default
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from cryptography import x509

from valuer.core.files import read_whole
from valuer.core.texts import N_, Message
from valuer.reports.additions import Addition
from valuer.reports.certificate_notes import namesake_note, revocation_note
from valuer.reports.certificates import common_name, encoded, is_sample, quiet
from valuer.reports.clocks import pdf_time, signing_time
from valuer.reports.cms import Container
from valuer.reports.examining import Examination, Examined
from valuer.reports.levels import level_of, stamp_over
from valuer.reports.pdf_forms import holds_signature, signature_fields
from valuer.reports.pdf_revisions import Document, State
from valuer.reports.pdf_syntax import PdfSyntaxError
from valuer.reports.proofs import (
    Proofs,
    chain_of,
    proofs_of,
    revoked_at,
)
from valuer.reports.signature_roles import Role, role_of
from valuer.reports.timestamps import Timestamp
from valuer.reports.trust import is_trusted, is_trusted_clock
from valuer.reports.verdicts import Fault, Verdict, altered, broken, worst

LARGEST = 256 * 1024 * 1024
"""How large a file is verified, in bytes."""

_NO_PDF = N_("This is no PDF, or too damaged to be read.")
_NOT_EVALUATED = N_("The structure of the file cannot be evaluated.")
_ENCRYPTED = N_("The file is encrypted; save it without a password first.")
_UNREACHED = N_("The file holds a signature that its form does not show.")
_REMOVED = N_("A signature was removed from the file.")

LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")
"""Levels of the PAdES baseline, the lowest first."""

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
        level: ``B-B``, ``B-T``, ``B-LT`` or ``B-LTA``; None where it has none.
        proved_at: by when an authority's clock proves that it existed.
        revoked_at: since when its certificate is revoked, as far as the file and the
            lists given tell.
        chain: names of the signer and of those above, as far as they are known.
        notes: what should be known of its certificate; the verdict is not moved by it.
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
    level: str | None = None
    proved_at: datetime | None = None
    revoked_at: datetime | None = None
    chain: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def is_revoked(self) -> bool:
        """Whether its certificate is revoked and no timestamp proves it was not yet."""
        if self.revoked_at is None:
            return False
        return self.proved_at is None or self.revoked_at <= self.proved_at


@dataclass(frozen=True, slots=True)
class Verification:
    """What can be said of a file.

    Attributes:
        verdict: see ``verdicts``.
        signatures: oldest first.
        problems: why the verdict is not intact, each once.
        additions: everything that was added after each signature, oldest first.
        empty: names of the signature fields that nobody has signed. A signature that
            was cut off the end leaves such a field behind.
    """

    verdict: Verdict
    signatures: tuple[SignatureFound, ...] = ()
    problems: tuple[Message, ...] = ()
    additions: tuple[Addition, ...] = ()
    empty: tuple[str, ...] = ()

    @property
    def added_last(self) -> tuple[Addition, ...]:
        """What was added after the last signature."""
        last = len(self.signatures)
        return tuple(one for one in self.additions if one.after_signature >= last)

    @property
    def level(self) -> str | None:
        """The lowest level of the signatures; None where one has none."""
        levels = [one.level for one in self.signatures]
        if not levels or None in levels:
            return None
        return min((one for one in levels if one), key=LEVELS.index)

    @property
    def all_trusted(self) -> bool:
        """Whether there are signatures and all lead to the roots given."""
        return bool(self.signatures) and all(s.trusted for s in self.signatures)

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON, as ``valuer verify --json`` prints it."""
        return {
            "verdict": str(self.verdict),
            "level": self.level,
            "signatures": [_plain(signature) for signature in self.signatures],
            "empty_fields": list(self.empty),
            "revisions": [addition.to_plain() for addition in self.additions],
            "recomputed": None,
        }


def verify_file(
    path: Path,
    trust: Sequence[x509.Certificate] = (),
    *,
    now: datetime,
    lists: Sequence[bytes] = (),
) -> Verification:
    """Verify a file; see ``verify``.

    Raises:
        UserError: the file cannot be read, or is larger than ``LARGEST``.
    """
    return verify(read_whole(path, LARGEST), trust, now=now, lists=lists)


def verify(
    pdf: bytes,
    trust: Sequence[x509.Certificate] = (),
    *,
    now: datetime,
    lists: Sequence[bytes] = (),
) -> Verification:
    """Return what can be said of a PDF and its signatures.

    Args:
        pdf: the file.
        trust: root certificates that the user trusts.
        now: the time for which certificates are judged, aware of its zone.
        lists: revocation lists (DER) besides those that the file carries.
    """
    with quiet():
        return _verify(pdf, _Ground(tuple(trust), tuple(lists), now))


@dataclass(frozen=True, slots=True)
class _Ground:
    """By what certificates are judged."""

    trust: tuple[x509.Certificate, ...]
    lists: tuple[bytes, ...]
    now: datetime
    proofs: Proofs = default(default_factory=Proofs)


def _verify(pdf: bytes, ground: _Ground) -> Verification:
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
        if not _fields(state, signed=True):
            return _without_signature(state)
        return _verified(Examination(document, state), state, ground)
    except (PdfSyntaxError, RecursionError):
        return _only(broken(_NOT_EVALUATED))


def signed_revision(pdf: bytes, signature: SignatureFound) -> bytes:
    """Return the file as a signature covers it: the signed version, to be saved."""
    return pdf[: signature.end]


def _only(fault: Fault) -> Verification:
    return Verification(fault.verdict, problems=(fault.wording,))


def _fields(state: State, *, signed: bool) -> tuple[str, ...]:
    """Return the names of the signature fields that are signed, or that are not."""
    return tuple(
        field.name
        for field in signature_fields(state)
        if (state.follow(field.value) is not None) is signed
    )


def _without_signature(state: State) -> Verification:
    """Judge a file whose form shows no signature: there may have been one."""
    for age in range(1, min(len(state.chain), HISTORY)):
        try:
            signed = _fields(State(state.document, state.chain[age:]), signed=True)
        except PdfSyntaxError:
            continue  # the halves of a linearized file are no files by themselves
        if signed:
            return _only(altered(_REMOVED))
    if holds_signature(state):
        return _only(broken(_UNREACHED))
    return Verification(Verdict.UNSIGNED, empty=_fields(state, signed=False))


def _verified(examination: Examination, state: State, ground: _Ground) -> Verification:
    """Examine the signatures and put together what is said of each."""
    faults = examination.run()
    ground = replace(ground, proofs=proofs_of(state).with_lists(ground.lists))
    every = examination.signatures
    found = tuple(
        replace(
            _found(examined, stamp_over(examined, every), ground),
            level=level_of(examined, every, state, ground.trust),
        )
        for examined in every
        if not examined.is_timestamp
    )
    if not found and not faults:
        return Verification(Verdict.UNSIGNED)
    problems = tuple(dict.fromkeys(fault.wording for fault in faults))
    return Verification(
        worst(*(f.verdict for f in faults)),
        found,
        problems,
        tuple(dict.fromkeys(examination.additions)),
        _fields(state, signed=False),
    )


def _found(
    examined: Examined, over: Timestamp | None, ground: _Ground
) -> SignatureFound:
    container, stamp = examined.container, examined.timestamp
    found = SignatureFound(
        role=role_of(examined.field.name, examined.reason),
        signed_at=pdf_time(examined.stated_time),
        intact=not examined.faults,
        covers_whole_file=examined.covers_whole_file,
        changes_after=examined.changes_after,
        field=examined.field.name,
        end=examined.end,
        problems=tuple(fault.wording for fault in examined.faults),
        proved_at=stamp.at if stamp else over.at if over else None,
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
    proof, at = stamp or over, ground.now
    if proof:
        clock = proof.container
        trusted_clock = is_trusted_clock(
            clock.signer,
            (*clock.certificates, *ground.proofs.certificates),
            ground.trust,
            ground.now,
            ground.proofs.lists,
        )
        at = proof.at if trusted_clock else at
        found = replace(found, time_trusted=trusted_clock)
    if stamp:
        found = replace(found, signed_at=stamp.at, time_source="tsa")
    return _judged(found, container, at, ground)


def _judged(
    found: SignatureFound, container: Container, at: datetime, ground: _Ground
) -> SignatureFound:
    """Say where the certificate leads, and whether it was revoked by then."""
    proofs, known = (
        ground.proofs,
        (*container.certificates, *ground.proofs.certificates),
    )
    chain = chain_of(container.signer, (*known, *ground.trust))
    times = [revoked_at(one, issuer, proofs) for one, issuer in pairwise(chain)]
    revoked = min((one for one in times if one is not None), default=None)
    trusted = (
        found.intact
        and (revoked is None or revoked > at)
        and is_trusted(container.signer, known, ground.trust, at, proofs.lists)
    )
    notes = () if trusted else namesake_note(chain, ground.trust)
    if revoked is not None:
        by_tsa = found.time_source == "tsa"
        signed, proved = found.signed_at, found.proved_at
        notes = (revocation_note(revoked, signed, proved, by_tsa=by_tsa), *notes)
    return replace(
        found,
        trusted=trusted,
        revoked_at=revoked,
        chain=tuple(common_name(one.subject) for one in chain),
        notes=notes,
    )


def _plain(signature: SignatureFound) -> dict[str, Any]:
    return {
        "signer": signature.signer,
        "role": str(signature.role) if signature.role else None,
        "signed_at": _iso(signature.signed_at),
        "time_source": signature.time_source,
        "time_trusted": signature.time_trusted,
        "intact": signature.intact,
        "trusted": signature.trusted,
        "covers_whole_file": signature.covers_whole_file,
        "changes_after": list(signature.changes_after),
        "field": signature.field,
        "level": signature.level,
        "chain": list(signature.chain),
        "revoked": signature.is_revoked,
        "revoked_at": _iso(signature.revoked_at),
        "proved_at": _iso(signature.proved_at),
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
