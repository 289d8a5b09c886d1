"""``valuer case``: make, change, show and value the cases of a library."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from valuer.cli.answers import (
    Exit,
    print_bytes,
    print_json,
    print_text,
    progress_on_stderr,
    tell_issues,
)
from valuer.cli.here import author, now
from valuer.cli.methods import read_json
from valuer.cli.opening import library_to_change, library_to_read
from valuer.cli.valued import plain_valuation
from valuer.core.canonical import from_plain, to_plain
from valuer.core.case import FORMAT, Case
from valuer.core.merge_patch import merge_patch
from valuer.core.patent_numbers import application_number, publication_number
from valuer.core.problems import UserError
from valuer.core.schema import case_schema
from valuer.core.texts import N_, tr
from valuer.core.valuing import Valuation, value_case, with_versions
from valuer.core.working import Unit
from valuer.methods import METHODS
from valuer.store.patents import find_patent
from valuer.store.revisions import (
    Revision,
    load_case,
    new_case,
    save_revision,
    stored_bytes,
)
from valuer.store.settings import HOUSE, setting


def new(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Make a case, empty or from JSON."""
    plain = read_json(arguments.source) if arguments.source else {}
    with (
        library_to_change(arguments.library, tongue, create=True) as library,
        library.change() as connection,
    ):
        case = case_from(connection, plain)
        if "house" not in plain:
            case = replace(case, house=setting(connection, HOUSE))
        revision = new_case(connection, case, author(), N_("New case"), now())
    return _told(revision, arguments, tongue)


def change(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Change a case by a merge patch: one revision, or none where nothing changes."""
    patch = read_json(arguments.patch)
    if not isinstance(patch, dict):
        raise UserError(N_("A patch must be one JSON object."))
    with (
        library_to_change(arguments.library, tongue) as library,
        library.change() as connection,
    ):
        before, based_on = load_case(connection, arguments.case)
        case = case_from(connection, merge_patch(to_plain(before), patch))
        revision = save_revision(
            connection, case, based_on, author(), N_("Change the case"), now()
        )
    return _told(revision, arguments, tongue)


def show(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Print the canonical JSON of a case: the bytes that its digest is of."""
    del tongue
    with library_to_read(arguments.library) as library, library.read() as connection:
        body, _ = stored_bytes(connection, arguments.case, arguments.revision)
    print_bytes(body + b"\n")
    return Exit.YES


def listed(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the cases."""
    del tongue
    from valuer.store.cases import list_cases

    with library_to_read(arguments.library) as library, library.read() as connection:
        found = list_cases(connection)
    if arguments.json:
        print_json(
            {
                "cases": [
                    {
                        "case": one.case_id,
                        "name": one.name,
                        "revision": one.revision,
                        "at": one.at.isoformat(),
                    }
                    for one in found
                ]
            }
        )
        return Exit.YES
    for one in found:
        print_text(f"{one.case_id}\tr{one.revision}\t{one.name}")
    return Exit.YES


def schema(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Print the JSON Schema of a case."""
    del arguments, tongue
    print_json(case_schema())
    return Exit.YES


def value(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Value a case; refused where an error stands in the way."""
    with library_to_read(arguments.library) as library, library.read() as connection:
        case, _ = load_case(connection, arguments.case)
    valuation = value_case(case, METHODS, progress_on_stderr())
    if arguments.json:
        print_json(plain_valuation(valuation, tongue))
    else:
        _print(valuation, tongue)
    if not arguments.json or valuation.errors:
        tell_issues(valuation.issues, tongue)
    return Exit.REFUSED if valuation.errors else Exit.YES


def case_from(connection: Any, plain: Any) -> Case:
    """Return a case from JSON, quoting the patents it names from the library."""
    if not isinstance(plain, dict):
        raise UserError(N_("A case must be one JSON object."))
    quoted = dict(plain)
    patents = plain.get("patents")
    if isinstance(patents, list | tuple):
        quoted["patents"] = [_quoted(connection, patent) for patent in patents]
    case = with_versions(from_plain(quoted, Case), METHODS)
    if case.format != FORMAT:
        # Once stored, no program could read the case again.
        text = N_("This program makes cases of form {form}, not {found}.")
        raise UserError(text, form=FORMAT, found=case.format)
    return case


def _quoted(connection: Any, patent: Any) -> Any:
    if not isinstance(patent, dict) or "quote" not in patent:
        return patent
    number = patent["quote"]
    if set(patent) != {"quote"} or not isinstance(number, str):
        raise UserError(
            N_("A quotation has the key “quote”, a number, and nothing else.")
        )
    for read in (application_number(number), publication_number(number)):
        found = find_patent(connection, read.text) if read.is_sound else None
        if found is not None:
            return to_plain(found)
    raise UserError(N_("The library has no patent {number}."), number=number)


def _told(revision: Revision, arguments: argparse.Namespace, tongue: str) -> Exit:
    answer = {
        "case": revision.case_id,
        "revision": revision.number,
        "digest": revision.digest,
    }
    if arguments.json:
        print_json(answer)
    else:
        text = N_("Case {case}, revision {revision}, {digest}")
        print_text(tr(text, tongue, **answer))
    return Exit.YES


def _print(valuation: Valuation, tongue: str) -> None:
    for one in valuation.runs:
        amount = "—" if one.result is None else f"{one.result.amount:,.2f}"
        if one.result is not None and one.result.unit is not Unit.MONEY:
            amount = f"{one.result.value:.6g}"
        print_text(f"{one.run.key}\t{tr(one.method.title, tongue)}\t{amount}")
    if valuation.conclusion is not None:
        found = valuation.conclusion
        print_text(f"{found.value:,f} {found.currency}\t{found.capitals}")
