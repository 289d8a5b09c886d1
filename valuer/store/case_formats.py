"""The saved forms of a case, and how an older one becomes the newest.

A saved form never changes its meaning: a new meaning takes a new number (``FORMAT``
in ``core.case``), one function from dict to dict here, and a file in ``tests/museum``.

Form 1: the first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from valuer.core.case import FORMAT
from valuer.core.problems import UserError
from valuer.core.texts import N_

UPGRADES: tuple[Callable[[dict[str, Any]], dict[str, Any]], ...] = ()
"""The n-th turns form n into form n + 1."""


def upgraded(plain: dict[str, Any]) -> dict[str, Any]:
    """Return a stored case in the newest form.

    Raises:
        UserError: it was written by a newer program.
    """
    number = plain.get("format", FORMAT)
    if not isinstance(number, int) or not 1 <= number <= FORMAT:
        text = N_(
            "This case has form {number}, newer than this program knows ({known})."
        )
        raise UserError(text, number=number, known=FORMAT)
    for upgrade in UPGRADES[number - 1 :]:
        plain = upgrade(plain)
    return plain
