"""A patent as the library knows it and a case quotes it.

Facts only, each as its source stated it: number, kind, people, dates, classes,
legal status with its history, fees paid, days of compensation as entered. What
follows from them on a day (term, standing) is reckoned in ``term`` and ``standing``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from valuer.core.texts import N_


class PatentKind(StrEnum):
    """What is protected; the term follows from it."""

    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"


class LegalStatus(StrEnum):
    """Where a patent stands; judged on a day, never for ever."""

    PENDING = "pending"
    IN_FORCE = "in_force"
    FEE_GRACE = "fee_grace"
    RESTORABLE = "restorable"
    LAPSED = "lapsed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    ABANDONED = "abandoned"
    INVALIDATED = "invalidated"
    UNKNOWN = "unknown"


KIND_NAMES = {
    PatentKind.INVENTION: N_("Invention"),
    PatentKind.UTILITY_MODEL: N_("Utility model"),
    PatentKind.DESIGN: N_("Design"),
}

STATUS_NAMES = {
    LegalStatus.PENDING: N_("Pending application"),
    LegalStatus.IN_FORCE: N_("In force"),
    LegalStatus.FEE_GRACE: N_("Annual fee late, within the grace period"),
    LegalStatus.RESTORABLE: N_("Ended for unpaid fees, can be restored"),
    LegalStatus.LAPSED: N_("Ended before its term"),
    LegalStatus.EXPIRED: N_("Term expired"),
    LegalStatus.WITHDRAWN: N_("Application withdrawn"),
    LegalStatus.REFUSED: N_("Application refused"),
    LegalStatus.ABANDONED: N_("Abandoned"),
    LegalStatus.INVALIDATED: N_("Declared invalid"),
    LegalStatus.UNKNOWN: N_("Not known"),
}


@dataclass(frozen=True, slots=True)
class LegalEvent:
    """One entry of the legal history.

    Attributes:
        status: what the entry makes of the patent.
        wording: the source's own words, as in 专利权的终止.
        on: the day it took effect or was published, if the source says.
    """

    status: LegalStatus
    wording: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class FeePaid:
    """An annual fee paid: for which patent year, when, how much (in ``currency``)."""

    year: int
    on: date
    amount: Decimal
    currency: str = "CNY"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read: file and digest, sheet, row (from 1), day of reading."""

    file: str = ""
    sha256: str = ""
    sheet: str = ""
    row: int | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Patent:
    """The facts of one patent or application.

    Attributes:
        number: application number, country, digits and check digit without
            punctuation (``CN201610895413X``), or "" where no source gave it.
        publications: publication numbers without punctuation, latest last.
        country: two letters, as in ``CN``.
        kind: invention, utility model or design; None where not known.
        status: as the newest source states it; ``status_on`` is its day.
        history: legal events, oldest first.
        pta_days: days of term compensation granted (art. 42(2)), as entered.
        pte_days: days of drug term compensation granted (art. 42(3)), as entered.
    """

    number: str = ""
    publications: tuple[str, ...] = ()
    country: str = ""
    kind: PatentKind | None = None
    title: str = ""
    owners: tuple[str, ...] = ()
    inventors: tuple[str, ...] = ()
    filed: date | None = None
    priority: date | None = None
    granted: date | None = None
    ipc: tuple[str, ...] = ()
    status: LegalStatus = LegalStatus.UNKNOWN
    status_wording: str = ""
    status_on: date | None = None
    history: tuple[LegalEvent, ...] = ()
    fees: tuple[FeePaid, ...] = ()
    pta_days: int = 0
    pte_days: int = 0
    source: Source = Source()

    @property
    def identity(self) -> str:
        """The application number, else the newest publication number."""
        return self.number or self.publication

    @property
    def publication(self) -> str:
        """The newest publication number, or ""."""
        return self.publications[-1] if self.publications else ""
