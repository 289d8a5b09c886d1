"""``valuer report``, ``valuer sign`` and ``valuer verify``."""

from __future__ import annotations

import argparse
import getpass
import os
from hashlib import sha256
from pathlib import Path
from typing import Any

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
from valuer.cli.cases import now
from valuer.core.files import read_whole, refuse_existing, write_whole
from valuer.core.problems import UserError
from valuer.core.texts import N_, say, tr
from valuer.core.valuing import value_case
from valuer.methods import METHODS
from valuer.store.library import open_library
from valuer.store.reports import IssuedReport, add_report
from valuer.store.revisions import load_case


def report(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Print the report of a case and enter it in the register."""
    from valuer.reports.appraisal import build_report
    from valuer.reports.sections.kinds import kind_of

    refuse_existing(arguments.out, force=arguments.force)
    progress = progress_on_stderr()
    with open_library(arguments.library) as library:
        with library.read() as connection:
            case, revision = load_case(connection, arguments.case)
        valuation = value_case(case, METHODS, progress)
        built = build_report(
            case,
            valuation,
            case_id=revision.case_id,
            revision=revision.number,
            digest=revision.digest,
            language=arguments.language,
            program=__version__,
            progress=progress,
        )
        digest = sha256(built.pdf).hexdigest()
        kind = kind_of(case.house.kind).key
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


def sign_report(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Sign a report with a PKCS#12 key; its PIN is asked, used and forgotten."""
    from valuer.reports.keys import load_key
    from valuer.reports.signature_roles import Role
    from valuer.reports.signing import sign

    refuse_existing(arguments.out, force=arguments.force)
    pdf = read_whole(arguments.file)
    at = now()
    key = load_key(arguments.p12, _pin(arguments, tongue), at)
    role = Role(arguments.role)
    write_whole(arguments.out, sign(pdf, key, role, at, tongue))
    if arguments.json:
        print_json({"report": str(arguments.out), "signer": key.signer, "role": role})
    else:
        text = N_("{file} was signed by {signer}.")
        print_text(tr(text, tongue, file=str(arguments.out), signer=key.signer))
    return Exit.YES


def verify_reports(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Say who signed, whether anything changed, and whether the figures recompute."""
    from valuer.reports.certificates import load_certificates

    trust = [one for path in arguments.trust for one in load_certificates(path)]
    told = [_verified(path, trust, arguments, tongue) for path in arguments.files]
    if arguments.json:
        answers = [answer for answer, _ in told]
        print_json(answers[0] if len(answers) == 1 else {"files": answers})
    return Exit.YES if all(good for _, good in told) else Exit.NO


def _verified(
    path: Path, trust: list[Any], arguments: argparse.Namespace, tongue: str
) -> tuple[dict[str, Any], bool]:
    from valuer.reports.verdicts import Verdict
    from valuer.reports.verifying import verify

    pdf = read_whole(path)
    found = verify(pdf, trust, now=now())
    answer = {"file": str(path), **found.to_plain()}
    good = found.verdict is Verdict.INTACT
    if arguments.trust:
        good = good and found.all_trusted
    if arguments.recompute:
        answer["recomputed"] = recomputed(pdf)
        good = good and bool(answer["recomputed"]["matches"])
    if not arguments.json:
        print_text(f"{path}: {answer['verdict']}")
        for one in answer["signatures"]:
            words = (one["signer"], one["role"], one["signed_at"], one["time_source"])
            print_text("  " + "  ".join(str(word) for word in words))
        for problem in found.problems:
            tell(say(problem, tongue))
        if answer["recomputed"]:
            print_text(f"  recomputed: {answer['recomputed']}")
    return answer, good


def recomputed(pdf: bytes) -> dict[str, Any]:
    """Return, as JSON, whether a report's figures come out again."""
    from valuer.reports.recompute import recompute

    found = recompute(pdf, METHODS)
    return {
        "matches": found.matches,
        "differences": [
            {
                "where": one.where,
                "printed": one.printed,
                "recomputed": one.recomputed,
            }
            for one in found.differences
        ],
    }


def _pin(arguments: argparse.Namespace, tongue: str) -> str:
    """Return the PIN from the variable named, or ask for it."""
    if arguments.pin_env:
        pin = os.environ.get(arguments.pin_env)
        if pin is None:
            text = N_("The variable {name} that should hold the PIN is not set.")
            raise UserError(text, name=arguments.pin_env)
        return pin
    try:
        return getpass.getpass(tr(N_("PIN: "), tongue))
    except EOFError:
        raise UserError(N_("No PIN was given.")) from None
