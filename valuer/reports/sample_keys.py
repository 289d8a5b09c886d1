"""Sample certificates for demonstrations and tests, made when they are wanted.

A root, an issuing authority, two appraisers and an institution. Every certificate
says 演示证书，无法律效力 in its subject, and so does each signature made with it. The
keys lie only in the folder that the caller gives.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from valuer.reports.certificates import SAMPLE_MARK
from valuer.reports.keys import PrivateKey

ROOT_NAME = "演示根证书"
AUTHORITY_NAME = "演示签发机构"
APPRAISER_NAMES = ("演示评估师甲", "演示评估师乙")
INSTITUTION_NAME = "演示评估机构"

ROOT_YEARS, AUTHORITY_YEARS, SIGNER_YEARS = 20, 10, 3

COMMON_NAME_BYTES = 64
"""How long a common name may be (X.520, ub-common-name, counted in UTF-8)."""


@dataclass(frozen=True, slots=True)
class SampleKeys:
    """Where the sample keys were written.

    Attributes:
        root: certificate of the root (PEM), to be trusted on purpose.
        appraisers: key files (PKCS#12) of two appraisers.
        institution: key file of the institution.
    """

    root: Path
    appraisers: tuple[Path, Path]
    institution: Path


@dataclass(frozen=True, slots=True, repr=False)
class _Holder:
    certificate: x509.Certificate
    key: PrivateKey


def make_sample_keys(
    folder: Path,
    pin: str,
    now: datetime,
    *,
    appraisers: tuple[str, str] = APPRAISER_NAMES,
    institution: str = INSTITUTION_NAME,
) -> SampleKeys:
    """Make sample keys in a folder that exists; all open with one PIN.

    Args:
        folder: where the four files are written.
        pin: protects the key files.
        now: certificates are valid from the day before.
        appraisers: names of the two appraisers.
        institution: name of the institution.
    """
    root = _holder(ROOT_NAME, _ec_key(), None, now, ROOT_YEARS)
    authority = _holder(AUTHORITY_NAME, _ec_key(), root, now, AUTHORITY_YEARS)
    signers = (
        (appraisers[0], _rsa_key(), "appraiser-1.p12"),
        (appraisers[1], _ec_key(), "appraiser-2.p12"),
        (institution, _rsa_key(), "institution.p12"),
    )
    written = []
    for name, key, file in signers:
        holder = _holder(name, key, authority, now, SIGNER_YEARS)
        packed = pkcs12.serialize_key_and_certificates(
            file.encode(),
            holder.key,
            holder.certificate,
            [authority.certificate, root.certificate],
            BestAvailableEncryption(pin.encode("utf-8")),
        )
        written.append(_write(folder / file, packed))
    pem = root.certificate.public_bytes(Encoding.PEM)
    return SampleKeys(
        root=_write(folder / "root.pem", pem),
        appraisers=(written[0], written[1]),
        institution=written[2],
    )


def _rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _ec_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _holder(
    name: str, key: PrivateKey, issuer: _Holder | None, now: datetime, years: int
) -> _Holder:
    """Return a certificate with its key, issued by ``issuer`` or by itself.

    Signers are issued by the authority, the authority by the root.
    """
    subject = _name(name)
    above = issuer.certificate if issuer else None
    is_signer = above is not None and above.subject != above.issuer
    signing_key = issuer.key if issuer else key
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    above_identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(
        signing_key.public_key()
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(above.subject if above else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * years))
        .add_extension(identifier, critical=False)
        .add_extension(above_identifier, critical=False)
        .add_extension(_constraints(is_signer, above is not None), critical=True)
        .add_extension(_usage(is_signer), critical=True)
    )
    if is_signer:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(purpose, critical=False)
    return _Holder(builder.sign(signing_key, hashes.SHA256()), key)


def _name(name: str) -> x509.Name:
    short = name.encode("utf-8")[:COMMON_NAME_BYTES].decode("utf-8", "ignore")
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, SAMPLE_MARK),
            x509.NameAttribute(NameOID.COMMON_NAME, short),
        ]
    )


def _constraints(is_signer: bool, is_below: bool) -> x509.BasicConstraints:
    if is_signer:
        return x509.BasicConstraints(ca=False, path_length=None)
    return x509.BasicConstraints(ca=True, path_length=0 if is_below else 1)


def _usage(is_signer: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=is_signer,
        content_commitment=is_signer,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not is_signer,
        crl_sign=not is_signer,
        encipher_only=False,
        decipher_only=False,
    )


def _write(path: Path, data: bytes) -> Path:
    """Write a file that only its owner may read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    return path
