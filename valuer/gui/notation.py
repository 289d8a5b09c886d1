"""The notation of values: how each kind is typed, read and shown, as a method's JSON.

One reading serves the fields, the grids of periods and the tables. An uncertain
figure is written out in a cell: ``2% / 3% / 5%`` is low, likely and high, and
``Normal 18% / 2%`` names its distribution.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from valuer.core.dates import parse_date
from valuer.core.distribution_words import BETWEEN
from valuer.core.distributions import DISTRIBUTIONS, Figure, Measured, figures, stated
from valuer.core.entry import parse_amount, parse_rate
from valuer.core.params import Kind, Parameter
from valuer.core.references import FROM, OUTPUT, is_reference
from valuer.core.texts import LANGUAGES, N_, tr
from valuer.gui import formats
from valuer.gui.formats import Scale
from valuer.gui.money import read_money
from valuer.gui.series import SeriesRow
from valuer.gui.shell import Shell
from valuer.gui.words import Words

KINDS = (
    ("triangular", N_("Triangular")),
    ("pert", N_("PERT")),
    ("uniform", N_("Uniform")),
    ("normal", N_("Normal")),
    ("lognormal", N_("Lognormal")),
    ("truncated_normal", N_("Truncated normal")),
    ("beta_moments", N_("Beta by mean")),
    ("beta", N_("Beta by shapes")),
    ("discrete", N_("Discrete")),
    ("empirical", N_("Empirical")),
    ("resampled", N_("Resampled")),
    ("historical_level", N_("Past level")),
    ("historical_growth", N_("Past growth")),
)
"""The distributions, as the window calls them."""

FIGURES = {
    "low": N_("Low"),
    "mode": N_("Likely"),
    "high": N_("High"),
    "mean": N_("Mean"),
    "sd": N_("Standard deviation"),
    "mu": N_("Mean before cutting"),
    "sigma": N_("Deviation before cutting"),
    "cv": N_("Coefficient of variation"),
    "alpha": N_("Shape α"),
    "beta": N_("Shape β"),
    "values": N_("Values (…; …)"),
    "probabilities": N_("Probabilities (…; …)"),
    "dates": N_("Their days (…; …)"),
    "on": N_("Day of this figure"),
}
"""The figures of the distributions, as a field calls them."""

_TAKEN = re.compile(r"[=＝]\s*([^\s.=]+)(?:\.([^\s.=]+))?")

_YEARS = re.compile(r"\s*(年|years?|a)$")


@dataclass(frozen=True, slots=True)
class Notation:
    """How one kind of figure is typed.

    Attributes:
        read: JSON of a text, None where it cannot be read.
        show: the text of a figure given as JSON.
        width: pixels that a field of it needs.
        usual: a figure to begin with where nothing is given.
    """

    read: Callable[[str], Any]
    show: Callable[[Any], str]
    width: int = 88
    usual: float = 1.0


def notation(kind: Kind, scale: Scale) -> Notation:
    """Return how a kind of figure is typed at the unit of money shown."""
    if kind is Kind.MONEY:
        return Notation(
            lambda text: _digits(read_money(text, scale.size)),
            _guarded(lambda given: formats.money_typed(_exact(given), scale.size)),
            112,
            float(100 * scale.size),
        )
    if kind is Kind.RATE:
        return Notation(
            lambda text: _float(parse_rate(text)),
            _guarded(lambda given: formats.rate(_exact(given))),
            usual=0.1,
        )
    if kind is Kind.YEARS:
        return Notation(
            lambda text: _float(parse_amount(_YEARS.sub("", text))),
            _guarded(_figure),
            72,
        )
    return Notation(lambda text: _float(parse_amount(text)), _guarded(_figure))


def or_taken(typed: Notation) -> Notation:
    """Return a notation that also takes a figure found elsewhere: ``=wacc``.

    As in a worksheet: the key of another run of the case, and after a stop the output
    of it that is meant.
    """

    def read(text: str) -> Any:
        if found := _TAKEN.fullmatch(text.strip()):
            output = {OUTPUT: found[2]} if found[2] else {}
            return {FROM: found[1]} | output
        return typed.read(text)

    def show(given: Any) -> str:
        if is_reference(given):
            output = f".{given[OUTPUT]}" if given.get(OUTPUT) else ""
            return f"={given[FROM]}{output}"
        return typed.show(given)

    return replace(typed, read=read, show=show)


def cell_row(one: Parameter, shell: Shell) -> SeriesRow:
    """Return how a value of a parameter is read from a cell and shown in it."""
    match one.measure.kind:
        case Kind.DATE:
            return SeriesRow(_read_day, str)
        case Kind.CHOICE:
            return _choices(one, shell.words)
        case Kind.CURRENCY:
            return SeriesRow(_read_currency, str)
        case Kind.TEXT:
            return SeriesRow(str, str)
    plain = notation(one.measure.kind, shell.scale)
    typed = or_taken(plain)

    def read(text: str) -> Any:
        found = typed.read(text)
        return read_distribution(text, plain) if found is None else found

    def show(given: Any) -> str:
        if is_stated(given):
            return distribution_words(given, plain, shell.words)
        return typed.show(given)

    return SeriesRow(read, show)


def figure_notation(one: Figure, typed: Notation) -> Notation:
    """Return how a figure of a distribution is typed; a list apart by semicolons.

    ``typed`` is the notation of the uncertain figure itself.
    """
    match one.measured:
        case Measured.DATE:
            single = Notation(_read_day, str, 96)
        case Measured.SHARE:
            single = Notation(
                lambda text: _float(parse_rate(text)),
                _guarded(lambda given: formats.rate(_exact(given))),
            )
        case Measured.SHAPE:
            single = Notation(
                lambda text: _float(parse_amount(text)), _guarded(_figure)
            )
        case _:
            single = replace(typed, read=lambda text: _float(typed.read(text)))
    return _listed(single) if one.is_list else single


def _listed(single: Notation) -> Notation:
    """Return how a list of figures is typed."""

    def read(text: str) -> list[Any] | None:
        parts = [part for part in re.split("[;；]", text) if part.strip()]
        found = [single.read(part.strip()) for part in parts]
        return None if not found or None in found else found

    def show(given: Any) -> str:
        items = given if isinstance(given, list | tuple) else [given]
        return BETWEEN.join(single.show(item) for item in items)

    return Notation(read, show, 2 * single.width)


def is_stated(given: Any) -> bool:
    """Whether JSON states a distribution, with all its figures."""
    if not isinstance(given, dict) or given.get("dist") not in DISTRIBUTIONS:
        return False
    return all(key in given for key in figure_names(given["dist"]))


def distribution_words(given: dict[str, Any], typed: Notation, words: Words) -> str:
    """Return a distribution as it is typed; a triangle needs no name."""
    name = given["dist"]
    told = " / ".join(
        figure_notation(one, typed).show(given[one.name]) for one in figures(name)
    )
    return told if name == "triangular" else f"{_kind_name(name, words)} {told}"


def read_distribution(text: str, typed: Notation) -> dict[str, Any] | None:
    """Return the distribution that a text states, or None."""
    name, rest = _named(text.strip())
    parts = [part.strip() for part in re.split("[/／]", rest)]
    wanted = figures(name)
    if len(parts) != len(wanted):
        return None
    found = {
        one.name: figure_notation(one, typed).read(part)
        for one, part in zip(wanted, parts, strict=True)
    }
    if None in found.values() or stated(name, found).fault():
        return None
    return {"dist": name, **found}


def figure_names(name: str | None) -> tuple[str, ...]:
    """Return the names of a distribution's figures, in order."""
    if name is None:
        return ()
    return tuple(one.name for one in figures(name))


