"""Certificates revoked before and after signing, by every clock; levels of proof."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import DocumentSecurityStore

from tests.reports.signatures.servers import Authority, Web, stamper_of
from valuer import cli
from valuer.core.problems import UserError
from valuer.core.texts import say
from valuer.reports.keys import SigningKey
from valuer.reports.signature_writing import KeySigner
from valuer.reports.verdicts import Verdict
from valuer.reports.verifying import SignatureFound, verify

DAY = timedelta(days=1)

Verified = Callable[..., SignatureFound]


@pytest.fixture(scope="module")
def authority(now: datetime) -> Authority:
    """An authority whose servers nobody asks."""
    return Authority(Web("http://127.0.0.1:9"), now)


@pytest.fixture(scope="module")
def clock(authority: Authority):
    return stamper_of(authority)


@pytest.fixture(scope="module")
def holder(authority: Authority) -> SigningKey:
    key = ec.generate_private_key(ec.SECP256R1())
    return SigningKey(
        authority.issue("被吊销者", key, ""),
        lambda digest: key.sign(digest, ec.ECDSA(Prehashed(hashes.SHA256()))),
        (authority.root,),
    )


@pytest.fixture(scope="module")
def claimed(prepared: bytes, holder: SigningKey) -> bytes:
    """Signed by the signer's own clock: this moment, since pyHanko asks no other."""
    return signed_by(prepared, holder)


@pytest.fixture(scope="module")
def stamped(prepared: bytes, holder: SigningKey, clock) -> bytes:
    """Signed with a timestamp of five minutes before ``now``."""
    return signed_by(prepared, holder, clock)


