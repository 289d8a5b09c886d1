"""The front of a quality report: cover, contents, summary (封面、目录、摘要)."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.core.patents import KIND_NAMES
from valuer.core.texts import N_
from valuer.reports import formats
from valuer.reports.quality.draft import QualityDraft
from valuer.reports.quality.tables import KEY_METRICS, with_benchmarks
from valuer.reports.sections.blocks import (
    Banner,
    Block,
    Cover,
    Points,
    TableOfContents,
)

TITLE = N_("Filing quality report")
BANNER = N_(
    "All figures are counted from the agency's own docket as it stood on {day}; they are"
    " no official statistics."
)


def cover(draft: QualityDraft) -> Iterator[Block]:
    """Yield the cover."""
    facts = draft.facts
    lines = list(scope_lines(draft))
    if facts.house.registration:
        text = N_("House code: {registration}")
        lines.append(draft.say(text, registration=facts.house.registration))
    if facts.house.address:
        lines.append(draft.say(N_("Address: {address}"), address=facts.house.address))
    yield Cover(
        number=facts.number,
        subject=draft.span(facts.period),
        title=draft.say(TITLE),
        banner=banner(draft),
        house=facts.house.name,
        lines=(*lines, *draft.wording.cover),
        day=formats.day(facts.day, draft.language),
        logo=draft.logo,
        accent=facts.house.look.accent,
    )


def contents(draft: QualityDraft) -> Iterator[Block]:
    """Yield the list of sections."""
    del draft
    yield TableOfContents()


def summary(draft: QualityDraft) -> Iterator[Block]:
    """Yield the main figures, in sentences and in a table."""
    yield Banner(banner(draft))
    said = tuple(_sentences(draft))
    if said:
        yield Points(said)
    found = (draft.row(key) for key in KEY_METRICS)
    rows = [row for row in found if row is not None]
    if rows:
        yield with_benchmarks(draft, draft.say(N_("Main metrics")), rows)


def banner(draft: QualityDraft) -> str:
    """Return what nobody may overlook: whose figures these are."""
    return draft.say(BANNER, day=formats.day(draft.facts.as_of, draft.language))


def scope_lines(draft: QualityDraft) -> Iterator[str]:
    """Yield to what the figures are limited, if to anything."""
    only = draft.facts.only
    if only.kinds:
        kinds = draft.joined([draft.say(KIND_NAMES[one]) for one in only.kinds])
        yield draft.say(N_("Kinds: {names}"), names=kinds)
    for text, names in (
        (N_("Agents: {names}"), only.agents),
        (N_("Clients: {names}"), only.clients),
        (N_("IPC sections: {names}"), only.fields),
    ):
        if names:
            yield draft.say(text, names=draft.joined(names))


def _sentences(draft: QualityDraft) -> Iterator[str]:
    """Yield what the main metrics say, each with its counts and interval.

    Where most cases lack the facts a sentence would claim too much.
    """
    for key, text in _SAID:
        row = draft.row(key)
        if row is not None and row.n and row.lacking <= row.n:
            yield draft.say(
                text,
                n=draft.count(row.n),
                hits=draft.count(row.numerator or 0),
                value=draft.value(row),
                interval=draft.interval(row),
                lacking=draft.count(row.lacking),
            )


_SAID = (
    (
        "Q01",
        N_(
            "Of {n} inventions closed in the period {hits} were granted: {value} (95%"
            " interval {interval})."
        ),
    ),
    (
        "Q02",
        N_(
            "Counting only what was contested before the examiner, {hits} of {n}"
            " inventions were granted: {value} ({interval})."
        ),
    ),
    (
        "Q03_36",
        N_(
            "An invention filed in the period is granted within 36 months with a chance"
            " of {value} ({interval}); the {n} cases include those pending, as long as"
            " they were followed."
        ),
    ),
    (
        "Q07",
        N_(
            "From the start of substantive examination to the decision half of the"
            " inventions take {value} at the most ({interval}), pending ones included."
        ),
    ),
    (
        "Q08",
        N_("{hits} of {n} cases closed were deemed withdrawn: {value} ({interval})."),
    ),
    (
        "Q08_uninstructed",
        N_(
            "Without the client's instruction {hits} of {n} were deemed withdrawn:"
            " {value} ({interval}); of {lacking} cases nothing is recorded."
        ),
    ),
    (
        "Q27",
        N_("Rights lost: {hits} over {n} due dates, {value} per 1,000 ({interval})."),
    ),
    (
        "Q09_suspected",
        N_(
            "{hits} of {n} applications filed were suspected of abnormal filing: {value}"
            " ({interval})."
        ),
    ),
    (
        "Q09_confirmed",
        N_(
            "{hits} of {n} applications filed were confirmed as abnormal: {value}"
            " ({interval})."
        ),
    ),
)
