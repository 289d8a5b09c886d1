"""Days that contradict each other, and a report that comes late."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core.periods import add_months
from valuer.core.problems import Severity
from valuer.core.texts import N_, message
from valuer.reports.findings import Check, Found, Material


def report_first(material: Material) -> Iterator[Found]:
    """Yield a report date before the valuation date."""
    valued, dated = material.case.valuation_date, material.case.report_date
    if valued and dated and dated < valued:
        text = N_(
            "The report date {dated} is before the valuation date {valued}; the"
            " conclusion cannot have been formed by then. Correct one of them."
        )
        yield "report_date", message(text, dated=dated, valued=valued)


def report_late(material: Material) -> Iterator[Found]:
    """Yield a report date more than a year after the valuation date."""
    valued, dated = material.case.valuation_date, material.case.report_date
    if valued and dated and valued.year < dated.year and dated > add_months(valued, 12):
        text = N_(
            "The report date {dated} is more than a year after the valuation date"
            " {valued}; by custom the report can no longer be used. Choose a later"
            " valuation date, or state why it still serves."
        )
        yield "report_date", message(text, dated=dated, valued=valued)


def events_after_report(material: Material) -> Iterator[Found]:
    """Yield events that nobody could know on the report date."""
    dated = material.case.report_date
    for place, event in enumerate(material.case.events):
        if dated and event.on > dated:
            text = N_(
                "The event of {on} is later than the report date {dated}; correct the"
                " day, or date the report anew."
            )
            yield f"events[{place}].on", message(text, on=event.on, dated=dated)


def events_not_later(material: Material) -> Iterator[Found]:
    """Yield events that did not happen after the valuation date."""
    valued = material.case.valuation_date
    for place, event in enumerate(material.case.events):
        if valued and event.on <= valued:
            text = N_(
                "The event of {on} is not later than the valuation date {valued}; what"
                " was known then belongs to the valuation itself or to special matters."
            )
            yield f"events[{place}].on", message(text, on=event.on, valued=valued)


def cut_off_after_report(material: Material) -> Iterator[Found]:
    """Yield information from after the report date."""
    cut, dated = material.case.declared.data_cut_off, material.case.report_date
    if cut and dated and cut > dated:
        text = N_(
            "Information was considered up to {cut}, after the report date {dated};"
            " correct one of them."
        )
        yield "declared.data_cut_off", message(text, cut=cut, dated=dated)


def cut_off_early(material: Material) -> Iterator[Found]:
    """Yield information that ends before the valuation date."""
    cut, valued = material.case.declared.data_cut_off, material.case.valuation_date
    if cut and valued and cut < valued:
        text = N_(
            "Information was considered up to {cut} only, before the valuation date"
            " {valued}; state what was done about the days between."
        )
        yield "declared.data_cut_off", message(text, cut=cut, valued=valued)


def granted_first(material: Material) -> Iterator[Found]:
    """Yield patents granted before they were filed."""
    for place, one in enumerate(material.case.patents):
        if one.filed and one.granted and one.granted < one.filed:
            text = N_(
                "{number} was granted on {granted}, before it was filed on {filed};"
                " correct one of them."
            )
            values = {"granted": one.granted, "filed": one.filed}
            name = one.identity or one.title
            yield f"patents[{place}].granted", message(text, number=name, **values)


CHECKS = (
    Check("report_before_valuation", "report_dates", report_first, Severity.ERROR),
    Check("report_after_a_year", "report_validity", report_late),
    Check("event_after_report", "report_dates", events_after_report, Severity.ERROR),
    Check("event_not_later", "report_special_matters", events_not_later),
    Check("cut_off_after_report", "report_dates", cut_off_after_report, Severity.ERROR),
    Check("cut_off_early", "ivs_data", cut_off_early),
    Check("granted_before_filed", "patent_status", granted_first, Severity.ERROR),
)
