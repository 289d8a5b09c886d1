"""What those who sign declare, and the analyses in words that a report rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields

from valuer.core.engagement_names import DECLARED_NAMES, FACTOR_NAMES
from valuer.core.problems import Severity
from valuer.core.texts import N_, message
from valuer.reports.findings import Check, Found, Material

_IN_WORDS = {"no_prior_services": "prior_services", "no_experts": "experts"}
"""Declarations, and the words that stand in their place."""


def undeclared(*names: str) -> Callable[[Material], Iterator[Found]]:
    """Return the search for what has not been declared, neither so nor otherwise."""

    def find(material: Material) -> Iterator[Found]:
        case = material.case
        for name in names:
            words = getattr(case.declared, _IN_WORDS.get(name, ""), "")
            is_said = bool(words.strip()) or getattr(case.declared, name) is not None
            if is_said or (name == "no_later_events" and case.events):
                continue
            text = N_("Not declared: “{name}”. The report then does not say it.")
            told = message(text, name=message(DECLARED_NAMES[name]))
            yield f"declared.{name}", told

    return find


def dependent(material: Material) -> Iterator[Found]:
    """Yield signers who are not independent."""
    if material.case.declared.independent is False:
        text = N_(
            "Those who sign declare an interest in the subject or the parties; an"
            " engagement with a conflict of interest must not be accepted."
        )
        yield "declared.independent", message(text)


def contingent_fee(material: Material) -> Iterator[Found]:
    """Yield a fee that depends on the result."""
    if material.case.declared.no_contingent_fee is False:
        text = N_("The fee depends on the result; no opinion of value may.")
        yield "declared.no_contingent_fee", message(text)


def contradicts_words(material: Material) -> Iterator[Found]:
    """Yield a declaration that there is nothing beside words of what there is."""
    declared = material.case.declared
    for name, words in _IN_WORDS.items():
        if getattr(declared, name) and getattr(declared, words).strip():
            text = N_("“{name}” is declared, yet “{words}” tells of some.")
            values = {
                "name": message(DECLARED_NAMES[name]),
                "words": message(DECLARED_NAMES[words]),
            }
            yield f"declared.{name}", message(text, **values)


def contradicts_events(material: Material) -> Iterator[Found]:
    """Yield the declaration of no later events beside events."""
    case = material.case
    if case.declared.no_later_events and case.events:
        text = N_(
            "No later events are declared to be known, yet the case lists {count}."
        )
        yield "declared.no_later_events", message(text, count=len(case.events))


def factors_missing(material: Material) -> Iterator[Found]:
    """Yield the analyses that nobody wrote; that of ESG only where it matters."""
    for field in fields(material.case.factors):
        name = field.name
        if name != "esg" and not getattr(material.case.factors, name).strip():
            text = N_("The case holds no analysis: “{name}”.")
            words = message(text, name=message(FACTOR_NAMES[name]))
            yield f"factors.{name}", words


CHECKS = (
    Check("undeclared_interest", "report_statement", undeclared("independent")),
    Check(
        "undeclared_services",
        "uspap",
        undeclared("no_contingent_fee", "no_prior_services"),
    ),
    Check(
        "undeclared_matters",
        "report_special_matters",
        undeclared("no_experts", "no_later_events", "no_encumbrances"),
    ),
    Check("not_independent", "law_20", dependent, Severity.ERROR),
    Check("contingent_fee", "ethics", contingent_fee, Severity.ERROR),
    Check("declared_and_told", "report_statement", contradicts_words, Severity.ERROR),
    Check(
        "declared_no_events",
        "report_special_matters",
        contradicts_events,
        Severity.ERROR,
    ),
    Check("factors_missing", "ip_factors", factors_missing),
)
