"""``valuer report``."""

from __future__ import annotations

import argparse
from hashlib import sha256

from valuer import __version__
from valuer.cli.answers import (
    Exit,
    plain_issues,
    print_json,
    print_text,
    progress_on_stderr,
    tell,
    tell_issues,
)
from valuer.cli.here import now
from valuer.cli.opening import library_to_change
from valuer.core.files import refuse_existing, write_whole
from valuer.core.problems import UserError
from valuer.core.texts import N_, tr
from valuer.core.valuing import value_case
from valuer.methods import METHODS
from valuer.store.reports import IssuedReport, add_report
from valuer.store.revisions import load_case
from valuer.store.templates import logo_of

AGENCY_QUALITY = "agency_quality"


def report(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Print the report of a case and enter it in the register; or that of a docket."""
    if arguments.kind == AGENCY_QUALITY:
        return _of_docket(arguments, tongue)
    _refuse_words(arguments)
    return _of_case(arguments, tongue)


def _of_case(arguments: argparse.Namespace, tongue: str) -> Exit:
    from valuer.reports.appraisal import build_report
    from valuer.reports.gate import check_case, refuse
    from valuer.reports.sections.kinds import kind_named

    refuse_existing(arguments.out, force=arguments.force)
    progress = progress_on_stderr()
    with library_to_change(arguments.library, tongue) as library:
        with library.read() as connection:
            case, revision = load_case(connection, arguments.case)
            logo = logo_of(connection, case)
        asked = kind_named(arguments.kind, case.house.kind)
        kind = asked.key
        valuation = value_case(case, METHODS, progress)
        refuse(check_case(case, valuation, asked), tongue)
        built = build_report(
            case,
            valuation,
            case_id=revision.case_id,
            revision=revision.number,
            digest=revision.digest,
            language=arguments.language,
            program=__version__,
            progress=progress,
            kind_key=kind,
            logo=logo,
        )
        digest = sha256(built.pdf).hexdigest()
        with library.change() as connection:
            add_report(
                connection,
                IssuedReport(
                    revision.case_id,
                    revision.number,
                    kind,
                    arguments.language,
                    case.report_number,
                    case.report_date or now().date(),
                    valuation.conclusion.value if valuation.conclusion else None,
                    case.currency,
                    __version__,
                    digest,
                    now(),
                ),
            )
            # Within the transaction: no entry in the register without its file.
            write_whole(arguments.out, built.pdf)
    answer = {
        "report": str(arguments.out),
        "kind": kind,
        "pages": built.pages,
        "sha256": digest,
        "case": revision.case_id,
        "revision": revision.number,
        "digest": revision.digest,
        "issues": plain_issues(valuation.issues, tongue),
    }
    if arguments.json:
        print_json(answer)
    else:
        print_text(str(arguments.out))
        tell_issues(valuation.issues, tongue)
    if built.missing:
        text = N_("No font has the characters {characters}; each was printed as 〓.")
        tell(tr(text, tongue, characters=" ".join(built.missing)))
    return Exit.YES


def _of_docket(arguments: argparse.Namespace, tongue: str) -> Exit:
    from valuer.cli import quality

    if arguments.case:
        text = N_("A quality report is made of the docket; leave the case out.")
        raise UserError(text)
    return quality.report(arguments, tongue)


def _refuse_words(arguments: argparse.Namespace) -> None:
    """Refuse a report of no case, and words that a case's report does not know."""
    if not arguments.case:
        text = N_("Name the case, or ask for the docket with --kind {kind}.")
        raise UserError(text, kind=AGENCY_QUALITY)
    words = ("first", "last", "as_of", "number", "house", "signer", "numbered")
    if any(getattr(arguments, word) for word in words):
        text = N_(
            "Period, number, house, signers and numbered names are told of a quality"
            " report alone (--kind {kind}); the report of a case has its own."
        )
        raise UserError(text, kind=AGENCY_QUALITY)
