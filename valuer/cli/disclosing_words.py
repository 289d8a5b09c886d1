"""The words of ``valuer disclose``."""

from __future__ import annotations

import argparse
from pathlib import Path

from valuer.core.disclosure import Extent
from valuer.core.texts import LANGUAGES

MORE = tuple(str(one) for one in Extent if one is not Extent.PRINTED)


def disclose_words(parser: argparse.ArgumentParser) -> None:
    """Give ``valuer disclose`` its words: to choose, to disclose, to open."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("case", nargs="?", metavar="CASE")
    what.add_argument("--open", dest="file", type=Path, metavar="FILE.p7m")
    parser.add_argument("--library", type=Path, metavar="L")
    parser.add_argument("--choose", action="store_true")
    parser.add_argument(
        "--to", nargs="+", action="extend", type=Path, default=[], metavar="CERT.pem"
    )
    parser.add_argument("--with", dest="extent", choices=MORE)
    parser.add_argument("--revision", type=int, metavar="R")
    parser.add_argument("--kind", default="", metavar="K")
    parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    parser.add_argument("--p12", type=Path, metavar="KEY.p12")
    parser.add_argument("--pin-env", metavar="NAME")
    parser.add_argument("--out", type=Path, metavar="FILE.p7m|FOLDER")
    parser.add_argument("--force", action="store_true")
