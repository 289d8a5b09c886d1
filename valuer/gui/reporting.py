"""What the report page does with files: build, sign, verify, recompute.

Plain calls for a worker thread; the reports' own slow imports stay inside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from valuer import __version__
from valuer.core.canonical import digest
from valuer.core.case import Case
from valuer.core.disclosure import disclosure_words
from valuer.core.files import read_whole, write_whole
from valuer.core.problems import UserError
from valuer.core.progress import Progress
from valuer.core.texts import Message
from valuer.core.valuing import value_case
from valuer.gui.desk import Desk
from valuer.store.reports import IssuedReport

if TYPE_CHECKING:
    from valuer.reports.keys import SigningKey
    from valuer.reports.package import Package
    from valuer.reports.verifying import Verification


@dataclass(frozen=True, slots=True)
class Figures:
    """Whether a report's figures come out again.

    Attributes:
        match: None while no one knows.
        differences: place, figure printed, figure recomputed.
        why_not: why they cannot be recomputed, if so.
    """

    match: bool | None = None
    differences: tuple[tuple[str, str, str], ...] = ()
    why_not: Message | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A report file and what can be said of it.

    Attributes:
        trusted: whether roots were given to judge the certificates by.
        made_of: name of the case and digest of its revision, or None for a file that
            is no report of ours.
        disclosed: what is disclosed beside it, and to whom, in words.
    """

    path: Path
    pdf: bytes
    found: Verification
    trusted: bool
    figures: Figures
    made_of: tuple[str, str] | None = None
    disclosed: Message | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """How a report is to be signed; the PIN is no part of it.

    Attributes:
        target: where the signed report goes.
        role: in which part: appraiser or agency.
        key_file: the key's file; None for a key on a token.
        module: the driver of the token, then.
        token: name of the token, and of the ``certificate`` on it where there are
            several.
        seal: picture of the house's seal, or None.
        server: address of a timestamp server, "" for none.
        level: what must be reached, "" for as far as the servers answer.
        later: without an answer sign all the same.
    """

    target: Path
    role: str = "appraiser"
    key_file: Path | None = None
    module: Path | None = None
    token: str = ""
    certificate: str = ""
    seal: Path | None = None
    server: str = ""
    level: str = "b"
    later: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """Who signed, and what they should know."""

    signer: str
    notes: tuple[Message, ...] = ()


def build(
    desk: Desk,
    name: str,
    case: Case,
    kind_key: str,
    language: str,
    path: Path,
    progress: Progress,
) -> tuple[str, ...]:
    """Write the report of a case, enter it in the register, return missing characters.

    ``kind_key`` names the kind of report; "" is the house's own.

    Raises:
        UserError: the house may not issue this kind, the case lacks what a report needs, or the disk refuses.
    """
    from valuer.reports.appraisal import build_report
    from valuer.reports.gate import check_case, refuse
    from valuer.reports.sections.kinds import kind_named

    kind = kind_named(kind_key, case.house.kind)
    revision = desk.revision(name)
    valuation = value_case(case, desk.methods, progress)
    refuse(check_case(case, valuation, kind), language)
    built = build_report(
        case,
        valuation,
        case_id=name,
        revision=revision.number,
        digest=revision.digest,
        language=language,
        program=__version__,
        progress=progress,
        kind_key=kind.key,
        logo=desk.logo(case),
    )
    if case.report_date is None or valuation.conclusion is None:
        raise TypeError("a report was built without what it needs")
    line = IssuedReport(
        name,
        revision.number,
        kind.key,
        language,
        case.report_number,
        case.report_date,
        valuation.conclusion.value,
        case.currency,
        __version__,
        digest(built.pdf),
        desk.clock(),
    )
    desk.issue_report(line, path, built.pdf)
    return built.missing


def sign(
    pdf: bytes, order: Order, pin: str, desk: Desk, language: str, progress: Progress
) -> Done:
    """Sign a report into another file.

    Raises:
        UserError: the PIN is wrong, the certificate unfit, a token or a server refuses,
            or the disk does.
    """
    from valuer.reports.seals import load_seal
    from valuer.reports.signature_wishes import Level, Wish
    from valuer.reports.signing import sign_document

    at = desk.clock()
    wish = Wish(
        seal=load_seal(order.seal) if order.seal else None,
        server=order.server,
        level=Level(order.level) if order.level else None,
        later=order.later,
    )
    with _key(order, pin, at, progress) as key:
        made = sign_document(pdf, key, order.role, at, language, wish, progress)
        signer = key.signer
    write_whole(order.target, made.pdf)
    return Done(signer, made.notes)


def _key(
    order: Order, pin: str, at: datetime, progress: Progress
) -> AbstractContextManager[SigningKey]:
    from valuer.reports.keys import load_key
    from valuer.reports.keys_token import Token, open_token

    if order.module is not None:
        token = Token(order.module, order.token, certificate_label=order.certificate)
        return open_token(token, pin, at, progress)
    if order.key_file is None:
        raise TypeError("an order without a key")
    return nullcontext(load_key(order.key_file, pin, at))


def timestamp(
    pdf: bytes, server: str, target: Path, desk: Desk, progress: Progress
) -> Done:
    """Write a signed report with a timestamp over it into another file.

    Raises:
        UserError: it holds no signature, the server does not answer, or the disk
            refuses.
    """
    from valuer.reports.signing import timestamp_document

    made = timestamp_document(pdf, server, desk.clock(), progress)
    write_whole(target, made.pdf)
    return Done("", made.notes)


def check(path: Path, roots: Sequence[Path], desk: Desk, progress: Progress) -> Checked:
    """Return what can be said of a report file; its figures are not recomputed yet.

    Raises:
        UserError: the file or a root certificate cannot be read.
    """
    from valuer.reports.certificates import load_certificates
    from valuer.reports.verifying import LARGEST, verify

    pdf = read_whole(path, LARGEST)
    trust = [one for root in roots for one in load_certificates(root)]
    progress(0, 0)
    found = verify(pdf, trust, now=desk.clock())
    package = _package(pdf)
    if package is None:
        return Checked(path, pdf, found, bool(trust), Figures())
    made_of = package.case_id, package.digest
    disclosed = disclosure_words(package.case.disclosure)
    return Checked(path, pdf, found, bool(trust), Figures(), made_of, disclosed)


def _package(pdf: bytes) -> Package | None:
    from valuer.reports.carried import package_of

    try:
        return package_of(pdf)
    except UserError:
        return None


def recompute(pdf: bytes, desk: Desk, language: str, progress: Progress) -> Figures:
    """Return whether the figures of a report come out again from its attachment."""
    from valuer.reports.recompute import recompute as recompute_pdf

    try:
        found = recompute_pdf(pdf, desk.methods, language, progress)
    except UserError as error:
        return Figures(why_not=error.wording)
    if found.why_not is not None:
        return Figures(why_not=found.why_not)
    rows = tuple((one.where, one.printed, one.recomputed) for one in found.differences)
    return Figures(found.matches, rows)
