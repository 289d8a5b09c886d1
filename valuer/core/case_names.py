"""What people call the parts and fields of a case.

The window labels its fields with these names, and the history tells differences by
them: one word for one thing.
"""

from __future__ import annotations

from enum import StrEnum

from valuer.core.texts import N_


class Part(StrEnum):
    """The parts of a case, in the order of the work."""

    FACTS = "facts"
    PATENTS = "patents"
    FORECAST = "forecast"
    METHODS = "methods"
    CONCLUSION = "conclusion"
    ENGAGEMENT = "engagement"
    REPORT = "report"


PART_NAMES = {
    Part.FACTS: N_("Facts"),
    Part.PATENTS: N_("Patents"),
    Part.FORECAST: N_("Forecast"),
    Part.METHODS: N_("Methods"),
    Part.CONCLUSION: N_("Conclusion"),
    Part.ENGAGEMENT: N_("Engagement file"),
    Part.REPORT: N_("Texts of the report"),
}

FACT_NAMES = {
    "name": N_("Name of the case"),
    "report_number": N_("Report number"),
    "client": N_("Client"),
    "users": N_("Other intended users"),
    "purpose": N_("Purpose"),
    "purpose_text": N_("Purpose in words"),
    "value_type": N_("Type of value"),
    "premise": N_("Premise of value"),
    "valuation_date": N_("Valuation date"),
    "report_date": N_("Report date"),
    "currency": N_("Currency"),
    "statutory": N_("Statutory appraisal"),
}

HOUSE_FIELD_NAMES = {
    "kind": N_("Kind of house"),
    "name": N_("Name of the house"),
    "registration": N_("Registration number"),
    "address": N_("Address"),
    "look": N_("Template of the house"),
}

DISCLOSURE_NAMES = {
    "extent": N_("Disclosure"),
    "recipients": N_("Recipients"),
}

APPRAISERS_NAME = N_("Appraisers")

PATENT_NAMES = {
    "number": N_("Application number"),
    "publications": N_("Publication numbers"),
    "country": N_("Country"),
    "kind": N_("Kind"),
    "title": N_("Title"),
    "owners": N_("Owners"),
    "inventors": N_("Inventors"),
    "filed": N_("Filed"),
    "priority": N_("Priority date"),
    "granted": N_("Granted"),
    "ipc": N_("Classes (IPC)"),
    "status": N_("Legal status"),
    "status_wording": N_("In the words of the source"),
    "status_on": N_("Day of the status"),
    "history": N_("Legal history"),
    "fees": N_("Annual fees paid"),
    "pta_days": N_("Days of term compensation"),
    "pte_days": N_("Days of drug term compensation"),
    "source": N_("Source"),
}

FORECAST_NAMES = {
    "periods": N_("Revenue"),
    "history": N_("Revenue, history"),
    "currency": N_("Currency"),
    "note": N_("Note on the forecast"),
    "source": N_("Source"),
}

RUN_NAMES = {
    "method": N_("Method"),
    "version": N_("Formula version"),
    "params": N_("Inputs"),
    "weight": N_("Weight"),
    "reason": N_("Reason"),
    "scenarios": N_("Scenarios"),
    "seed": N_("Seed"),
    "sequence": N_("Sequence of draws"),
    "coupling": N_("Coupling of correlated inputs"),
    "correlations": N_("Rank correlations"),
    "grounds": N_("Grounds of the inputs"),
}

RANGE_NAME = N_("The contract asks for a range")

CONCLUSION_NAMES = {
    "run": N_("Result adopted"),
    "unit": N_("Rounded to"),
    "low": N_("Lower end of a range"),
    "high": N_("Upper end of a range"),
    "analysis": N_("Why this result"),
    "ground_kind": N_("Ground for one method only"),
    "ground": N_("Why one method only"),
}

REPORT_NAMES = {
    "scope_note": N_("Scope"),
    "assumptions": N_("Assumptions"),
    "special_assumptions": N_("Special assumptions"),
    "special_matters": N_("Special matters"),
    "sources": N_("Sources"),
    "self_test": N_("Self-test page"),
}
