"""``valuer verify``: who signed, what changed, and whether the figures come out again."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from valuer.cli.answers import Exit, local_time, print_json, print_text, tell
from valuer.cli.here import now
from valuer.core.files import read_whole
from valuer.core.texts import N_, say, tr

if TYPE_CHECKING:
    from valuer.reports.verifying import SignatureFound, Verification


def verify_reports(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Say who signed, whether anything changed, and whether the figures recompute."""
    from valuer.reports.certificates import load_certificates
    from valuer.reports.revocation import load_lists

    trust = [one for path in arguments.trust for one in load_certificates(path)]
    lists = [load_lists(path) for path in arguments.crl]
    told = [
        _verified(path, trust, lists, arguments, tongue) for path in arguments.files
    ]
    if arguments.json:
        answers = [answer for answer, _ in told]
        print_json(answers[0] if len(answers) == 1 else {"files": answers})
    return Exit.YES if all(good for _, good in told) else Exit.NO


def _verified(
    path: Path,
    trust: list[Any],
    lists: list[bytes],
    arguments: argparse.Namespace,
    tongue: str,
) -> tuple[dict[str, Any], bool]:
    from valuer.reports.verdicts import Verdict
    from valuer.reports.verifying import LARGEST, verify

    pdf = read_whole(path, LARGEST)
    found = verify(pdf, trust, now=now(), lists=lists)
    answer = {"file": str(path), **found.to_plain()}
    answer["problems"] = [say(one, tongue) for one in found.problems]
    for plain, signature in zip(answer["signatures"], found.signatures, strict=True):
        notes = (*signature.problems, *signature.notes)
        plain["notes"] = [say(one, tongue) for one in notes]
    good = found.verdict is Verdict.INTACT
    good = good and not any(one.is_revoked for one in found.signatures)
    if trust:
        good = good and found.all_trusted
    if arguments.recompute and found.verdict is not Verdict.UNREADABLE:
        answer["recomputed"] = recomputed(pdf, tongue)
        good = good and bool(answer["recomputed"]["matches"])
    if not arguments.json:
        for line in _lines(path, found, tongue, is_judged=bool(trust)):
            print_text(line)
        for line in _figures(answer["recomputed"], tongue):
            print_text(line)
        for problem in found.problems:
            tell(say(problem, tongue))
    return answer, good


def recomputed(pdf: bytes, tongue: str) -> dict[str, Any]:
    """Return, as JSON, whether a report's figures come out again."""
    from valuer.methods import METHODS
    from valuer.reports.recompute import recompute

    found = recompute(pdf, METHODS, tongue)
    told: dict[str, Any] = {
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
    if found.why_not is not None:
        told["why_not"] = say(found.why_not, tongue)
    return told


def _lines(
    path: Path, found: Verification, tongue: str, *, is_judged: bool
) -> Iterator[str]:
    """Yield what was found for people, signature by signature."""
    from valuer.reports.verdict_words import MEANINGS, addition_texts
    from valuer.reports.verdicts import VERDICT_NAMES

    text = N_("{file}: {verdict}. {meaning}")
    verdict = tr(VERDICT_NAMES[found.verdict], tongue)
    meaning = tr(MEANINGS[found.verdict], tongue)
    yield tr(text, tongue, file=path, verdict=verdict, meaning=meaning)
    if found.empty:
        text = N_("Signature fields without a signature: {names}")
        yield "  " + tr(text, tongue, names=found.empty)
    for number, signature in enumerate(found.signatures, 1):
        name = _who(signature, tongue)
        yield "  " + tr(
            N_("Signature {number}: {who}"), tongue, number=number, who=name
        )
        for line in _signature(signature, tongue, is_judged=is_judged):
            yield "    " + line
        added = [one for one in found.additions if one.after_signature == number]
        for wording in addition_texts(added):
            after = tr(N_("Added after it: {what}"), tongue, what=wording)
            yield "    " + after


def _who(signature: SignatureFound, tongue: str) -> str:
    from valuer.reports.signature_roles import ROLE_NAMES

    name = signature.signer or tr(N_("unknown"), tongue)
    if signature.role is None:
        return name
    role = tr(ROLE_NAMES[signature.role], tongue)
    return tr(N_("{name} ({role})"), tongue, name=name, role=role)


def _signature(
    signature: SignatureFound, tongue: str, *, is_judged: bool
) -> Iterator[str]:
    from valuer.reports.verdict_words import CLOCKS, level_text

    if signature.signed_at is not None:
        at = local_time(signature.signed_at, "%Y-%m-%d %H:%M:%S")
        clock = tr(CLOCKS[signature.time_source], tongue)
        yield tr(N_("Signed {at} ({clock})"), tongue, at=at, clock=clock)
    intact = N_("Intact") if signature.intact else N_("Not intact")
    yield tr(
        N_("{intact}; {level}"),
        tongue,
        intact=tr(intact, tongue),
        level=level_text(signature.level),
    )
    if signature.chain:
        chain = " ← ".join(signature.chain)
        yield tr(N_("Certificates: {chain}"), tongue, chain=chain)
    if not is_judged:
        yield tr(N_("No root certificate was given to judge them by"), tongue)
    elif signature.trusted:
        yield tr(N_("The certificate leads to a root that you trust"), tongue)
    else:
        yield tr(
            N_("The certificate leads to none of the roots that you trust"), tongue
        )
    for note in signature.notes:
        yield say(note, tongue)


def _figures(told: dict[str, Any] | None, tongue: str) -> Iterator[str]:
    if told is None:
        return
    if told["matches"]:
        yield "  " + tr(
            N_("Recomputed from the attachment: every figure agrees"), tongue
        )
        return
    if "why_not" in told:
        text = N_("The figures cannot be recomputed. {reason}")
        yield "  " + tr(text, tongue, reason=told["why_not"])
        return
    yield "  " + tr(N_("Figures differ:"), tongue)
    for one in told["differences"]:
        text = N_("{where}: printed {printed}, recomputed {recomputed}")
        yield "    " + tr(text, tongue, **one)
