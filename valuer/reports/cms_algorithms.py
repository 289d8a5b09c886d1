"""The algorithms of a signature: what they are called, and whether they verify.

Only what is listed here is taken, and parameters have their one allowed form.

Source: RFC 3370, RFC 4055, RFC 5754, RFC 8419.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import (
    ec,
    ed448,
    ed25519,
    padding,
    rsa,
    utils,
)

from valuer.reports import der
from valuer.reports.der import DerError, Node, require

HASHES: dict[str, tuple[str, type[hashes.HashAlgorithm]]] = {
    "1.3.14.3.2.26": ("sha1", hashes.SHA1),
    "2.16.840.1.101.3.4.2.4": ("sha224", hashes.SHA224),
    "2.16.840.1.101.3.4.2.1": ("sha256", hashes.SHA256),
    "2.16.840.1.101.3.4.2.2": ("sha384", hashes.SHA384),
    "2.16.840.1.101.3.4.2.3": ("sha512", hashes.SHA512),
    "2.16.840.1.101.3.4.2.8": ("sha3_256", hashes.SHA3_256),
    "2.16.840.1.101.3.4.2.9": ("sha3_384", hashes.SHA3_384),
    "2.16.840.1.101.3.4.2.10": ("sha3_512", hashes.SHA3_512),
}
"""Digest algorithms by identifier: hashlib's name and cryptography's class."""

WEAK = frozenset({"md5", "sha1"})
"""Digests for which two texts with one digest can be made."""

_BY_NAME: dict[str, type[hashes.HashAlgorithm]] = {
    **dict(HASHES.values()),
    "md5": hashes.MD5,  # only in the signatures of old roots
}

LONGEST_KEY = 8192
"""How many bits an RSA key may have; longer ones only cost time."""

_PSS = "1.2.840.113549.1.1.10"
_MGF1 = "1.2.840.113549.1.1.8"

_SIGNATURES = {
    "1.2.840.113549.1.1.4": ("rsa", "md5"),
    "1.2.840.113549.1.1.1": ("rsa", ""),
    "1.2.840.113549.1.1.5": ("rsa", "sha1"),
    "1.2.840.113549.1.1.14": ("rsa", "sha224"),
    "1.2.840.113549.1.1.11": ("rsa", "sha256"),
    "1.2.840.113549.1.1.12": ("rsa", "sha384"),
    "1.2.840.113549.1.1.13": ("rsa", "sha512"),
    "2.16.840.1.101.3.4.3.14": ("rsa", "sha3_256"),
    "2.16.840.1.101.3.4.3.15": ("rsa", "sha3_384"),
    "2.16.840.1.101.3.4.3.16": ("rsa", "sha3_512"),
    _PSS: ("pss", ""),
    "1.2.840.10045.4.1": ("ecdsa", "sha1"),
    "1.2.840.10045.4.3.1": ("ecdsa", "sha224"),
    "1.2.840.10045.4.3.2": ("ecdsa", "sha256"),
    "1.2.840.10045.4.3.3": ("ecdsa", "sha384"),
    "1.2.840.10045.4.3.4": ("ecdsa", "sha512"),
    "2.16.840.1.101.3.4.3.10": ("ecdsa", "sha3_256"),
    "2.16.840.1.101.3.4.3.11": ("ecdsa", "sha3_384"),
    "2.16.840.1.101.3.4.3.12": ("ecdsa", "sha3_512"),
    "1.3.101.112": ("ed25519", ""),
    "1.3.101.113": ("ed448", ""),
}


@dataclass(frozen=True, slots=True)
class SignatureAlgorithm:
    """How a signature is made: ``kind``, digest; mask and length of salt for PSS."""

    kind: str
    digest: str
    mask: str = ""
    salt: int = 0


def read_hash(node: Node) -> str:
    """Return the name of the digest algorithm.

    Raises:
        DerError: it is not known, or its parameters are not as they must be.
    """
    name, parameters = _split(node)
    if name not in HASHES or (parameters and parameters.raw != b"\x05\x00"):
        raise DerError("its digest algorithm is not known")
    return HASHES[name][0]


def read_signature_algorithm(node: Node, digest: str = "") -> SignatureAlgorithm:
    """Return how a signature is made.

    Args:
        node: the algorithm's identifier.
        digest: name of the digest to be used where the identifier names none.

    Raises:
        DerError: it is not known.
    """
    name, parameters = _split(node)
    kind, named = _SIGNATURES.get(name, ("", ""))
    if kind == "pss":
        return _read_pss(parameters)
    plain = parameters is None or parameters.raw == b"\x05\x00"
    require(bool(kind) and plain, "its signature algorithm is not known")
    require(bool(named or digest) or kind.startswith("ed"), "a digest is missing")
    return SignatureAlgorithm(kind, named or digest)


def write_algorithm(node: Node) -> bytes:
    """Return an algorithm's encoding, rebuilt from its parts."""
    name, parameters = _split(node)
    parts = (parameters.raw,) if parameters else ()
    return der.write(der.SEQUENCE, der.write_oid(name), *parts)


