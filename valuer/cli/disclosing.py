"""``valuer disclose``: the profile chosen, the whole case to recipients, and opened."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from valuer.cli.answers import Exit, print_json, print_text, progress_on_stderr
from valuer.cli.here import author, now
from valuer.cli.opening import library_to_change
from valuer.cli.pins import ask_pin
from valuer.core.canonical import to_plain
from valuer.core.disclosure import Disclosure, Extent, Recipient, disclosure_words
from valuer.core.files import read_whole, refuse_existing, write_whole
from valuer.core.problems import UserError
from valuer.core.texts import N_, tr
from valuer.core.valuing import value_case
from valuer.methods import METHODS
from valuer.store.evidence import read_back
from valuer.store.journal import EntryKind, note
from valuer.store.revisions import load_case, save_revision, stored_bytes

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from valuer.reports.disclosing import Contents
    from valuer.store.library import Library

CHOOSE = N_("Choose the disclosure")


def disclose(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Choose what is disclosed, write it for the recipients chosen, or open such."""
    if arguments.file is not None:
        return _open(arguments, tongue)
    if arguments.library is None:
        raise UserError(N_("Name the library with --library."))
    return _choose(arguments, tongue) if arguments.choose else _write(arguments, tongue)


def _choose(arguments: argparse.Namespace, tongue: str) -> Exit:
    from valuer.reports.envelopes import recipient_of

    to = tuple(recipient_of(one) for one in _certificates(arguments.to))
    extent = Extent(arguments.extent or (Extent.CASE if to else Extent.PRINTED))
    if extent is not Extent.PRINTED and not to:
        raise UserError(N_("Name the recipients' certificates with --to."))
    chosen = Disclosure(extent, to)
    with (
        library_to_change(arguments.library, tongue) as library,
        library.change() as connection,
    ):
        case, based_on = load_case(connection, arguments.case)
        after = replace(case, disclosure=chosen)
        revision = save_revision(connection, after, based_on, author(), CHOOSE, now())
    if arguments.json:
        answer = {"case": revision.case_id, "revision": revision.number}
        print_json(answer | {"disclosure": to_plain(chosen)})
        return Exit.YES
    text = N_("Case {case}, revision {revision}. Disclosed: {words}.")
    told = {"case": revision.case_id, "revision": revision.number}
    print_text(tr(text, tongue, **told, words=disclosure_words(chosen)))
    return Exit.YES


def _write(arguments: argparse.Namespace, tongue: str) -> Exit:
    from valuer.reports.disclosed_case import journal_detail
    from valuer.reports.disclosing import pack
    from valuer.reports.envelopes import recipient_of, seal

    refuse_existing(_out(arguments), force=arguments.force)
    certificates = _certificates(arguments.to)
    to = tuple(recipient_of(one) for one in certificates)
    with library_to_change(arguments.library, tongue) as library:
        contents, files = _gathered(arguments, library, to)
        sealed = seal(pack(contents, files), certificates)
        with library.change() as connection:
            detail = journal_detail(contents, sealed)
            kind, name = EntryKind.DISCLOSE, contents.case
            note(connection, kind, name, author(), now(), detail)
            # Within the transaction: nothing leaves that the journal does not tell.
            write_whole(arguments.out, sealed)
    if arguments.json:
        print_json(to_plain(contents) | {"out": str(arguments.out)})
        return Exit.YES
    text = N_("{file} holds revision {revision} of case {case}, for {names} alone.")
    told = {"revision": contents.revision, "case": contents.case}
    named = tuple(one.name for one in to)
    print_text(tr(text, tongue, file=str(arguments.out), **told, names=named))
    return Exit.YES


def _gathered(
    arguments: argparse.Namespace, library: Library, to: tuple[Recipient, ...]
) -> tuple[Contents, dict[str, bytes]]:
    """Return what is disclosed, and its list."""
    from valuer.reports.disclosed_case import (
        StoredCase,
        gathered,
        papers_of,
        refuse_more,
    )
    from valuer.reports.disclosing import refuse_large

    with library.read() as connection:
        case, revision = load_case(connection, arguments.case, arguments.revision)
        body, _ = stored_bytes(connection, arguments.case, revision.number)
        extent = Extent(arguments.extent or case.disclosure.extent)
        refuse_more(case.disclosure, extent, to)
        papers = papers_of(case, extent)
        refuse_large(one.size for one in papers.values())
        files = {
            path: read_back(connection, one.digest) for path, one in papers.items()
        }
    stored = StoredCase(case, revision.case_id, revision.number, revision.digest, body)
    valuation = value_case(case, METHODS, progress_on_stderr())
    told = {"language": arguments.language, "kind_key": arguments.kind}
    return gathered(stored, valuation, files, extent, to, **told)


def _open(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Open what was disclosed to the holder of a key, into a new folder."""
    from valuer.reports.disclosing import unpack, write_folder
    from valuer.reports.envelopes import LARGEST, load_opening_key, unseal

    folder, file = _out(arguments), arguments.file
    if folder.exists():
        text = N_("{file} exists; name a new folder with --out.")
        raise UserError(text, file=str(folder))
    if arguments.p12 is None:
        raise UserError(N_("Name the key file with --p12."))
    data = read_whole(file, LARGEST)
    key = load_opening_key(arguments.p12, ask_pin(arguments.pin_env, tongue))
    disclosed = unpack(unseal(data, key, file.name), file.name)
    write_folder(folder, disclosed)
    contents = disclosed.contents
    if arguments.json:
        answer: Mapping[str, object] = to_plain(contents)
        print_json({**answer, "out": str(folder)})
        return Exit.YES
    text = N_(
        "Case {case}, revision {revision}, and {count} files, each as its SHA-256 says,"
        " were written to {folder}."
    )
    told = {"case": contents.case, "revision": contents.revision}
    count = len(contents.files)
    print_text(tr(text, tongue, **told, count=count, folder=str(folder)))
    text = N_(
        "Compare the revision digest with the head of the signed report: {digest}. The"
        " envelope itself is signed by nobody."
    )
    print_text(tr(text, tongue, digest=contents.digest))
    return Exit.YES


def _certificates(paths: Sequence[Path]) -> tuple[Certificate, ...]:
    from valuer.reports.envelopes import load_recipient

    return tuple(dict.fromkeys(load_recipient(path, now()) for path in paths))


def _out(arguments: argparse.Namespace) -> Path:
    out: Path | None = arguments.out
    if out is None:
        raise UserError(N_("Name where it goes with --out."))
    return out
