"""Lower bound from renewals (年费下限): what paying the fees shows of the return.

An owner who keeps a patent through a year in which its return has fallen to R₀ (1 − δ)ʲ
held that return to be worth the fee. The last fee paid, or firmly to be paid, so bounds
the first return from below; the net returns that follow from it are a floor of the value.
It says nothing of the ceiling: most of the value lies in few patents.

Source: Schankerman and Pakes 1986, Estimates of the value of patent rights in European
countries: kept as long as R₀ δᵗ ≥ cₜ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Number, Rate, param
from valuer.core.problems import Issue, Severity
from valuer.core.renewal import (
    DECAY_RATE,
    Renewing,
    fees_of,
    renewal_arrays,
    renewal_issues,
    renewal_outputs,
    renewal_years,
    rising_errors,
    shown_fees,
)
from valuer.core.slots import by_scenario, total
from valuer.core.texts import N_, message
from valuer.core.working import Silent, Unit

_SMALL = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True, slots=True)
class Params(Renewing):
    """Inputs of the lower bound from renewals."""

    kept_through: Number = param(
        N_("Kept through patent year"),
        low=1,
        high=100,
        whole=True,
        is_base=True,
        help=N_("Last patent year whose fee was paid, or will be by a firm decision."),
    )
    decay_rate: Rate = param(**DECAY_RATE)
    valued_year: Number | None = param(
        N_("Patent year of the valuation"),
        None,
        low=1,
        high=100,
        whole=True,
        is_base=True,
        help=N_(
            "The year that begins on the valuation date; left out, that of the first"
            " fee. Earlier years are shown and do not count."
        ),
    )


def formula(working: Silent, **given: Any) -> Floats:
    """Least net return ahead, in the currency of the fees.

    Fees are (…, years), all other numbers () or with a last axis of one.
    """
    add, kept = working.add, given["kept_at"]
    fees = shown_fees(working, given)
    fall = add(DECAY_RATE["label"], "δ", "", given["decay_rate"], Unit.RATE)
    place = str(kept + 1).translate(_SMALL)
    first = add(
        N_("Least return of the first year"),
        "R₀",
        f"c{place} / (1 − δ)^{kept}",
        _at(fees, kept) / (1 - fall) ** kept,
        Unit.MONEY,
    )
    count = np.arange(fees.shape[-1], dtype=np.float64)
    add(N_("Years after the first"), "j", "", count, Unit.YEARS)
    text, power = N_("Least return of the year"), (1 - fall) ** count
    back = add(text, "R", "R₀ × (1 − δ)^j", first * power, Unit.MONEY)
    text = N_("Least return net of the fee")
    net = add(text, "n", "max(R − c; 0)", np.maximum(back - fees, 0), Unit.MONEY)
    ahead = add(
        N_("Whether ahead of the valuation, 1 or 0"),
        "a",
        "",
        given["ahead"],
        Unit.NUMBER,
    )
    text = N_("Years from the valuation date")
    time = add(text, "t", "", given["time"], Unit.YEARS)
    rate = add(N_("Discount rate"), "r", "", given["discount_rate"], Unit.RATE)
    text = N_("Discount factor")
    factor = add(text, "d", "(1 + r)^(−t)", (1 + rate) ** -time, Unit.FACTOR)
    text = N_("Present value")
    parts = add(text, "P", "n × a × d", net * ahead * factor, Unit.MONEY)
    text = N_("Lower bound of the value")
    return by_scenario(add(text, "V", "Σ P", total(parts), Unit.MONEY))


def _at(series: Floats, place: int) -> Floats:
    """Return one year of a series; () of (years,), and (…, 1) of (…, years)."""
    return series[place] if series.ndim == 1 else series[..., place : place + 1]


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments: the years become places and times."""
    years = np.array(renewal_years(params), dtype=np.float64)
    time = years - (params.valued_year or params.first_year)
    return renewal_arrays(params) | {
        "kept_at": int(params.kept_through - params.first_year),
        "ahead": (time >= 0).astype(np.float64),
        "time": np.maximum(time, 0.0),
    }


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: years out of order, fees that fall."""
    found = tuple(renewal_issues(params))
    if any(one.severity is Severity.ERROR for one in found):
        return found
    years = renewal_years(params)
    errors = [
        Issue(
            Severity.ERROR,
            message(
                N_("Patent year {year:.0f} is not among {first} to {last}."),
                year=year,
                first=years[0],
                last=years[-1],
            ),
            name,
        )
        for name in ("kept_through", "valued_year")
        if (year := getattr(params, name)) is not None
        and not years[0] <= year <= years[-1]
    ]
    errors += rising_errors(fees_of(centred(params)))
    if errors:
        return tuple(errors)
    text = N_(
        "A floor only: it holds what renewals prove of the return, and no return that"
        " a fee never tested."
    )
    return (*found, Issue(Severity.NOTE, message(text), "kept_through"))


METHOD = Method(
    key="renewal_floor",
    version=1,
    approach=None,
    title=N_("Lower bound from renewals"),
    idea=N_(
        "Who pays the fee of a late year shows that the return was still worth it; the"
        " returns that follow from it, net of fees, are a floor of the value."
    ),
    source="Schankerman & Pakes 1986, renewal model: R₀ δᵗ ≥ cₜ",
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=renewal_outputs,
    finds=Finds.AMOUNT,
    listed=Topic.SPECIAL,
    tells=(("first_return", "R₀"), ("returns", "R"), ("fees", "c")),
)
