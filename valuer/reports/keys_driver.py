"""The side of a token's driver: a process of its own that loads foreign code.

A vendor's PKCS#11 module may crash, hang or print; here it can do so to nothing but
itself. The other side (``keys_token``) sends what it wants as JSON through a pipe and
reads JSON back, never pickles. The PIN comes through the pipe, too: it stands neither
in the arguments nor in the environment of this process, nor in what it leaves behind.

Source: OASIS PKCS#11 v3.0.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import msgspec

LARGEST = 4 * 1024 * 1024
"""How long one message may be, in bytes."""

MOST = 64
"""How many certificates and keys of a token are looked at."""

PIN_LOCKED, PIN_LAST_TRY = "PinLocked", "PinLastTry"
NO_MODULE, NO_TOKEN, SEVERAL_TOKENS = "NoModule", "NoToken", "SeveralTokens"
"""Refusals besides those that PKCS#11 itself names."""


@dataclass(frozen=True, slots=True, repr=False)
class Open:
    """Asks to open a token; it does not show itself, because of the PIN."""

    module: str
    token: str
    pin: str


@dataclass(frozen=True, slots=True)
class Sign:
    """Asks for a signature; ``key`` is its place in the list given before."""

    key: int
    data: bytes


@dataclass(frozen=True, slots=True)
class TokenObject:
    """A certificate (with its DER) or a private key (without) on a token."""

    label: str
    id: bytes
    der: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back; ``refused`` names why, else it is "".

    Attributes:
        tokens: labels of the tokens found, where the one wanted is missing.
    """

    refused: str = ""
    tokens: tuple[str, ...] = ()
    certificates: tuple[TokenObject, ...] = ()
    keys: tuple[TokenObject, ...] = ()
    signature: bytes = b""


def serve(pipe: Connection) -> None:
    """Answer one ``Open``, then any number of ``Sign``, until the pipe is closed."""
    _be_silent()
    driver = _Driver()
    try:
        wanted = msgspec.json.decode(pipe.recv_bytes(LARGEST), type=Open)
        pipe.send_bytes(msgspec.json.encode(_tried(driver.open, wanted)))
        del wanted
        while True:
            asked = msgspec.json.decode(pipe.recv_bytes(LARGEST), type=Sign)
            pipe.send_bytes(msgspec.json.encode(_tried(driver.sign, asked)))
    except (EOFError, OSError):
        driver.close()


def _tried(step: Any, asked: Any) -> Answer:
    """Take a step; what PKCS#11 refuses becomes an answer, by its name alone."""
    import pkcs11

    try:
        answer = step(asked)
    except pkcs11.PKCS11Error as error:
        return Answer(refused=type(error).__name__)
    return answer if isinstance(answer, Answer) else Answer()


class _Driver:
    """One session with one token."""

    def __init__(self) -> None:
        self._session: Any = None
        self._keys: list[Any] = []
        self._pin = ""

    def open(self, wanted: Open) -> Answer:
        """Load the module, open the token, and tell what is on it."""
        import pkcs11

        try:
            library = pkcs11.lib(wanted.module)
        except pkcs11.PKCS11Error:
            return Answer(refused=NO_MODULE)
        found = list(_tokens(library))
        tokens = [token for token in found if token.label == wanted.token]
        if len(tokens) != 1:
            names = tuple(dict.fromkeys(one.label for one in found if one.label))
            why = SEVERAL_TOKENS if tokens else NO_TOKEN
            return Answer(refused=why, tokens=names[:MOST])
        (token,) = tokens
        if pkcs11.TokenFlag.USER_PIN_LOCKED in token.flags:
            return Answer(refused=PIN_LOCKED)
        try:
            self._session = token.open(user_pin=wanted.pin)
        except pkcs11.exceptions.PinIncorrect:
            return Answer(refused=_after_wrong_pin(token))
        contents = self._contents()
        if any(map(_asks_each_time, self._keys)):
            self._pin = wanted.pin
        return contents

    def sign(self, asked: Sign) -> Answer:
        """Sign with a key; the data are what its mechanism takes."""
        from pkcs11 import KeyType, Mechanism

        key = self._keys[asked.key]
        is_rsa = key.key_type == KeyType.RSA
        mechanism = Mechanism.RSA_PKCS if is_rsa else Mechanism.ECDSA
        more = {"pin": self._pin} if _asks_each_time(key) else {}
        return Answer(
            signature=bytes(key.sign(asked.data, mechanism=mechanism, **more))
        )

    def close(self) -> None:
        """End the session, as far as the token still hears it."""
        import pkcs11

        if self._session is not None:
            try:
                self._session.close()
            except pkcs11.PKCS11Error:
                return

    def _contents(self) -> Answer:
        from pkcs11 import Attribute, CertificateType, ObjectClass

        kinds = {
            Attribute.CLASS: ObjectClass.CERTIFICATE,
            Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
        }
        certificates = self._objects(kinds)
        self._keys = self._objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})
        return Answer(
            certificates=tuple(
                TokenObject(*_named(each), bytes(each[Attribute.VALUE]))
                for each in certificates
            ),
            keys=tuple(TokenObject(*_named(each)) for each in self._keys),
        )

    def _objects(self, kinds: dict[Any, Any]) -> list[Any]:
        # All are read before the first is used: a search left open blocks the session.
        return list(self._session.get_objects(kinds))[:MOST]


def _asks_each_time(key: Any) -> bool:
    """Say whether a key wants the PIN again for each signature."""
    import pkcs11

    try:
        return bool(key[pkcs11.Attribute.ALWAYS_AUTHENTICATE])
    except pkcs11.PKCS11Error:
        return False


def _tokens(library: Any) -> Any:
    """Yield the tokens that stand in slots and can be read."""
    import pkcs11

    for slot in library.get_slots(token_present=True):
        try:
            yield slot.get_token()
        except pkcs11.PKCS11Error:
            continue


def _after_wrong_pin(token: Any) -> str:
    """Say how the token stands after a PIN that was wrong."""
    import pkcs11

    try:
        flags = token.slot.get_token().flags
    except pkcs11.PKCS11Error:
        return "PinIncorrect"
    if pkcs11.TokenFlag.USER_PIN_LOCKED in flags:
        return PIN_LOCKED
    last = pkcs11.TokenFlag.USER_PIN_FINAL_TRY in flags
    return PIN_LAST_TRY if last else "PinIncorrect"


def _named(each: Any) -> tuple[str, bytes]:
    from pkcs11 import Attribute
    from pkcs11.exceptions import AttributeTypeInvalid

    found: list[Any] = []
    for attribute, otherwise in ((Attribute.LABEL, ""), (Attribute.ID, b"")):
        try:
            found.append(each[attribute] or otherwise)
        except AttributeTypeInvalid:
            found.append(otherwise)
    return str(found[0]), bytes(found[1])


def _be_silent() -> None:
    """Print nothing and leave no memory image behind: either could hold the PIN."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
