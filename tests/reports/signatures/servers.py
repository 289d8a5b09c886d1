"""Servers on this machine for the tests: the web, an authority, a timestamp clock."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509 import ocsp
from cryptography.x509.oid import (
    AuthorityInformationAccessOID,
    ExtendedKeyUsageOID,
    NameOID,
)
from pyhanko.sign.timestamps import DummyTimeStamper

DAY = timedelta(days=1)


@dataclass
class Web:
    """What the server answers, by path, and what it was asked."""

    url: str = ""
    answers: dict[str, object] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)


class Handler(BaseHTTPRequestHandler):
    """Answers from a ``Web``; an answer may be bytes, or made from what was posted."""

    def __init__(self, web: Web, *rest: object) -> None:
        self.web = web
        super().__init__(*rest)

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, posted: bytes) -> None:
        self.web.asked.append(self.path)
        answer = self.web.answers.get(self.path)
        if self.path == "/silent":
            self.web.released.wait(60)
        elif isinstance(answer, str):
            self.send_response(302)
            self.send_header("Location", answer)
            self.end_headers()
        elif answer is None:
            self.send_error(404)
        else:
            data = answer(posted) if callable(answer) else answer
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Authority:
    """Issues certificates that say where they can be asked about."""

    def __init__(self, web: Web, now: datetime) -> None:
        self.web, self.now = web, now
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = named("试验根")
        self.root = self._issued("试验根", self.key, is_authority=True)
        self.revoked: list[int] = []
        web.answers["/list"] = lambda _: self.list()
        web.answers["/root"] = self.root.public_bytes(Encoding.DER)
        web.answers["/ocsp"] = self.answer

    def issue(self, name: str, key: object, places: str, **more: object):
        return self._issued(name, key, places=places, **more)

    def list(self) -> bytes:
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.name)
            .last_update(self.now - DAY)
            .next_update(self.now + DAY)
        )
        for serial in self.revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(serial)
            entry = entry.revocation_date(self.now - DAY)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def answer(self, posted: bytes) -> bytes:
        asked = ocsp.load_der_ocsp_request(posted)
        gone = asked.serial_number in self.revoked
        good, bad = ocsp.OCSPCertStatus.GOOD, ocsp.OCSPCertStatus.REVOKED
        return (
            ocsp.OCSPResponseBuilder()
            .add_response_by_hash(
                issuer_name_hash=asked.issuer_name_hash,
                issuer_key_hash=asked.issuer_key_hash,
                serial_number=asked.serial_number,
                algorithm=hashes.SHA1(),  # noqa: S303 - names the certificate
                cert_status=bad if gone else good,
                this_update=self.now - DAY,
                next_update=self.now + DAY,
                revocation_time=self.now - DAY if gone else None,
                revocation_reason=None,
            )
            .responder_id(ocsp.OCSPResponderEncoding.NAME, self.root)
            .sign(self.key, hashes.SHA256())
            .public_bytes(Encoding.DER)
        )

    def _issued(
        self,
        name: str,
        key: object,
        *,
        places: str = "",
        is_authority: bool = False,
        purpose: x509.ObjectIdentifier | None = None,
    ) -> x509.Certificate:
        signs = not is_authority
        usage = [signs, signs, *[False] * 3, is_authority, is_authority, False]
        builder = (
            x509.CertificateBuilder()
            .subject_name(named(name))
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.now - 9 * DAY)
            .not_valid_after(self.now + 999 * DAY)
            .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
            .add_extension(x509.KeyUsage(*usage, False), critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False
            )
        )
        if purpose:
            builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), True)
        if "crl" in places:
            point = x509.DistributionPoint([_uri(self.web, "/list")], None, None, None)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), False)
        access = [
            x509.AccessDescription(kind, _uri(self.web, path))
            for word, kind, path in (
                ("ocsp", AuthorityInformationAccessOID.OCSP, "/ocsp"),
                ("root", AuthorityInformationAccessOID.CA_ISSUERS, "/root"),
            )
            if word in places
        ]
        if access:
            builder = builder.add_extension(
                x509.AuthorityInformationAccess(access), False
            )
        return builder.sign(self.key, hashes.SHA256())


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _uri(web: Web, path: str) -> x509.UniformResourceIdentifier:
    return x509.UniformResourceIdentifier(web.url + path)


def stamper_of(authority: Authority, **more: object) -> DummyTimeStamper:
    key = rsa.generate_private_key(65537, 2048)
    wanted = {"purpose": ExtendedKeyUsageOID.TIME_STAMPING, **more}
    certificate = authority.issue("试验时间戳", key, "ocsp root", **wanted)
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        asn1_keys.PrivateKeyInfo.load(plain),
        fixed_dt=authority.now - timedelta(minutes=5),
    )


def answers_of(stamper: DummyTimeStamper):
    def answer(posted: bytes) -> bytes:
        asked = tsp.TimeStampReq.load(posted)
        return asyncio.run(stamper.async_request_tsa_response(asked)).dump()

    return answer
