"""A key on a token: a UKey, a smart card, a security module (PKCS#11).

The key never leaves the token; it is asked to sign a digest. The vendor's driver runs
in a process of its own (``keys_driver``): when it crashes or hangs, that process ends
and the document stays as it was. Which certificate signs is decided here, from the
list that the token gives.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.texts import N_
from valuer.reports import keys_driver
from valuer.reports.certificates import (
    UNREADABLE,
    common_name,
    is_for_signing,
    load_certificate,
    quiet,
)
from valuer.reports.keys import DigestSigner, SigningKey, chain_above, check_certificate
from valuer.reports.keys_driver import LARGEST, Answer, Open, Sign, TokenObject

OPENING, SIGNING = 60.0, 180.0
"""How many seconds a driver may take; a person may have to press the token's key."""

_ENDING = 2.0
_PAUSE = 0.05

SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
"""What stands before a SHA-256 digest under PKCS#1 v1.5 (RFC 8017, 9.2, note 1)."""

_REMOVED = N_("The token was removed while it was in use; nothing was signed.")
_FAILED = N_("The token “{token}” refused ({reason}); its vendor's tool can tell more.")

_REFUSALS = {
    "NoModule": N_("{module} is no PKCS#11 module for this program."),
    "NoToken": N_("There is no token “{token}”; these are there: {tokens}."),
    "SeveralTokens": N_("Several tokens are called “{token}”; leave only one in."),
    "PinIncorrect": N_("The PIN does not open the token “{token}”."),
    "PinLastTry": N_(
        "The PIN does not open the token “{token}”. One try is left; after it the token "
        "is locked."
    ),
    "PinInvalid": N_("The PIN has characters that the token “{token}” does not know."),
    "PinLenRange": N_("The PIN has a length that the token “{token}” does not know."),
    "PinExpired": N_("The PIN of the token “{token}” expired; set a new one."),
    "PinLocked": N_(
        "The token “{token}” is locked after too many wrong PINs; its issuer can "
        "unlock it."
    ),
    "UserPinNotInitialized": N_("The token “{token}” has no PIN yet; set one first."),
}
_REMOVALS = frozenset(
    {
        "DeviceRemoved",
        "TokenNotPresent",
        "SessionHandleInvalid",
        "SessionClosed",
        "ObjectHandleInvalid",
        "KeyHandleInvalid",
        "UserNotLoggedIn",
    }
)
"""What tokens answer to an open session when they are gone."""


@dataclass(frozen=True, slots=True)
class Token:
    """Where a key lies.

    Attributes:
        module: the vendor's PKCS#11 library.
        label: name of the token.
        key_label: name of the key on it, "" for the one that fits the certificate.
        certificate_label: name of the certificate on it, "" for the only one.
    """

    module: Path
    label: str
    key_label: str = ""
    certificate_label: str = ""


@contextmanager
def open_token(
    token: Token, pin: str, now: datetime, progress: Progress = ignore
) -> Iterator[SigningKey]:
    """Open a token; its key signs as long as the block lasts.

    Args:
        token: where the key lies.
        pin: opens it; goes to the driver's process alone.
        now: the time for which the certificate must be valid, aware of its zone.
        progress: hears Cancel.

    Raises:
        UserError: the driver, the token or the PIN refuses, or the certificate must
            not sign.
    """
    if not token.module.is_file():
        raise UserError(
            N_("{file} does not exist, or its folder is missing."),
            file=token.module.name,
        )
    with _driver(token, progress) as ask:
        opened = ask(Open(str(token.module.absolute()), token.label, pin), OPENING)
        with quiet():
            yield _key(token, opened, ask, now)


Ask = Callable[[Open | Sign, float], Answer]


@contextmanager
def _driver(token: Token, progress: Progress) -> Iterator[Ask]:
    """Run the driver's process for a while."""
    # A fresh process everywhere: a forked one would share memory with the window.
    processes = multiprocessing.get_context("spawn")
    ours, its = processes.Pipe()
    process = processes.Process(target=keys_driver.serve, args=(its,), daemon=True)
    process.start()
    its.close()
    try:
        yield partial(_ask, token, ours, progress)
    finally:
        ours.close()
        process.join(_ENDING)
        process.kill()
        process.join()
        process.close()


