"""What is disclosed is opened by its recipients alone, and checked before use."""

from __future__ import annotations

import hashlib
import io
import random
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from valuer.core.canonical import canonical
from valuer.core.disclosure import Extent
from valuer.core.problems import UserError
from valuer.reports.disclosing import (
    CASE,
    CONTENTS,
    FORMAT,
    PACKAGE,
    Contents,
    listed,
    pack,
    unpack,
    write_folder,
)
from valuer.reports.envelopes import (
    load_opening_key,
    load_recipient,
    recipient_of,
    seal,
    unseal,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)
PIN = "2468"

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def certificate(
    key: Key,
    name: str = "示例银行",
    *,
    usage: str | None = "key_encipherment",
    begin: datetime = NOW - timedelta(days=1),
) -> x509.Certificate:
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=30))
    )
    if usage is not None:
        flags = dict.fromkeys(
            (
                "digital_signature",
                "content_commitment",
                "key_encipherment",
                "data_encipherment",
                "key_agreement",
                "key_cert_sign",
                "crl_sign",
                "encipher_only",
                "decipher_only",
            ),
            False,
        )
        made = made.add_extension(
            x509.KeyUsage(**{**flags, usage: True}), critical=True
        )
    return made.sign(key, hashes.SHA256())


@pytest.fixture(scope="module")
def keys() -> tuple[rsa.RSAPrivateKey, rsa.RSAPrivateKey]:
    return rsa.generate_private_key(65537, 2048), rsa.generate_private_key(65537, 2048)


def key_file(at: Path, key: rsa.RSAPrivateKey, made: x509.Certificate) -> Path:
    closing = BestAvailableEncryption(PIN.encode())
    data = pkcs12.serialize_key_and_certificates(b"k", key, made, None, closing)
    at.write_bytes(data)
    return at


def saved(at: Path, made: x509.Certificate) -> Path:
    at.write_bytes(made.public_bytes(Encoding.PEM))
    return at


def test_each_recipient_opens_the_envelope_and_nobody_else(tmp_path: Path, keys: Any):
    one, other = (
        certificate(key, name) for key, name in zip(keys, "甲乙", strict=True)
    )
    data = b"Content-Type: text/plain\r\n\r\n\0" + bytes(range(256)) * 50
    sealed = seal(data, [one])
    assert data[-100:] not in sealed
    mine = load_opening_key(key_file(tmp_path / "a.p12", keys[0], one), PIN)
    theirs = load_opening_key(key_file(tmp_path / "b.p12", keys[1], other), PIN)
    assert unseal(sealed, mine, "f") == data
    with pytest.raises(UserError, match="no envelope for 乙"):
        unseal(sealed, theirs, "f")
    both = seal(data, [one, other])
    assert unseal(both, mine, "f") == unseal(both, theirs, "f") == data


def test_a_wrong_pin_does_not_open_the_key(tmp_path: Path, keys: Any):
    path = key_file(tmp_path / "a.p12", keys[0], certificate(keys[0]))
    with pytest.raises(UserError, match="PIN"):
        load_opening_key(path, "0000")


def test_damaged_envelopes_are_refused_in_words(tmp_path: Path, keys: Any):
    made = certificate(keys[0])
    key = load_opening_key(key_file(tmp_path / "a.p12", keys[0], made), PIN)
    sealed = seal(b"x" * 500, [made])
    chance = random.Random(5)
    for _ in range(150):
        bad = bytearray(sealed)
        bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
        try:
            opened = unseal(bytes(bad), key, "f")
        except UserError:
            continue
        with pytest.raises(UserError):  # what CBC lets through is no case of ours
            unpack(opened, "f")
    for bad_file in (b"", b"0", sealed[:-20], b"\x30\x80" + b"\0" * 40):
        with pytest.raises(UserError, match="no envelope"):
            unseal(bad_file, key, "f")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("ec", "RSA"),
        ("short", "RSA"),
        ("signs", "not meant for encryption"),
        ("old", "not now"),
        ("early", "not now"),
    ],
)
def test_certificates_that_cannot_take_it_are_refused(
    kind: str, said: str, tmp_path: Path, keys: Any
):
    key: Key = keys[0]
    if kind == "ec":
        key = ec.generate_private_key(ec.SECP256R1())
    if kind == "short":
        key = rsa.generate_private_key(65537, 1024)  # noqa: S505 - refused below
    usage = "digital_signature" if kind == "signs" else None
    moved = {"old": -60, "early": 1}.get(kind, -1)
    made = certificate(key, usage=usage, begin=NOW + timedelta(days=moved))
    with pytest.raises(UserError, match=said):
        load_recipient(saved(tmp_path / "c.pem", made), NOW)


