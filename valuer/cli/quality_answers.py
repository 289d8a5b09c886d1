"""What ``valuer quality`` answers: plain rows for JSON, lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from valuer.agency import quality_words
from valuer.agency.cohorts import compared
from valuer.agency.columns import Docket
from valuer.agency.docket_fields import label_of
from valuer.agency.metric import Grouping, Metric, Question
from valuer.agency.metrics import metric
from valuer.agency.quality import Row, plain_row
from valuer.agency.ranking import ranked
from valuer.cli.answers import print_text
from valuer.core.texts import N_, say, tr


def ranked_plainly(rows: Sequence[Row], by: Grouping | None) -> list[dict[str, Any]]:
    """Return rows as JSON, in their order; with a rank where groups have one."""
    if by is None or by is Grouping.MONTH:
        return [plain_row(row) for row in rows]
    found = []
    for _, some in groupby(rows, key=lambda row: row.key):
        alike = tuple(some)
        ranks = {row.group: rank for rank, row in ranked(alike)}
        found += [plain_row(row) | {"rank": ranks[row.group]} for row in alike]
    return found


def compared_plainly(
    docket: Docket, earlier: Question, later: Question, metrics: Sequence[Metric]
) -> list[dict[str, Any]]:
    """Return the metrics of two periods side by side, as JSON."""
    return [
        {
            "key": one.key,
            "group": pair.later.group,
            "earlier": _short(pair.earlier),
            "later": _short(pair.later),
            "change": pair.change,
            "low": pair.low,
            "high": pair.high,
            "sure": pair.is_sure,
        }
        for one in metrics
        for pair in compared(docket, earlier, later, one.key)
    ]


def print_rows(told: Mapping[str, Any], question: Question, tongue: str) -> None:
    """Print what was asked and every metric that has a case, one a line."""
    for line in _lines(told, question, tongue):
        print_text(line)


def _short(row: Row) -> dict[str, Any]:
    return {"n": row.n, "value": row.value, "low": row.low, "high": row.high}


def _lines(told: Mapping[str, Any], question: Question, tongue: str) -> Iterator[str]:
    heads = (
        N_("Metric"),
        N_("Counted (n)"),
        N_("Rate or figure"),
        N_("95% interval"),
        N_("Left out"),
        N_("Facts lacking"),
        N_("Published figure (year)"),
    )
    words = [tr(head, tongue) for head in heads]
    if question.by is not None:
        words.insert(1, tr(quality_words.GROUPING_NAMES[question.by], tongue))
        words.insert(2, tr(N_("Rank"), tongue))
    text = N_("Docket of {count} cases as of {day}")
    yield tr(text, tongue, count=f"{told['cases']:,}", day=told["as_of"])
    yield "\t".join(words)
    for plain in told["metrics"]:
        yield "\t".join(_cells(plain, question, tongue))
    for plain in told.get("compared", ()):
        yield _comparison(plain, tongue)
    for name in ("xlsx", "report"):
        if name in told:
            yield told[name]


def _cells(plain: Mapping[str, Any], question: Question, tongue: str) -> list[str]:
    row = _row(plain)
    cells = [
        tr(metric(row.key).name, tongue),
        f"{row.n:,}",
        _value(row, tongue),
        say(quality_words.interval_words(row), tongue) or "—",
        str(row.excluded),
        str(row.lacking),
        say(quality_words.benchmark_words(row.benchmark), tongue) or "—",
    ]
    if question.by is not None:
        rank = plain.get("rank")
        cells.insert(1, _group(row, question.by, tongue))
        cells.insert(2, "—" if rank is None else str(rank))
    return cells


def _value(row: Row, tongue: str) -> str:
    if not row.missing:
        return say(quality_words.value_words(row), tongue)
    names = tuple(label_of(name) for name in row.missing)
    return tr(N_("Fields missing: {fields}"), tongue, fields=names)


def _group(row: Row, by: Grouping, tongue: str) -> str:
    if row.group and by is not Grouping.FIELD:
        return row.group  # a name; no text of ours
    return say(quality_words.group_name(row.group, by), tongue)


def _comparison(plain: Mapping[str, Any], tongue: str) -> str:
    asked = metric(plain["key"])
    earlier, later = (
        Row(asked.key, plain["group"], plain[name]["n"], None, *_figures(plain[name]))
        for name in ("earlier", "later")
    )
    values = [say(quality_words.value_words(row), tongue) for row in (earlier, later)]
    sure = tr(N_("sure") if plain["sure"] else N_("not sure"), tongue)
    name = tr(asked.name, tongue)
    group = [plain["group"]] if plain["group"] else []
    return "\t".join([name, *group, f"{values[0]} → {values[1]}", sure])


def _figures(plain: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    return plain["value"], plain["low"], plain["high"]


def _row(plain: Mapping[str, Any]) -> Row:
    return Row(
        plain["key"],
        plain["group"],
        plain["n"],
        plain["numerator"],
        *_figures(plain),
        plain["excluded"],
        plain["lacking"],
        tuple(plain["missing"]),
    )
