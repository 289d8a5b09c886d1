"""What of a case is disclosed to recipients, gathered and checked against its choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from valuer import __version__
from valuer.core.canonical import to_plain
from valuer.core.case import Case
from valuer.core.disclosure import Disclosure, Extent, Recipient, disclosure_words
from valuer.core.engagement import Evidence
from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.core.valuing import Valuation
from valuer.reports.appraisal import report_package
from valuer.reports.disclosing import CASE, FORMAT, Contents, evidence_path, listed
from valuer.reports.package import NAME, written


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A revision of a case as the library has it: ``body`` are its bytes there."""

    case: Case
    case_id: str
    revision: int
    digest: str
    body: bytes


def papers_of(case: Case, extent: Extent) -> dict[str, Evidence]:
    """Return the evidence that goes along, by the place where it lies."""
    if extent is not Extent.EVIDENCE:
        return {}
    return {evidence_path(one): one for one in case.evidence}


def gathered(
    stored: StoredCase,
    valuation: Valuation,
    papers: Mapping[str, bytes],
    extent: Extent,
    to: tuple[Recipient, ...],
    *,
    language: str,
    kind_key: str = "",
) -> tuple[Contents, dict[str, bytes]]:
    """Return the files disclosed by their places, and their list.

    Raises:
        UserError: the case lacks what its report needs.
    """
    package = report_package(
        stored.case,
        valuation,
        case_id=stored.case_id,
        revision=stored.revision,
        digest=stored.digest,
        language=language,
        program=__version__,
        kind_key=kind_key,
    )
    files = {**papers, CASE: stored.body, NAME: written(package)}
    names = {place: one.name for place, one in papers_of(stored.case, extent).items()}
    lines = (
        listed(place, data, names.get(place, ""))
        for place, data in sorted(files.items())
    )
    contents = Contents(
        FORMAT,
        __version__,
        stored.case_id,
        stored.revision,
        stored.digest,
        extent,
        to,
        tuple(lines),
    )
    return contents, files


def refuse_more(chosen: Disclosure, extent: Extent, to: Sequence[Recipient]) -> None:
    """Refuse what the case, and so its report, does not tell.

    Raises:
        UserError: more is asked for, or somebody whom the case does not name.
    """
    if chosen.extent is Extent.PRINTED or not chosen.covers(extent):
        text = N_(
            "The case says: {words}. Choose more in the engagement file (or with"
            " --choose), then build the report anew and sign it."
        )
        raise UserError(text, words=disclosure_words(chosen))
    if not to:
        raise UserError(N_("Name the certificates of the recipients (--to)."))
    known = {one.certificate for one in chosen.recipients}
    for one in to:
        if one.certificate not in known:
            text = N_(
                "The case does not name {name} with this certificate as a recipient"
                " ({digest}…). Name them in the engagement file (or with --choose), then"
                " build the report anew."
            )
            raise UserError(text, name=one.name, digest=one.certificate[:16])


def journal_detail(contents: Contents, sealed: bytes) -> dict[str, Any]:
    """Return what the journal keeps: what went to whom, in which file."""
    told = to_plain(contents)
    detail = {name: told[name] for name in ("revision", "extent", "recipients")}
    return {**detail, "sha256": sha256(sealed).hexdigest()}
