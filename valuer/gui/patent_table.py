"""The patents of the library as columns, and what the "why" panel says of a patent."""

from __future__ import annotations

from valuer.core.patents import KIND_NAMES, STATUS_NAMES, LegalEvent, Patent
from valuer.core.sources import source_words
from valuer.core.texts import N_
from valuer.gui import formats
from valuer.gui.tables import TableColumn
from valuer.gui.why import Explanation, Said
from valuer.gui.words import Words


def patent_columns(words: Words) -> tuple[TableColumn[Patent], ...]:
    """Return the columns of a list of patents."""
    return (
        TableColumn(N_("Number"), _number, width=150, order="number"),
        TableColumn(N_("Title"), lambda p: p.title, width=280, order="title"),
        TableColumn(
            N_("Owners"),
            lambda p: formats.listed(p.owners, words),
            width=190,
            order="owners",
        ),
        TableColumn(
            N_("Filed"), lambda p: formats.day(p.filed), width=96, order="filed"
        ),
        TableColumn(
            N_("Granted"), lambda p: formats.day(p.granted), width=96, order="granted"
        ),
        TableColumn(
            N_("Status"),
            lambda p: formats.status_name(words, p),
            width=120,
            order="status",
        ),
    )


def explain_patent(patent: Patent, words: Words) -> Explanation:
    """Return what is known of a patent, and from where."""
    # numpy comes with it, and the list of patents opens without.
    from valuer.core.term import expiry_day

    kind = KIND_NAMES[patent.kind] if patent.kind else ""
    end = expiry_day(patent)
    parts: list[tuple[Said, Said]] = [
        (N_("Application number"), patent.number),
        (N_("Publication numbers"), "\n".join(patent.publications)),
        (N_("Kind"), kind),
        (N_("Owners"), "\n".join(patent.owners)),
        (N_("Inventors"), formats.listed(patent.inventors, words)),
        (N_("Filed"), formats.day(patent.filed)),
        (N_("Priority date"), formats.day(patent.priority)),
        (N_("Granted"), formats.day(patent.granted)),
        (N_("End of the term"), formats.day(end)),
        (N_("Classes (IPC)"), formats.listed(patent.ipc, words)),
        (N_("Legal status"), STATUS_NAMES[patent.status]),
        (N_("In the words of the source"), patent.status_wording),
        (N_("Legal history"), "\n".join(_event(one, words) for one in patent.history)),
        (N_("Source"), source_words(patent.source) or ""),
    ]
    title = patent.title or patent.identity
    return Explanation(title, [part for part in parts if part[1]])


def _number(patent: Patent) -> str:
    return patent.identity


def _event(event: LegalEvent, words: Words) -> str:
    status = words.tell(STATUS_NAMES[event.status])
    return f"{formats.day(event.on) or '—'}  {event.wording or status}"