def signed_by(pdf: bytes, key: SigningKey, clock=None) -> bytes:
    meta = signers.PdfSignatureMetadata(
        field_name="Appraiser1", subfilter=fields.SigSeedSubFilter.PADES
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    done = signers.sign_pdf(writer, meta, signer=KeySigner(key), timestamper=clock)
    return bytes(done.getvalue())


def revoking(
    authority: Authority, certificate: x509.Certificate | None, on: datetime
) -> bytes:
    """Return a list by which a certificate was revoked on a day; None for nobody's."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.name)
        .last_update(authority.now)
        .next_update(authority.now + DAY)
    )
    if certificate is not None:
        entry = x509.RevokedCertificateBuilder().revocation_date(on)
        entry = entry.serial_number(certificate.serial_number)
        builder = builder.add_revoked_certificate(entry.build())
    signed = builder.sign(authority.key, hashes.SHA256())
    return bytes(signed.public_bytes(Encoding.DER))


def answering(
    authority: Authority, certificate: x509.Certificate, on: datetime | None
) -> bytes:
    """Return a responder's answer; ``on`` is the day of revocation."""
    good, bad = ocsp.OCSPCertStatus.GOOD, ocsp.OCSPCertStatus.REVOKED
    made = (
        ocsp.OCSPResponseBuilder()
        .add_response(
            cert=certificate,
            issuer=authority.root,
            algorithm=hashes.SHA256(),
            cert_status=good if on is None else bad,
            this_update=authority.now,
            next_update=authority.now + DAY,
            revocation_time=on,
            revocation_reason=None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.NAME, authority.root)
        .sign(authority.key, hashes.SHA256())
    )
    return bytes(made.public_bytes(Encoding.DER))


def with_data(pdf: bytes, *, lists=(), answers=()) -> bytes:
    """Append validation data."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,
        crls=[asn1_crl.CertificateList.load(one) for one in lists],
        ocsps=[asn1_ocsp.OCSPResponse.load(one) for one in answers],
    )
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_revoked_before_and_after_the_time_of_a_timestamp(
    stamped, authority, holder, now
):
    told = {}
    before = (
        "The certificate was revoked on 2026-09-28 02:15 UTC, before the time of"
        " signing by the timestamp."
    )
    after = (
        "The certificate was revoked on 2026-10-02 02:15 UTC, after the time by which"
        " the timestamp proves the signature."
    )
    for days in (-2, 2):
        data = revoking(authority, holder.certificate, now + days * DAY)
        found = verify(stamped, [authority.root], now=now + 3 * DAY, lists=[data])
        assert found.verdict == Verdict.INTACT
        (one,) = found.signatures
        told[days] = (one.trusted, one.is_revoked, say(one.notes[0], "en"))
        assert one.revoked_at == now + days * DAY

    assert told == {-2: (False, True, before), 2: (True, False, after)}


def test_without_a_timestamp_a_revoked_certificate_is_never_trusted(
    claimed, authority, holder
):
    (one,) = verify(claimed, now=authority.now).signatures
    assert one.signed_at is not None
    later = one.signed_at + 3 * DAY
    for days, word in ((-1, "before the time of"), (1, "no timestamp proves")):
        on = one.signed_at + days * DAY
        data = revoking(authority, holder.certificate, on)
        found = verify(claimed, [authority.root], now=later, lists=[data])
        (told,) = found.signatures
        assert (found.verdict, told.trusted, told.is_revoked) == ("intact", False, True)
        assert word in say(told.notes[0], "en")


@pytest.mark.parametrize("way", ["lists", "answers"])
def test_a_revocation_in_the_file_counts(claimed, authority, holder, now, way):
    make = revoking if way == "lists" else answering
    pdf = with_data(claimed, **{way: [make(authority, holder.certificate, now - DAY)]})
    found = verify(pdf, [authority.root], now=now)

    assert found.verdict == Verdict.INTACT
    assert found.signatures[0].revoked_at == now - DAY
    assert not found.all_trusted


@pytest.mark.parametrize("make", [revoking, answering])
def test_a_revocation_by_another_authority_counts_for_nothing(
    claimed, holder, authority, now, make
):
    namesake = Authority(Web("http://127.0.0.1:9"), now)
    data = make(namesake, holder.certificate, now - DAY)
    way = "lists" if make is revoking else "answers"
    found = verify(with_data(claimed, **{way: [data]}), [authority.root], now=now)

    assert found.signatures[0].revoked_at is None
    assert found.all_trusted


def test_a_root_of_the_same_name_is_told_apart(claimed, authority, now):
    namesake = Authority(Web("http://127.0.0.1:9"), now)
    (one,) = verify(claimed, [namesake.root], now=now).signatures

    assert not one.trusted
    assert "the name is the same, the key another" in say(one.notes[0], "en")
    assert verify(claimed, [authority.root], now=now).signatures[0].notes == ()


def test_levels_rise_with_what_the_file_proves(
    claimed, stamped, authority, holder, clock
):
    def level(pdf: bytes) -> str | None:
        found = verify(pdf, now=authority.now)
        assert found.verdict == Verdict.INTACT
        return found.level

    def over(pdf: bytes) -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        stamp = signers.PdfTimeStamper(clock)
        return bytes(stamp.timestamp_pdf(writer, md_algorithm="sha256").getvalue())

    proved = with_data(stamped, lists=[revoking(authority, None, authority.now)])
    half = with_data(stamped, answers=[answering(authority, holder.certificate, None)])
    assert level(claimed) == "B-B"
    assert level(stamped) == "B-T"
    assert level(over(claimed)) == "B-T"  # timestamped later
    assert level(half) == "B-T"  # nothing is said of the authority's own certificate
    assert level(proved) == "B-LT"
    assert level(over(proved)) == "B-LTA"
    assert (
        level(
            with_data(over(stamped), lists=[revoking(authority, None, authority.now)])
        )
        == "B-LT"
    )


def test_a_timestamp_over_the_document_proves_a_claimed_time(
    claimed, clock, authority, now
):
    writer = IncrementalPdfFileWriter(io.BytesIO(claimed))
    pdf = signers.PdfTimeStamper(clock).timestamp_pdf(writer, md_algorithm="sha256")
    (one,) = verify(pdf.getvalue(), [authority.root], now=now).signatures

    assert one.time_source == "claimed"
    assert one.proved_at == now - timedelta(minutes=5)
    assert one.time_trusted


def test_the_command_line_takes_lists(
    claimed, authority, holder, now, tmp_path: Path, capfd, monkeypatch
):
    monkeypatch.setenv("VALUER_LANGUAGE", "en")
    report, listed = tmp_path / "报告.pdf", tmp_path / "名单.crl"
    report.write_bytes(claimed)
    listed.write_bytes(revoking(authority, holder.certificate, now - DAY))

    def run(*more: str) -> tuple[int, str]:
        code = cli.main(["verify", str(report), *more], lambda library: 0)
        return code, capfd.readouterr().out

    assert run("--json")[0] == 0
    code, out = run("--crl", str(listed), "--json")
    plain = json.loads(out)
    assert (code, plain["verdict"]) == (1, "intact")
    assert plain["signatures"][0]["revoked"] is True
    assert "revoked" in plain["signatures"][0]["notes"][0]
    assert "was revoked on 2026-09-29 02:15 UTC" in run("--crl", str(listed))[1]
    assert cli.main(["verify", str(report), "--crl", str(report)], lambda _: 0) == 2


def test_what_is_no_list_is_refused(tmp_path: Path):
    from valuer.reports.revocation import load_lists

    path = tmp_path / "list.crl"
    path.write_bytes(b"none")
    with pytest.raises(UserError, match="holds no revocation list"):
        load_lists(path)
