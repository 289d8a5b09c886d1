"""Whether a certificate leads to a root that the user trusts.

Offline always: nothing is fetched. Revocation lists that the file itself carries are
taken into account. Nothing is trusted by default, and the answer never changes what
is said about the bytes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from valuer.reports.certificates import (
    TIMESTAMPING,
    UNREADABLE,
    encoded,
    is_for_signing,
    is_issued_by,
    purposes,
)
from valuer.reports.pdf_forms import catalogue
from valuer.reports.pdf_revisions import State
from valuer.reports.pdf_streams import inflate
from valuer.reports.pdf_syntax import PdfSyntaxError, Stream

LISTS = 20
"""How many revocation lists of a file are taken into account."""

LINKS = 6
"""How many embedded certificates a chain may use; real ones use one or two."""


def is_trusted(
    certificate: x509.Certificate,
    embedded: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    at: datetime,
    lists: Sequence[bytes] = (),
) -> bool:
    """Say whether a signer's certificate leads to one of the roots.

    Args:
        certificate: the signer's.
        embedded: what the signature carries besides.
        roots: what the user trusts.
        at: the time for which it is asked.
        lists: revocation lists that the file carries, as DER.
    """
    return (
        bool(roots)
        and is_for_signing(certificate)
        and _leads(certificate, embedded, roots, at, lists)
    )


def is_trusted_clock(
    certificate: x509.Certificate,
    embedded: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    at: datetime,
    lists: Sequence[bytes] = (),
) -> bool:
    """Say whether a timestamp authority's certificate leads to one of the roots."""
    return (
        bool(roots)
        and TIMESTAMPING in purposes(certificate)
        and _leads(certificate, embedded, roots, at, lists)
    )


def revocation_lists(state: State) -> tuple[bytes, ...]:
    """Return the revocation lists among the validation data of a PDF, as DER."""
    found = []
    try:
        store = state.dictionary(catalogue(state).get("DSS"))
        for item in state.array(store.get("CRLs"))[:LISTS]:
            stream = state.follow(item)
            if isinstance(stream, Stream):
                found.append(inflate(stream))
    except PdfSyntaxError:
        return ()
    return tuple(found)


def _leads(
    certificate: x509.Certificate,
    embedded: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    at: datetime,
    lists: Sequence[bytes],
) -> bool:
    from asn1crypto import x509 as asn1
    from pyhanko_certvalidator import CertificateValidator, ValidationContext
    from pyhanko_certvalidator.errors import (
        InvalidCertificateError,
        PathError,
        ValidationError,
    )

    def plain(each: x509.Certificate) -> asn1.Certificate:
        return asn1.Certificate.load(encoded(each))

    issuers = _issuers(certificate, (*embedded, *roots))
    if any(is_revoked(each, issuers, lists, at) for each in (certificate, *issuers)):
        return False
    try:
        context = ValidationContext(
            trust_roots=[plain(root) for root in roots],
            moment=at,
            allow_fetching=False,
            revocation_mode="soft-fail",
            weak_hash_algos={"md2", "md5", "sha1"},
        )
        validator = CertificateValidator(
            plain(certificate),
            intermediate_certs=[plain(each) for each in issuers],
            validation_context=context,
        )
        asyncio.run(validator.async_validate_path())
    # What a hostile certificate may raise: the last four come from its ASN.1.
    except (
        PathError,
        ValidationError,
        InvalidCertificateError,
        ValueError,
        TypeError,
        KeyError,
        RecursionError,
    ):
        return False
    return True


def _issuers(
    certificate: x509.Certificate, embedded: Sequence[x509.Certificate]
) -> list[x509.Certificate]:
    """Return the embedded certificates that truly issued the chain, ``LINKS`` at most.

    Cross-signed certificates without end would make the search for paths endless.
    """
    found: list[x509.Certificate] = []
    waiting = [certificate]
    while waiting and len(found) < LINKS:
        child = waiting.pop(0)
        for other in embedded:
            if other not in (*found, certificate) and is_issued_by(child, other):
                found.append(other)
                waiting.append(other)
    return found[:LINKS]


def is_revoked(
    certificate: x509.Certificate,
    issuers: Sequence[x509.Certificate],
    lists: Sequence[bytes],
    at: datetime,
) -> bool:
    """Say whether a list of the certificate's issuer has revoked it by then."""
    for data in lists:
        try:
            listed = x509.load_der_x509_crl(data)
            entry = listed.get_revoked_certificate_by_serial_number(
                certificate.serial_number
            )
        except UNREADABLE:
            continue
        if entry is None or entry.revocation_date_utc > at:
            continue
        if any(is_list_of(listed, certificate, issuer) for issuer in issuers):
            return True
    return False


def is_list_of(
    listed: x509.CertificateRevocationList,
    certificate: x509.Certificate,
    issuer: x509.Certificate,
) -> bool:
    """Say whether a list was signed by the issuer of a certificate."""
    try:
        return is_issued_by(certificate, issuer) and listed.is_signature_valid(
            cast("Any", issuer.public_key())  # checked by the library, of any kind
        )
    except (*UNREADABLE, TypeError, UnsupportedAlgorithm):
        return False
