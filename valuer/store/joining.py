"""Rows that speak of patents known already, joined with what is known.

Which rows and patents belong together is ``linking``'s to say; here their facts are
folded and what came of it is written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, TypeVar

import msgspec
from sqlalchemy import Connection, Select, column, func, select

from valuer.core.merging import merge
from valuer.core.patents import Patent
from valuer.core.problems import Issue
from valuer.store.linking import Links
from valuer.store.patent_rows import STORED, PatentWriter, Stored, stored_patent
from valuer.store.schema import patents, publications

T = TypeVar("T")
Step = Callable[[int], None]

_CHUNK = 500
"""Patents between two reports of progress."""

_facts = attrgetter(*(f.name for f in fields(Patent) if f.name != "source"))
"""What a patent is, whichever file said so."""

_encode = msgspec.json.Encoder(order="sorted").encode

_REMEMBER = """INSERT OR IGNORE INTO batch_changes
(batch_id, patent_id, former_batch_id, former_facts)
SELECT ?, id, batch_id, ? FROM patents WHERE id = ? AND batch_id <> ?"""


class Tied(NamedTuple):
    """A row of a list.

    Attributes:
        key: the number in the library that its patent gets if it is new.
        row: where it stands in the file.
    """

    key: int
    row: int
    patent: Patent


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of the tied rows: how many more patents, how many changed."""

    added: int
    updated: int
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be written: older patents that go or change, and the list's own."""

    gone: list[Stored]
    changes: list[tuple[Stored, Stored]]
    lost: list[Stored]
    grown: list[tuple[Stored, Stored]]
    new: list[Stored]


def join(
    connection: Connection,
    writer: PatentWriter,
    batch: int,
    tied: Sequence[Tied],
    first: int,
    step: Step,
) -> Joined:
    """Store the tied rows of a list whose own new patents begin at ``first``.

    Those that it has stored already count as rows, in their places.
    """
    stored = _stored(connection, [one.patent for one in tied], step)
    older = [one for one in stored if one[0] < first]
    own = dict(stored[len(older) :])
    rows = [*tied, *(Tied(key, 0, patent) for key, patent in own.items())]
    rows.sort(key=itemgetter(0))
    links, issues = _linked(older, rows, step)
    facts = _folded(links, older, rows, step)
    plan = _planned(links, facts, older, rows, own, step)
    _write(connection, writer, batch, plan, step)
    added = len(plan.new) - len(plan.lost)
    return Joined(added, len(plan.changes), tuple(issues))


def _stored(
    connection: Connection, wanted: Sequence[Patent], step: Step
) -> list[Stored]:
    """Return the stored patents that share a number with a wanted one, oldest first."""
    keys: set[int] = set()
    for part in _parts(sorted({patent.number for patent in wanted} - {""})):
        listed = patents.c.number.in_(_listed(part))
        keys.update(connection.scalars(select(patents.c.id).where(listed)).all())
        step(0)
    for part in _parts(sorted({name for p in wanted for name in p.publications})):
        listed = publications.c.publication.in_(_listed(part))
        keys.update(
            connection.scalars(select(publications.c.patent_id).where(listed)).all()
        )
        step(0)
    found: list[Stored] = []
    for some in _parts(sorted(keys)):
        query = STORED.where(patents.c.id.in_(_listed(some))).order_by(patents.c.id)
        found += map(stored_patent, connection.execute(query).all())
        step(0)
    return found


def _listed(values: Sequence[object]) -> Select[Any]:
    """Return values as a table; as parameters there might be too many."""
    return select(column("value")).select_from(func.json_each(json.dumps(values)))


def _linked(
    older: Sequence[Stored], rows: Sequence[Tied], step: Step
) -> tuple[Links, list[Issue]]:
    links, issues = Links(), []
    for known in _parts(older):
        links.know(patent for _, patent in known)
        step(0)
    for part in _parts(rows):
        for _, row, patent in part:
            issue = links.add(row, patent)
            if issue:
                issues.append(issue)
        step(len(part))
    return links, issues


def _folded(
    links: Links, older: Sequence[Stored], rows: Sequence[Tied], step: Step
) -> dict[int, Patent]:
    """Return what is now known of each group that has not gone into another."""
    facts: dict[int, Patent] = {}

    def add(group: int, patent: Patent) -> None:
        before = facts.get(group)
        if before is None:
            facts[group] = patent
        elif _facts(before) != _facts(patent):
            facts[group] = merge(before, patent)

    for known in _parts(list(enumerate(older))):
        for group, (_, patent) in known:
            add(links.group(group), patent)
        step(0)
    for part in _parts(list(zip(links.rows, rows, strict=True))):
        for group, (_, _, patent) in part:
            add(links.group(group), patent)
        step(len(part))
    return facts


def _planned(
    links: Links,
    facts: Mapping[int, Patent],
    older: Sequence[Stored],
    rows: Sequence[Tied],
    own: Mapping[int, Patent],
    step: Step,
) -> _Plan:
    begun: dict[int, int] = {}
    for group, one in zip(links.rows, rows, strict=True):
        if group >= len(older):
            begun.setdefault(group, one.key)
    # What was joined to an older group has no facts of its own any more.
    now = {key: facts[group] for group, key in begun.items() if group in facts}
    known = list(enumerate(older))
    return _Plan(
        gone=[old for group, old in known if group not in facts],
        changes=_differing(((o, facts[g]) for g, o in known if g in facts), step),
        lost=[(key, patent) for key, patent in own.items() if key not in now],
        grown=_differing(((o, now[o[0]]) for o in own.items() if o[0] in now), step),
        new=[(key, patent) for key, patent in now.items() if key not in own],
    )


def _differing(
    pairs: Iterable[tuple[Stored, Patent]], step: Step
) -> list[tuple[Stored, Stored]]:
    """Return the patents of which something new is known, before and after."""
    differing: list[tuple[Stored, Stored]] = []
    for count, (old, after) in enumerate(pairs):
        if not count % _CHUNK:
            step(0)
        if after is not old[1] and _facts(after) != _facts(old[1]):
            differing.append((old, (old[0], after)))
    return differing


def _write(
    connection: Connection, writer: PatentWriter, batch: int, plan: _Plan, step: Step
) -> None:
    # First all go: an application number may pass to another patent.
    for gone in _parts(plan.gone):
        _remember(connection, batch, gone)
        writer.remove(gone)
        step(0)
    for lost in _parts(plan.lost):
        writer.remove(lost)
        step(0)
    for part in _parts([*plan.changes, *plan.grown]):
        old = [before for before, _ in part]
        _remember(connection, batch, old)
        writer.change(old, [after for _, after in part])
        step(len(part))
    for new in _parts(plan.new):
        writer.insert([(key, batch, patent) for key, patent in new])
        step(len(new))


def _remember(connection: Connection, batch: int, old: Sequence[Stored]) -> None:
    """Note what patents were before the batch changed them for the first time.

    What the batch itself added has no past to note.
    """
    rows = [(batch, _encode(p).decode(), key, batch) for key, p in old]
    connection.exec_driver_sql(_REMEMBER, rows)


def _parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
