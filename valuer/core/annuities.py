"""Annuities: level payments, what the methods pv, fv, pmt and nper share.

What is had now, what is paid each period and what is left at the end balance:
pv × G + pmt × A + fv = 0, with G the growth of one and A what one paid each period
grows to. Signs are a spreadsheet's: what goes out is negative.

Source: Excel's documentation of PV, FV, PMT and NPER.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.flow_series import RATE
from valuer.core.slots import number_arrays
from valuer.core.texts import N_
from valuer.core.working import Silent, Unit


class Due(StrEnum):
    """When in each period is paid."""

    END = "end"
    BEGIN = "begin"


# What the methods declare with param(**…).

NPER: Any = {
    "label": N_("Number of periods"),
    "symbol": "n",
    "low": 0,
    "above": True,
}
PMT: Any = {
    "label": N_("Payment each period"),
    "default": 0.0,
    "symbol": "p",
    "help": N_("What is paid out is negative."),
}
PV: Any = {
    "label": N_("Present value"),
    "default": 0.0,
    "symbol": "B",
    "help": N_("What is had now; what is paid out is negative."),
}
FV: Any = {
    "label": N_("Future value"),
    "default": 0.0,
    "symbol": "F",
    "help": N_("What is had at the end; what is paid out is negative."),
}
DUE: Any = {
    "label": N_("Payments due"),
    "default": Due.END,
    "choice_labels": (
        (Due.END.value, N_("At the end of each period")),
        (Due.BEGIN.value, N_("At the beginning of each period")),
    ),
}

LABELS = {
    "pv": (N_("Present value"), "B"),
    "pmt": (N_("Payment each period"), "p"),
    "fv": (N_("Future value"), "F"),
}


def growth(working: Silent, given: Mapping[str, Any]) -> tuple[Floats, Floats]:
    """Return the growth of one, ``G``, and of one paid each period, ``A``."""
    add = working.add
    rate = add(RATE["label"], "r", "", given["rate"], Unit.RATE)
    count = add(NPER["label"], "n", "", given["nper"], Unit.NUMBER)
    text = N_("Growth of one over all periods")
    grown = add(text, "G", "(1 + r)^n", (1 + rate) ** count, Unit.FACTOR)
    # As (G − 1) / r, which loses its digits where the rate is next to nothing.
    rises = np.expm1(count * np.log1p(rate)) / np.where(rate == 0, 1.0, rate)
    level = np.where(rate == 0, count, rises)
    formula = "(G − 1) / r" if np.all(rate != 0) else "n"
    if given["due"] is Due.BEGIN:
        level, formula = level * (1 + rate), f"{formula} × (1 + r)"
    text = N_("What one paid each period grows to")
    return grown, add(text, "A", formula, level, Unit.FACTOR)


def stated(working: Silent, name: str, given: Mapping[str, Any]) -> Floats:
    """Return an amount as given, with its step."""
    label, symbol = LABELS[name]
    return working.add(label, symbol, "", given[name], Unit.MONEY)


def annuity_arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments."""
    return number_arrays(params) | {"due": params.due}
