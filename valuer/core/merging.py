"""Put what two lists say of one patent together.

The newer list's facts hold where it states them; a blank erases nothing; numbers and
history are united. The legal status follows the later day, whichever list came last.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypeVar

from valuer.core.patent_numbers import publication_rank
from valuer.core.patents import FeePaid, LegalEvent, LegalStatus, Patent

T = TypeVar("T")


def merge(known: Patent, newer: Patent) -> Patent:
    """Return ``known`` with what ``newer`` adds; ``known`` itself if that is nothing.

    Where the facts came from (``source``) is no fact: it follows the list that added
    something. The application number, once known, stays.
    """
    stated = newer if _status_follows(known, newer) else known
    merged = Patent(
        number=known.number or newer.number,
        publications=_publications(known.publications, newer.publications),
        country=newer.country or known.country,
        kind=newer.kind or known.kind,
        title=newer.title or known.title,
        owners=newer.owners or known.owners,
        inventors=newer.inventors or known.inventors,
        filed=newer.filed or known.filed,
        priority=newer.priority or known.priority,
        granted=newer.granted or known.granted,
        ipc=newer.ipc or known.ipc,
        status=stated.status,
        status_wording=stated.status_wording,
        status_on=stated.status_on,
        history=_history(known.history, newer.history),
        fees=_fees(known.fees, newer.fees),
        pta_days=newer.pta_days or known.pta_days,
        pte_days=newer.pte_days or known.pte_days,
        source=known.source,
    )
    return known if merged == known else replace(merged, source=newer.source)


def _status_follows(known: Patent, newer: Patent) -> bool:
    if newer.status is LegalStatus.UNKNOWN:
        # A wording that tells no standing is better than none at all.
        return known.status is LegalStatus.UNKNOWN and _is_later(known, newer)
    return known.status is LegalStatus.UNKNOWN or _is_later(known, newer)


def _is_later(known: Patent, newer: Patent) -> bool:
    if not newer.status_wording and newer.status is LegalStatus.UNKNOWN:
        return False
    if known.status_on is None:
        return True
    return newer.status_on is not None and newer.status_on >= known.status_on


def _publications(known: tuple[str, ...], newer: tuple[str, ...]) -> tuple[str, ...]:
    if not newer or newer == known:
        return known
    return tuple(sorted(_united(known, newer), key=publication_rank))


def _history(
    known: tuple[LegalEvent, ...], newer: tuple[LegalEvent, ...]
) -> tuple[LegalEvent, ...]:
    if not newer or newer == known:
        return known
    return tuple(sorted(_united(known, newer), key=lambda e: e.on or date.min))


def _fees(
    known: tuple[FeePaid, ...], newer: tuple[FeePaid, ...]
) -> tuple[FeePaid, ...]:
    if not newer or newer == known:
        return known
    return tuple(sorted(_united(known, newer), key=lambda fee: (fee.on, fee.year)))


def _united(known: tuple[T, ...], newer: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*known, *newer)))
