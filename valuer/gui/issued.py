"""What the library knows of a report that lies before us: issued, superseded, changed.

A signature adds to a file and changes nothing of it, so the file that left the house
is still the beginning of the signed one, up to one of its ends.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from valuer.core.texts import N_, Message, message

if TYPE_CHECKING:
    from valuer.gui.desk import Desk
    from valuer.store.reports import IssuedReport

ENDS = 60
"""How many ends of a file are tried."""

_END = b"%%EOF"


def issued_texts(desk: Desk, pdf: bytes) -> tuple[Message, ...]:
    """Return what the register of the library says of a file.

    Raises:
        UserError: the library cannot be read.
    """
    from valuer.store.reports import list_reports

    with desk.library.read() as connection:
        register = list_reports(connection)
    digests = set(_digests(pdf)) if register else set()
    line = next((one for one in register if one.sha256 in digests), None)
    if line is None:
        return (message(N_("This library did not issue the file.")),)
    return tuple(_state(desk, line, register))


def _state(
    desk: Desk, line: IssuedReport, register: tuple[IssuedReport, ...]
) -> Iterator[Message]:
    text = N_(
        "Issued by this library on {day} as {number}, from revision {revision} of case"
        " {case}."
    )
    yield message(
        text,
        day=line.at.astimezone().date().isoformat(),
        number=line.number,
        revision=line.revision,
        case=line.case_id,
    )
    later = [
        one
        for one in register
        if (one.case_id, one.kind) == (line.case_id, line.kind)
        and one.revision > line.revision
    ]
    for one in later[-1:]:
        text = N_("Superseded: {number} was issued on {day} from revision {revision}.")
        day = one.at.astimezone().date().isoformat()
        yield message(text, number=one.number, day=day, revision=one.revision)
    now = {case.name: case.revision for case in desk.cases()}.get(line.case_id)
    if now is None:
        yield message(N_("The case is in the bin."))
    elif now > line.revision:
        text = N_("The case was changed since: it stands at revision {revision}.")
        yield message(text, revision=now)
    else:
        yield message(N_("The case was not changed since."))


def _digests(pdf: bytes) -> Iterator[str]:
    """Yield the digests of the file up to each of its ends."""
    running, done, at = hashlib.sha256(), 0, 0
    for _ in range(ENDS):
        at = pdf.find(_END, at)
        if at < 0:
            return
        at += len(_END)
        ends = {at, at + 1} if pdf[at : at + 1] in (b"\r", b"\n") else {at}
        ends |= {at + 2} if pdf[at : at + 2] == b"\r\n" else set()
        for end in sorted(ends):
            running.update(memoryview(pdf)[done:end])
            done = end
            yield running.hexdigest()
