"""Revocation: lists (CRL, RFC 5280) and answers (OCSP, RFC 6960), read and checked.

A certificate that its issuer has revoked must not sign. What is read here counts only
if the issuer, or a responder that it named, has signed it and it is still current.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, cast

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from valuer.core.files import read_whole
from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.reports.certificates import (
    UNREADABLE,
    common_name,
    is_issued_by,
    purposes,
    quiet,
)
from valuer.reports.fetching import LARGEST
from valuer.reports.trust import is_list_of, is_revoked

OCSP_SIGNING = "1.3.6.1.5.5.7.3.9"


class Standing(Enum):
    """What an issuer says of a certificate."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


def load_lists(path: Path) -> bytes:
    """Return the revocation list of a PEM or DER file, as DER.

    Raises:
        UserError: the file cannot be read or holds no list.
    """
    data = read_whole(path, LARGEST)
    try:
        if b"-----BEGIN X509 CRL-----" in data:
            found = x509.load_pem_x509_crl(data)
        else:
            found = x509.load_der_x509_crl(data)
        return found.public_bytes(Encoding.DER)
    except UNREADABLE:
        raise UserError(
            N_("{file} holds no revocation list; a PEM or DER file is wanted."),
            file=path.name,
        ) from None


def refuse_revoked(
    certificate: x509.Certificate,
    chain: Sequence[x509.Certificate],
    lists: Sequence[bytes],
    now: datetime,
) -> None:
    """Refuse a signer whose certificate, or one above it, was revoked.

    Raises:
        UserError: it was.
    """
    with quiet():
        for each in (certificate, *chain):
            if is_revoked(each, chain, lists, now) or (
                each == certificate and not chain and _is_named(each, lists, now)
            ):
                raise revoked(each)


def revoked(certificate: x509.Certificate) -> UserError:
    """Return the refusal of a certificate."""
    return UserError(
        N_("The certificate of {name} was revoked by its issuer; it must not sign."),
        name=common_name(certificate.subject),
    )


def is_for(data: bytes, certificate: x509.Certificate) -> bool:
    """Say whether a list is, by its name, of the certificate's issuer."""
    try:
        return x509.load_der_x509_crl(data).issuer == certificate.issuer
    except UNREADABLE:
        return False


def standing_by_list(
    data: bytes, certificate: x509.Certificate, issuer: x509.Certificate, now: datetime
) -> Standing:
    """Return what a list says of a certificate; an outdated one says nothing."""
    try:
        listed = x509.load_der_x509_crl(data)
        until = listed.next_update_utc
        current = listed.last_update_utc <= now and (until is None or now <= until)
    except UNREADABLE:
        return Standing.UNKNOWN
    if is_revoked(certificate, [issuer], [data], now):
        return Standing.REVOKED
    if current and is_list_of(listed, certificate, issuer):
        return Standing.GOOD
    return Standing.UNKNOWN


def ask_ocsp(certificate: x509.Certificate, issuer: x509.Certificate) -> bytes:
    """Return the question to an OCSP responder about a certificate."""
    # SHA-1 only names the certificate here, and is what every responder knows.
    builder = ocsp.OCSPRequestBuilder().add_certificate(
        certificate,
        issuer,
        hashes.SHA1(),  # noqa: S303
    )
    return builder.build().public_bytes(Encoding.DER)


def standing_by_ocsp(
    data: bytes, certificate: x509.Certificate, issuer: x509.Certificate, now: datetime
) -> Standing:
    """Return what a responder's answer says of a certificate."""
    try:
        answer = ocsp.load_der_ocsp_response(data)
        if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            return Standing.UNKNOWN
        if not _is_answered_by(answer, issuer):
            return Standing.UNKNOWN
        return _stated(answer.responses, certificate, now)
    except (*UNREADABLE, UnsupportedAlgorithm):
        return Standing.UNKNOWN


def _stated(
    answers: Iterable[ocsp.OCSPSingleResponse],
    certificate: x509.Certificate,
    now: datetime,
) -> Standing:
    for each in answers:
        if each.serial_number != certificate.serial_number:
            continue
        if each.certificate_status is ocsp.OCSPCertStatus.REVOKED:
            return Standing.REVOKED
        until = each.next_update_utc
        current = each.this_update_utc <= now and (until is None or now <= until)
        if current and each.certificate_status is ocsp.OCSPCertStatus.GOOD:
            return Standing.GOOD
    return Standing.UNKNOWN


def _is_answered_by(answer: ocsp.OCSPResponse, issuer: x509.Certificate) -> bool:
    """Say whether the issuer, or a responder that it named, signed an answer."""
    named = [
        each
        for each in answer.certificates
        if OCSP_SIGNING in purposes(each) and is_issued_by(each, issuer)
    ]
    return any(_is_signed_by(answer, each) for each in (issuer, *named))


def _is_signed_by(answer: ocsp.OCSPResponse, responder: x509.Certificate) -> bool:
    key, digest = responder.public_key(), answer.signature_hash_algorithm
    if digest is None:
        return False
    signature, data = answer.signature, answer.tbs_response_bytes
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(digest))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _is_named(
    certificate: x509.Certificate, lists: Sequence[bytes], now: datetime
) -> bool:
    """Say whether a list names a certificate of which the issuer is not at hand.

    The list cannot be checked then; to refuse is the safe side.
    """
    for data in lists:
        if not is_for(data, certificate):
            continue
        entry = x509.load_der_x509_crl(data).get_revoked_certificate_by_serial_number(
            certificate.serial_number
        )
        if entry is not None and cast("Any", entry).revocation_date_utc <= now:
            return True
    return False
