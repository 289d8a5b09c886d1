"""Timestamps by an authority (RFC 3161), beside a signature or over the document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from valuer.core.texts import N_
from valuer.reports import cms, der
from valuer.reports.certificates import UNREADABLE
from valuer.reports.cms_algorithms import read_hash
from valuer.reports.der import Node, require
from valuer.reports.verdicts import altered, broken

_NOT_READABLE = N_("The timestamp cannot be evaluated.")
_OTHER = N_("The timestamp belongs to something else than it stands by.")

_TIME = re.compile(r"(\d{14})(?:\.\d+)?Z")


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A timestamp that is as its authority made it."""

    at: datetime
    container: cms.Container


def timestamp_of(container: cms.Container) -> Timestamp | None:
    """Return the timestamp beside a signature, checked, or None.

    Raises:
        Fault: it is not as its authority made it, or belongs to another signature.
    """
    attribute = container.unsigned.get(cms.TIMESTAMP)
    if attribute is None:
        return None
    try:
        (token,) = attribute.parts(1)
    except UNREADABLE as error:
        raise broken(_NOT_READABLE) from error
    return check_timestamp(
        cms.read_container(token.raw),
        lambda name: hashlib.new(name, container.signature).digest(),
    )


def check_timestamp(
    container: cms.Container, digest: Callable[[str], bytes]
) -> Timestamp:
    """Check a timestamp; ``digest`` gives the digest of what it should stand for.

    Raises:
        Fault: it is not as its authority made it, or stands for something else.
    """
    if container.content_type != cms.TIMESTAMP_INFO or container.content is None:
        raise broken(_NOT_READABLE)
    cms.check_container(
        container, hashlib.new(container.digest, container.content).digest()
    )
    try:
        version, _, imprint, _, at, *_ = der.read(container.content).children()
        algorithm, stamped = imprint.expect(der.SEQUENCE).parts(2)
        require(der.integer(version) == 1, "an unknown version")
        wanted = digest(read_hash(algorithm))
        time = _time(at)
    except UNREADABLE as error:
        raise broken(_NOT_READABLE) from error
    if stamped.expect(der.OCTET_STRING).content != wanted:
        raise altered(_OTHER)
    return Timestamp(time, container)


def _time(node: Node) -> datetime:
    written = node.expect(der.GENERALIZED_TIME).content.decode("ascii")
    match = _TIME.fullmatch(written)
    require(match is not None, "a time that is none")
    digits = match[1] if match else ""
    return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
