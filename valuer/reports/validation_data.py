"""Validation data for the years to come (PAdES B-LT): chains, lists and answers.

Whoever verifies in fifteen years finds no server of today. So the certificates that
lead upwards and what their issuers say of each today go into the document. They are
fetched where the certificates say they can be had, within bounds; what cannot be had
is named, never passed over.

Source: ETSI EN 319 142-1, 5.4 (document security store); RFC 5280, 4.2.1.13, 4.2.2.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import AuthorityInformationAccessOID

from valuer.core.progress import Progress
from valuer.reports.certificates import (
    UNREADABLE,
    common_name,
    is_issued_by,
    load_certificate,
    quiet,
)
from valuer.reports.fetching import NoAnswer, NoServer, Request, fetch, is_web
from valuer.reports.revocation import (
    Standing,
    ask_ocsp,
    revoked,
    standing_by_list,
    standing_by_ocsp,
)

LINKS = 6
"""How many certificates a chain may have; real ones have three or four."""

REQUESTS, SECONDS = 16, 10.0
"""How many things are fetched for one document, and how long each may take."""

_TRIED = 2  # addresses tried for one thing


@dataclass(frozen=True, slots=True)
class ValidationData:
    """What was learned of some certificates.

    Attributes:
        certificates: they and those above them.
        answers: OCSP responses, as DER.
        lists: revocation lists, as DER.
        missing: names of the certificates of which too little could be learned.
    """

    certificates: tuple[x509.Certificate, ...] = ()
    answers: tuple[bytes, ...] = ()
    lists: tuple[bytes, ...] = ()
    missing: tuple[str, ...] = ()

    def __or__(self, other: ValidationData) -> ValidationData:
        """Return what is in either, each once."""
        return ValidationData(
            tuple(dict.fromkeys((*self.certificates, *other.certificates))),
            tuple(dict.fromkeys((*self.answers, *other.answers))),
            tuple(dict.fromkeys((*self.lists, *other.lists))),
            tuple(dict.fromkeys((*self.missing, *other.missing))),
        )


class Gatherer:
    """Gathers validation data for one document, within one budget of requests."""

    def __init__(
        self, lists: Sequence[bytes], now: datetime, progress: Progress
    ) -> None:
        self._lists, self._now, self._progress = lists, now, progress
        self._left = REQUESTS
        self._done: dict[str, bytes | None] = {}
        self._silent: set[str] = set()

    def gather(
        self, certificate: x509.Certificate, known: Iterable[x509.Certificate]
    ) -> ValidationData:
        """Return what can be learned of a certificate and those above it.

        Raises:
            UserError: one of them was revoked.
        """
        with quiet():
            return self._gathered(certificate, list(known))

    def _gathered(
        self, certificate: x509.Certificate, known: list[x509.Certificate]
    ) -> ValidationData:
        found = ValidationData((certificate,))
        at = certificate
        for _ in range(LINKS):
            if is_issued_by(at, at):
                return found
            issuer = self._issuer(at, known)
            if issuer is None:
                break
            found |= ValidationData((issuer,)) | self._standing(at, issuer)
            at = issuer
        return found | ValidationData(missing=(common_name(at.subject),))

    def _issuer(
        self, certificate: x509.Certificate, known: Sequence[x509.Certificate]
    ) -> x509.Certificate | None:
        for each in known:
            if is_issued_by(certificate, each):
                return each
        kind = AuthorityInformationAccessOID.CA_ISSUERS
        for url in _access(certificate, kind):
            for each in _certificates(self._fetched(url)):
                if is_issued_by(certificate, each):
                    return each
        return None

    def _standing(
        self, certificate: x509.Certificate, issuer: x509.Certificate
    ) -> ValidationData:
        """Return what the issuer says of a certificate, from what is nearest."""
        for data in self._lists:
            if self._by_list(data, certificate, issuer):
                return ValidationData(lists=(data,))
        question = ask_ocsp(certificate, issuer)
        for url in _access(certificate, AuthorityInformationAccessOID.OCSP):
            data = self._fetched(url, question)
            if self._by_answer(data, certificate, issuer):
                return ValidationData(answers=(data,))
        for url in _list_places(certificate):
            data = self._fetched(url)
            if self._by_list(data, certificate, issuer):
                return ValidationData(lists=(data,))
        return ValidationData(missing=(common_name(certificate.subject),))

    def _by_list(
        self, data: bytes, certificate: x509.Certificate, issuer: x509.Certificate
    ) -> bool:
        standing = standing_by_list(data, certificate, issuer, self._now)
        return _is_good(standing, certificate)

    def _by_answer(
        self, data: bytes, certificate: x509.Certificate, issuer: x509.Certificate
    ) -> bool:
        standing = standing_by_ocsp(data, certificate, issuer, self._now)
        return _is_good(standing, certificate)

    def _fetched(self, url: str, question: bytes | None = None) -> bytes:
        """Return what stands at an address, b"" where nothing could be had."""
        key = f"{url} {question.hex() if question else ''}"
        if key not in self._done:
            self._done[key] = self._fetch(url, question)
        return self._done[key] or b""

    def _fetch(self, url: str, question: bytes | None) -> bytes | None:
        host = urlsplit(url).netloc
        if self._left <= 0 or host in self._silent:
            return None
        self._left -= 1
        kind = {"Content-Type": "application/ocsp-request"} if question else {}
        try:
            return fetch(Request(url, question, kind), self._progress, SECONDS)
        except NoServer:
            # Offline, or away: what else it has is not waited for.
            self._silent.add(host)
            return None
        except NoAnswer:
            return None


def _is_good(standing: Standing, certificate: x509.Certificate) -> bool:
    if standing is Standing.REVOKED:
        raise revoked(certificate)
    return standing is Standing.GOOD


def _access(
    certificate: x509.Certificate, kind: x509.ObjectIdentifier
) -> tuple[str, ...]:
    """Return where the issuer's certificate or an answer can be had."""
    try:
        found = certificate.extensions.get_extension_for_class(
            x509.AuthorityInformationAccess
        )
    except UNREADABLE:
        return ()
    return _urls(
        each.access_location for each in found.value if each.access_method == kind
    )


def _list_places(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        found = certificate.extensions.get_extension_for_class(
            x509.CRLDistributionPoints
        )
    except UNREADABLE:
        return ()
    return _urls(name for point in found.value for name in point.full_name or ())


def _urls(names: Iterable[x509.GeneralName]) -> tuple[str, ...]:
    urls = [
        name.value for name in names if isinstance(name, x509.UniformResourceIdentifier)
    ]
    return tuple(url for url in urls if is_web(url))[:_TRIED]


def _certificates(data: bytes) -> list[x509.Certificate]:
    """Return the certificates that a server holds out: one, or a bag of them."""
    try:
        return [load_certificate(data)]
    except UNREADABLE:
        pass
    try:
        return pkcs7.load_der_pkcs7_certificates(data)[:LINKS]
    except UNREADABLE:
        return []