def _ask(
    token: Token, pipe: Connection, progress: Progress, asked: Open | Sign, limit: float
) -> Answer:
    """Return the driver's answer.

    Raises:
        UserError: it refuses, crashes or takes too long.
    """
    end = time.monotonic() + limit
    try:
        pipe.send_bytes(msgspec.json.encode(asked))
        while not pipe.poll(_PAUSE):
            progress(0, 0)
            if time.monotonic() > end:
                raise UserError(
                    N_("The driver {module} did not answer; nothing was signed."),
                    module=token.module.name,
                )
        answer = msgspec.json.decode(pipe.recv_bytes(LARGEST), type=Answer)
    except (EOFError, OSError, msgspec.MsgspecError):
        raise UserError(
            N_("The driver {module} crashed; nothing was signed."),
            module=token.module.name,
        ) from None
    if answer.refused:
        raise _refusal(token, answer)
    return answer


def _refusal(token: Token, answer: Answer) -> UserError:
    if answer.refused in _REMOVALS:
        return UserError(_REMOVED)
    tokens = ", ".join(answer.tokens) or "—"
    return UserError(
        _REFUSALS.get(answer.refused, _FAILED),
        token=token.label,
        tokens=tokens,
        module=token.module.name,
        reason=answer.refused,
    )


def _key(token: Token, opened: Answer, ask: Ask, now: datetime) -> SigningKey:
    """Choose the certificate that signs and the key that belongs to it."""
    known = list(_readable(opened.certificates))
    named = [
        (each, certificate)
        for each, certificate in known
        if token.certificate_label in ("", each.label)
    ]
    fitting = [
        (place, each, certificate)
        for each, certificate in named
        if (place := _place(token, each, opened.keys)) is not None
    ]
    # A UKey has a pair of certificates: one to sign with, one to encrypt.
    usable = [one for one in fitting if is_for_signing(one[2])] or fitting
    if not usable:
        raise _none_usable(token, bool(named))
    if len(usable) > 1:
        raise UserError(
            N_(
                "The token “{token}” holds several certificates; name one of them: "
                "{names}."
            ),
            token=token.label,
            # A token lists its objects in any order.
            names=", ".join(
                sorted(
                    f"{each.label or '—'} ({common_name(certificate.subject)})"
                    for _, each, certificate in usable
                )
            ),
        )
    ((place, _, certificate),) = usable
    check_certificate(certificate, now)
    others = [other for _, other in known]
    return SigningKey(
        certificate,
        _signer(certificate, place, ask),
        chain_above(certificate, others),
    )


def _readable(
    found: Sequence[TokenObject],
) -> Iterator[tuple[TokenObject, x509.Certificate]]:
    for each in found:
        try:
            yield each, load_certificate(each.der)
        except UNREADABLE:
            continue


def _place(
    token: Token, certificate: TokenObject, keys: Sequence[TokenObject]
) -> int | None:
    """Return the place of the key that belongs to a certificate, or None.

    They share their identifier; where a token gives none, their label.
    """
    for place, key in enumerate(keys):
        if token.key_label not in ("", key.label):
            continue
        by_id = bool(certificate.id) and certificate.id == key.id
        nameless = not certificate.id or not key.id
        if by_id or (nameless and certificate.label == key.label):
            return place
    return None


def _none_usable(token: Token, has_certificates: bool) -> UserError:
    if has_certificates:
        return UserError(
            N_(
                "The token “{token}” holds no private key that belongs to a certificate."
            ),
            token=token.label,
        )
    if token.certificate_label:
        return UserError(
            N_("The token “{token}” holds no certificate called “{name}”."),
            token=token.label,
            name=token.certificate_label,
        )
    return UserError(N_("The token “{token}” holds no certificate."), token=token.label)


def _signer(certificate: x509.Certificate, place: int, ask: Ask) -> DigestSigner:
    is_rsa = isinstance(certificate.public_key(), rsa.RSAPublicKey)

    def sign(digest: bytes) -> bytes:
        data = SHA256_INFO + digest if is_rsa else digest
        made = ask(Sign(place, data), SIGNING).signature
        return made if is_rsa else _der(made)

    return sign


def _der(signature: bytes) -> bytes:
    """Return an ECDSA signature as DER; a token gives two numbers side by side."""
    half = len(signature) // 2
    numbers: list[Any] = [
        int.from_bytes(part, "big") for part in (signature[:half], signature[half:])
    ]
    return encode_dss_signature(*numbers)
