"""Read a signature's container and hold each of its bytes to a rule.

The container (CMS SignedData in hexadecimal digits) lies in the gap that no signature
covers, so whatever is loose in it could be changed unnoticed. Hence: one case of
digits, zeros alone behind the end, strict DER, the container rebuilt from its parts
equal to its bytes, every number and algorithm as the rules require, every embedded
certificate held by a signed digest or by its issuer's signature.

Source: RFC 5652 (CMS), RFC 5035 (signing certificate), RFC 3161 (timestamps).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography import x509

from valuer.core.texts import N_
from valuer.reports import der
from valuer.reports.certificates import (
    UNREADABLE,
    encoded,
    issuer_and_serial,
    load_certificate,
    loose_certificate,
    subject_key,
)
from valuer.reports.cms_algorithms import (
    SignatureAlgorithm,
    is_signature,
    read_hash,
    read_signature_algorithm,
    write_algorithm,
)
from valuer.reports.der import DerError, Node, require
from valuer.reports.verdicts import altered, broken

SIGNED_DATA = "1.2.840.113549.1.7.2"
DATA = "1.2.840.113549.1.7.1"
TIMESTAMP_INFO = "1.2.840.113549.1.9.16.1.4"

CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_TIME = "1.2.840.113549.1.9.5"
SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12"
SIGNING_CERTIFICATE_2 = "1.2.840.113549.1.9.16.2.47"
TIMESTAMP = "1.2.840.113549.1.9.16.2.14"

KNOWN_UNSIGNED = frozenset(
    {TIMESTAMP, "1.2.840.113549.1.9.6"}
    | {f"1.2.840.113549.1.9.16.2.{number}" for number in (*range(21, 28), 48, 49, 50)}
)
"""Unsigned attributes of RFC 5652, CAdES and RFC 4998; only the timestamp counts."""

LARGEST = 16 * 1024 * 1024
"""How large a container may be, in bytes."""

CERTIFICATES = 100
"""How many certificates a container may hold."""

_DIGITS = re.compile(rb"<(?:[0-9a-f]*|[0-9A-F]*)>")

_NOT_CANONICAL = N_("The container of the signature is not as its signer wrote it.")
_NOT_READABLE = N_("The container of the signature cannot be evaluated.")
_NO_SIGNATURE = N_("The signature field holds no signature.")
_OTHER_BYTES = N_("The signed bytes were changed after signing.")
_WRONG_SIGNATURE = N_("The signature does not fit its certificate.")
_LOOSE = N_("An embedded certificate was changed after signing.")


@dataclass(frozen=True, slots=True)
class Container:
    """The parts of a container that holds one signature.

    Attributes:
        content_type: what is signed: ``DATA`` or ``TIMESTAMP_INFO``.
        content: what is signed, where the container carries it.
        digest: name of the digest algorithm, as hashlib knows it.
        attributes: the signed attributes as one encoding, or b"".
        signed: values of the signed attributes by identifier.
        unsigned: values of the unsigned attributes by identifier.
    """

    content_type: str
    content: bytes | None
    digest: str
    algorithm: SignatureAlgorithm
    signature: bytes
    signer: x509.Certificate
    certificates: tuple[x509.Certificate, ...]
    attributes: bytes
    signed: Mapping[str, Node]
    unsigned: Mapping[str, Node]


def container_bytes(gap: bytes) -> bytes:
    """Return the container's DER from the hexadecimal string with its brackets.

    Raises:
        Fault: the digits are of two cases, or something follows the container.
    """
    if not _DIGITS.fullmatch(gap) or len(gap) % 2:
        raise altered(_NOT_CANONICAL)
    if len(gap) > 2 * LARGEST:
        raise broken(_NOT_READABLE)
    padded = bytes.fromhex(gap[1:-1].decode("ascii"))
    if not padded.strip(b"\0"):
        raise broken(_NO_SIGNATURE)
    try:
        node, rest = der.read_first(padded)
    except DerError as error:
        raise broken(_NOT_READABLE) from error
    if rest.strip(b"\0"):
        raise altered(_NOT_CANONICAL)
    return node.raw


def read_container(data: bytes) -> Container:
    """Return the parts of a container given as DER.

    Raises:
        Fault: it is no SignedData with one signer, or not in canonical form.
    """
    try:
        outer = der.read(data).expect(der.SEQUENCE)
        content_type, wrapped = outer.parts(2)
        require(der.oid(content_type) == SIGNED_DATA, "it is no signature")
        signed_data = der.read(wrapped.expect(0xA0).content)
        container, rebuilt = _read_signed_data(signed_data.expect(der.SEQUENCE))
    except UNREADABLE as error:
        raise broken(_NOT_READABLE) from error
    whole = der.write_oid(SIGNED_DATA), der.rewrite(wrapped, rebuilt)
    if der.rewrite(outer, *whole) != data:
        raise altered(_NOT_CANONICAL)
    return container


def check_container(container: Container, digest: bytes) -> None:
    """Check the signature over content of which ``digest`` is the digest.

    Raises:
        Fault: the content, the signature or a certificate is not as signed.
    """
    if container.attributes:
        _check_attributes(container, digest)
        data, over = container.attributes, None
    else:
        data, over = digest, container.digest
    try:
        valid = is_signature(
            container.algorithm, container.signer, container.signature, data, over
        )
        held, complete = _held_certificates(container)
    except UNREADABLE as error:
        raise broken(_NOT_READABLE) from error
    if not valid:
        raise altered(_WRONG_SIGNATURE)
    try:
        loose = loose_certificate(container.certificates, held, complete=complete)
    except UNREADABLE as error:
        raise altered(_LOOSE) from error
    if loose:
        raise altered(_LOOSE)


def _read_signed_data(node: Node) -> tuple[Container, bytes]:
    """Return the parts, and the encoding rebuilt from them."""
    version, digests, content, *rest = node.children()
    optional = [rest.pop(0) for tag in (0xA0, 0xA1) if rest and rest[0].tag == tag]
    contents = {part.tag: part.content for part in optional}
    require(len(rest) == 1, "parts are missing or too many")
    (info,) = rest[0].expect(der.SET).parts(1)
    content_type, carried, content_again = _read_content(content)
    embedded = der.read_all(contents.get(0xA0, b""))
    require(len(embedded) <= CERTIFICATES, "too many certificates")
    certificates = tuple(
        load_certificate(each.expect(der.SEQUENCE).raw) for each in embedded
    )
    _read_lists(contents.get(0xA1, b""))
    container, info_again, by_key = _read_signer(
        info.expect(der.SEQUENCE), certificates, content_type, carried
    )
    # RFC 5652 wants 3 for a signer named by key, too; some programs write 1.
    expected = {3} if content_type != DATA else {1, 3} if by_key else {1}
    if der.integer(version) not in expected:
        raise altered(_NOT_CANONICAL)
    (listed,) = digests.expect(der.SET).parts(1)
    if read_hash(listed) != container.digest:
        raise altered(_NOT_CANONICAL)
    rebuilt = [
        der.write(der.INTEGER, bytes([der.integer(version)])),
        der.rewrite(digests, write_algorithm(listed)),
        content_again,
        *(der.rewrite(part, part.content) for part in optional),
        der.rewrite(rest[0], info_again),
    ]
    return container, der.rewrite(node, *rebuilt)


def _read_content(node: Node) -> tuple[str, bytes | None, bytes]:
    kind, *rest = node.expect(der.SEQUENCE).children()
    content_type = der.oid(kind)
    require(content_type in (DATA, TIMESTAMP_INFO), "it signs something unknown")
    if not rest:
        return content_type, None, der.rewrite(node, der.write_oid(content_type))
    require(len(rest) == 1, "parts are missing or too many")
    carried, carried_again = _read_octets(der.read(rest[0].expect(0xA0).content))
    wrapped = der.rewrite(rest[0], carried_again)
    return (
        content_type,
        carried,
        der.rewrite(node, der.write_oid(content_type), wrapped),
    )


def _read_octets(node: Node) -> tuple[bytes, bytes]:
    """Return an octet string, in pieces or not, and its encoding rebuilt."""
    if node.tag == der.OCTET_STRING:
        return node.content, der.rewrite(node, node.content)
    pieces = [each.expect(der.OCTET_STRING) for each in node.expect(0x24).children()]
    again = (der.rewrite(piece, piece.content) for piece in pieces)
    return b"".join(piece.content for piece in pieces), der.rewrite(node, *again)


def _read_lists(content: bytes) -> None:
    """Check that what stands for revocation lists are such lists."""
    for node in der.read_all(content):
        if node.tag == der.SEQUENCE:
            x509.load_der_x509_crl(node.raw)
        else:
            require(node.tag == 0xA1, "a revocation list that is none")


def _read_signer(
    node: Node,
    certificates: Sequence[x509.Certificate],
    content_type: str,
    carried: bytes | None,
) -> tuple[Container, bytes, bool]:
    version, who, digest, *rest = node.children()
    by_key = who.tag == 0x80
    signed = rest.pop(0) if rest and rest[0].tag == 0xA0 else None
    algorithm, signature, *more = rest
    require([each.tag for each in more] in ([], [0xA1]), "parts too many")
    if der.integer(version) != (3 if by_key else 1):
        raise altered(_NOT_CANONICAL)
    name = read_hash(digest)
    container = Container(
        content_type=content_type,
        content=carried,
        digest=name,
        algorithm=read_signature_algorithm(algorithm, name),
        signature=signature.expect(der.OCTET_STRING).content,
        signer=_find_signer(who, certificates),
        certificates=tuple(certificates),
        attributes=der.write(der.SET, signed.content) if signed else b"",
        signed=_read_attributes(signed.content if signed else b""),
        unsigned=_read_attributes(more[0].content if more else b""),
    )
    if container.unsigned.keys() - KNOWN_UNSIGNED:
        raise altered(_NOT_CANONICAL)
    rebuilt = [
        der.write(der.INTEGER, bytes([3 if by_key else 1])),
        who.raw,
        write_algorithm(digest),
        *([der.rewrite(signed, signed.content)] if signed else []),
        write_algorithm(algorithm),
        der.write(der.OCTET_STRING, container.signature),
        *(der.rewrite(each, each.content) for each in more),
    ]
    return container, der.rewrite(node, *rebuilt), by_key


def _find_signer(
    who: Node, certificates: Sequence[x509.Certificate]
) -> x509.Certificate:
    """Return the signer's certificate; names are compared byte for byte."""
    for certificate in certificates:
        if who.tag == 0x80:
            found = who.content == subject_key(certificate)
        else:
            stated = [part.raw for part in who.expect(der.SEQUENCE).parts(2)]
            found = stated == issuer_and_serial(certificate)
        if found:
            return certificate
    raise broken(N_("The certificate of the signer is missing in the signature."))


