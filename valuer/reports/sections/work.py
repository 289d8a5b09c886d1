"""The procedures as carried out: which, when, what was done (评估程序实施情况)."""

from __future__ import annotations

from valuer.core.engagement import PROCEDURE_NAMES, Procedure
from valuer.core.texts import N_
from valuer.reports.sections.blocks import DASH, Column, Table
from valuer.reports.sections.draft import Draft
from valuer.reports.sections.file import days_in_words
from valuer.reports.sections.kinds import APPRAISAL

_OTHERWISE = {
    Procedure.PLAN: N_("Planning the {work}"),
    Procedure.INVESTIGATION: N_("Investigation on site"),
    Procedure.COLLECTION: N_("Collecting and sorting materials"),
    Procedure.ESTIMATION: N_("Estimating and forming the {opinion}"),
    Procedure.REPORTING: N_("Drawing up and issuing this {report}"),
    Procedure.ARCHIVE: N_("Filing the papers of this {work}"),
}
"""What procedures are called in what is no appraisal, where the name speaks of one."""


def carried_out(draft: Draft) -> Table:
    """Return the procedures as carried out, in the order of the standard."""
    order = list(Procedure)
    done = sorted(draft.case.work, key=lambda one: order.index(one.procedure))
    return Table(
        draft.say(N_("Procedures and when they were carried out")),
        (
            Column(draft.say(N_("Procedure")), weight=0.24),
            Column(draft.say(N_("Day or period")), weight=0.2),
            Column(draft.say(N_("What was done")), weight=0.56),
        ),
        tuple(
            (
                draft.say(_name(draft, one.procedure)),
                days_in_words(draft, one.begun, one.ended) or DASH,
                one.note or DASH,
            )
            for one in done
        ),
    )


def _name(draft: Draft, procedure: Procedure) -> str:
    if draft.kind.terms is APPRAISAL.terms:
        return PROCEDURE_NAMES[procedure]
    return _OTHERWISE.get(procedure, PROCEDURE_NAMES[procedure])
