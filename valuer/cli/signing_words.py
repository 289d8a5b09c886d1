"""The words of ``valuer sign`` and ``valuer timestamp``."""

from __future__ import annotations

import argparse
from pathlib import Path

ROLES = ("appraiser", "agency")
LEVELS = ("b", "t", "lt", "lta")


def sign_words(parser: argparse.ArgumentParser) -> None:
    """Give ``valuer sign`` its words."""
    parser.add_argument("files", nargs="+", type=Path, metavar="F.pdf")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--p12", type=Path, metavar="KEY.p12")
    where.add_argument("--pkcs11", type=Path, metavar="MODULE")
    for name, shown in (
        ("token", "LABEL"),
        ("key-label", "NAME"),
        ("cert-label", "NAME"),
    ):
        parser.add_argument(f"--{name}", default="", metavar=shown)
    parser.add_argument("--pin-env", metavar="NAME")
    parser.add_argument("--role", choices=ROLES, default=ROLES[0])
    parser.add_argument("--seal", type=Path, metavar="SEAL.png")
    parser.add_argument("--timestamp", default="", metavar="URL")
    parser.add_argument("--timestamp-later", action="store_true")
    parser.add_argument("--level", choices=LEVELS)
    parser.add_argument(
        "--crl", nargs="+", action="extend", type=Path, default=[], metavar="LIST.crl"
    )


def timestamp_words(parser: argparse.ArgumentParser) -> None:
    """Give ``valuer timestamp`` its words."""
    parser.add_argument("file", type=Path, metavar="F.pdf")
    parser.add_argument("--timestamp", required=True, metavar="URL")
