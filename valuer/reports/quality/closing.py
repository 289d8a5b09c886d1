"""The end of a quality report: signatures, definitions, sources, method, check code."""

from __future__ import annotations

from collections.abc import Iterator

from valuer.agency import quality_words
from valuer.agency.metric import Metric, benchmarks
from valuer.agency.metrics import METRICS
from valuer.agency.quality import Row
from valuer.core.texts import N_
from valuer.reports import formats
from valuer.reports.quality.draft import NONE, QualityDraft
from valuer.reports.quality.facts import Responsible
from valuer.reports.quality.package import NAME
from valuer.reports.sections.blocks import (
    Block,
    CheckCode,
    Column,
    Note,
    Points,
    Prose,
    SigningBox,
    SigningRow,
    Table,
)
from valuer.reports.signature_roles import HOUSE_FIELD, RESPONSIBLE_FIELDS


def signatures(draft: QualityDraft) -> Iterator[Block]:
    """Yield a place to sign for each who answers for it, and one for the agency's seal."""
    day = formats.day(draft.facts.day, draft.language)
    yield Prose(draft.say(N_("This report is dated {day}."), day=day), leads=True)
    yield SigningRow(tuple(signing_boxes(draft)))


def signing_boxes(draft: QualityDraft) -> Iterator[SigningBox]:
    """Yield the places to sign, in the order of signing."""
    facts = draft.facts
    people = facts.responsible or (Responsible(),)
    for field, one in zip(RESPONSIBLE_FIELDS, people, strict=False):
        caption = draft.say(N_("Signature"))
        yield SigningBox(field, caption, tuple(_person(draft, one)))
    day = formats.day(facts.day, draft.language)
    caption = draft.say(N_("Agency's seal"))
    lines = (facts.house.name, day)
    yield SigningBox(HOUSE_FIELD, caption, lines, is_seal=True)


def _person(draft: QualityDraft, one: Responsible) -> Iterator[str]:
    position = one.position or draft.say(N_("Responsible person"))
    yield draft.say(N_("{role}: {name}"), role=position, name=one.name)
    if one.qualification:
        text = N_("Licence No.: {number}")
        yield draft.say(text, number=one.qualification)


def definitions(draft: QualityDraft) -> Iterator[Block]:
    """Yield what every metric printed here is."""
    columns = (
        Column(draft.say(N_("Metric")), weight=0.24),
        Column(draft.say(N_("What is measured")), weight=0.40),
        Column(draft.say(N_("Formula")), weight=0.36),
    )
    rows = tuple(
        (draft.say(one.name), _definition(draft, one), draft.say(one.formula))
        for one, _ in _used(draft)
    )
    yield Table(draft.say(N_("Definitions of the metrics")), columns, rows)


def _definition(draft: QualityDraft, one: Metric) -> str:
    parts = [draft.say(one.definition)]
    if one.exclusions != _NONE_BESIDES:
        text = N_("Not counted: {exclusions}")
        parts.append(draft.say(text, exclusions=draft.say(one.exclusions)))
    return "\n".join(parts)


def sources(draft: QualityDraft) -> Iterator[Block]:
    """Yield where the published figures come from."""
    columns = (
        Column(draft.say(N_("Metric")), weight=0.22),
        Column(draft.say(N_("Figure (year)")), is_figure=True),
        Column(draft.say(N_("Of what")), weight=0.38),
        Column(draft.say(N_("Source")), weight=0.40),
        Column(draft.say(N_("Mark"))),
    )
    found = benchmarks()
    rows = tuple(
        (
            draft.say(one.name),
            draft.told(quality_words.benchmark_words(found[one.key])),
            found[one.key].what,
            found[one.key].source or NONE,
            found[one.key].mark,
        )
        for one, _ in _used(draft)
        if one.key in found
    )
    yield Table(draft.say(N_("Published figures and their sources")), columns, rows)
    marks = {found[one.key].mark for one, _ in _used(draft) if one.key in found}
    told = [
        draft.say(
            N_("{mark}: {meaning}"),
            mark=mark,
            meaning=draft.say(quality_words.MARK_NAMES[mark]),
        )
        for mark in sorted(marks)
        if mark in quality_words.MARK_NAMES
    ]
    yield Note(draft.say(N_("Marks. {marks}."), marks=draft.listed(told)))


def has_sources(draft: QualityDraft) -> bool:
    """Whether any metric printed here has a published figure."""
    return any(one.key in benchmarks() for one, _ in _used(draft))


def method(draft: QualityDraft) -> Iterator[Block]:
    """Yield how the figures were reckoned, as far as they are printed here."""
    shapes = dict.fromkeys(one.shape for one, _ in _used(draft))
    said = [draft.told(quality_words.STATISTICS[shape]) for shape in shapes]
    works = dict.fromkeys(one.work for one, _ in _used(draft))
    said += [draft.say(quality_words.WORK_NAMES[work]) for work in works]
    texts = [_EXCLUDED, _RESTORABLE]
    if draft.facts.months:
        texts.append(_CONTROL)
    if draft.facts.groups:
        texts.append(_FUNNEL)
    if draft.facts.before is not None:
        texts.append(_CHANGE)
    if draft.facts.days_before and draft.row("Q28") is not None:
        text = N_("An answer is on time {days} days before its last day.")
        said.append(draft.say(text, days=draft.facts.days_before))
    said += [draft.say(text) for text in texts]
    yield Points(tuple(dict.fromkeys(said)))


def check_code(draft: QualityDraft) -> Iterator[Block]:
    """Yield the QR code: from which facts this report was made."""
    facts = draft.facts
    lines = [
        f"Valuer {draft.program}",
        facts.house.name,
        f"{facts.as_of.isoformat()}  SHA-256 {draft.digest}",
    ]
    if facts.number:
        lines.append(facts.number)
    caption = N_("Program's check code, no number of any authority")
    yield CheckCode("\n".join(lines), draft.say(caption))
    text = N_(
        "The code holds the text above: the version of the program, the agency, the day"
        " of the docket, and the SHA-256 of what is printed here. The file carries that"
        " as an attachment ({name}): counts, sums and how many cases have each value, no"
        " case among them. The program computes every figure anew from it and compares"
        " every page."
    )
    yield Note(draft.say(text, name=NAME))


def _used(draft: QualityDraft) -> list[tuple[Metric, Row]]:
    """Return the metrics that have a figure in this report, with their rows."""
    pairs = ((one, draft.row(one.key)) for one in METRICS)
    return [(one, row) for one, row in pairs if row is not None]


_NONE_BESIDES = N_("None besides those that never count.")
_EXCLUDED = N_(
    "Applications deemed withdrawn for a later one's domestic priority, utility models"
    " given up for the invention of the same day, and divided cases leave every"
    " denominator."
)
_RESTORABLE = N_(
    "A right lost for an unpaid fee or a missed answer that can still be restored counts"
    " as open."
)
_CONTROL = N_(
    "Control chart by month: Shewhart (1931); limits at three standard deviations of"
    " each month's count, exact by the binomial law where fewer than five hits or misses"
    " are expected."
)
_FUNNEL = N_(
    "Funnel plot: Spiegelhalter (2005); lines of 95% and 99.8% around the common rate."
    " Nothing is ranked whose interval is wider than ten percentage points either way."
)
_CHANGE = N_("Change between two periods: Newcombe (1998), method 10, 95% interval.")
