"""What should be known of a signer's certificate, in words.

Neither note moves the verdict: that is about the bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from cryptography import x509

from valuer.core.texts import N_, Message, message
from valuer.reports.certificates import common_name, is_issued_by

_NAMESAKE = N_(
    "A root that you trust is called “{name}” as well, but did not issue this"
    " certificate: the name is the same, the key another."
)
_REVOKED_BEFORE = N_(
    "The certificate was revoked on {at}, before the time of signing by the timestamp."
)
_REVOKED_AFTER = N_(
    "The certificate was revoked on {at}, after the time by which the timestamp proves"
    " the signature."
)
_CLAIMED_BEFORE = N_(
    "The certificate was revoked on {at}, before the time of signing by the signer's"
    " own clock."
)
_CLAIMED_AFTER = N_(
    "The certificate was revoked on {at}, after the time of signing by the signer's own"
    " clock; no timestamp proves that time."
)


def namesake_note(
    chain: Sequence[x509.Certificate], roots: Iterable[x509.Certificate]
) -> tuple[Message, ...]:
    """Say that a root is called like one of a chain and is not it, if so.

    That is how a forged authority looks: the name is right, the key is another.
    """
    for one in chain:
        for root in roots:
            named = root.subject in (one.issuer, one.subject)
            if named and root != one and not is_issued_by(one, root):
                return (message(_NAMESAKE, name=common_name(root.subject)),)
    return ()


def revocation_note(
    revoked: datetime, signed: datetime | None, proved: datetime | None, *, by_tsa: bool
) -> Message:
    """Say whether a certificate was revoked before it signed, and by whose clock.

    Args:
        revoked: when it was revoked.
        signed: when it signed, by the authority's clock where ``by_tsa``.
        proved: by when a timestamp proves the signature, if one does.
        by_tsa: whether the time of signing is that of a timestamp.
    """
    at = revoked.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    if proved is not None and revoked > proved:
        return message(_REVOKED_AFTER, at=at)
    if by_tsa:
        return message(_REVOKED_BEFORE, at=at)
    if signed is None or revoked <= signed:
        return message(_CLAIMED_BEFORE, at=at)
    return message(_CLAIMED_AFTER, at=at)
