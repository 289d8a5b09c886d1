"""What the engagement's file says beside the figures: contract, work done, evidence.

A report draws its sections from these facts and nothing else; a statement that is not
made here is not made in the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from valuer.core.texts import N_


class EvidenceKind(StrEnum):
    """What a piece of evidence is the ground of (评估依据的类别)."""

    ACT = "act"
    TITLE = "title"
    PRICE = "price"
    RECEIPT = "receipt"
    COMMITMENT = "commitment"
    QUALIFICATION = "qualification"
    OTHER = "other"


EVIDENCE_NAMES = {
    EvidenceKind.ACT: N_("Economic act"),
    EvidenceKind.TITLE: N_("Title and status of the right"),
    EvidenceKind.PRICE: N_("Figures and prices"),
    EvidenceKind.RECEIPT: N_("Receipt of the association"),
    EvidenceKind.COMMITMENT: N_("Letter of commitment"),
    EvidenceKind.QUALIFICATION: N_("Qualification of house and signers"),
    EvidenceKind.OTHER: N_("Other"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document that the work rests on; its bytes stay in the library.

    Attributes:
        digest: SHA-256 of its bytes, 64 hexadecimal digits.
        name: name of the file as it was taken up.
        size: in bytes.
        about: the place in the case that it supports, as in ``runs.capm.companies``;
            "" for the case as a whole.
        source: who made or published it.
        obtained: the day it was obtained.
    """

    digest: str
    name: str
    size: int = 0
    kind: EvidenceKind = EvidenceKind.OTHER
    about: str = ""
    source: str = ""
    obtained: date | None = None
    note: str = ""


class Procedure(StrEnum):
    """The basic procedures of an appraisal (评估基本程序), in their order.

    Source: 《资产评估执业准则——资产评估程序》, eight procedures, none to be dropped at
    will; read in a copy of an excerpt.
    """

    ACCEPTANCE = "acceptance"
    CONTRACT = "contract"
    PLAN = "plan"
    INVESTIGATION = "investigation"
    COLLECTION = "collection"
    ESTIMATION = "estimation"
    REPORTING = "reporting"
    ARCHIVE = "archive"


PROCEDURE_NAMES = {
    Procedure.ACCEPTANCE: N_("Clarifying the engagement"),
    Procedure.CONTRACT: N_("Concluding the engagement contract"),
    Procedure.PLAN: N_("Planning the work"),
    Procedure.INVESTIGATION: N_("On-site investigation"),
    Procedure.COLLECTION: N_("Collecting and sorting documents"),
    Procedure.ESTIMATION: N_("Estimating and forming the opinion"),
    Procedure.REPORTING: N_("Drawing up and issuing the report"),
    Procedure.ARCHIVE: N_("Filing the working papers"),
}


@dataclass(frozen=True, slots=True)
class WorkDone:
    """One procedure as carried out: when, and what was done."""

    procedure: Procedure
    begun: date | None = None
    ended: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """The engagement contract (资产评估委托合同): its number, the day it was signed."""

    number: str = ""
    signed: date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened after the valuation date (期后事项)."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Factors:
    """What the analysis of the patents found, in words.

    Attributes:
        legal, technical, economic: the three factor analyses (法律、技术、经济因素).
        exploitation: how the patents are worked, or would be by the buyer.
        esg: environment, society and governance, where they matter to the value.
    """

    legal: str = ""
    technical: str = ""
    economic: str = ""
    exploitation: str = ""
    esg: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """What those who sign declare; None: not said, and then the report lacks it.

    Attributes:
        independent: no interest in the subject or the parties.
        no_contingent_fee: the fee does not depend on the result.
        prior_services: services on the subject in the last three years, in words;
            "" with ``no_prior_services`` where there were none.
        experts: whose work was relied on, in words; "" with ``no_experts``.
        no_later_events: nothing after the valuation date is known that bears on it.
        no_encumbrances: no licence, pledge, dispute or invalidation is known.
        departures: from the standards named, in words; "" for none.
        uncertainty: what makes the opinion materially uncertain; "" for nothing.
        data_cut_off: the last day whose information was considered.
    """

    independent: bool | None = None
    no_contingent_fee: bool | None = None
    no_prior_services: bool | None = None
    prior_services: str = ""
    no_experts: bool | None = None
    experts: str = ""
    no_later_events: bool | None = None
    no_encumbrances: bool | None = None
    departures: str = ""
    uncertainty: str = ""
    data_cut_off: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A written answer to a warning of the gate; printed with it.

    Attributes:
        check: key of the check; ``where``: the place in the case it warned of.
        text: why the report stands all the same.
    """

    check: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The association's receipt (备案回执): imported, never made here.

    Attributes:
        code: the registration code as printed on it.
        evidence: SHA-256 of the receipt among the evidence.
    """

    code: str = ""
    evidence: str = ""
