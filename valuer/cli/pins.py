"""The PIN of a key: from the variable named, or asked for without an echo."""

from __future__ import annotations

import getpass
import os
import warnings

from valuer.core.problems import UserError
from valuer.core.texts import N_, tr


def ask_pin(variable: str | None, tongue: str) -> str:
    """Return the PIN from the variable named, or ask for it.

    Raises:
        UserError: the variable is not set, or there is nobody to ask.
    """
    if variable is not None:
        pin = os.environ.get(variable)
        if pin is None:
            text = N_("The variable {name} that should hold the PIN is not set.")
            raise UserError(text, name=variable)
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