def test_a_recipient_is_named_by_the_certificate(tmp_path: Path, keys: Any):
    made = certificate(keys[0], usage=None)
    found = recipient_of(load_recipient(saved(tmp_path / "c.pem", made), NOW))
    digest = hashlib.sha256(made.public_bytes(Encoding.DER)).hexdigest()
    assert (found.name, found.certificate) == ("示例银行", digest)


FILES: Mapping[str, bytes] = {
    CASE: b'{"name":"case"}',
    PACKAGE: b"{}",
    f"evidence/{hashlib.sha256(b'paper').hexdigest()}.pdf": b"paper",
}


def contents(files: Mapping[str, bytes] = FILES, **changes: Any) -> Contents:
    lines = tuple(listed(path, data, "合同.pdf") for path, data in files.items())
    digest = hashlib.sha256(files.get(CASE, b"")).hexdigest()
    made = Contents(FORMAT, "0.2.0", "C1", 3, digest, Extent.EVIDENCE, (), lines)
    return replace(made, **changes)


def test_what_is_packed_comes_out_again(tmp_path: Path):
    packed = pack(contents(), FILES)
    assert packed == pack(contents(), FILES)
    found = unpack(packed, "f")
    assert (found.contents, dict(found.files)) == (contents(), dict(FILES))
    write_folder(tmp_path / "披露", found)
    written = {p for p in (tmp_path / "披露").rglob("*") if p.is_file()}
    assert len(written) == 4
    assert (tmp_path / "披露" / CASE).read_bytes() == FILES[CASE]
    with pytest.raises(UserError):
        write_folder(tmp_path / "披露", found)
    assert len(list(tmp_path.iterdir())) == 1


def zipped(told: bytes, files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(CONTENTS, told)
        for path, data in files.items():
            archive.writestr(path, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "path", ["../x", "/etc/x", "evidence/../../x", "evidence/x.pdf", "C:\\x", "run.py"]
)
def test_files_that_would_go_elsewhere_are_refused(path: str):
    files = {**FILES, path: b"x"}
    with pytest.raises(UserError, match="no disclosed case"):
        unpack(zipped(canonical(contents(files)), files), "f")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({CASE: b'{"name":"cast"}'}, "SHA-256"),
        ({PACKAGE: b"[]"}, "SHA-256"),
        ({PACKAGE: b" " * 30_000_000}, "no disclosed case"),
        ({"more.txt": b""}, "no disclosed case"),
    ],
)
def test_a_file_that_is_not_as_listed_is_refused(change: dict[str, bytes], said: str):
    with pytest.raises(UserError, match=said):
        unpack(zipped(canonical(contents()), {**FILES, **change}), "f")


def test_a_case_of_another_revision_is_refused():
    told = contents(digest="0" * 64)
    with pytest.raises(UserError, match="revision"):
        unpack(zipped(canonical(told), FILES), "f")


def test_a_newer_form_and_what_is_no_zip_are_told(tmp_path: Path):
    newer = canonical(contents(format=FORMAT + 1))
    with pytest.raises(UserError, match="newer"):
        unpack(zipped(newer, FILES), "f")
    for data in (b"", b"PK\3\4", zipped(b"[]", {}), zipped(b"{", {})):
        with pytest.raises(UserError):
            unpack(data, "f")
