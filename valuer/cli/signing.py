"""``valuer sign`` and ``valuer timestamp``."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from valuer.cli.answers import Exit, print_json, print_text, progress_on_stderr, tell
from valuer.cli.here import now
from valuer.cli.pins import ask_pin
from valuer.core.files import read_whole, refuse_existing, write_whole
from valuer.core.problems import UserError
from valuer.core.texts import N_, say, tr

if TYPE_CHECKING:
    from valuer.reports.keys import SigningKey
    from valuer.reports.signature_wishes import Signed, Wish


def sign_report(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Sign a report with a key in a file or on a token; its PIN is used and forgotten."""
    from valuer.reports.carried import language_of
    from valuer.reports.signing import refuse_batch, sign_document

    targets = _targets(arguments)
    pdfs = [read_whole(path) for path in arguments.files]
    refuse_batch(
        [(path.name, pdf) for path, pdf in zip(arguments.files, pdfs, strict=True)]
    )
    wish, at, progress = _wish(arguments), now(), progress_on_stderr()
    pin = ask_pin(arguments.pin_env, tongue)
    with ExitStack() as stack:
        with _without(arguments.pin_env):
            key = stack.enter_context(_key(arguments, pin, at))
        made = [
            sign_document(
                *(pdf, key, arguments.role, at, language_of(pdf, tongue)),
                wish=wish,
                progress=progress,
            )
            for pdf in pdfs
        ]
        signer = key.signer
    for target, signed in zip(targets, made, strict=True):
        write_whole(target, signed.pdf)
    answers = [
        _answer(target, signed, tongue) | {"signer": signer, "role": arguments.role}
        for target, signed in zip(targets, made, strict=True)
    ]
    if arguments.json:
        print_json(answers[0] if len(answers) == 1 else {"files": answers})
    else:
        text = N_("{file} was signed by {signer}.")
        for target, signed in zip(targets, made, strict=True):
            print_text(tr(text, tongue, file=str(target), signer=signer))
            _tell_notes(signed, tongue)
    return Exit.YES


def timestamp_report(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Add a timestamp and validation data to a signed report."""
    from valuer.reports.signing import timestamp_document

    refuse_existing(arguments.out, force=arguments.force)
    pdf = read_whole(arguments.file)
    made = timestamp_document(pdf, arguments.timestamp, now(), progress_on_stderr())
    write_whole(arguments.out, made.pdf)
    if arguments.json:
        print_json(_answer(arguments.out, made, tongue))
    else:
        print_text(tr(N_("{file} was timestamped."), tongue, file=str(arguments.out)))
        _tell_notes(made, tongue)
    return Exit.YES


def _targets(arguments: argparse.Namespace) -> list[Path]:
    """Return where each document goes: several go into one folder."""
    if len(arguments.files) == 1:
        targets = [arguments.out]
    else:
        if not arguments.out.is_dir():
            raise UserError(
                N_("{file} is no folder; several documents are signed into one."),
                file=str(arguments.out),
            )
        targets = [arguments.out / path.name for path in arguments.files]
        if len(set(targets)) < len(targets):
            raise UserError(N_("Two of the documents have the same name."))
    for target in targets:
        refuse_existing(target, force=arguments.force)
    return targets


def _wish(arguments: argparse.Namespace) -> Wish:
    from valuer.reports.revocation import load_lists
    from valuer.reports.seals import load_seal
    from valuer.reports.signature_wishes import Level, Wish

    return Wish(
        seal=load_seal(arguments.seal) if arguments.seal else None,
        server=arguments.timestamp,
        level=Level(arguments.level) if arguments.level else None,
        later=arguments.timestamp_later,
        lists=[load_lists(path) for path in arguments.crl],
    )


@contextmanager
def _without(name: str | None) -> Iterator[None]:
    """Hide a variable from the process that is started meanwhile: a token's driver."""
    value = os.environ.pop(name, None) if name else None
    try:
        yield
    finally:
        if name and value is not None:
            os.environ[name] = value


def _key(
    arguments: argparse.Namespace, pin: str, at: datetime
) -> AbstractContextManager[SigningKey]:
    from valuer.reports.keys import load_key
    from valuer.reports.keys_token import Token, open_token

    if arguments.p12:
        return nullcontext(load_key(arguments.p12, pin, at))
    if not arguments.token:
        raise UserError(N_("The token is not named; give --token LABEL."))
    token = Token(
        arguments.pkcs11, arguments.token, arguments.key_label, arguments.cert_label
    )
    return open_token(token, pin, at, progress_on_stderr())


def _answer(target: Path, signed: Signed, tongue: str) -> dict[str, Any]:
    return {
        "report": str(target),
        "level": signed.level.standard,
        "notes": [say(note, tongue) for note in signed.notes],
    }


def _tell_notes(signed: Signed, tongue: str) -> None:
    for note in signed.notes:
        tell(say(note, tongue))
