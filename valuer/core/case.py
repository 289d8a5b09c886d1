"""The case (评估项目): one engagement as a value, from the patents to the conclusion.

A case is never changed; editing makes the next value with ``replace``. It quotes
patents and forecasts by value with their source, so that a signed report can be
recomputed from it years later. Its canonical JSON is what is stored and hashed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from valuer.core.asked import Asked
from valuer.core.disclosure import Disclosure
from valuer.core.engagement import (
    Answer,
    Contract,
    Declared,
    Event,
    Evidence,
    Factors,
    Receipt,
    WorkDone,
)
from valuer.core.grounds import InputGround
from valuer.core.look import Look
from valuer.core.patents import Patent, Source
from valuer.core.sampling import Coupling, RankCorrelation, Sampling, Sequence
from valuer.core.texts import N_

FORMAT = 4
"""Number of the saved form of a case; a change of meaning takes a new number."""


class HouseKind(StrEnum):
    """What kind of house values: only an appraisal institution issues 资产评估报告."""

    APPRAISAL_INSTITUTION = "appraisal_institution"
    PATENT_AGENCY = "patent_agency"
    UNIVERSITY = "university"


class Purpose(StrEnum):
    """The economic act that the value serves (评估目的)."""

    ASSIGNMENT = "assignment"
    LICENCE = "licence"
    CONTRIBUTION = "contribution"
    PLEDGE = "pledge"
    FINANCIAL_REPORTING = "financial_reporting"
    PAST_DAMAGES = "past_damages"
    MANAGEMENT = "management"
    OTHER = "other"


class ValueType(StrEnum):
    """The type of value (价值类型)."""

    MARKET_VALUE = "market_value"
    INVESTMENT_VALUE = "investment_value"
    VALUE_IN_USE = "value_in_use"
    LIQUIDATION_VALUE = "liquidation_value"


class ValuePremise(StrEnum):
    """In which use, or by which sale, the value would be realised (价值前提).

    Source: IVS 102 (2025), premises of value; wording ours.
    """

    HIGHEST_AND_BEST = "highest_and_best"
    CURRENT_USE = "current_use"
    ORDERLY_LIQUIDATION = "orderly_liquidation"
    FORCED_SALE = "forced_sale"


class OneMethodGround(StrEnum):
    """The grounds on which one method alone may be applied.

    A house's own want of means is none of them. Source: 《资产评估执业准则——资产评估方法》
    （中评协〔2019〕35号）, wording from memory.
    """

    LAW = "law"
    ONLY_ONE_FITS = "only_one_fits"
    TRADE_LIMIT = "trade_limit"
    IN_WORDS = "in_words"


HOUSE_NAMES = {
    HouseKind.APPRAISAL_INSTITUTION: N_("Appraisal institution"),
    HouseKind.PATENT_AGENCY: N_("Patent agency"),
    HouseKind.UNIVERSITY: N_("University transfer office"),
}

PURPOSE_NAMES = {
    Purpose.ASSIGNMENT: N_("Assignment"),
    Purpose.LICENCE: N_("Licence"),
    Purpose.CONTRIBUTION: N_("Contribution in kind"),
    Purpose.PLEDGE: N_("Pledge financing"),
    Purpose.FINANCIAL_REPORTING: N_("Financial reporting"),
    Purpose.PAST_DAMAGES: N_("Damages for past infringement"),
    Purpose.MANAGEMENT: N_("Internal management"),
    Purpose.OTHER: N_("Other purpose"),
}

VALUE_TYPE_NAMES = {
    ValueType.MARKET_VALUE: N_("Market value"),
    ValueType.INVESTMENT_VALUE: N_("Investment value"),
    ValueType.VALUE_IN_USE: N_("Value in use"),
    ValueType.LIQUIDATION_VALUE: N_("Liquidation value"),
}

PREMISE_NAMES = {
    ValuePremise.HIGHEST_AND_BEST: N_("Highest and best use"),
    ValuePremise.CURRENT_USE: N_("Current use"),
    ValuePremise.ORDERLY_LIQUIDATION: N_("Orderly liquidation"),
    ValuePremise.FORCED_SALE: N_("Forced sale"),
}

ONE_METHOD_GROUND_NAMES = {
    OneMethodGround.LAW: N_("Laws or regulations provide for one method"),
    OneMethodGround.ONLY_ONE_FITS: N_("The subject meets the conditions of one only"),
    OneMethodGround.TRADE_LIMIT: N_(
        "A restriction that the trade in general cannot remove"
    ),
    OneMethodGround.IN_WORDS: N_("Stated in words alone"),
}
"""The last stands in cases made before the grounds were told apart."""


@dataclass(frozen=True, slots=True)
class House:
    """The house that answers for the report: its kind, name, registration and look."""

    kind: HouseKind = HouseKind.APPRAISAL_INSTITUTION
    name: str = ""
    registration: str = ""
    address: str = ""
    look: Look = Look()


@dataclass(frozen=True, slots=True)
class Appraiser:
    """One who signs: name, qualification number, whether a 资产评估师."""

    name: str
    qualification: str = ""
    certified: bool = True


@dataclass(frozen=True, slots=True)
class ForecastPeriod:
    """One column of the forecast: the last day of the period and its revenue.

    Attributes:
        end: last day of the period.
        revenue: revenue of this period alone, in the forecast's currency.
    """

    end: date
    revenue: Decimal


@dataclass(frozen=True, slots=True)
class Forecast:
    """Revenue by period, oldest first, with where it was read.

    Attributes:
        periods: periods after the valuation date, or around it.
        history: past years, for comparison only.
        note: who made it, and on what ground.
    """

    periods: tuple[ForecastPeriod, ...] = ()
    history: tuple[ForecastPeriod, ...] = ()
    currency: str = "CNY"
    note: str = ""
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Run:
    """One application of a method in a case.

    Attributes:
        key: name of the run within the case, as in ``rfr``.
        method: key of the method in the registry.
        version: formula version; 0 means the newest, and is stored as its number.
        params: the method's parameters as JSON; those the case itself knows
            (valuation date, expiry date, forecast) may be left out.
        weight: share in a weighted conclusion, a fraction, or None.
        reason: why this method, why this weight.
        scenarios: how many to simulate; 0 for none.
        seed: seed of the simulation.
        sequence: where its uniform numbers come from.
        correlations: rank correlations of uncertain inputs, by their places.
        coupling: how the correlated inputs are made so.
        asked: what it is asked for beside its value.
        grounds: on what its inputs rest.
    """

    key: str
    method: str
    version: int = 0
    params: dict[str, Any] | None = None
    weight: Decimal | None = None
    reason: str = ""
    scenarios: int = 0
    seed: int = 0
    sequence: Sequence = Sequence.PSEUDO_RANDOM
    correlations: tuple[RankCorrelation, ...] = ()
    coupling: Coupling = Coupling.IMAN_CONOVER
    asked: Asked = Asked()
    grounds: tuple[InputGround, ...] = ()

    @property
    def sampling(self) -> Sampling:
        """How the simulation draws."""
        return Sampling(self.sequence, self.correlations, self.coupling)


@dataclass(frozen=True, slots=True)
class Conclusion:
    """How the opinion of value follows from the runs (评估结论).

    Attributes:
        run: key of the run whose result is adopted; "" weighs all runs.
        unit: the final figure is rounded half up to a multiple of this amount.
        low: lower end of a range, only where the contract asks for one.
        high: upper end of the range.
        analysis: what makes the results differ, and why this one is adopted.
        ground_kind: on which ground one method alone was applied.
        ground: why that ground holds here (资产评估法 art. 26).
    """

    run: str = ""
    unit: Decimal = Decimal(1)
    low: Decimal | None = None
    high: Decimal | None = None
    analysis: str = ""
    ground_kind: OneMethodGround | None = None
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One engagement. See the module's text.

    Attributes:
        format: number of the saved form.
        name: what the house calls it.
        report_number: the report's own number (文号).
        statutory: whether it is a 法定评估 (资产评估法 art. 3).
        client: who commissioned it; ``users`` are the other intended users.
        valuation_date: 评估基准日; every status and flow is judged on it.
        report_date: 评估报告日; the PDF's own dates follow it.
        currency: currency of the conclusion.
        patents: the object, each quoted from the library by value.
        range_agreed: whether the contract asks for a range as the conclusion.
        self_test: whether the report shows how the program's worked cases come out.
        contract: the engagement contract.
        work: the procedures as carried out; ``events``: after the valuation date.
        factors: what the analysis of the patents found; ``declared``: by the signers.
        evidence: documents in the library that the work rests on.
        answers: to the gate's warnings; ``receipt``: the association's.
        disclosure: what leaves the house beside the report, and to whom.
        premise: 价值前提; None where nothing is said of it.
    """

    format: int = FORMAT
    name: str = ""
    report_number: str = ""
    house: House = House()
    appraisers: tuple[Appraiser, ...] = ()
    statutory: bool = False
    client: str = ""
    users: tuple[str, ...] = ()
    purpose: Purpose = Purpose.ASSIGNMENT
    purpose_text: str = ""
    value_type: ValueType = ValueType.MARKET_VALUE
    valuation_date: date | None = None
    report_date: date | None = None
    currency: str = "CNY"
    patents: tuple[Patent, ...] = ()
    scope_note: str = ""
    forecast: Forecast | None = None
    runs: tuple[Run, ...] = ()
    range_agreed: bool = False
    conclusion: Conclusion | None = None
    assumptions: tuple[str, ...] = ()
    special_assumptions: tuple[str, ...] = ()
    special_matters: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    self_test: bool = False
    contract: Contract = Contract()
    work: tuple[WorkDone, ...] = ()
    events: tuple[Event, ...] = ()
    factors: Factors = Factors()
    declared: Declared = Declared()
    evidence: tuple[Evidence, ...] = ()
    answers: tuple[Answer, ...] = ()
    receipt: Receipt = Receipt()
    disclosure: Disclosure = Disclosure()
    premise: ValuePremise | None = None
