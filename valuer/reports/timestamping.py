"""Timestamps of an authority, asked for over the network (RFC 3161).

One stands beside a signature and proves when it was made; one over the document holds
all that is in it, signatures and validation data, for the years to come. What the
server sends is checked before it is used.
"""

from __future__ import annotations

import asyncio
from io import BytesIO
from urllib.parse import urlsplit

from asn1crypto import cms as asn1_cms
from asn1crypto import tsp
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_
from valuer.reports import cms
from valuer.reports.appending import Appender
from valuer.reports.certificates import TIMESTAMPING, purposes, quiet
from valuer.reports.fetching import NoAnswer, Request, fetch, is_web
from valuer.reports.timestamps import Timestamp, check_timestamp
from valuer.reports.verdicts import Fault

DIGEST = "sha256"

_HEADERS = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
}
_NONSENSE = (TimestampRequestError, ValueError, TypeError, KeyError, AttributeError)
"""What reading an answer raises that is no timestamp."""


class NoTimestamp(UserError):  # noqa: N818 - a refusal, named for what is missing
    """The server gave no timestamp; without one the work may go on, if wanted."""


class Clock(TimeStamper):
    """A timestamp server.

    Attributes:
        timestamps: those it gave, checked.
    """

    def __init__(self, url: str, progress: Progress = ignore) -> None:
        """Name the server by its address.

        Raises:
            UserError: it is no address of the web.
        """
        super().__init__()  # type: ignore[no-untyped-call]  # pyHanko's
        if not is_web(url):
            raise UserError(
                N_("{url} is no address of a timestamp server: http or https."),
                url=url,
            )
        self._url, self._progress = url, progress
        self.timestamps: list[Timestamp] = []

    async def async_request_tsa_response(
        self, req: tsp.TimeStampReq
    ) -> tsp.TimeStampResp:
        """Return what the server answers."""
        asked = Request(self._url, req.dump(), _HEADERS)
        return tsp.TimeStampResp.load(fetch(asked, self._progress))

    async def async_timestamp(
        self, message_digest: bytes, md_algorithm: str
    ) -> asn1_cms.ContentInfo:
        """Return a timestamp for a digest, checked.

        Raises:
            NoTimestamp: the server does not answer, refuses, or sends something else.
        """
        host = urlsplit(self._url).hostname or self._url
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
            data = token.dump()
        except NoAnswer:
            raise NoTimestamp(
                N_(
                    "The timestamp server {host} does not answer; timestamp later, or "
                    "try again."
                ),
                host=host,
            ) from None
        except _NONSENSE:
            raise _refused(host) from None
        self.timestamps.append(_checked(data, message_digest, md_algorithm, host))
        return token


def stamp_document(pdf: bytes, clock: Clock) -> bytes:
    """Return the document with a timestamp over all that is in it.

    Raises:
        NoTimestamp: the server gave none.
        UserError: the document's structure does not allow it.
    """
    try:
        writer = Appender(BytesIO(pdf), strict=False)
        stamping = PdfTimeStamper(clock).async_timestamp_pdf(writer, DIGEST)
        out = asyncio.run(stamping)
    except (PdfError, SigningError, ValueError, KeyError, RecursionError) as error:
        raise UserError(
            N_("The document cannot be timestamped: its structure does not allow it.")
        ) from error
    out.seek(0)
    return bytes(out.read())


def _checked(data: bytes, digest: bytes, algorithm: str, host: str) -> Timestamp:
    """Return the timestamp in a server's answer."""

    def wanted(name: str) -> bytes:
        return digest if name == algorithm else b""

    try:
        with quiet():
            found = check_timestamp(cms.read_container(data), wanted)
            is_clock = TIMESTAMPING in purposes(found.container.signer)
    except Fault:
        raise _refused(host) from None
    if not is_clock:
        raise _refused(host)
    return found


def _refused(host: str) -> NoTimestamp:
    return NoTimestamp(
        N_("The timestamp server {host} gave no timestamp that holds."), host=host
    )
