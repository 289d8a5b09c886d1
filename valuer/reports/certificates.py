"""Certificates in a signature and in trust files: reading, naming, holding.

An embedded certificate is *held* when a signed digest names it, or when the
certificate that issued it is embedded too and its signature over it is right. One
that says it issued itself must have signed itself. A certificate whose issuer is not
embedded is open at that end; our own signatures therefore name all of theirs.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from valuer.core.files import read_whole
from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.reports import der
from valuer.reports.cms_algorithms import is_signature, read_signature_algorithm
from valuer.reports.der import DerError, Node, require

SAMPLE_MARK = "演示证书，无法律效力"
"""Stands in the subject of every certificate that this program makes itself."""

TIMESTAMPING = "1.3.6.1.5.5.7.3.8"
SIGNING = frozenset(
    {
        "2.5.29.37.0",  # any
        "1.3.6.1.5.5.7.3.2",  # client authentication: usual in Chinese UKeys
        "1.3.6.1.5.5.7.3.4",  # e-mail
        "1.3.6.1.5.5.7.3.36",  # document signing, RFC 9336
        "1.2.840.113583.1.1.5",  # Adobe, authentic documents
        "1.3.6.1.4.1.311.10.3.12",  # Microsoft, document signing
    }
)
"""Extended purposes with which documents may be signed."""

UNREADABLE = (
    TypeError,
    ValueError,
    x509.ExtensionNotFound,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)
"""What cryptography raises for a certificate, or a part of it, that is no such."""

ISSUERS = 5
"""How many certificates of the same name are tried as the issuer of another."""

CERTIFICATE_FILE = 4 * 1024 * 1024
"""How large a file of certificates may be, in bytes."""


@contextmanager
def quiet() -> Iterator[None]:
    """Keep to itself what the library has to say about odd certificates.

    Serial number 0, names too long: its warnings help nobody who reads a report.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"valuer\.reports|cryptography")
        yield


def load_certificates(path: Path) -> tuple[x509.Certificate, ...]:
    """Return the certificates of a PEM or DER file.

    Raises:
        UserError: the file cannot be read or holds no certificate.
    """
    data = read_whole(path, CERTIFICATE_FILE)
    try:
        with quiet():
            if b"-----BEGIN CERTIFICATE-----" in data:
                return tuple(x509.load_pem_x509_certificates(data))
            return (load_certificate(data),)
    except UNREADABLE:
        raise UserError(
            N_("{file} holds no certificate; a PEM or DER file is wanted."),
            file=path.name,
        ) from None


def load_certificate(data: bytes) -> x509.Certificate:
    """Return the certificate that DER bytes hold, names and dates readable.

    Raises:
        ValueError: they hold none, or its names or dates are damaged.
    """
    with quiet():
        certificate = x509.load_der_x509_certificate(data)
        # The library reads these only when asked; asking now keeps surprises out later.
        _ = certificate.subject, certificate.issuer, certificate.serial_number
        _ = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return certificate


def encoded(certificate: x509.Certificate) -> bytes:
    """Return a certificate as DER."""
    return certificate.public_bytes(Encoding.DER)


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of a certificate in hexadecimal digits."""
    return hashlib.sha256(encoded(certificate)).hexdigest()


def subject_key(certificate: x509.Certificate) -> bytes | None:
    """Return the identifier of the certificate's key, or None."""
    try:
        found = certificate.extensions.get_extension_for_class(
            x509.SubjectKeyIdentifier
        )
    except UNREADABLE:
        return None
    return found.value.digest


def purposes(certificate: x509.Certificate) -> frozenset[str]:
    """Return the extended purposes of a certificate in dotted form; none if silent."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except UNREADABLE:
        return frozenset()
    return frozenset(purpose.dotted_string for purpose in found.value)


def is_authority(certificate: x509.Certificate) -> bool:
    """Say whether the certificate is one that issues others."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    except UNREADABLE:
        return False
    return found.value.ca


