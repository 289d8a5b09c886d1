"""What the signs and functions of formulas mean, where a working has any (公式记号)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from valuer.core.texts import N_
from valuer.core.working import Step
from valuer.reports.sections.blocks import Block, Note
from valuer.reports.sections.draft import Draft

_MEANINGS = (
    (
        r"[ΣΠ]ₜ(?!₋)",
        N_("Σₜ and Πₜ are the sum and the product from the first row to this one"),
    ),
    (
        r"[ΣΠ]ₜ₋₁",
        N_("Σₜ₋₁ and Πₜ₋₁ are the sum and the product of all rows before this one"),
    ),
    (
        r"\bsumif\(",
        N_("sumif(a; b; x) is the sum of x over the rows whose a is b"),
    ),
    (
        r"\bquartile\(",
        N_(
            "quartile(x; k) is quartile k of x, ends included; the last is the greatest"
        ),
    ),
    (
        r"\bround\(",
        N_("round(x; n) is x rounded half up to n decimal places"),
    ),
    (
        r"Φ(?!₂)",
        N_("Φ is the standard normal distribution function"),
    ),
    (
        r"Φ₂",
        N_("Φ₂(a; b; ρ) is that of two standard normals with the correlation ρ"),
    ),
)


def notation(draft: Draft, steps: Sequence[Step]) -> Iterator[Block]:
    """Yield a note on what not every reader of the formulas of a working knows."""
    formulas = "\n".join(step.formula for step in steps)
    said = tuple(
        draft.say(text) for sign, text in _MEANINGS if re.search(sign, formulas)
    )
    if said:
        yield Note(
            draft.say(N_("In the formulas: {meanings}."), meanings=draft.joined(said))
        )
