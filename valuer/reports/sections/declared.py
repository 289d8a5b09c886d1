"""What those who sign declare, and nothing that they do not (独立性等陈述)."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core.texts import N_
from valuer.reports.sections.blocks import Block, Column, Points, Prose, Table
from valuer.reports.sections.draft import Draft

_INDEPENDENT = {
    True: N_(
        "Those who sign have no present or expected interest in the {subject}, are not"
        " related to the parties concerned, and hold no prejudice against them."
    ),
    False: N_(
        "Those who sign have an interest in the {subject} or a relation to the parties"
        " concerned."
    ),
}

_FEE = {
    True: N_(
        "The fee does not depend on the {opinion}, nor on what comes about through the"
        " use of this {report}."
    ),
    False: N_("The fee depends on the {opinion} or on the use of this {report}."),
}


def declarations(draft: Draft) -> tuple[str, ...]:
    """Return what is declared of independence, fee and former services, as text."""
    declared = draft.case.declared
    said = []
    if declared.independent is not None:
        said.append(draft.say(_INDEPENDENT[declared.independent]))
    if declared.no_contingent_fee is not None:
        said.append(draft.say(_FEE[declared.no_contingent_fee]))
    if declared.prior_services.strip():
        text = N_("Services on the {subject} in the last three years: {services}")
        said.append(draft.say(text, services=declared.prior_services))
    elif declared.no_prior_services:
        text = N_(
            "In the last three years the {house} and those who sign rendered no service"
            " on the {subject}."
        )
        said.append(draft.say(text))
    return tuple(said)


def valuers(draft: Draft) -> Iterator[Block]:
    """Yield who values, with which qualification, and what they declare."""
    case = draft.case
    yield Table(
        draft.say(N_("Those who sign")),
        (
            Column(draft.say(N_("Name of the signer")), weight=0.3),
            Column(draft.say(N_("Capacity")), weight=0.4),
            Column(draft.say(N_("Qualification number")), weight=0.3),
        ),
        tuple(
            (
                one.name,
                draft.label("certified_signer" if one.certified else "signer"),
                one.qualification or "—",
            )
            for one in case.appraisers
        ),
    )
    if case.house.registration:
        text = N_("{house}, registration {registration}.")
        house = {"house": case.house.name, "registration": case.house.registration}
        yield Prose(draft.say(text, **house))
    if said := declarations(draft):
        yield Points(said)
