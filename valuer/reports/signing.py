"""Sign a report: PAdES, one signature after another, the earlier ones stay valid.

The first signer certifies the document: from then on its fields may be signed and
nothing else may change. Two appraisers sign, then the institution seals. A document
without our fields gets them, invisible, with its first signature; one that others have
signed gets a plain signature as far as their signatures allow it.

Nothing is written before all is checked: the document, the part, the certificate. A
level above B wants a timestamp server; what could not be had is told, never claimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_, Message
from valuer.reports.carried import package_of, quality_package_of
from valuer.reports.keys import SigningKey, check_certificate
from valuer.reports.sections.kinds import APPRAISAL
from valuer.reports.signature_names import is_same_name, naming
from valuer.reports.signature_pictures import Signer
from valuer.reports.signature_places import TWICE, choose_place
from valuer.reports.signature_roles import PERSONS, SEALING, Role
from valuer.reports.signature_wishes import Level, Signed, Wish
from valuer.reports.verdicts import Verdict
from valuer.reports.verifying import Verification, verify

if TYPE_CHECKING:
    from valuer.reports.package import Package
    from valuer.reports.quality.facts import QualityFacts

_DAMAGED = N_("The document cannot be signed: it is damaged, or no PDF.")
_ENCRYPTED = N_("The document cannot be signed: save it without a password first.")
_NOT_INTACT = N_(
    "The document was changed after it was signed, so it is not signed again; "
    "have it verified."
)
_NO_ROOM = N_("The document takes no timestamp; it was left as it was.")


def sign(
    pdf: bytes, key: SigningKey, role: Role | str, now: datetime, language: str
) -> bytes:
    """Return the document with one more signature, without timestamp or seal.

    Raises:
        UserError: the document, the part or the certificate does not allow it.
    """
    return sign_document(pdf, key, role, now, language).pdf


def sign_document(
    pdf: bytes,
    key: SigningKey,
    role: Role | str,
    now: datetime,
    language: str,
    wish: Wish | None = None,
    progress: Progress = ignore,
) -> Signed:
    """Return the document with one more signature, and what can be said of it.

    Args:
        pdf: the document; bytes already signed stay as they are.
        key: who signs.
        role: in which part.
        now: when, by the signer's clock, aware of its zone.
        language: language of the signature's picture.
        wish: what it should be besides.
        progress: hears Cancel while servers and tokens take their time.

    Raises:
        UserError: the document, the part or the certificate does not allow it, or
            what was wished for cannot be had.
    """
    package = _package(pdf)
    facts = None if package else _facts(pdf)  # reading a file twice costs
    part, wish = _part(Role(role), facts), wish or Wish()
    _refuse_contradiction(part, wish)
    check_certificate(key.certificate, now)
    before = verify(pdf, now=now)
    _refuse_unfit(pdf, before)
    signed = {one.field for one in before.signatures}
    named = naming(package.case if package else facts, key.signer, part, signed)
    place = choose_place(pdf, before, key, part, named.field)
    if (package or facts) and part in PERSONS and not named.field:
        _refuse_twice(key, before)
    _refuse_findings(package)
    # pyHanko takes a second to import.
    from valuer.reports.signature_levels import write_at_level
    from valuer.reports.signature_writing import Look

    signer = Signer(part, key.signer, named.number, key.sample, wish.seal is not None)
    look = Look(signer, language, wish.seal)
    made = write_at_level(pdf, key, look, place, now, wish, progress)
    after = verify(made.pdf, now=now)
    if after.verdict != Verdict.INTACT or (
        len(after.signatures) != len(before.signatures) + 1
    ):
        raise UserError(_DAMAGED)
    return replace(made, notes=(*named.notes, *made.notes))


def timestamp_document(
    pdf: bytes, server: str, now: datetime, progress: Progress = ignore
) -> Signed:
    """Return a signed document with validation data and a timestamp over it all.

    Args:
        pdf: the document; bytes already signed stay as they are.
        server: address of the timestamp server.
        now: the time for which validation data must be current, aware of its zone.
        progress: hears Cancel while servers take their time.

    Raises:
        UserError: it holds no signature or was changed, or the server does not answer.
    """
    before = verify(pdf, now=now)
    _refuse_unfit(pdf, before)
    if not before.signatures:
        raise UserError(N_("The document holds no signature to be timestamped."))
    from valuer.reports.signature_levels import write_timestamp

    made = write_timestamp(pdf, server, now, progress)
    after = verify(made.pdf, now=now)
    if after.verdict != Verdict.INTACT or len(after.signatures) != len(
        before.signatures
    ):
        raise UserError(_NO_ROOM)
    return made


def refuse_batch(pdfs: Sequence[tuple[str, bytes]]) -> None:
    """Refuse to sign appraisal reports in one go with others.

    Each is opened, read and signed by itself, with the PIN each time (资产评估法
    art. 13: who signs answers for it). Documents of other kinds may go together.

    Args:
        pdfs: name and content of each.

    Raises:
        UserError: there are several, and an appraisal report is among them.
    """
    for name, pdf in pdfs if len(pdfs) > 1 else ():
        package = _package(pdf)
        if package and package.kind == APPRAISAL.key:
            raise UserError(
                N_("{file} is an appraisal report; these are signed one by one."),
                file=name,
            )


def _package(pdf: bytes) -> Package | None:
    """Return the package of a report of ours; None for another document."""
    try:
        return package_of(pdf)
    except UserError:
        return None


def _facts(pdf: bytes) -> QualityFacts | None:
    """Return what a quality report prints; None for another document."""
    try:
        return quality_package_of(pdf).facts
    except UserError:
        return None


_OF_QUALITY = {Role.APPRAISER: Role.RESPONSIBLE, Role.AGENCY: Role.HOUSE}


def _part(role: Role, facts: QualityFacts | None) -> Role:
    """Return the part in which someone signs: no appraiser signs a quality report."""
    return _OF_QUALITY.get(role, role) if facts else role


def _refuse_contradiction(role: Role, wish: Wish) -> None:
    if wish.seal is not None and role not in SEALING:
        raise UserError(N_("Only the institution's signature shows a seal."))
    above = wish.level is not None and wish.level != Level.B
    if above and not wish.server:
        raise UserError(
            N_("The level {level} wants a timestamp; name a server."),
            level=wish.level.standard if wish.level else "",
        )


def _refuse_twice(key: SigningKey, before: Verification) -> None:
    """Refuse a second certificate of one who signed, unless two of the name sign."""
    for one in before.signatures:
        if one.role in PERSONS and is_same_name(one.signer, key.signer):
            raise UserError(TWICE[one.role], name=key.signer)


def _refuse_findings(package: Package | None) -> None:
    """Refuse a report in which the gate finds errors."""
    if package is None:
        return
    from valuer.reports.gate import gate_of_package

    errors = gate_of_package(package).errors
    if errors:
        told = {f"fault{n}": each.message for n, each in enumerate(errors)}
        rows = "\n".join(f"{{{name}}}" for name in told)
        raise UserError(
            N_("The report cannot be signed:\n{faults}"),
            faults=Message(rows, tuple(told.items())),
        )


def _refuse_unfit(pdf: bytes, found: Verification) -> None:
    if found.verdict == Verdict.UNREADABLE:
        raise UserError(_ENCRYPTED if b"/Encrypt" in pdf else _DAMAGED)
    if found.verdict not in (Verdict.INTACT, Verdict.UNSIGNED):
        raise UserError(_NOT_INTACT if found.signatures else _DAMAGED)
