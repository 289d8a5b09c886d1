"""The self-test (自检): how worked cases with published answers come out here.

A reader sees that the program which made the report reckons as books and standards do:
the cases are run while the report is made, with the very methods that it uses.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from valuer.core.examples import ExampleOutcome, run_examples
from valuer.core.texts import N_
from valuer.reports.sections.blocks import DASH, Block, Column, Prose, Table
from valuer.reports.sections.draft import Draft


def self_test(draft: Draft) -> Iterator[Block]:
    """Yield version, cases, expected and actual figures, and whether they agree."""
    found = run_examples(draft.valuation.methods)
    passed = sum(one.passed for one in found)
    text = N_(
        "Version {version} of the program was run on {count} figures of worked cases,"
        " whose answers come from publications or follow from identities; {passed} came"
        " out within the tolerance of their source."
    )
    values = {"version": draft.program, "count": len(found), "passed": passed}
    yield Prose(draft.say(text, **values))
    yield Table(
        draft.say(N_("Worked cases")),
        (
            Column(draft.say(N_("Worked case")), weight=1),
            Column(draft.say(N_("Figure expected")), is_figure=True),
            Column(draft.say(N_("Figure found")), is_figure=True),
            Column(draft.say(N_("Agrees"))),
        ),
        tuple(_row(draft, one) for one in found),
    )


_NOISE = 1e-12
"""What is smaller is written in powers of ten, as spreadsheets do."""


def _row(draft: Draft, one: ExampleOutcome) -> tuple[str, ...]:
    agrees = N_("Yes") if one.passed else N_("No")
    return one.id, _figure(one.expected), _figure(one.actual), draft.say(agrees)


def _figure(number: float | None) -> str:
    """Return a figure of eight significant digits; the test itself uses all."""
    if number is None:
        return DASH
    if 0 < abs(number) < _NOISE:
        return f"{number:.1E}".replace("-", "−")
    return f"{Decimal(f'{number:.8g}'):f}"
