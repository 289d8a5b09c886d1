"""What people call the fields of the engagement's file; as ``core/case_names``."""

from __future__ import annotations

from valuer.core.texts import N_

CONTRACT_NAMES = {
    "number": N_("Number of the engagement contract"),
    "signed": N_("Contract signed on"),
}

RECEIPT_NAMES = {
    "code": N_("Registration code of the association"),
    "evidence": N_("Receipt of the association, its SHA-256"),
}

FACTOR_NAMES = {
    "legal": N_("Legal factors"),
    "technical": N_("Technical factors"),
    "economic": N_("Economic factors"),
    "exploitation": N_("How the patents are worked"),
    "esg": N_("Environment, society and governance"),
}

DECLARED_NAMES = {
    "independent": N_("No interest in the subject or the parties"),
    "no_contingent_fee": N_("Fee independent of the result"),
    "no_prior_services": N_("No services on the subject in three years"),
    "prior_services": N_("Services on the subject in three years"),
    "no_experts": N_("No reliance on the work of others"),
    "experts": N_("Work of others relied on"),
    "no_later_events": N_("No later events known"),
    "no_encumbrances": N_("No licence, pledge or dispute known"),
    "departures": N_("Departures from the standards named"),
    "uncertainty": N_("Material uncertainty"),
    "data_cut_off": N_("Information considered up to"),
}

FILE_NAMES = {
    "work": N_("Work done"),
    "events": N_("Events after the valuation date"),
    "evidence": N_("Evidence"),
    "answers": N_("Answers to warnings"),
}

ASKED_NAMES = {
    "two_way": N_("Two-way table"),
    "break_even": N_("Break-even"),
    "scenarios": N_("Scenario set"),
}
