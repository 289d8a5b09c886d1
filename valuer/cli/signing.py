"""``valuer sign``."""

from __future__ import annotations

import argparse
import getpass
import os
import warnings

from valuer.cli.answers import Exit, print_json, print_text
from valuer.cli.here import now
from valuer.core.files import read_whole, refuse_existing, write_whole
from valuer.core.problems import UserError
from valuer.core.texts import N_, tr


def sign_report(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Sign a report with a PKCS#12 key; its PIN is asked, used and forgotten."""
    from valuer.reports.carried import language_of
    from valuer.reports.keys import load_key
    from valuer.reports.signature_roles import Role
    from valuer.reports.signing import sign

    refuse_existing(arguments.out, force=arguments.force)
    pdf = read_whole(arguments.file)
    at = now()
    key = load_key(arguments.p12, _pin(arguments, tongue), at)
    role = Role(arguments.role)
    write_whole(arguments.out, sign(pdf, key, role, at, language_of(pdf, tongue)))
    if arguments.json:
        print_json({"report": str(arguments.out), "signer": key.signer, "role": role})
    else:
        text = N_("{file} was signed by {signer}.")
        print_text(tr(text, tongue, file=str(arguments.out), signer=key.signer))
    return Exit.YES


def _pin(arguments: argparse.Namespace, tongue: str) -> str:
    """Return the PIN from the variable named, or ask for it."""
    if arguments.pin_env is not None:
        pin = os.environ.get(arguments.pin_env)
        if pin is None:
            text = N_("The variable {name} that should hold the PIN is not set.")
            raise UserError(text, name=arguments.pin_env)
        return pin
    try:
        with warnings.catch_warnings():
            # Without a terminal Python would read the PIN where others see it.
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(tr(N_("PIN: "), tongue))
    except getpass.GetPassWarning:
        text = N_(
            "There is no terminal to ask for the PIN; name the variable that holds it"
            " with --pin-env."
        )
        raise UserError(text) from None
    except EOFError:
        raise UserError(N_("No PIN was given.")) from None
