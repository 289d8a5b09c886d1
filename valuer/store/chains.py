"""Chains of hashes: each link covers the one before it and all that its record says.

So nothing in the record can be changed, taken out or put in without breaking the
chain behind it.
"""

from __future__ import annotations

from valuer.core.canonical import digest

FIRST = "0" * 64
"""What stands before the first link of a chain."""


def link(*parts: str | int) -> str:
    """Hash what stood before and what a record says, each part with its length."""
    told = (str(part).encode() for part in parts)
    return digest(b"".join(b"%d:%s" % (len(part), part) for part in told))