def _named(text: str) -> tuple[str, str]:
    """Return the distribution that a text begins with, and the rest of the text."""
    known = [
        (called, name)
        for name, label in KINDS
        for called in (name, *(tr(label, language) for language in LANGUAGES))
    ]
    # The longest first: one name may begin with another.
    for called, name in sorted(known, key=lambda one: -len(one[0])):
        if text.lower().startswith(called.lower()):
            return name, text[len(called) :]
    return "triangular", text


def _kind_name(name: str, words: Words) -> str:
    return words.tell(dict(KINDS)[name])


def _choices(one: Parameter, words: Words) -> SeriesRow:
    labels = dict(one.choice_labels)

    def read(text: str) -> str | None:
        for key, label in labels.items():
            names = (key, *(tr(label, language) for language in LANGUAGES))
            if text.strip().lower() in (name.lower() for name in names):
                return key
        return None

    def show(key: Any) -> str:
        return words.tell(labels[key]) if key in labels else str(key)

    return SeriesRow(read, show)


def _read_day(text: str) -> str | None:
    day = parse_date(text)
    return None if day is None else day.isoformat()


def _read_currency(text: str) -> str | None:
    found = text.strip().upper()
    return found if re.fullmatch("[A-Z]{3}", found) else None


def _figure(given: Any) -> str:
    return f"{formats.plain_digits(_exact(given)):,f}"


def _exact(given: Any) -> Decimal:
    return Decimal(str(given))


def _guarded(show: Callable[[Any], str]) -> Callable[[Any], str]:
    """Show what is no figure as it stands: a file may state anything."""

    def shown(given: Any) -> str:
        try:
            return show(given)
        except ArithmeticError:
            return str(given)

    return shown


def _digits(amount: Decimal | None) -> str | None:
    return None if amount is None else format(formats.plain_digits(amount), "f")


def _float(given: Any) -> float | None:
    return None if given is None else float(given)
