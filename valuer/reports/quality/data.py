"""What the data is: cases, outcomes, files, what is left out and what is open."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.agency.docket_fields import label_of
from valuer.agency.left_out import CAUSE_WORDS
from valuer.agency.metrics import METRICS
from valuer.agency.origins import Counted
from valuer.agency.quality import Row
from valuer.agency.statuses import OUTCOME_NAMES, Cause, Outcome
from valuer.core.patents import KIND_NAMES, PatentKind
from valuer.core.texts import N_
from valuer.reports import formats
from valuer.reports.quality.draft import QualityDraft
from valuer.reports.quality.front import scope_lines
from valuer.reports.sections.blocks import Block, Column, Facts, Heading, Prose, Table


def data(draft: QualityDraft) -> Iterator[Block]:
    """Yield what the docket holds, and what the figures cannot tell."""
    yield Facts(tuple(_facts(draft)))
    yield _outcomes(draft)
    yield from _left_out(draft)
    if draft.facts.docket.files:
        yield _files(draft)
    yield Heading(draft.say(N_("What is not known")))
    yield from _unknown(draft)
    yield from _without_figure(draft)


def _facts(draft: QualityDraft) -> Iterator[tuple[str, str]]:
    facts = draft.facts
    docket = facts.docket
    kinds = [f"{_kind(draft, one)} {draft.count(one.count)}" for one in docket.kinds]
    yield (
        draft.say(N_("Cases in the docket")),
        draft.say(
            N_("{count} ({kinds})"),
            count=draft.count(docket.count),
            kinds=draft.joined(kinds),
        ),
    )
    if docket.filed.first is not None:
        yield draft.say(N_("Filed")), draft.span(docket.filed)
    yield draft.say(N_("As it stood on")), formats.day(facts.as_of, draft.language)
    yield draft.say(N_("Period of the figures")), draft.span(facts.period)
    if facts.before is not None:
        yield draft.say(N_("Compared with")), draft.span(facts.before)
    if limits := tuple(scope_lines(draft)):
        yield draft.say(N_("Limited to")), "\n".join(limits)


def _kind(draft: QualityDraft, one: Counted) -> str:
    if not one.name:
        return draft.say(N_("kind not told"))
    return draft.say(KIND_NAMES[PatentKind(one.name)])


def _outcomes(draft: QualityDraft) -> Table:
    docket = draft.facts.docket
    columns = (
        Column(draft.say(N_("Outcome so far")), weight=1),
        Column(draft.say(N_("Number of cases")), is_figure=True),
        Column(draft.say(N_("Share")), is_figure=True),
    )
    rows = [
        (
            draft.say(OUTCOME_NAMES[Outcome(one.name)]),
            draft.count(one.count),
            draft.share(one.count, docket.count),
        )
        for one in docket.outcomes
        if one.name
    ]
    whole = draft.count(docket.count), draft.share(docket.count, docket.count)
    total = (draft.say(N_("All together")), *whole)
    title = draft.say(N_("The docket by outcome"))
    return Table(title, columns, (*rows, total), last_is_total=True)


def _left_out(draft: QualityDraft) -> Iterator[Block]:
    causes = draft.facts.docket.causes
    if not causes:
        return
    said = [
        draft.say(
            N_("{reason} ({count})"),
            reason=draft.say(CAUSE_WORDS.get(Cause(one.name), OTHER_CAUSE)),
            count=draft.count(one.count),
        )
        for one in causes
    ]
    text = N_("{count} cases leave every denominator: {reasons}.")
    count = draft.count(sum(one.count for one in causes))
    yield Prose(draft.say(text, count=count, reasons=draft.joined(said)))


def _files(draft: QualityDraft) -> Table:
    columns = (
        Column(draft.say(N_("File")), weight=1),
        Column(draft.say(N_("Number of cases")), is_figure=True),
        Column(draft.say(N_("Taken in on"))),
    )
    rows = tuple(
        (one.name, draft.count(one.cases), formats.short_day(one.on))
        for one in draft.facts.docket.files
    )
    return Table(draft.say(N_("Files that the docket comes from")), columns, rows)


def _unknown(draft: QualityDraft) -> Iterator[Block]:
    """Yield the cases of which the docket knows too little."""
    docket = draft.facts.docket
    unknown = sum(one.count for one in docket.outcomes if one.name == Outcome.UNKNOWN)
    restorable = sum(
        one.count for one in docket.outcomes if one.name == Outcome.RESTORABLE
    )
    counts = (
        (unknown, N_("The outcome of {count} cases is not known ({share} of all).")),
        (docket.undated, N_("{count} cases have no filing day ({share} of all).")),
        (
            restorable,
            N_("{count} cases are lost but can be restored; they count as open."),
        ),
        (docket.questions, N_("{count} questions about the docket are not answered.")),
    )
    for count, text in counts:
        if count:
            share = draft.share(count, docket.count)
            yield Prose(draft.say(text, count=draft.count(count), share=share))
    if docket.words:
        columns = (
            Column(draft.say(N_("Status as written")), weight=1),
            Column(draft.say(N_("Number of cases")), is_figure=True),
        )
        rows = tuple((one.name, draft.count(one.count)) for one in docket.words)
        title = draft.say(N_("Status words that tell no outcome"))
        yield Table(title, columns, rows)
    elif not unknown:
        yield Prose(draft.say(N_("Every status word of the docket tells an outcome.")))


def _without_figure(draft: QualityDraft) -> Iterator[Block]:
    """Yield the metrics without a figure, by what they lack."""
    reasons: dict[str, list[str]] = {}
    for one in METRICS:
        if why := _why(draft, draft.rows[one.key]):
            reasons.setdefault(why, []).append(draft.say(one.name))
    if reasons:
        columns = (
            Column(draft.say(N_("Why there is no figure")), weight=0.4),
            Column(draft.say(N_("Metrics")), weight=0.6),
        )
        rows = tuple((why, draft.listed(names)) for why, names in reasons.items())
        yield Table(draft.say(N_("Metrics without a figure")), columns, rows)


def _why(draft: QualityDraft, row: Row) -> str:
    """Return why a metric has no figure; "" where it has one."""
    if row.missing:
        fields = draft.joined([draft.told(label_of(name)) for name in row.missing])
        return draft.say(N_("Fields missing: {fields}"), fields=fields)
    if not row.n:
        return draft.say(N_("No case counts in the period"))
    return draft.value(row) if row.value is None else ""


OTHER_CAUSE = N_("left out for a reason that is not told")
