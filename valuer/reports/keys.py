"""A signer's key and certificate, judged before use; read from PKCS#12 here.

A key is something that signs a digest: one in a file signs in this process, one on a
token where it lies (``keys_token``). The PIN is asked each time, used once, and kept nowhere: not in the key, not in a log,
not in an error. A certificate that must not sign is refused before anything is made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256

from valuer.core.files import read_whole
from valuer.core.problems import UserError
from valuer.core.texts import N_
from valuer.reports import der
from valuer.reports.certificates import (
    UNREADABLE,
    common_name,
    fingerprint,
    is_for_signing,
    is_issued_by,
    is_sample,
    quiet,
)
from valuer.reports.der import DerError

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

DigestSigner = Callable[[bytes], bytes]
"""Makes the signature over a SHA-256 digest: PKCS#1 v1.5, or ECDSA as DER."""

KEY_FILE = 1024 * 1024
"""How large a key file may be, in bytes."""

RSA_BITS, EC_BITS = 2048, 256
"""The least lengths of keys that may sign."""

_SAFE_DIGESTS = {"sha256", "sha384", "sha512", "sha3-256", "sha3-384", "sha3-512"}


@dataclass(frozen=True, slots=True, repr=False)
class SigningKey:
    """A certificate, what signs for it, and the chain above it.

    Attributes:
        signs: what signs digests; it may ask a token, and take its time.
        chain: the certificates that lead upwards, nearest first.
    """

    certificate: x509.Certificate
    signs: DigestSigner
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
        return fingerprint(self.certificate)

    @property
    def longest(self) -> int:
        """How many bytes a signature has at most."""
        bits = getattr(self.certificate.public_key(), "key_size", 0)
        # Two numbers of the curve's size in DER, or one of the modulus's.
        return bits // 4 + 16

    def sign(self, digest: bytes) -> bytes:
        """Return the signature over a SHA-256 digest, checked.

        Raises:
            UserError: the key does not belong to the certificate, or a token refuses.
        """
        made = self.signs(digest)
        if not _is_made_by(self.certificate, made, digest):
            raise UserError(
                N_("The certificate of {name} does not belong to the key."),
                name=self.signer,
            )
        return made


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
    key, certificate, others = open_key_file(data, pin, file)
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
    return SigningKey(
        certificate, partial(_sign_here, key), chain_above(certificate, others)
    )


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


def chain_above(
    certificate: x509.Certificate, others: Sequence[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    """Return the certificates that lead upwards, nearest first; others are left out."""
    chain: list[x509.Certificate] = []
    at = certificate
    while True:
        above = [o for o in others if o not in chain and is_issued_by(at, o)]
        if not above or above[0] == at:
            return tuple(chain)
        at = above[0]
        chain.append(at)


def open_key_file(
    data: bytes, pin: str, file: str
) -> tuple[Any, x509.Certificate | None, Sequence[x509.Certificate]]:
    """Return key, certificate and other certificates in PKCS#12 bytes, unjudged.

    Raises:
        UserError: they are none, or the PIN does not open them.
    """
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


def _sign_here(key: PrivateKey, digest: bytes) -> bytes:
    hashed = Prehashed(SHA256())
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(digest, padding.PKCS1v15(), hashed)
    return key.sign(digest, ec.ECDSA(hashed))


def _is_made_by(certificate: x509.Certificate, made: bytes, digest: bytes) -> bool:
    key, hashed = certificate.public_key(), Prehashed(SHA256())
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(made, digest, padding.PKCS1v15(), hashed)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(made, digest, ec.ECDSA(hashed))
        else:
            return False
    except InvalidSignature:
        return False
    return True
