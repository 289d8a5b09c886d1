from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from valuer.core.problems import UserError
from valuer.reports import der
from valuer.reports.certificates import SAMPLE_MARK, is_for_signing, is_issued_by
from valuer.reports.keys import check_certificate, load_key, read_key
from valuer.reports.sample_keys import make_sample_keys

SECRET = "geheim-4711"  # noqa: S105 - what must not be shown


@dataclass
class Wanted:
    """What the certificate of a test should be like."""

    key: object = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    digest: object = field(default_factory=hashes.SHA256)
    begin: timedelta = timedelta(days=-1)
    end: timedelta = timedelta(days=30)
    signs: bool = True
    authority: bool = False
    purpose: x509.ObjectIdentifier | None = None


@pytest.fixture
def certificate(now: datetime) -> Callable[..., x509.Certificate]:
    def certificate(wanted: Wanted) -> x509.Certificate:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "赵试")])
        usage = [wanted.signs, wanted.signs, True, *[False] * 6]
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(wanted.key.public_key())
            .serial_number(7)
            .not_valid_before(now + wanted.begin)
            .not_valid_after(now + wanted.end)
            .add_extension(x509.KeyUsage(*usage), critical=True)
            .add_extension(x509.BasicConstraints(wanted.authority, None), critical=True)
        )
        if wanted.purpose:
            purposes = x509.ExtendedKeyUsage([wanted.purpose])
            builder = builder.add_extension(purposes, critical=False)
        digest = (
            None if isinstance(wanted.key, ed25519.Ed25519PrivateKey) else wanted.digest
        )
        return builder.sign(wanted.key, digest)

    return certificate


def test_the_pin_opens_the_key(keys, pin, now):
    key = load_key(keys.appraisers[0], pin, now)

    assert (key.signer, key.sample) == ("王建国", True)
    assert len(key.chain) == 2
    assert is_issued_by(key.certificate, key.chain[0])
    assert is_issued_by(key.chain[0], key.chain[1])


def test_a_wrong_pin_is_told_and_kept_nowhere(keys, now):
    with pytest.raises(UserError, match="PIN does not open appraiser-1") as raised:
        load_key(keys.appraisers[0], SECRET, now)

    told = "".join(traceback.format_exception(raised.value))
    assert SECRET not in told
    assert SECRET not in repr(raised.value.wording)


def test_a_key_does_not_show_itself(holders):
    assert "private" not in repr(holders.first)
    assert not hasattr(holders.first, "pin")


@pytest.mark.parametrize(
    "junk", [b"", b"-----BEGIN", b"%PDF-1.7", b"0\x03\x02\x01\x09"]
)
def test_another_file_is_no_key_file(folder, now, junk):
    path = folder / "钥匙.p12"
    path.write_bytes(junk)

    with pytest.raises(UserError, match=r"钥匙.p12"):
        load_key(path, "1", now)


def test_a_missing_key_file_is_told(folder, now):
    with pytest.raises(UserError, match=r"none.p12 does not exist"):
        load_key(folder / "none.p12", "1", now)


def test_an_endless_key_file_is_refused(folder, now):
    path = folder / "long.p12"
    path.write_bytes(b"0" * 2_000_000)

    with pytest.raises(UserError, match="larger than 1 MB"):
        load_key(path, "1", now)


