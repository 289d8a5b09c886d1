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
from valuer.core.texts import N_, tr
from valuer.core.valuing import value_case
from valuer.methods import METHODS
from valuer.store.reports import IssuedReport, add_report
from valuer.store.revisions import load_case
from valuer.store.templates import logo_of


def report(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Print the report of a case and enter it in the register."""
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
