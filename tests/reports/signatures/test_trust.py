"""By whose clock, and led to which root."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from asn1crypto import crl
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from valuer.reports.certificates import encoded
from valuer.reports.cms import container_bytes, read_container
from valuer.reports.signature_writing import KeySigner
from valuer.reports.signing import sign
from valuer.reports.timestamps import timestamp_of
from valuer.reports.verdicts import Fault, Verdict

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class Authority:
    """Signs certificates, lists and, through pyHanko, timestamps; made for a test."""

    def __init__(self, name: str, now: datetime) -> None:
        self.now, self.name = now, self._name(name)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = self.issue(name, self.key, authority=True)

    def issue(
        self,
        name: str,
        key: PrivateKey,
        *,
        authority: bool = False,
        purpose: x509.ObjectIdentifier | None = None,
    ) -> x509.Certificate:
        usage = [not authority, *[False] * 4, authority, authority, False, False]
        builder = (
            x509.CertificateBuilder()
            .subject_name(self._name(name))
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.now - timedelta(days=1))
            .not_valid_after(self.now + timedelta(days=999))
            .add_extension(x509.BasicConstraints(authority, None), critical=True)
            .add_extension(x509.KeyUsage(*usage), critical=True)
        )
        if purpose:
            purposes = x509.ExtendedKeyUsage([purpose])
            builder = builder.add_extension(purposes, critical=True)
        return builder.sign(self.key, hashes.SHA256())

    def revoke(self, certificate: x509.Certificate) -> x509.CertificateRevocationList:
        revoked = (
            x509.RevokedCertificateBuilder()
            .serial_number(certificate.serial_number)
            .revocation_date(self.now - timedelta(hours=1))
            .build()
        )
        return (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.name)
            .last_update(self.now - timedelta(hours=1))
            .next_update(self.now + timedelta(days=30))
            .add_revoked_certificate(revoked)
            .sign(self.key, hashes.SHA256())
        )

    @staticmethod
    def _name(name: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


@pytest.fixture(scope="module")
def authority(now: datetime) -> Authority:
    return Authority("时间戳根", now)


@pytest.fixture(scope="module")
def clock(authority: Authority, now: datetime) -> DummyTimeStamper:
    """A timestamp authority that runs five minutes behind the signer's computer."""
    key = rsa.generate_private_key(65537, 2048)
    purpose = ExtendedKeyUsageOID.TIME_STAMPING
    certificate = authority.issue("时间戳服务", key, purpose=purpose)
    return DummyTimeStamper(
        asn1(certificate), private(key), fixed_dt=now - timedelta(minutes=5)
    )


def asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(encoded(certificate))


def private(key: PrivateKey) -> asn1_keys.PrivateKeyInfo:
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return asn1_keys.PrivateKeyInfo.load(plain)


@pytest.fixture(scope="module")
def stamped(prepared, holders, clock) -> bytes:
    """The report with one signature that carries a timestamp."""
    meta = signers.PdfSignatureMetadata(
        field_name="Appraiser1", subfilter=fields.SigSeedSubFilter.PADES
    )
    return signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(prepared)),
        meta,
        signer=KeySigner(holders.first),
        timestamper=clock,
    ).getvalue()


def test_a_timestamp_tells_by_whose_clock(stamped, verified, now):
    (found,) = verified(stamped).signatures

    assert (found.time_source, found.time_trusted) == ("tsa", False)
    assert found.signed_at == now - timedelta(minutes=5)
    assert found.intact


def test_a_timestamp_is_trusted_by_its_own_root(stamped, verified, authority, roots):
    (found,) = verified(stamped, authority.certificate).signatures
    assert (found.time_trusted, found.trusted) == (True, False)

    (found,) = verified(stamped, *roots).signatures
    assert (found.time_trusted, found.trusted) == (False, True)


def test_a_timestamp_of_another_signature_is_told(stamped, verified):
    # The imprint is the digest of the signature's value; any other byte of the token
    # is held by the authority's own signature.
    place = stamped.find(b"2A864886F70D010910010") or -1
    assert place > 0
    changed = bytearray(stamped)
    for offset in range(place, place + 400, 7):
        changed = bytearray(stamped)
        changed[offset] = ord("0") if changed[offset] != ord("0") else ord("1")
        assert verified(bytes(changed)).verdict in (Verdict.ALTERED, Verdict.BROKEN)


def test_a_timestamp_stands_by_its_own_signature_only(stamped):
    gap = re.search(rb"/Contents (<[0-9A-Fa-f]+>)", stamped)[1]
    container = read_container(container_bytes(gap))
    assert timestamp_of(container)

    with pytest.raises(Fault, match="belongs to something else"):
        timestamp_of(replace(container, signature=b"another"))


def test_a_timestamp_over_the_document_may_be_added(signed, verified, clock):
    out = signers.PdfTimeStamper(clock).timestamp_pdf(
        IncrementalPdfFileWriter(io.BytesIO(signed)), md_algorithm="sha256"
    )
    found = verified(out.getvalue())

    assert found.verdict == Verdict.INTACT
    assert len(found.signatures) == 3
    assert found.signatures[2].changes_after[0] == "timestamp"


def test_a_damaged_timestamp_over_the_document_is_told(signed, verified, clock):
    out = signers.PdfTimeStamper(clock).timestamp_pdf(
        IncrementalPdfFileWriter(io.BytesIO(signed)), md_algorithm="sha256"
    )
    changed = bytearray(out.getvalue())
    place = changed.rfind(b"/Contents <") + 2_000
    changed[place] = ord("0") if changed[place] != ord("0") else ord("1")

    assert verified(bytes(changed)).verdict in (Verdict.ALTERED, Verdict.BROKEN)


def test_a_revoked_certificate_is_not_trusted(prepared, verified, now, authority):
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = authority.issue("被撤销者", key)
    signer = signers.SimpleSigner(
        asn1(certificate), private(key), SimpleCertificateStore()
    )
    meta = signers.PdfSignatureMetadata(
        field_name="Appraiser1", subfilter=fields.SigSeedSubFilter.PADES
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(prepared))
    pdf = signers.sign_pdf(writer, meta, signer=signer).getvalue()
    assert verified(pdf, authority.certificate).all_trusted

    listed = authority.revoke(certificate).public_bytes(Encoding.DER)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0].pkcs7_content,
        crls=[crl.CertificateList.load(listed)],
    )
    out = io.BytesIO()
    writer.write(out)

    found = verified(out.getvalue(), authority.certificate)
    assert found.verdict == Verdict.INTACT
    assert not found.all_trusted


def test_a_root_that_did_not_issue_it_leads_nowhere(signed, verified, authority):
    assert not verified(signed, authority.certificate).all_trusted


def test_the_signers_own_certificate_may_be_trusted(prepared, holders, now, verified):
    pdf = sign(prepared, holders.first, "appraiser", now, "en")

    assert verified(pdf, holders.first.certificate).all_trusted
    assert not verified(pdf, holders.second.certificate).all_trusted
