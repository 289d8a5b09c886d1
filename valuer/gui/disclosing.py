"""The whole case written for its recipients alone, as the window does it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from valuer.core.files import write_whole
from valuer.core.progress import Progress
from valuer.core.valuing import value_case

if TYPE_CHECKING:
    from valuer.gui.desk import Desk


def write(
    desk: Desk,
    name: str,
    certificates: Sequence[Path],
    path: Path,
    language: str,
    progress: Progress,
) -> tuple[str, ...]:
    """Write a case's newest revision, encrypted, and return for whom.

    Raises:
        UserError: the case does not name one of them or chose to disclose nothing, the
            case lacks what its report needs, or the disk refuses.
    """
    from valuer.reports.disclosed_case import (
        StoredCase,
        gathered,
        journal_detail,
        papers_of,
        refuse_more,
    )
    from valuer.reports.disclosing import pack, refuse_large
    from valuer.reports.envelopes import load_recipient, recipient_of, seal
    from valuer.store.evidence import read_back
    from valuer.store.journal import EntryKind, note
    from valuer.store.revisions import load_case, stored_bytes

    held = [load_recipient(one, desk.clock()) for one in dict.fromkeys(certificates)]
    to = tuple(recipient_of(one) for one in held)
    with desk.library.read() as connection:
        case, revision = load_case(connection, name)
        extent = case.disclosure.extent
        refuse_more(case.disclosure, extent, to)
        body, _ = stored_bytes(connection, name, revision.number)
        papers = papers_of(case, extent)
        refuse_large(one.size for one in papers.values())
        files = {
            place: read_back(connection, one.digest) for place, one in papers.items()
        }
    stored = StoredCase(case, name, revision.number, revision.digest, body)
    valuation = value_case(case, desk.methods, progress)
    contents, files = gathered(stored, valuation, files, extent, to, language=language)
    sealed = seal(pack(contents, files), held)
    with desk.library.change() as connection:
        detail = journal_detail(contents, sealed)
        kind, at = EntryKind.DISCLOSE, desk.clock()
        note(connection, kind, contents.case, desk.author, at, detail)
        # Within the transaction: nothing leaves that the journal does not tell.
        write_whole(path, sealed)
    return tuple(one.name for one in to)
