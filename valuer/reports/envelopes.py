"""Envelopes for named recipients (数字信封): only who has the key can open one.

CMS EnvelopedData (RFC 5652): the content under AES-256, its key under the RSA key of
each recipient's certificate. An envelope hides, it vouches for nothing: what lies in
it is checked by its digests, and these by the signed report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa

from valuer.core.disclosure import LONGEST_NAME, Recipient
from valuer.core.files import read_whole
from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.reports.certificates import (
    UNREADABLE,
    common_name,
    fingerprint,
    load_certificates,
    quiet,
)
from valuer.reports.keys import KEY_FILE, RSA_BITS, open_key_file

LARGEST = 256 * 1024 * 1024
"""Bytes of an envelope that is opened."""


@dataclass(frozen=True, slots=True, repr=False)
class OpeningKey:
    """A recipient's certificate and key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


def load_recipient(path: Path, now: datetime) -> x509.Certificate:
    """Return a recipient's certificate: the first one of a PEM or DER file.

    Raises:
        UserError: there is none, or nothing may be encrypted for it.
    """
    certificate = load_certificates(path)[0]
    with quiet():
        _check(certificate, now)
    return certificate


def recipient_of(certificate: x509.Certificate) -> Recipient:
    """Return a certificate's holder as a case names them."""
    name = common_name(certificate.subject).strip()[:LONGEST_NAME]
    return Recipient(name or "—", fingerprint(certificate))


def seal(data: bytes, recipients: Sequence[x509.Certificate]) -> bytes:
    """Return data in an envelope that these recipients can open, as DER."""
    from cryptography.hazmat.primitives.ciphers.algorithms import AES256
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(data)
    builder = builder.set_content_encryption_algorithm(AES256)
    for certificate in recipients:
        builder = builder.add_recipient(certificate)
    return builder.encrypt(Encoding.DER, [pkcs7.PKCS7Options.Binary])


def load_opening_key(path: Path, pin: str) -> OpeningKey:
    """Return the key in a PKCS#12 file; one that expired still opens what it could.

    Raises:
        UserError: the file cannot be opened, or holds no RSA key with certificate.
    """
    key, certificate, _ = open_key_file(read_whole(path, KEY_FILE), pin, path.name)
    if certificate is None or not isinstance(key, rsa.RSAPrivateKey):
        text = N_("{file} holds no RSA key with its certificate; envelopes need one.")
        raise UserError(text, file=path.name)
    return OpeningKey(certificate, key)


def unseal(data: bytes, key: OpeningKey, file: str) -> bytes:
    """Return what lies in an envelope; ``file`` is its name for messages.

    Raises:
        UserError: it is none, damaged, or not for this key.
    """
    from cryptography.hazmat.primitives.serialization import pkcs7

    try:
        return pkcs7.pkcs7_decrypt_der(data, key.certificate, key.key, [])
    except (*UNREADABLE, UnsupportedAlgorithm):
        text = N_("{file} is no envelope for {name}, or damaged.")
        name = common_name(key.certificate.subject)
        raise UserError(text, file=file, name=name) from None


def _check(certificate: x509.Certificate, now: datetime) -> None:
    name = common_name(certificate.subject)
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not begin <= now <= end:
        text = N_("The certificate of {name} is valid from {first} to {last}, not now.")
        first, last = begin.date().isoformat(), end.date().isoformat()
        raise UserError(text, name=name, first=first, last=last)
    try:
        key = certificate.public_key()
    except (*UNREADABLE, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < RSA_BITS:
        text = N_(
            "Nothing can be encrypted for {name}: the certificate needs an RSA key of"
            " {bits} bits or more."
        )
        raise UserError(text, name=name, bits=RSA_BITS)
    if not _may_encrypt(certificate):
        text = N_(
            "The certificate of {name} is not meant for encryption; ask them for the"
            " one that is."
        )
        raise UserError(text, name=name)


def _may_encrypt(certificate: x509.Certificate) -> bool:
    """Tell whether keys may be encrypted for it; one silent about its use may."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except UNREADABLE:
        return False
    return usage.key_encipherment
