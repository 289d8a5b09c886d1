"""Where a fact was read, in words: file, sheet, row and day."""

from __future__ import annotations

from valuer.core.patents import Source
from valuer.core.texts import N_, Message, message


def source_words(source: Source) -> Message | None:
    """Return where a fact was read, or None where no one knows."""
    if not source.file:
        return None
    place = message(N_("{file}"), file=source.file)
    if source.row is not None and source.sheet:
        text = N_("{file}, sheet {sheet}, row {row}")
        place = message(text, file=source.file, sheet=source.sheet, row=source.row)
    elif source.row is not None:
        place = message(N_("{file}, row {row}"), file=source.file, row=source.row)
    if source.on is None:
        return place
    return message(N_("{place}, read on {read}"), place=place, read=source.on)
