"""What the "why" panel says of a metric: definition, formula, what is left out, source.

A metric whose fields the docket lacks says which, and what to import to get them.
"""

from __future__ import annotations

from collections.abc import Sequence

from valuer.agency.docket_fields import field_of, label_of
from valuer.agency.left_out import LeftOut
from valuer.agency.metrics import metric
from valuer.agency.quality import Row
from valuer.agency.quality_words import (
    STATISTICS,
    WORK_NAMES,
    Said,
    benchmark_words,
    interval_words,
    mark_words,
    numerator_words,
    value_words,
)
from valuer.core.texts import N_, Message, message
from valuer.gui.why import Explanation
from valuer.gui.words import Words

BETTER = {
    "high": N_("Higher is better."),
    "low": N_("Lower is better."),
    "": N_("Neither high nor low is better."),
}

_FROM_PACKAGES = N_("E-filing packages (CPC, zip) tell it.")
_FROM_NOTICES = N_(
    "The e-filing client's table of notices tells it, or the export of the agency's"
    " system."
)
_FROM_REGISTER = N_(
    "The office's query list (cpquery) or a commercial export (incoPat, PatSnap) tells it."
)
_FROM_OWN = N_(
    "Only the agency knows it: import the agency's own spreadsheet with the columns"
    " mapped, or enter it with the case."
)

SOURCES = {
    "notices": _FROM_NOTICES,
    "exam_effective": _FROM_NOTICES,
    "claims": _FROM_PACKAGES,
    "independent_claims": _FROM_PACKAGES,
    "claim_length": _FROM_PACKAGES,
    "pages": _FROM_PACKAGES,
    "embodiments": _FROM_PACKAGES,
}
"""Where a field comes from that is neither the agency's own nor in the register."""


def missing_names(row: Row) -> tuple[Message, ...]:
    """Return the names of the fields that a metric lacks."""
    return tuple(label_of(name) for name in row.missing)


def where_from(field: str) -> str:
    """Return which import tells a field."""
    found = field_of(field)
    if found is not None and found.is_own:
        return _FROM_OWN
    return SOURCES.get(field, _FROM_REGISTER)


def lacking_words(row: Row) -> Message:
    """Return which fields a metric lacks, in one line."""
    return message(N_("Missing: {fields}"), fields=missing_names(row))


def explain_metric(
    row: Row, left: Sequence[LeftOut] | None, words: Words
) -> Explanation:
    """Return what stands behind a metric's row; ``left`` None: not reckoned yet."""
    asked = metric(row.key)
    parts: list[tuple[Said, Said]] = [
        (N_("Definition"), asked.definition),
        (N_("Formula"), asked.formula),
    ]
    if row.missing:
        parts += _missing_parts(row, words)
    else:
        parts.append((N_("Measured"), _value(row)))
        parts += _left_parts(row, left, words)
    parts.append((N_("Never counts"), asked.exclusions))
    parts += _benchmark_parts(row, words)
    parts += [
        (N_("How it is reckoned"), STATISTICS[asked.shape]),
        (N_("Whose case"), WORK_NAMES[asked.work]),
        (N_("Better side"), BETTER[asked.better]),
    ]
    return Explanation(asked.name, parts)


def _value(row: Row) -> Said:
    interval, value = interval_words(row), value_words(row)
    above = numerator_words(row)
    if row.value is None or not interval:
        return message(N_("{value}; n = {count}"), value=value, count=f"{row.n:,}")
    if not above:
        text = N_("{value}, 95% interval {interval}; n = {count}")
        return message(text, value=value, interval=interval, count=f"{row.n:,}")
    text = N_("{value}, 95% interval {interval}; numerator {above}, n = {count}")
    values = {"value": value, "interval": interval, "above": above}
    return message(text, **values, count=f"{row.n:,}")


def _left_parts(
    row: Row, left: Sequence[LeftOut] | None, words: Words
) -> list[tuple[Said, Said]]:
    if not row.excluded and not row.lacking:
        return [(N_("Left out"), N_("None."))]
    if left is None:
        text = N_("{excluded} excluded, {lacking} lacking a fact")
        counts = {"excluded": f"{row.excluded:,}", "lacking": f"{row.lacking:,}"}
        return [(N_("Left out"), message(text, **counts))]
    lines = [
        words.tell(
            N_("{reason}: {count}"), reason=message(o.reason), count=f"{o.count:,}"
        )
        for o in left
    ]
    return [(N_("Left out"), "\n".join(lines))]


def _missing_parts(row: Row, words: Words) -> list[tuple[Said, Said]]:
    lines: dict[str, list[str]] = {}
    for name in row.missing:
        told = words.say(label_of(name))
        lines.setdefault(where_from(name), []).append(told)
    text = N_("{fields}: {source}")
    said = [
        words.tell(text, fields=tuple(fields), source=message(source))
        for source, fields in lines.items()
    ]
    return [(N_("Missing, and where it comes from"), "\n".join(said))]


def _benchmark_parts(row: Row, words: Words) -> list[tuple[Said, Said]]:
    found = row.benchmark
    if found is None:
        return [(N_("Benchmark"), N_("None is verified."))]
    lines = (
        words.say(benchmark_words(found)),
        found.what,
        words.tell(N_("Mark {mark}"), mark=mark_words(found)),
        words.tell(N_("Source: {source}"), source=found.source),
    )
    return [(N_("Benchmark"), "\n".join(lines))]
