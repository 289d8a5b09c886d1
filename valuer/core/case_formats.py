"""The saved forms of a case, and how an older one becomes the newest.

A saved form never changes its meaning: a new meaning takes a new number (``FORMAT``
in ``core.case``), one function from dict to dict here, and a file in ``tests/museum``.

Form 1: the first.
Form 2: whether the contract asks for a range, and the kind of ground on which one
method alone was applied, are told.
Form 3: a run may state the sequence of its simulation and which inputs move together;
the report may carry the self-test of the program.
Form 4: the engagement's file (contract, work done, later events, factors, declarations,
evidence, answers, receipt), the premise of value, and of a run the analyses it is asked
for and the grounds of its inputs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from valuer.core.case import FORMAT
from valuer.core.problems import UserError
from valuer.core.texts import N_


def _to_second(plain: dict[str, Any]) -> dict[str, Any]:
    """A range was to be stated only where the contract asks for one."""
    upgraded = {**plain, "format": 2}
    conclusion = plain.get("conclusion")
    if isinstance(conclusion, dict):
        has_range = any(conclusion.get(end) is not None for end in ("low", "high"))
        upgraded["range_agreed"] = has_range
        if conclusion.get("ground"):
            upgraded["conclusion"] = {**conclusion, "ground_kind": "in_words"}
    return upgraded


def _to_third(plain: dict[str, Any]) -> dict[str, Any]:
    """Inputs were drawn independently, by the pseudo-random generator: the defaults."""
    return {**plain, "format": 3}


def _to_fourth(plain: dict[str, Any]) -> dict[str, Any]:
    """Nothing was said of what the fourth form tells besides: the defaults."""
    return {**plain, "format": 4}


UPGRADES: tuple[Callable[[dict[str, Any]], dict[str, Any]], ...] = (
    _to_second,
    _to_third,
    _to_fourth,
)
"""The n-th turns form n into form n + 1."""


def upgraded(plain: Any) -> Any:
    """Return a stored case in the newest form.

    Raises:
        UserError: it was written by a newer program, or does not tell its form.
    """
    number = plain.get("format") if isinstance(plain, dict) else None
    if type(number) is not int or number < 1:
        raise UserError(N_("This is no case: it does not tell its form."))
    if number > FORMAT:
        raise UserError(
            N_(
                "This case has form {number}; this program knows forms up to {known}."
                " Open it with a newer version."
            ),
            number=number,
            known=FORMAT,
        )
    for upgrade in UPGRADES[number - 1 :]:
        plain = upgrade(plain)
    return plain
