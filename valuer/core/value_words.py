"""Values of a case in words, for people who compare two of them.

Nothing here rounds: a rate of 0.1234 is 12.34%, an amount keeps every digit. What is
not set is None. Long texts are shortened to the words that changed and what stands
around them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from enum import Enum
from typing import Any

from valuer.core.case import (
    HOUSE_NAMES,
    ONE_METHOD_GROUND_NAMES,
    PREMISE_NAMES,
    PURPOSE_NAMES,
    VALUE_TYPE_NAMES,
    Appraiser,
    HouseKind,
    OneMethodGround,
    Purpose,
    ValuePremise,
    ValueType,
)
from valuer.core.disclosure import EXTENT_NAMES, Extent, Recipient
from valuer.core.distribution_words import BETWEEN, DISTRIBUTION_WORDS
from valuer.core.distributions import DISTRIBUTIONS, Figure, Measured, figures
from valuer.core.engagement import EVIDENCE_NAMES, EvidenceKind
from valuer.core.engagement_words import entry_words
from valuer.core.grounds import OBSERVABILITY_NAMES, Observability
from valuer.core.look import Look, look_words
from valuer.core.params import Kind, Parameter
from valuer.core.patents import (
    KIND_NAMES,
    STATUS_NAMES,
    FeePaid,
    LegalEvent,
    LegalStatus,
    PatentKind,
    Source,
)
from valuer.core.sampling import (
    COUPLING_NAMES,
    SEQUENCE_NAMES,
    Coupling,
    RankCorrelation,
    Sequence,
)
from valuer.core.sources import source_words
from valuer.core.texts import N_, Message, message

WHOLE = 60
"""Characters up to which a text is shown whole."""

CONTEXT = 8
"""Words kept on either side of a change in a long text; a Chinese character is one."""

_LONGEST = 40  # digits of a number that are written out
_COMPARED = 600  # words of a change that are compared with each other
_SHOWN = 120  # words shown of a change that is longer

_CHOICES: Mapping[type[Enum], Mapping[Any, str]] = {
    HouseKind: HOUSE_NAMES,
    Purpose: PURPOSE_NAMES,
    ValueType: VALUE_TYPE_NAMES,
    ValuePremise: PREMISE_NAMES,
    OneMethodGround: ONE_METHOD_GROUND_NAMES,
    PatentKind: KIND_NAMES,
    LegalStatus: STATUS_NAMES,
    Sequence: SEQUENCE_NAMES,
    Coupling: COUPLING_NAMES,
    EvidenceKind: EVIDENCE_NAMES,
    Extent: EXTENT_NAMES,
    Observability: OBSERVABILITY_NAMES,
}

_WORD = re.compile(r"[A-Za-z0-9]+(?:[.,][0-9]+)*|.", re.DOTALL)


def quoted(text: str) -> Message:
    """Return what was typed or read, to be shown as it is in any language."""
    return message(N_("{said}"), said=text.replace("\n", "↵"))


def value_words(value: Any) -> Message | None:
    """Return one value of a case in words; None where nothing is set."""
    if value is None or value in ("", ()):
        return None
    if isinstance(value, bool):
        return message(N_("Yes") if value else N_("No"))
    if isinstance(value, Enum):
        return message(_CHOICES[type(value)][value])
    if isinstance(value, date):
        return quoted(value.isoformat())
    if isinstance(value, Decimal | int):
        return quoted(digits(Decimal(value)))
    if isinstance(value, LegalEvent):
        return _event_words(value)
    if isinstance(value, FeePaid):
        return _fee_words(value)
    if isinstance(value, Appraiser):
        return _appraiser_words(value)
    if isinstance(value, Source):
        return source_words(value)
    if isinstance(value, Look):
        return look_words(value)
    if isinstance(value, Recipient):
        return quoted(f"{value.name} {value.certificate[:16]}…")
    if isinstance(value, RankCorrelation):
        figure = digits(Decimal(repr(float(value.spearman))))
        return quoted(f"{value.a}, {value.b}: {figure}")
    return entry_words(value) or quoted(str(value))


def amount_words(amount: Decimal, currency: str) -> Message:
    """Return an amount in full with its currency."""
    text = N_("{amount} {currency}")
    return message(text, amount=digits(amount), currency=message(currency))


def param_words(one: Parameter | None, value: Any) -> Message | None:
    """Return one figure or word of a method's parameters; what is none, as it stands."""
    if value is None:
        return None
    if isinstance(value, Mapping):
        return _distribution(one, value)
    if one is not None and one.measure.kind is Kind.CHOICE:
        label = dict(one.choice_labels).get(value) if isinstance(value, str) else None
        return message(label) if label else short(value)
    figure = _figure(one, value)
    return short(value) if figure is None else quoted(figure)


