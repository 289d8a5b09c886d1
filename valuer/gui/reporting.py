"""What the report page does with files: build, sign, verify, recompute.

Plain calls for a worker thread; the reports' own slow imports stay inside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from valuer import __version__
from valuer.core.canonical import digest
from valuer.core.case import Case
from valuer.core.files import read_whole, write_whole
from valuer.core.problems import UserError
from valuer.core.progress import Progress
from valuer.core.texts import Message
from valuer.core.valuing import value_case
from valuer.gui.desk import Desk
from valuer.store.reports import IssuedReport

if TYPE_CHECKING:
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
    """

    path: Path
    pdf: bytes
    found: Verification
    trusted: bool
    figures: Figures
    made_of: tuple[str, str] | None = None


def build(
    desk: Desk, name: str, case: Case, language: str, path: Path, progress: Progress
) -> tuple[str, ...]:
    """Write the report of a case, enter it in the register, return missing characters.

    Raises:
        UserError: the case lacks what a report needs, or the disk refuses.
    """
    from valuer.reports.appraisal import build_report
    from valuer.reports.gate import check_case, refuse
    from valuer.reports.sections.kinds import kind_of

    revision = desk.revision(name)
    valuation = value_case(case, desk.methods, progress)
    refuse(check_case(case, valuation, kind_of(case.house.kind)), language)
    built = build_report(
        case,
        valuation,
        case_id=name,
        revision=revision.number,
        digest=revision.digest,
        language=language,
        program=__version__,
        progress=progress,
    )
    if case.report_date is None or valuation.conclusion is None:
        raise TypeError("a report was built without what it needs")
    line = IssuedReport(
        name,
        revision.number,
        kind_of(case.house.kind).key,
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
    source: Path,
    key_file: Path,
    pin: str,
    role: str,
    target: Path,
    desk: Desk,
    language: str,
) -> str:
    """Sign a report into another file; return who signed.

    Raises:
        UserError: the PIN is wrong, the certificate unfit, or the disk refuses.
    """
    from valuer.reports.keys import load_key
    from valuer.reports.signing import sign as sign_pdf

    at = desk.clock()
    key = load_key(key_file, pin, at)
    write_whole(target, sign_pdf(read_whole(source), key, role, at, language))
    return key.signer


def check(path: Path, roots: Sequence[Path], desk: Desk, progress: Progress) -> Checked:
    """Return what can be said of a report file; its figures are not recomputed yet.

    Raises:
        UserError: the file or a root certificate cannot be read.
    """
    from valuer.reports.certificates import load_certificates
    from valuer.reports.verifying import verify

    pdf = read_whole(path)
    trust = [one for root in roots for one in load_certificates(root)]
    progress(0, 0)
    found = verify(pdf, trust, now=desk.clock())
    return Checked(path, pdf, found, bool(trust), Figures(), _made_of(pdf))


def _made_of(pdf: bytes) -> tuple[str, str] | None:
    from valuer.reports.carried import package_of

    try:
        package = package_of(pdf)
    except UserError:
        return None
    return package.case_id, package.digest


def recompute(pdf: bytes, desk: Desk, language: str, progress: Progress) -> Figures:
    """Return whether the figures of a report come out again from its attachment."""
    from valuer.reports.recompute import recompute as recompute_pdf

    try:
        found = recompute_pdf(pdf, desk.methods, language, progress)
    except UserError as error:
        return Figures(why_not=error.wording)
    rows = tuple((one.where, one.printed, one.recomputed) for one in found.differences)
    return Figures(found.matches, rows)
