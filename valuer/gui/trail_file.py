"""The audit trail as a file for a spreadsheet: one revision a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from valuer.core.texts import N_
from valuer.gui.words import Words
from valuer.store.revision_rows import Revision

HEADS = (
    N_("Revision"),
    N_("Time"),
    N_("Who"),
    N_("What was done"),
    N_("Restores revision"),
    N_("Digest (SHA-256)"),
    N_("Chain"),
)


def trail_file(trail: Sequence[Revision], words: Words) -> bytes:
    """Return the trail as CSV in UTF-8, its mark in front so that Excel reads it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([words.tell(head) for head in HEADS])
    for one in trail:
        cells = (
            str(one.number),
            one.at.isoformat(),
            one.author,
            words.tell(one.action),
            "" if one.restores is None else str(one.restores),
            one.digest,
            one.chain,
        )
        writer.writerow([harmless(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    # A name or an action may begin like one; OWASP, CSV injection.
    return "'" + cell if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
