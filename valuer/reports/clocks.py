"""When a signature says it was made, by the clock of the signer's computer."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from valuer.reports import cms, der
from valuer.reports.der import DerError
from valuer.reports.pdf_forms import text

_PDF_TIME = re.compile(
    r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?'?)?.*"
)


def pdf_time(value: object) -> datetime | None:
    """Return the time that a PDF string states; without zone it is taken as UTC."""
    match = _PDF_TIME.fullmatch(text(value).strip())
    if not match:
        return None
    *parts, sign, hours, minutes = match.groups()
    year, month, day, hour, minute, second = (
        int(part) if part else least
        for part, least in zip(parts, (1, 1, 1, 0, 0, 0), strict=True)
    )
    try:
        offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        zone = timezone(-offset if sign == "-" else offset)
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except (ValueError, OverflowError):
        return None


def signing_time(container: cms.Container) -> datetime | None:
    """Return the time among the signed attributes, or None."""
    try:
        (node,) = container.signed[cms.SIGNING_TIME].parts(1)
        written = node.content.decode("ascii")
        if node.tag == der.UTC_TIME:
            return datetime.strptime(written, "%y%m%d%H%M%SZ").replace(tzinfo=UTC)
        return datetime.strptime(written, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    except (KeyError, DerError, ValueError):
        return None
