"""Analytical royalty (分析法): expected margin less normal margin.

The infringer's or licensee's own plans tell the margin expected of the patented
product; what is above the margin that is normal in the trade is what the patent brings,
and a licensee could pay it and still earn as others do.

Source: TWM Mfg. Co. v. Dura Corp., 789 F.2d 895 (Fed. Cir. 1986), analytical approach:
gross margin less overhead is the net margin anticipated; less the trade's usual one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from valuer.core.dated import SHARE_DIGITS
from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Number, Rate, Text, param
from valuer.core.problems import Issue, Severity
from valuer.core.slots import by_scenario, number_arrays
from valuer.core.texts import N_, message
from valuer.core.working import Rounded, Silent, Unit


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the analytical royalty."""

    expected_margin: Rate | None = param(
        N_("Expected margin"),
        None,
        symbol="e",
        low=-1,
        high=1,
        help=N_(
            "Net margin expected of the patented product when the licence would have"
            " been agreed, as a share of sales."
        ),
    )
    gross_margin: Rate | None = param(
        N_("Gross margin"),
        None,
        symbol="g",
        low=-1,
        high=1,
        help=N_("With overhead, in place of the expected margin."),
    )
    overhead: Rate | None = param(
        N_("Overhead"), None, symbol="o", low=0, high=1, help=N_("As a share of sales.")
    )
    normal_margin: Rate = param(
        N_("Normal margin"),
        symbol="u",
        low=0,
        high=1,
        help=N_("Net margin usual in the trade without the patent, before tax alike."),
    )
    licensor_part: Rate = param(
        N_("Part that goes to the licensor"),
        1.0,
        symbol="q",
        low=0,
        high=1,
        quiet=True,
        help=N_("Of the margin above the normal one; all of it unless argued."),
    )
    expected_source: Text = param(
        N_("Source of the expected margin"),
        help=N_("Plan, memorandum or budget of that time."),
    )
    normal_source: Text = param(
        N_("Source of the normal margin"),
        help=N_("Statistics of the trade, other products of the same maker."),
    )
    share_digits: Number | None = param(**SHARE_DIGITS)


def formula(working: Silent, **given: Any) -> Floats:
    """Royalty rate on sales; all numbers are () or (…, 1)."""
    add = working.add
    if "expected_margin" in given:
        text = N_("Expected margin")
        expected = add(text, "e", "", given["expected_margin"], Unit.RATE)
    else:
        gross = add(N_("Gross margin"), "g", "", given["gross_margin"], Unit.RATE)
        overhead = add(N_("Overhead"), "o", "", given["overhead"], Unit.RATE)
        text = N_("Expected margin")
        expected = add(text, "e", "g − o", gross - overhead, Unit.RATE)
    normal = add(N_("Normal margin"), "u", "", given["normal_margin"], Unit.RATE)
    more = add(
        N_("Margin above the normal one"), "x", "e − u", expected - normal, Unit.RATE
    )
    text = N_("Part that goes to the licensor")
    part = add(text, "q", "", given["licensor_part"], Unit.RATE)
    text = N_("Royalty rate on sales")
    found = add(text, "K", "x × q", more * part, Unit.RATE, rounded=Rounded.SHARE)
    return by_scenario(found)


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: which margins, sources, nothing left."""
    wrong = tuple(_margin_errors(params))
    return wrong or (*_excess_errors(params), *_source_errors(params))


def _margin_errors(params: Any) -> Iterator[Issue]:
    parts = (params.gross_margin, params.overhead)
    is_whole = params.expected_margin is not None
    if is_whole != (parts == (None, None)) or (not is_whole and None in parts):
        text = N_(
            "State either the expected margin, or gross margin and overhead that it is"
            " the difference of; not both."
        )
        yield Issue(Severity.ERROR, message(text), "expected_margin")


def _excess_errors(params: Any) -> Iterator[Issue]:
    centre = centred(params)
    expected = centre.expected_margin
    if expected is None:
        expected = centre.gross_margin - centre.overhead
    if expected < centre.normal_margin:
        text = N_(
            "The expected margin {expected} is below the normal margin {normal}: nothing"
            " is left for a royalty by this method."
        )
        values = {
            "expected": f"{expected:.6g}",
            "normal": f"{centre.normal_margin:.6g}",
        }
        yield Issue(Severity.ERROR, message(text, **values), "normal_margin")


def _source_errors(params: Any) -> Iterator[Issue]:
    for name in ("expected_source", "normal_source"):
        if not getattr(params, name).strip():
            text = N_(
                "A margin without a source proves nothing; state where it is from."
            )
            yield Issue(Severity.ERROR, message(text), name)


METHOD = Method(
    key="analytical_royalty",
    version=1,
    approach=None,
    title=N_("Analytical royalty"),
    idea=N_(
        "What a product with the patent is expected to earn above what is normal in the"
        " trade can be paid for the patent."
    ),
    source="TWM Mfg. Co. v. Dura Corp., 789 F.2d 895 (Fed. Cir. 1986), analytical method",
    params=Params,
    arrays=number_arrays,
    formula=formula,
    check=check,
    finds=Finds.SHARE,
    listed=Topic.SHARES,
    tells=(("share", "K"), ("expected_margin", "e"), ("excess_margin", "x")),
)
