"""A signer's key and certificate, read from PKCS#12 and judged before use.

The PIN is asked each time, used once, and kept nowhere: not in the key, not in a log,
not in an error. A certificate that must not sign is refused before anything is made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from valuer.core.files import read_whole
from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.reports import der
from valuer.reports.certificates import (
    UNREADABLE,
    common_name,
    encoded,
    is_for_signing,
    is_issued_by,
    is_sample,
    quiet,
)
from valuer.reports.der import DerError

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

KEY_FILE = 1024 * 1024
"""How large a key file may be, in bytes."""

RSA_BITS, EC_BITS = 2048, 256
"""The least lengths of keys that may sign."""

_SAFE_DIGESTS = {"sha256", "sha384", "sha512", "sha3-256", "sha3-384", "sha3-512"}


@dataclass(frozen=True, slots=True, repr=False)
class SigningKey:
    """A private key with its certificate and the chain above it, ready to sign.

    Attributes:
        chain: the certificates that lead upwards, nearest first.
    """

    certificate: x509.Certificate
    private_key: PrivateKey
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def signer(self) -> str:
        """The name in the certificate."""
        return common_name(self.certificate.subject)

    @property
    def sample(self) -> bool:
        """Whether it is one of the program's own samples."""
        return is_sample(self.certificate)

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the certificate in hexadecimal digits."""
        return hashlib.sha256(encoded(self.certificate)).hexdigest()


def load_key(path: Path, pin: str, now: datetime) -> SigningKey:
    """Return the key in a PKCS#12 file.

    Args:
        path: the file, usually ``.p12`` or ``.pfx``.
        pin: opens the file; not kept.
        now: the time for which the certificate must be valid, aware of its zone.

    Raises:
        UserError: the file cannot be opened, or its certificate must not sign.
    """
    return read_key(read_whole(path, KEY_FILE), pin, now, path.name)


def read_key(data: bytes, pin: str, now: datetime, file: str) -> SigningKey:
    """Return the key in PKCS#12 bytes; ``file`` is their name for messages.

    Raises:
        UserError: they cannot be opened, or the certificate must not sign.
    """
    key, certificate, others = _open(data, pin, file)
    if key is None:
        raise UserError(
            N_("{file} holds no private key; export it together with the key."),
            file=file,
        )
    if certificate is None:
        raise UserError(
            N_("{file} holds no certificate that belongs to its key."), file=file
        )
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise UserError(
            N_(
                "{file} holds a kind of key that cannot sign here; RSA or EC is wanted."
            ),
            file=file,
        )
    with quiet():
        check_certificate(certificate, now)
    return SigningKey(certificate, key, _chain(certificate, others))


def check_certificate(certificate: x509.Certificate, now: datetime) -> None:
    """Check that a certificate may sign at a time.

    Raises:
        UserError: it is not valid then, not meant for signing, or too weak.
    """
    name = common_name(certificate.subject)
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if now > end:
        raise UserError(
            N_(
                "The certificate of {name} expired on {day}; ask its issuer for a new one."
            ),
            name=name,
            day=end.astimezone(now.tzinfo).date().isoformat(),
        )
    if now < begin:
        raise UserError(
            N_("The certificate of {name} is not valid before {day}; check the clock."),
            name=name,
            day=begin.astimezone(now.tzinfo).date().isoformat(),
        )
    if not is_for_signing(certificate):
        raise UserError(
            N_("The certificate of {name} is not meant for signing documents."),
            name=name,
        )
    if _is_weak(certificate):
        raise UserError(
            N_(
                "The certificate of {name} is too weak: RSA needs {rsa} bits, EC {ec}, "
                "and SHA-1 or MD5 may not be used."
            ),
            name=name,
            rsa=RSA_BITS,
            ec=EC_BITS,
        )


def _open(
    data: bytes, pin: str, file: str
) -> tuple[Any, x509.Certificate | None, Sequence[x509.Certificate]]:
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        version, *_ = der.read(data).expect(der.SEQUENCE).children()
        der.integer(version)
    except (DerError, ValueError):
        raise _no_key_file(file) from None
    try:
        return pkcs12.load_key_and_certificates(data, pin.encode("utf-8"))
    except UnsupportedAlgorithm:
        raise UserError(
            N_("{file} is protected in a way that this program does not know."),
            file=file,
        ) from None
    except UNREADABLE:
        raise UserError(
            N_("The PIN does not open {file}, or the file is damaged."), file=file
        ) from None


def _no_key_file(file: str) -> UserError:
    return UserError(
        N_("{file} is no key file; PKCS#12 is wanted (.p12 or .pfx)."), file=file
    )


def _is_weak(certificate: x509.Certificate) -> bool:
    try:
        key = certificate.public_key()
        digest = certificate.signature_hash_algorithm
    except (UnsupportedAlgorithm, ValueError):
        return True
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < RSA_BITS:
        return True
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.key_size < EC_BITS:
        return True
    return digest is not None and digest.name not in _SAFE_DIGESTS


def _chain(
    certificate: x509.Certificate, others: Sequence[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    """Return the certificates that lead upwards; others are left out."""
    chain: list[x509.Certificate] = []
    at = certificate
    while True:
        above = [o for o in others if o not in chain and is_issued_by(at, o)]
        if not above or above[0] == at:
            return tuple(chain)
        at = above[0]
        chain.append(at)
