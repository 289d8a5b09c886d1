"""The engagement's file as fields: contract, work, factors, declarations, receipt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from valuer.core.case import Case
from valuer.core.engagement import PROCEDURE_NAMES, Procedure, WorkDone
from valuer.core.engagement_names import (
    CONTRACT_NAMES,
    DECLARED_NAMES,
    FACTOR_NAMES,
    RECEIPT_NAMES,
)
from valuer.core.texts import N_
from valuer.gui.case_fields import CaseField, choice, day, lines_entry, text
from valuer.gui.words import Words
from valuer.gui.work_field import WorkField

Read = Callable[[Case], Any]
Write = Callable[[Case, Any], Case]

SAID = ((None, N_("Not said")), (True, N_("Yes")), (False, N_("No")))
"""What those who sign may declare; what is not said is not printed."""


def _within(part: str, name: str) -> tuple[Read, Write]:
    """Return how a field of a part of the case is read and written."""

    def read(case: Case) -> Any:
        value = getattr(getattr(case, part), name)
        return None if value == "" else value

    def write(case: Case, value: Any) -> Case:
        held = getattr(case, part)
        empty = "" if isinstance(getattr(held, name), str) else None
        changed: dict[str, Any] = {name: empty if value is None else value}
        return replace(case, **{part: replace(held, **changed)})

    return read, write


def _prose_within(part: str, name: str) -> tuple[Read, Write]:
    read, write = _within(part, name)
    return lambda case: read(case) or "", write


def _work(procedure: Procedure) -> CaseField:
    def make(words: Words, parent: QWidget) -> WorkField:
        return WorkField(procedure, words, parent)

    def read(case: Case) -> WorkDone | None:
        found = (one for one in case.work if one.procedure is procedure)
        return next(found, None)

    def write(case: Case, value: WorkDone | None) -> Case:
        former = read(case)
        kept = [one for one in case.work if one is not former]
        order = list(Procedure)
        done = sorted(
            [*kept, *([value] if value else [])],
            key=lambda one: order.index(one.procedure),
        )
        return replace(case, work=tuple(done))

    key, label = f"work.{procedure}", PROCEDURE_NAMES[procedure]
    return CaseField(key, label, make, read, write, wide=True)


def _declared(name: str, hint: str = "") -> CaseField:
    key, label = f"declared.{name}", DECLARED_NAMES[name]
    return CaseField(key, label, choice(SAID), *_within("declared", name), help=hint)


def _declared_text(name: str, hint: str = "") -> CaseField:
    key, label = f"declared.{name}", DECLARED_NAMES[name]
    make, ways = lines_entry(2), _prose_within("declared", name)
    return CaseField(key, label, make, *ways, help=hint, wide=True)


CONTRACT_FIELDS = (
    CaseField(
        "contract.number",
        CONTRACT_NAMES["number"],
        text(280),
        *_within("contract", "number"),
    ),
    CaseField(
        "contract.signed", CONTRACT_NAMES["signed"], day, *_within("contract", "signed")
    ),
)

WORK_FIELDS = tuple(_work(procedure) for procedure in Procedure)
"""The eight procedures, in their order."""

FACTOR_FIELDS = tuple(
    CaseField(
        f"factors.{name}",
        label,
        lines_entry(3),
        *_prose_within("factors", name),
        wide=True,
    )
    for name, label in FACTOR_NAMES.items()
)

DECLARED_FIELDS = (
    _declared("independent"),
    _declared("no_contingent_fee"),
    _declared("no_prior_services"),
    _declared_text("prior_services", N_("Which services, when and for whom.")),
    _declared("no_experts"),
    _declared_text("experts", N_("Who, on what, and how far it was relied on.")),
    _declared("no_later_events"),
    _declared("no_encumbrances"),
    _declared_text("departures", N_("Which standard, where and why.")),
    _declared_text("uncertainty", N_("What makes it uncertain, and how far.")),
    CaseField(
        "declared.data_cut_off",
        DECLARED_NAMES["data_cut_off"],
        day,
        *_within("declared", "data_cut_off"),
    ),
)

RECEIPT_FIELDS = (
    CaseField(
        "receipt.code",
        RECEIPT_NAMES["code"],
        text(220),
        *_within("receipt", "code"),
        help=N_("As printed on the receipt; the program makes no such code."),
    ),
    CaseField(
        "receipt.evidence",
        RECEIPT_NAMES["evidence"],
        text(),
        *_within("receipt", "evidence"),
        help=N_("64 hexadecimal digits, as listed among the evidence."),
        wide=True,
    ),
)