def short(value: Any) -> Message:
    """Return anything as text that is not too long."""
    text = str(value)
    return quoted(text if len(text) <= WHOLE else text[:WHOLE] + "…")


def digits(number: Decimal) -> str:
    """Return a number with every digit, thousands set apart, without idle noughts."""
    shown = f"{number:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def changed_words(before: str, after: str) -> tuple[str, str]:
    """Return two texts, long ones shortened to the words that differ.

    Equal stretches are cut to a few words around each change; ``…`` stands for them.
    """
    if max(len(before), len(after)) <= WHOLE:
        return before, after
    old, new = _WORD.findall(before), _WORD.findall(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    start = max(0, head - CONTEXT)
    kept = min(tail, CONTEXT)
    olds, news = _inner(old[head : len(old) - tail], new[head : len(new) - tail])
    lead = ["…" if start else "", *old[start:head]]
    rest = [*old[len(old) - tail : len(old) - tail + kept], "…" if tail > kept else ""]
    return "".join([*lead, *olds, *rest]), "".join([*lead, *news, *rest])


def _inner(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """Return the changed middles of two texts, equal stretches in them shortened."""
    if max(len(old), len(new)) > _COMPARED:
        return _cut(old), _cut(new)
    olds: list[str] = []
    news: list[str] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        is_long = kind == "equal" and b - a > 2 * CONTEXT
        olds += _ends(old[a:b]) if is_long else old[a:b]
        news += _ends(new[c:d]) if is_long else new[c:d]
    return olds, news


def _cut(words: list[str]) -> list[str]:
    return words if len(words) <= _SHOWN else [*words[:_SHOWN], "…"]


def _ends(words: list[str]) -> list[str]:
    return [*words[:CONTEXT], "…", *words[-CONTEXT:]]


def _common(old: list[str], new: list[str]) -> int:
    """Return how many words two texts begin with alike."""
    pairs = zip(old, new, strict=False)
    least = min(len(old), len(new))
    return next((i for i, (a, b) in enumerate(pairs) if a != b), least)


def _distribution(one: Parameter | None, value: Mapping[str, Any]) -> Message:
    name = str(value.get("dist"))
    wanted = figures(name) if name in DISTRIBUTIONS else ()
    told = {known.name: _told(one, known, value.get(known.name)) for known in wanted}
    is_whole = set(value) == {"dist", *told} and None not in told.values()
    if not wanted or not is_whole:
        return short(", ".join(f"{key}: {item}" for key, item in value.items()))
    return message(DISTRIBUTION_WORDS[name], **told)


def _told(one: Parameter | None, known: Figure, value: Any) -> str | None:
    """Return a figure of a distribution, or those of its list, in words."""
    if known.is_list:
        if not isinstance(value, list | tuple):
            return None
        single = replace(known, is_list=False)
        items = [_told(one, single, item) for item in value]
        return None if None in items else BETWEEN.join(filter(None, items))
    if known.measured is Measured.DATE:
        return value if isinstance(value, str) else None
    is_own = known.measured in (Measured.VALUE, Measured.SPREAD)
    return _figure(one if is_own else None, value)


def _figure(one: Parameter | None, value: Any) -> str | None:
    """Return a number in the notation of its kind, or None where it is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    kind = None if one is None else one.measure.kind
    if isinstance(value, str) and kind is not Kind.MONEY:
        return None
    try:
        number = Decimal(str(value))
        if not number.is_finite() or abs(number.adjusted()) > _LONGEST:
            return None
        return f"{digits(number * 100)}%" if kind is Kind.RATE else digits(number)
    except InvalidOperation:
        return None


def _event_words(event: LegalEvent) -> Message:
    day = event.on.isoformat() if event.on else "—"
    text = N_("{day} {wording} ({status})")
    status = message(STATUS_NAMES[event.status])
    return message(text, day=day, wording=event.wording, status=status)


def _fee_words(fee: FeePaid) -> Message:
    text = N_("Year {year}: {amount}, paid on {day}")
    amount = amount_words(fee.amount, fee.currency)
    return message(text, year=fee.year, amount=amount, day=fee.on.isoformat())


def _appraiser_words(one: Appraiser) -> Message:
    named = quoted(f"{one.name} {one.qualification}".strip())
    if one.certified:
        return named
    text = N_("{name}, no certified asset appraiser")
    return message(text, name=named)
