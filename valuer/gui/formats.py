"""How numbers, rates and days are shown; the stored values stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import QObject, Signal

from valuer.core.patents import STATUS_NAMES, Patent
from valuer.core.texts import N_
from valuer.gui.words import Words

SCALES = (Decimal(1), Decimal(10_000), Decimal(1_000_000), Decimal(100_000_000))
"""元, 万元, 百万元, 亿元: how money is shown, never how it is stored."""

_SCALE_NAMES = {
    Decimal(1): N_("{currency}"),
    Decimal(10_000): N_("10,000 {currency}"),
    Decimal(1_000_000): N_("million {currency}"),
    Decimal(100_000_000): N_("100 million {currency}"),
}

_PLACES = dict(zip(SCALES, (2, 2, 4, 6), strict=True))

_CURRENCY_NAMES = {
    "CNY": N_("CNY"),
    "USD": N_("USD"),
    "EUR": N_("EUR"),
    "HKD": N_("HKD"),
    "JPY": N_("JPY"),
    "GBP": N_("GBP"),
}


class Scale(QObject):
    """The unit in which money is shown at the moment."""

    changed = Signal()

    def __init__(self, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Chinese worksheets count in 万元, English ones in whole units.
        self.size = SCALES[1] if language == "zh_CN" else SCALES[0]

    def choose(self, size: Decimal) -> None:
        """Show money in another unit."""
        if size != self.size:
            self.size = size
            self.changed.emit()


def unit_name(words: Words, currency: str, size: Decimal) -> str:
    """Return the name of a unit of money, as 万元."""
    name = words.tell(_CURRENCY_NAMES.get(currency, currency))
    return words.tell(_SCALE_NAMES[size], currency=name)


def money(amount: Decimal | float, size: Decimal, places: int | None = None) -> str:
    """Return an amount in units of ``size`` with thousands marks."""
    exact = amount if isinstance(amount, Decimal) else Decimal(repr(amount))
    shown = _PLACES[size] if places is None else places
    return f"{rounded(exact / size, shown) or Decimal(0).scaleb(-shown):,f}"


def whole(amount: Decimal, currency: str, words: Words) -> str:
    """Return an amount in full with its currency, as 3,790,000 元."""
    name = words.tell(_CURRENCY_NAMES.get(currency, currency))
    return f"{plain_digits(amount):,f} {name}"


def money_typed(amount: Decimal, size: Decimal) -> str:
    """Return an amount in units of ``size``, every digit kept."""
    return f"{plain_digits(amount / size):,f}"


def rate(fraction: Decimal | float) -> str:
    """Return a fraction as a percentage with the digits it has."""
    exact = fraction if isinstance(fraction, Decimal) else Decimal(repr(fraction))
    return f"{plain_digits(exact * 100):f}%"


def day(value: date | None) -> str:
    """Return a day in the house's style, or nothing."""
    return "" if value is None else value.isoformat()


def moment(value: datetime | None) -> str:
    """Return a moment by the clock of this machine, or nothing."""
    return "" if value is None else value.astimezone().strftime("%Y-%m-%d %H:%M")


def file_size(count: int) -> str:
    """Return a number of bytes in units of ten to the sixth, of a thousand, or of one."""
    if count < 1000:
        return f"{count} B"
    if count >= 1_000_000:
        return f"{count / 1_000_000:,.1f} MB"
    return f"{count / 1000:,.0f} kB"


def plain_digits(number: Decimal) -> Decimal:
    """Return a decimal without an exponent and without idle noughts."""
    return Decimal(f"{number.normalize():f}") if number.is_finite() else number


def status_name(words: Words, patent: Patent) -> str:
    """Return the legal status of a patent as its source states it."""
    return words.tell(STATUS_NAMES[patent.status])


def listed(names: Sequence[str], words: Words) -> str:
    """Return names one after another, as a language separates them."""
    return ("；" if words.language == "zh_CN" else "; ").join(names)


def rounded(number: Decimal, places: int) -> Decimal:
    """Return a decimal with so many places, halves up."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
