"""Ask a server over HTTP, within bounds: size, time, and where it may lead.

Only timestamps and validation data are fetched, and only when someone signs and has
asked for them. The request runs in a thread of its own, so that Cancel and the limit
of time hold whatever the server does; a server that drips is left to itself.
"""

from __future__ import annotations

import http.client
import queue
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field

from valuer.core.progress import Progress, ignore

SECONDS = 20.0
"""How long a server may take in all."""

LARGEST = 8 * 1024 * 1024
"""How long an answer may be, in bytes; large authorities' lists have megabytes."""

REDIRECTS = 3

_PAUSE = 0.05
_PIECE = 64 * 1024


class NoAnswer(Exception):  # noqa: N818 - not an error of ours: servers are away at times
    """The server cannot be reached, refuses, or says too much or too slowly."""


class NoServer(NoAnswer):
    """There is no server at the address, or it says nothing at all."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        data: what is posted, None to get.
    """

    url: str
    data: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def is_web(url: str) -> bool:
    """Say whether an address is one of the web: http or https, and a host."""
    try:
        parts = urllib.parse.urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def fetch(
    request: Request, progress: Progress = ignore, seconds: float = SECONDS
) -> bytes:
    """Return what a server answers.

    Raises:
        NoAnswer: nothing came within the bounds; ``NoServer`` where no one was there.
        Cancelled: the user did not want to wait.
    """
    if not is_web(request.url):
        raise NoAnswer
    answers: queue.SimpleQueue[bytes | NoAnswer] = queue.SimpleQueue()
    end = time.monotonic() + seconds
    worker = threading.Thread(
        target=_ask, args=(request, end, answers), name="fetch", daemon=True
    )
    worker.start()
    while time.monotonic() < end:
        progress(0, 0)
        try:
            found = answers.get(timeout=_PAUSE)
        except queue.Empty:
            continue
        if isinstance(found, NoAnswer):
            raise found
        return found
    raise NoServer


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows few redirects, and only to the web."""

    max_redirections = REDIRECTS

    def redirect_request(  # noqa: PLR0913, RUF100 - the library's own
        self,
        req: urllib.request.Request,
        fp: object,
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Return the request to follow, or None."""
        if not is_web(newurl) or req.data is not None:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]  # a file


def _ask(
    request: Request, end: float, answers: queue.SimpleQueue[bytes | NoAnswer]
) -> None:
    try:
        answers.put(_read(request, end))
    except (NoAnswer, urllib.error.HTTPError, http.client.HTTPException, ValueError):
        answers.put(NoAnswer())
    except OSError:
        answers.put(NoServer())


def _read(request: Request, end: float) -> bytes:
    """Return the answer; runs in the thread.

    Raises:
        NoAnswer: it is too long, or not what was asked for.
    """
    asked = urllib.request.Request(  # noqa: S310 - http and https alone, see is_web
        request.url, request.data, dict(request.headers)
    )
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),  # as the system has it
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    remaining = max(1.0, end - time.monotonic())
    with opener.open(asked, timeout=remaining) as response:
        pieces: list[bytes] = []
        length = 0
        while piece := response.read1(_PIECE):
            pieces.append(piece)
            length += len(piece)
            if length > LARGEST or time.monotonic() > end:
                raise NoAnswer
        return b"".join(pieces)
