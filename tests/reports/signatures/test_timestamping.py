"""Timestamps and validation data, from servers on this machine made for the test."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, timedelta

import pikepdf
import pytest
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import (
    Encoding,
)
from cryptography.x509.oid import (
    ExtendedKeyUsageOID,
)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from tests.reports.signatures.servers import Authority, Web, answers_of, stamper_of
from valuer.core.problems import UserError
from valuer.core.progress import ignore
from valuer.core.texts import say
from valuer.reports import validation_data
from valuer.reports.fetching import NoServer, Request
from valuer.reports.keys import SigningKey
from valuer.reports.revocation import load_lists
from valuer.reports.signature_wishes import Level, Wish
from valuer.reports.signing import sign, sign_document, timestamp_document
from valuer.reports.timestamping import NoTimestamp
from valuer.reports.validation_data import Gatherer
from valuer.reports.verdicts import Verdict

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def authority(web: Web, now: datetime) -> Authority:
    made = Authority(web, now)
    web.answers["/tsa"] = answers_of(stamper_of(made))
    return made


@pytest.fixture
def clean(authority: Authority, web: Web) -> Iterator[None]:
    """No certificate is revoked, and nothing was asked yet."""
    authority.revoked.clear()
    web.asked.clear()
    yield
    authority.revoked.clear()


@pytest.fixture
def signer(authority: Authority, clean: None):
    """Makes a key whose certificate says where it can be asked about."""

    def signer(places: str = "crl root", chain: bool = True) -> SigningKey:
        key = ec.generate_private_key(ec.SECP256R1())
        return SigningKey(
            authority.issue("王建国", key, places),
            lambda digest: key.sign(digest, ec.ECDSA(Prehashed(hashes.SHA256()))),
            (authority.root,) if chain else (),
        )

    return signer


@pytest.fixture
def signed_with(prepared: bytes, now: datetime, web: Web, authority: Authority):
    """Signs the report as its first appraiser."""

    def signed_with(key: SigningKey, path: str = "/tsa", **wishes: object):
        wish = Wish(server=web.url + path, **wishes)
        return sign_document(prepared, key, "appraiser", now, "en", wish)

    return signed_with


def _store(pdf: bytes) -> dict[str, int]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        store = document.Root.get("/DSS", {})
        return {key: len(store.get(key, ())) for key in ("/Certs", "/OCSPs", "/CRLs")}


def test_a_server_states_the_time(signed_with, holders, verified, now):
    made = signed_with(holders.first)

    (found,) = verified(made.pdf).signatures
    assert (found.time_source, found.intact) == ("tsa", True)
    assert found.signed_at == now - timedelta(minutes=5)
    assert made.level is Level.T
    # The sample authority keeps no server that could be asked.
    assert "for: 王建国, 演示签发机构." in say(made.notes[0], "en")


def test_what_can_be_fetched_goes_into_the_document(
    signed_with, signer, verified, authority
):
    made = signed_with(signer())

    assert (made.level, made.notes) == (Level.LT, ())
    assert _store(made.pdf) == {"/Certs": 3, "/OCSPs": 1, "/CRLs": 1}
    found = verified(made.pdf, authority.root)
    assert found.verdict == Verdict.INTACT
    assert found.all_trusted
    assert found.signatures[0].time_trusted


def test_the_issuers_certificate_is_fetched_where_the_key_brings_none(
    signed_with, signer, web
):
    made = signed_with(signer("ocsp root", chain=False))

    assert made.level is Level.LT
    assert web.asked.count("/root") == 1


def test_a_timestamp_over_all_closes_the_document(
    signed_with, signer, verified, authority
):
    made = signed_with(signer(), level=Level.LTA)

    assert made.level is Level.LTA
    found = verified(made.pdf, authority.root)
    assert found.verdict == Verdict.INTACT
    assert {"timestamp", "validation_data"} <= set(found.signatures[0].changes_after)


def test_another_validator_agrees(signed_with, signer, authority, now):
    made = signed_with(signer(), level=Level.LTA)
    root = asn1_x509.Certificate.load(authority.root.public_bytes(Encoding.DER))
    reader = PdfFileReader(io.BytesIO(made.pdf))
    (signature,) = reader.embedded_regular_signatures
    (stamp,) = reader.embedded_timestamp_signatures

    context = ValidationContext(trust_roots=[root], moment=now, allow_fetching=False)
    status = validate_pdf_signature(signature, context, context)

    assert status.bottom_line
    assert status.timestamp_validity.intact
    assert stamp.compute_integrity_info() is None


def test_three_sign_with_timestamps_in_turn(
    prepared, holders, signer, verified, now, web, authority
):
    wish = Wish(server=f"{web.url}/tsa", level=Level.LTA)
    pdf = sign_document(prepared, signer(), "appraiser", now, "en", wish).pdf
    pdf = sign_document(pdf, signer(), "appraiser", now, "en", wish).pdf
    pdf = sign_document(pdf, signer(), "agency", now, "en", wish).pdf

    found = verified(pdf, authority.root)
    assert found.verdict == Verdict.INTACT
    assert [s.time_source for s in found.signatures] == ["tsa"] * 3
    assert found.all_trusted


def test_a_level_that_is_not_reached_is_refused(signed_with, holders, web, clean):
    with pytest.raises(UserError, match=r"B-LT is not reached.*Nothing was signed"):
        signed_with(holders.first, level=Level.LT)
    assert "/tsa" not in web.asked


def test_a_level_without_a_server_is_refused(prepared, holders, now):
    with pytest.raises(UserError, match="B-LTA wants a timestamp"):
        sign_document(
            prepared, holders.first, "appraiser", now, "en", Wish(level=Level.LTA)
        )


def test_no_more_is_asked_than_was_wished(signed_with, signer, web):
    made = signed_with(signer(), level=Level.T)

    assert made.level is Level.T
    assert set(web.asked) == {"/tsa"}


BAD = {
    "no such page": "/none",
    "rubbish": "/rubbish",
    "a list": "/list",
    "another's": "/stale",
    "no clock": "/signer",
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_timestamp_is_refused(signed_with, holders, authority, web, what):
    stale = answers_of(stamper_of(authority))
    answer = stale(_request(b"another"))
    web.answers["/rubbish"] = b"\x30\x03\x02\x01\x00"
    web.answers["/stale"] = answer
    purpose = ExtendedKeyUsageOID.EMAIL_PROTECTION
    web.answers["/signer"] = answers_of(stamper_of(authority, purpose=purpose))

    with pytest.raises(NoTimestamp):
        signed_with(holders.first, BAD[what])


def _request(content: bytes) -> bytes:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(content)
    stated = {"algorithm": {"algorithm": "sha256"}}
    imprint = {
        "hash_algorithm": stated["algorithm"],
        "hashed_message": digest.finalize(),
    }
    return tsp.TimeStampReq(
        {"version": 1, "message_imprint": imprint, "cert_req": True}
    ).dump()


def test_without_an_answer_one_may_sign_and_timestamp_later(
    signed_with, holders, verified, now, web, authority
):
    made = signed_with(holders.first, "/none", later=True)

    assert made.level is Level.B
    assert "timestamped later" in say(made.notes[0], "en")
    later = timestamp_document(made.pdf, f"{web.url}/tsa", now)
    found = verified(later.pdf)
    assert found.verdict == Verdict.INTACT
    assert found.signatures[0].changes_after[0] == "timestamp"


def test_what_was_signed_offline_is_completed_later(
    prepared, signer, verified, now, web, authority
):
    pdf = sign(prepared, signer(), "appraiser", now, "en")
    pdf = sign(pdf, signer("ocsp"), "appraiser", now, "en")

    made = timestamp_document(pdf, f"{web.url}/tsa", now)

    assert (made.level, made.notes) == (Level.LTA, ())
    assert _store(made.pdf)["/CRLs"] == 1
    assert verified(made.pdf).verdict == Verdict.INTACT


def test_what_is_missing_may_come_later_if_that_was_allowed(
    signed_with, holders, authority
):
    made = signed_with(holders.first, level=Level.LTA, later=True)

    assert made.level is Level.T
    assert "can be added later" in say(made.notes[0], "en")


def test_a_host_that_is_away_is_not_waited_for_twice(authority, monkeypatch):
    asked = []

    def away(request: Request, *_: object) -> bytes:
        asked.append(request.url)
        raise NoServer

    monkeypatch.setattr(validation_data, "fetch", away)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = authority.issue("王建国", key, "ocsp crl")
    gathered = Gatherer((), authority.now, ignore).gather(certificate, [authority.root])

    assert gathered.missing == ("王建国",)
    assert len(asked) == 1


def test_what_one_page_lacks_another_may_have(authority, web, clean):
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = authority.issue("王建国", key, "ocsp crl")
    page = web.answers.pop("/ocsp")
    gathered = Gatherer((), authority.now, ignore).gather(certificate, [authority.root])
    web.answers["/ocsp"] = page

    assert gathered.missing == ()
    assert web.asked == ["/ocsp", "/list"]


def test_there_must_be_a_signature_to_timestamp(prepared, append, signed, now, web):
    with pytest.raises(UserError, match="no signature to be timestamped"):
        timestamp_document(prepared, f"{web.url}/tsa", now)
    changed = append(signed, {80: b"(hidden)"})
    with pytest.raises(UserError, match="changed after it was signed"):
        timestamp_document(changed, f"{web.url}/tsa", now)


@pytest.mark.parametrize("places", ["crl", "ocsp"])
def test_a_certificate_that_its_issuer_revoked_does_not_sign(
    signed_with, signer, authority, web, places
):
    key = signer(places)
    authority.revoked.append(key.certificate.serial_number)

    with pytest.raises(UserError, match="王建国 was revoked"):
        signed_with(key)
    assert "/tsa" not in web.asked


@pytest.mark.parametrize("chain", [True, False])
def test_a_list_that_is_given_is_heeded(
    prepared, signer, authority, now, folder, chain
):
    key = signer(chain=chain)
    authority.revoked.append(key.certificate.serial_number)
    path = folder / "吊销.crl"
    path.write_bytes(authority.list())
    lists = [load_lists(path)]
    authority.revoked.clear()

    with pytest.raises(UserError, match="was revoked"):
        sign_document(prepared, key, "appraiser", now, "en", Wish(lists=lists))
    others = sign_document(
        prepared, signer(), "appraiser", now, "en", Wish(lists=lists)
    )
    assert others.level is Level.B


def test_a_list_in_the_document_is_heeded(signed_with, signer, authority, now):
    key, second = signer(), signer()
    authority.revoked.append(second.certificate.serial_number)
    pdf = signed_with(key).pdf

    with pytest.raises(UserError, match="was revoked"):
        sign(pdf, second, "appraiser", now, "en")


def test_what_is_no_list_is_told(folder):
    path = folder / "a.crl"
    path.write_bytes(b"no list")

    with pytest.raises(UserError, match=r"a\.crl holds no revocation list"):
        load_lists(path)
