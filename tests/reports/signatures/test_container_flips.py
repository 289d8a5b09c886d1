"""A flip of any one bit of a container that no signature covers must be told."""

from __future__ import annotations

import hashlib
import itertools
import random
import re
from collections.abc import Callable, Iterator

import pytest

from valuer.reports.cms import check_container, container_bytes, read_container
from valuer.reports.der import DerError, read, read_first, write, write_oid
from valuer.reports.verdicts import Fault, Verdict

# A flip may leave an odd serial number, which the library remarks upon.
pytestmark = pytest.mark.filterwarnings("ignore:Parsed a serial number")

FLIPS = 6_000
"""How many flips of the container itself are tried; the padding has its own test."""


@pytest.fixture(scope="module")
def gap(signed: bytes) -> bytes:
    """The last signature's container as it stands, with its brackets."""
    begin, resume = _range(signed)[:2]
    return signed[begin:resume]


@pytest.fixture(scope="module")
def intact(signed: bytes) -> Callable[[bytes], bool]:
    """Says whether a container reads intact over the signed bytes."""
    begin, resume, size = _range(signed)
    covered = signed[:begin] + signed[resume : resume + size]
    digest = hashlib.sha256(covered).digest()

    def intact(gap: bytes) -> bool:
        try:
            check_container(read_container(container_bytes(gap)), digest)
        except Fault:
            return False
        return True

    return intact


def _range(pdf: bytes) -> tuple[int, int, int]:
    found = re.findall(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", pdf)[-1]
    begin, resume, size = map(int, found)
    return begin, resume, size


def _flips(gap: bytes, places: Iterator[int] | range) -> Iterator[bytes]:
    """Yield the gap with one bit changed, where it remains a hexadecimal string.

    Any other flip cannot be read as the signature's container at all.
    """
    for place, bit in itertools.product(places, range(8)):
        byte = gap[place] ^ (1 << bit)
        if chr(byte) in "0123456789abcdefABCDEF":
            yield gap[:place] + bytes([byte]) + gap[place + 1 :]


def test_the_container_reads_intact(gap, intact):
    assert intact(gap)


def test_flips_of_the_container_are_told(gap, intact):
    size = 2 * len(read_first(bytes.fromhex(gap[1:-1].decode()))[0].raw)
    every = list(_flips(gap, range(1, 1 + size)))
    tried = random.Random(8).sample(every, min(FLIPS, len(every)))

    undetected = [flip for flip in tried if intact(flip)]

    print(f"{len(tried)} of {len(every)} flips tried")  # noqa: T201 - shown by -rP
    assert not undetected


def test_flips_of_the_padding_are_told(gap, intact):
    size = 2 * len(read_first(bytes.fromhex(gap[1:-1].decode()))[0].raw)
    tried = list(_flips(gap, range(1 + size, len(gap) - 1)))

    assert len(tried) > 1_000
    assert not any(map(intact, tried))


def test_random_bytes_in_the_container_are_told(gap, intact):
    chance = random.Random(9)
    for _ in range(500):
        place = chance.randrange(1, len(gap) - 1)
        byte = chance.choice([b for b in b"0123456789ABCDEFabcdef" if b != gap[place]])
        assert not intact(gap[:place] + bytes([byte]) + gap[place + 1 :])


def test_another_case_of_one_digit_is_told(gap, intact):
    letters = [place for place, byte in enumerate(gap) if chr(byte) in "abcdefABCDEF"]
    for place in letters[::50]:
        assert not intact(gap[:place] + bytes([gap[place] ^ 0x20]) + gap[place + 1 :])


def test_what_follows_the_container_is_told(gap, intact):
    assert not intact(gap[:-2] + b"1>")
    assert not intact(gap[:-1] + b"0>")
    assert not intact(b"<" + b"00" * 400 + b">")
    assert not intact(b"<>")


def test_an_empty_container_is_broken():
    with pytest.raises(Fault) as raised:
        container_bytes(b"<" + b"00" * 40 + b">")
    assert raised.value.verdict == Verdict.BROKEN


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x30",
        b"\x30\x02\x05",
        b"\x30\x81\x02\x05\x00",  # length in two bytes where one is enough
        b"\x30\x82\x00\x80" + b"\x05\x00" * 64,
        b"\x30\x85\x01\x01\x01\x01\x01",
        b"\x1f\x81\x01\x00",
        b"\x04\x80\x05\x00\x00\x00",  # an open length needs parts
        b"\x30\x80" * 40,
    ],
)
def test_what_is_no_der_is_refused(data):
    with pytest.raises(DerError):
        innermost(data)


def innermost(data: bytes) -> bytes:
    for _ in range(9):
        data = read(data).content
    return data


def test_der_is_written_as_it_was_read():
    for size in (0, 1, 127, 128, 255, 256, 70_000):
        encoded = write(0x04, b"x" * size)
        assert read(encoded).content == b"x" * size
    assert write_oid("1.2.840.113549.1.7.2") == bytes.fromhex("06092a864886f70d010702")
    assert write_oid("2.16.840.1.101.3.4.2.1") == bytes.fromhex(
        "0609608648016503040201"
    )