def is_for_signing(certificate: x509.Certificate) -> bool:
    """Say whether a person or an institution may sign documents with it.

    A certificate that is silent about its use may be used.
    """
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        signs = usage.digital_signature or usage.content_commitment
    except x509.ExtensionNotFound:
        signs = True
    except UNREADABLE:
        return False
    allowed = purposes(certificate)
    return (
        signs
        and not is_authority(certificate)
        and (not allowed or not SIGNING.isdisjoint(allowed))
    )


def issuer_and_serial(certificate: x509.Certificate) -> list[bytes]:
    """Return the encodings of the issuer's name and of the serial number.

    Raises:
        DerError: they cannot be told.
    """
    serial, _, issuer, *_ = _content(certificate)
    return [issuer.raw, serial.raw]


def common_name(name: x509.Name) -> str:
    """Return what a subject is called: common name, else organisation, else all."""
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        found = name.get_attributes_for_oid(kind)
        if found:
            return str(found[-1].value)
    return name.rfc4514_string()


def is_sample(certificate: x509.Certificate) -> bool:
    """Say whether the certificate is one of the program's own samples."""
    return any(SAMPLE_MARK in str(part.value) for part in certificate.subject)


def loose_certificate(
    certificates: Sequence[x509.Certificate],
    held: Collection[x509.Certificate],
    *,
    complete: bool,
) -> x509.Certificate | None:
    """Return a certificate that is not as its issuer signed it, or None.

    Args:
        certificates: all that are embedded.
        held: those that a signed digest names.
        complete: no signed digest is left without its certificate. If one is, an
            embedded certificate that nothing holds may be the one it meant.
    """
    for certificate in certificates:
        if certificate not in held and not _is_held(
            certificate, certificates, may_be_open=complete
        ):
            return certificate
    return None


def _is_held(
    certificate: x509.Certificate,
    all_: Sequence[x509.Certificate],
    *,
    may_be_open: bool,
) -> bool:
    if not _is_tidy(certificate):
        return False
    if _issued_by(certificate, certificate):
        return is_issued_by(certificate, certificate)
    issuers = [other for other in all_ if _issued_by(certificate, other)]
    if not issuers:
        return may_be_open
    return any(is_issued_by(certificate, each) for each in issuers[:ISSUERS])


def is_issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Say whether the issuer's signature over the certificate is right.

    Old algorithms count here: the question is whether bytes were changed, not whether
    the issuer is to be trusted.
    """
    try:
        _, algorithm, _ = der.read(encoded(certificate)).parts(3)
        return is_signature(
            read_signature_algorithm(algorithm),
            issuer,
            certificate.signature,
            certificate.tbs_certificate_bytes,
        )
    except (DerError, ValueError):
        return False


def _issued_by(certificate: x509.Certificate, other: x509.Certificate) -> bool:
    """Say whether the certificate names the other as its issuer, by name or key.

    Either is enough: a name that was changed must not hide who signed.
    """
    if certificate.issuer == other.subject:
        return True
    wanted = _issuer_key(certificate)
    return wanted is not None and wanted == subject_key(other)


def _issuer_key(certificate: x509.Certificate) -> bytes | None:
    try:
        found = certificate.extensions.get_extension_for_class(
            x509.AuthorityKeyIdentifier
        )
    except UNREADABLE:
        return None
    return found.value.key_identifier


def _is_tidy(certificate: x509.Certificate) -> bool:
    """Say whether what the issuer's signature does not cover has its one form."""
    try:
        _, algorithm, signature = der.read(encoded(certificate)).parts(3)
        _, inner, *_ = _content(certificate)
    except (DerError, ValueError):
        return False
    return algorithm.raw == inner.raw and signature.content[:1] == b"\0"


def _content(certificate: x509.Certificate) -> tuple[Node, ...]:
    """Return the parts of what the issuer signed, without the version."""
    parts = der.read(certificate.tbs_certificate_bytes).children()
    parts = parts[1:] if parts and parts[0].tag == 0xA0 else parts
    require(len(parts) >= 3, "parts are missing or too many")
    return parts
