"""What a signed PDF carries to judge its certificates by, and what that says.

Long-term validation data (ISO 32000-2, 12.8.4.3) are certificates, revocation lists
and answers of responders. A statement counts only if the issuer of the certificate, or
a responder that it named, has signed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509 import ocsp

from valuer.reports.certificates import (
    UNREADABLE,
    is_issued_by,
    load_certificate,
)
from valuer.reports.pdf_forms import catalogue
from valuer.reports.pdf_revisions import State
from valuer.reports.pdf_streams import inflate
from valuer.reports.pdf_syntax import PdfSyntaxError, Stream
from valuer.reports.revocation import Standing, standing_by_list, standing_by_ocsp
from valuer.reports.trust import is_list_of

ITEMS = 50
"""How many certificates, lists and answers of a file are taken into account, each."""

LINKS = 6
"""How many certificates a chain may have; real ones have three or four."""


@dataclass(frozen=True, slots=True)
class Proofs:
    """Certificates, revocation lists (DER) and answers of responders (DER)."""

    certificates: tuple[x509.Certificate, ...] = ()
    lists: tuple[bytes, ...] = ()
    answers: tuple[bytes, ...] = ()

    def with_lists(self, lists: Iterable[bytes]) -> Proofs:
        """Return them with further lists."""
        return replace(self, lists=(*lists, *self.lists))


def proofs_of(state: State) -> Proofs:
    """Return the validation data of a PDF; what cannot be read is passed over."""
    try:
        store = state.dictionary(catalogue(state).get("DSS"))
        certificates, lists, answers = (
            tuple(_streams(state, store.get(key))) for key in ("Certs", "CRLs", "OCSPs")
        )
    except PdfSyntaxError:
        return Proofs()
    return Proofs(tuple(_loaded(certificates)), lists, answers)


def chain_of(
    certificate: x509.Certificate, known: Iterable[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    """Return a certificate and those that truly issued it, as far up as is known."""
    chain, others = [certificate], list(dict.fromkeys(known))
    while len(chain) < LINKS and not is_issued_by(chain[-1], chain[-1]):
        above = [one for one in others if is_issued_by(chain[-1], one)]
        if not above or above[0] in chain:
            break
        chain.append(above[0])
    return tuple(chain)


def revoked_at(
    certificate: x509.Certificate, issuer: x509.Certificate, proofs: Proofs
) -> datetime | None:
    """Return since when a certificate is revoked, or None."""
    times = [
        *(_listed(data, certificate, issuer) for data in proofs.lists),
        *(_answered(data, certificate, issuer) for data in proofs.answers),
    ]
    return min((at for at in times if at is not None), default=None)


def is_proved(chain: Sequence[x509.Certificate], proofs: Proofs) -> bool:
    """Say whether a chain is whole and each issuer stated that it had not revoked."""
    if not is_issued_by(chain[-1], chain[-1]):
        return False
    return all(
        _is_good(chain[place], chain[place + 1], proofs)
        for place in range(len(chain) - 1)
    )


def _streams(state: State, value: Any) -> Iterator[bytes]:
    for item in state.array(value)[:ITEMS]:
        try:
            stream = state.follow(item)
            if isinstance(stream, Stream):
                yield inflate(stream)
        except PdfSyntaxError:
            continue


def _loaded(encoded: Iterable[bytes]) -> Iterator[x509.Certificate]:
    for data in encoded:
        try:
            yield load_certificate(data)
        except UNREADABLE:
            continue


def _listed(
    data: bytes, certificate: x509.Certificate, issuer: x509.Certificate
) -> datetime | None:
    try:
        listed = x509.load_der_x509_crl(data)
        entry = listed.get_revoked_certificate_by_serial_number(
            certificate.serial_number
        )
    except UNREADABLE:
        return None
    if entry is None or not is_list_of(listed, certificate, issuer):
        return None
    at: datetime = entry.revocation_date_utc
    return at


def _answered(
    data: bytes, certificate: x509.Certificate, issuer: x509.Certificate
) -> datetime | None:
    made = _made(data)
    if made is None:
        return None
    if standing_by_ocsp(data, certificate, issuer, made) is not Standing.REVOKED:
        return None
    for each in ocsp.load_der_ocsp_response(data).responses:
        if each.serial_number == certificate.serial_number:
            return each.revocation_time_utc
    return None


def _is_good(
    certificate: x509.Certificate, issuer: x509.Certificate, proofs: Proofs
) -> bool:
    """Say whether a statement found it good on the day of the statement."""
    for data in proofs.lists:
        try:
            made = x509.load_der_x509_crl(data).last_update_utc
        except UNREADABLE:
            continue
        if standing_by_list(data, certificate, issuer, made) is Standing.GOOD:
            return True
    answers = ((data, _made(data)) for data in proofs.answers)
    return any(
        made is not None
        and standing_by_ocsp(data, certificate, issuer, made) is Standing.GOOD
        for data, made in answers
    )


def _made(data: bytes) -> datetime | None:
    """Return when a responder answered, or None if it is no answer."""
    try:
        answer = ocsp.load_der_ocsp_response(data)
        if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            return None
        return max((one.this_update_utc for one in answer.responses), default=None)
    except (*UNREADABLE, UnsupportedAlgorithm):
        return None
