"""``valuer evidence``: documents taken into the library, and told in a case."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from valuer.cli.answers import (
    Exit,
    plain_issues,
    print_json,
    print_text,
    tell_issues,
)
from valuer.cli.here import author, now
from valuer.cli.opening import library_to_change, library_to_read
from valuer.core.canonical import to_plain
from valuer.core.dates import parse_date
from valuer.core.engagement import Evidence, EvidenceKind
from valuer.core.evidence import (
    LARGEST,
    place_issues,
    refuse_place,
    with_evidence,
)
from valuer.core.files import read_whole, refuse_existing, write_whole
from valuer.core.problems import Severity, UserError
from valuer.core.texts import N_, tr
from valuer.methods import METHODS
from valuer.store.evidence import (
    Document,
    check_evidence,
    find_document,
    list_unused,
    plain_name,
    read_back,
    remove_document,
    take_up,
)
from valuer.store.revisions import load_case, save_revision

ADD = N_("Add evidence")


def add(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Take files up and tell them in a case: all of them in one revision, or none."""
    obtained = _day(arguments.obtained)
    with (
        library_to_change(arguments.library, tongue) as library,
        library.change() as connection,
    ):
        case, based_on = load_case(connection, arguments.case)
        refuse_place(case, METHODS, arguments.about)
        found = []
        for path in arguments.files:
            data = read_whole(path, LARGEST)
            document = take_up(connection, path.name, data, now())
            line = Evidence(
                document.digest,
                plain_name(path.name),
                document.size,
                EvidenceKind(arguments.kind),
                arguments.about,
                arguments.source,
                obtained,
                arguments.note,
            )
            found.append(line)
        after = with_evidence(case, found)
        revision = save_revision(connection, after, based_on, author(), ADD, now())
    answer = {
        "case": revision.case_id,
        "revision": revision.number,
        "digest": revision.digest,
        "added": len(after.evidence) - len(case.evidence),
        "evidence": [to_plain(one) for one in found],
    }
    if arguments.json:
        print_json(answer)
        return Exit.YES
    for one in found:
        print_text(f"{one.digest}\t{one.name}")
    text = N_("Case {case}, revision {revision}: {count} pieces of evidence added.")
    told = {"case": revision.case_id, "revision": revision.number}
    print_text(tr(text, tongue, **told, count=answer["added"]))
    return Exit.YES


def listed(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the evidence of a case."""
    del tongue
    with library_to_read(arguments.library) as library, library.read() as connection:
        case, revision = load_case(connection, arguments.case)
    if arguments.json:
        print_json(
            {
                "case": revision.case_id,
                "revision": revision.number,
                "evidence": [to_plain(one) for one in case.evidence],
            }
        )
        return Exit.YES
    for one in case.evidence:
        told = (one.digest, one.kind.value, one.about or "-", one.name)
        print_text("\t".join(told))
    return Exit.YES


def shown(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Tell of a document of the library; with ``--out`` write a copy of it."""
    del tongue
    out = arguments.out
    if out is not None:
        refuse_existing(out, force=arguments.force)
    with library_to_read(arguments.library) as library, library.read() as connection:
        document = find_document(connection, arguments.digest)
        data = read_back(connection, document.digest)
    if out is not None:
        write_whole(out, data)
    if arguments.json:
        print_json(_plain(document) | {"out": str(out) if out else None})
    else:
        print_text(f"{document.digest}\t{document.size}\t{document.name}")
    return Exit.YES


def checked(arguments: argparse.Namespace, tongue: str) -> Exit:
    """See that every document of a case is there and right; else the answer is no."""
    with library_to_read(arguments.library) as library, library.read() as connection:
        case, revision = load_case(connection, arguments.case)
        issues = (
            *check_evidence(connection, case),
            *place_issues(case, METHODS),
        )
    is_sound = all(one.severity is not Severity.ERROR for one in issues)
    if arguments.json:
        print_json(
            {
                "case": revision.case_id,
                "sound": is_sound,
                "evidence": len(case.evidence),
                "issues": plain_issues(issues, tongue),
            }
        )
    else:
        tell_issues(issues, tongue)
        if is_sound:
            text = N_("{count} pieces of evidence, each there and as it was taken up.")
            print_text(tr(text, tongue, count=len(case.evidence)))
    return Exit.YES if is_sound else Exit.NO


def unused(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the documents that no case rests on any more."""
    del tongue
    with library_to_read(arguments.library) as library, library.read() as connection:
        found = list_unused(connection)
    if arguments.json:
        print_json({"documents": [_plain(one) for one in found]})
        return Exit.YES
    for one in found:
        print_text(f"{one.digest}\t{one.size}\t{one.name}")
    return Exit.YES


def removed(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Remove a document from the library that no case rests on any more."""
    with (
        library_to_change(arguments.library, tongue) as library,
        library.change() as connection,
    ):
        gone = remove_document(connection, arguments.digest, author(), now())
    if arguments.json:
        print_json(_plain(gone))
    else:
        text = N_("{file} is no longer in the library.")
        print_text(tr(text, tongue, file=gone.name))
    return Exit.YES


def _day(given: str) -> date | None:
    if not given:
        return None
    day = parse_date(given)
    if day is None:
        text = N_("“{given}” is no date such as 2026-09-30.")
        raise UserError(text, given=given[:40])
    return day


def _plain(document: Document) -> dict[str, Any]:
    return {
        "digest": document.digest,
        "name": document.name,
        "media_type": document.media_type,
        "size": document.size,
        "at": document.at.isoformat(),
    }