def _read_attributes(content: bytes) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for node in der.read_all(content):
        kind, values = node.expect(der.SEQUENCE).parts(2)
        name = der.oid(kind)
        require(name not in found, "an attribute twice")
        found[name] = values.expect(der.SET)
    return found


def _check_attributes(container: Container, digest: bytes) -> None:
    try:
        (kind,) = container.signed[CONTENT_TYPE].parts(1)
        (stated,) = container.signed[MESSAGE_DIGEST].parts(1)
        signed_type = der.oid(kind)
        signed_digest = stated.expect(der.OCTET_STRING).content
    except (KeyError, DerError) as error:
        raise broken(_NOT_READABLE) from error
    if signed_type != container.content_type:
        raise altered(_NOT_CANONICAL)
    if signed_digest != digest:
        raise altered(_OTHER_BYTES)


def _held_certificates(
    container: Container,
) -> tuple[list[x509.Certificate], bool]:
    """Return the certificates whose digests are among the signed attributes.

    The second value tells whether each digest has its certificate.

    Raises:
        Fault: the first digest is not the signer's.
    """
    held: list[x509.Certificate] = []
    complete = True
    for attribute, usual in (
        (SIGNING_CERTIFICATE, "sha1"),
        (SIGNING_CERTIFICATE_2, "sha256"),
    ):
        if attribute not in container.signed:
            continue
        (value,) = container.signed[attribute].parts(1)
        first, *_ = value.expect(der.SEQUENCE).children()
        listed = first.children()
        require(len(listed) <= CERTIFICATES, "too many certificates")
        for place, each in enumerate(listed):
            found = _listed_certificate(each, usual, container.certificates)
            if place == 0 and found != container.signer:
                raise altered(_LOOSE)
            if found is None:
                complete = False
            else:
                held.append(found)
    return held, complete


def _listed_certificate(
    node: Node, usual: str, certificates: Sequence[x509.Certificate]
) -> x509.Certificate | None:
    parts = list(node.expect(der.SEQUENCE).children())
    name = usual
    if parts and parts[0].tag == der.SEQUENCE:
        name = read_hash(parts.pop(0))
    require(bool(parts), "parts are missing or too many")
    wanted = parts[0].expect(der.OCTET_STRING).content
    for certificate in certificates:
        if hashlib.new(name, encoded(certificate)).digest() == wanted:
            return certificate
    return None