def is_signature(
    algorithm: SignatureAlgorithm,
    signer: x509.Certificate,
    signature: bytes,
    data: bytes,
    digested: str | None = None,
) -> bool:
    """Say whether the signer signed the data.

    Args:
        algorithm: how the signature is made.
        signer: whose key it must fit.
        signature: the signature's value.
        data: what was signed, or its digest.
        digested: name of the digest, if ``data`` is one.

    Raises:
        DerError: the kind of key is not known.
    """
    try:
        key: Any = signer.public_key()
    except (UnsupportedAlgorithm, ValueError) as error:
        raise DerError("its key is of an unknown kind") from error
    if isinstance(key, rsa.RSAPublicKey) and key.key_size > LONGEST_KEY:
        raise DerError("its key is too long to be real")
    edwards = algorithm.kind.startswith("ed")
    chosen: Any = None if edwards else _BY_NAME[algorithm.digest]()
    if digested:
        chosen = utils.Prehashed(chosen)
    try:
        if algorithm.kind == "rsa" and isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), chosen)
        elif algorithm.kind == "pss" and isinstance(key, rsa.RSAPublicKey):
            mask = padding.MGF1(_BY_NAME[algorithm.mask]())
            pss = padding.PSS(mask, algorithm.salt)
            key.verify(signature, data, pss, chosen)
        elif algorithm.kind == "ecdsa" and isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(chosen))
        elif isinstance(key, _EDWARDS.get(algorithm.kind, ())) and not digested:
            key.verify(signature, data)
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True


_EDWARDS: dict[str, Any] = {
    "ed25519": ed25519.Ed25519PublicKey,
    "ed448": ed448.Ed448PublicKey,
}


def _split(node: Node) -> tuple[str, Node | None]:
    name, *parameters = node.expect(der.SEQUENCE).children()
    if len(parameters) > 1:
        raise DerError("an algorithm with too many parameters")
    return der.oid(name), parameters[0] if parameters else None


def _read_pss(parameters: Node | None) -> SignatureAlgorithm:
    """Read RSASSA-PSS-params; what is left out is SHA-1, as the standard has it."""
    if parameters is None:
        raise DerError("its parameters are missing")
    parts = {part.tag: part for part in parameters.expect(der.SEQUENCE).children()}
    digest = mask = "sha1"
    salt, trailer = 20, 1
    if 0xA0 in parts:
        digest = read_hash(der.read(parts[0xA0].content))
    if 0xA1 in parts:
        name, inner = _split(der.read(parts[0xA1].content))
        if name != _MGF1 or inner is None:
            raise DerError("its mask is not known")
        mask = read_hash(inner)
    if 0xA2 in parts:
        salt = der.integer(der.read(parts[0xA2].content))
    if 0xA3 in parts:
        trailer = der.integer(der.read(parts[0xA3].content))
    known = parts.keys() <= {0xA0, 0xA1, 0xA2, 0xA3}
    require(known and trailer == 1, "its parameters are not known")
    return SignatureAlgorithm("pss", digest, mask, salt)