def test_a_damaged_key_file_is_told(keys, pin, now):
    data = bytearray(keys.institution.read_bytes())
    data[len(data) // 2] ^= 1

    with pytest.raises(UserError, match="damaged"):
        read_key(bytes(data), pin, now, "seal.p12")


def test_a_file_without_private_key_is_refused(holders, now):
    packed = pkcs12.serialize_key_and_certificates(
        b"x", None, None, [holders.first.certificate], BestAvailableEncryption(b"1")
    )

    with pytest.raises(UserError, match="no private key"):
        read_key(packed, "1", now, "a.p12")


def test_a_key_without_certificate_is_refused(now):
    key = ec.generate_private_key(ec.SECP256R1())
    packed = pkcs12.serialize_key_and_certificates(
        b"x", key, None, None, NoEncryption()
    )

    with pytest.raises(UserError, match="no certificate that belongs"):
        read_key(packed, "", now, "a.p12")


def test_another_kind_of_key_is_refused(certificate, now):
    key = ed25519.Ed25519PrivateKey.generate()
    packed = pkcs12.serialize_key_and_certificates(
        b"x", key, certificate(Wanted(key=key)), None, NoEncryption()
    )

    with pytest.raises(UserError, match="RSA or EC"):
        read_key(packed, "", now, "a.p12")


def test_a_good_certificate_may_sign(certificate, now):
    check_certificate(certificate(Wanted()), now)


SHORT = rsa.generate_private_key(65537, 1024)  # noqa: S505 - what must be refused

REFUSED = {
    "expired": (Wanted(end=timedelta(seconds=-1)), "expired on 2026-09-30"),
    "not yet valid": (Wanted(begin=timedelta(days=1)), "not valid before 2026-10-01"),
    "not for signing": (Wanted(signs=False), "not meant for signing"),
    "an authority's": (Wanted(authority=True), "not meant for signing"),
    "a web server's": (Wanted(purpose=ExtendedKeyUsageOID.SERVER_AUTH), "not meant"),
    "a short RSA key": (Wanted(key=SHORT), "too weak"),
    "a short curve": (Wanted(key=ec.generate_private_key(ec.SECP192R1())), "too weak"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_certificate_that_must_not_sign_is_refused(certificate, now, case):
    wanted, told = REFUSED[case]

    with pytest.raises(UserError, match=told):
        check_certificate(certificate(wanted), now)


def test_a_certificate_signed_with_sha1_is_refused(certificate, now):
    # The library no longer makes such certificates: change the algorithm's last byte
    # (1.2.840.113549.1.1.11 to .5) and sign again.
    key = rsa.generate_private_key(65537, 2048)
    made = certificate(Wanted(key=key))
    old = bytes.fromhex("2a864886f70d010105")
    content = made.tbs_certificate_bytes.replace(
        bytes.fromhex("2a864886f70d01010b"), old
    )
    signature = key.sign(content, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303
    algorithm = der.write(der.SEQUENCE, der.write(der.OID, old), b"\x05\x00")
    bits = der.write(der.BIT_STRING, b"\0", signature)
    weak = x509.load_der_x509_certificate(
        der.write(der.SEQUENCE, content, algorithm, bits)
    )

    with pytest.raises(UserError, match="SHA-1"):
        check_certificate(weak, now)


@pytest.mark.parametrize(
    ("purpose", "may"),
    [
        (ExtendedKeyUsageOID.EMAIL_PROTECTION, True),
        (ExtendedKeyUsageOID.CLIENT_AUTH, True),
        (x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36"), True),
        (ExtendedKeyUsageOID.TIME_STAMPING, False),
        (ExtendedKeyUsageOID.OCSP_SIGNING, False),
    ],
)
def test_the_extended_purpose_decides(certificate, purpose, may):
    assert is_for_signing(certificate(Wanted(purpose=purpose))) is may


def test_sample_keys_say_what_they_are(keys, holders, roots):
    everyone = [holders.institution.certificate, *holders.institution.chain, *roots]

    assert all(SAMPLE_MARK in c.subject.rfc4514_string() for c in everyone)
    assert [path.name for path in keys.appraisers] == [
        "appraiser-1.p12",
        "appraiser-2.p12",
    ]


def test_only_the_owner_may_read_sample_keys(keys):
    assert keys.institution.stat().st_mode & 0o077 == 0


def test_a_long_name_is_cut_between_characters(folder, now, pin):
    name = "江苏某某某某资产评估土地房地产估价有限责任公司南京分公司"
    keys = make_sample_keys(folder, pin, now, institution=name)

    signer = load_key(keys.institution, pin, now).signer
    assert name.startswith(signer)
    assert len(signer) == 21  # 64 bytes hold 21 characters of three
