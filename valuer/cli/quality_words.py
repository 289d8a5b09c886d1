"""The words of ``valuer quality``."""

from __future__ import annotations

import argparse
from pathlib import Path

from valuer.core.patents import PatentKind
from valuer.core.texts import LANGUAGES

GROUPINGS = ("agent", "client", "field", "month")
NUMBERED = ("agent", "client")


def quality_words(parser: argparse.ArgumentParser) -> None:
    """Give ``valuer quality`` its words."""
    parser.add_argument("--library", type=Path, required=True, metavar="L")
    _asked(parser)
    parser.add_argument("--by", choices=GROUPINGS)
    parser.add_argument("--metric", nargs="+", action="extend", metavar="KEY")
    parser.add_argument("--compare", nargs=2, metavar=("FROM", "TO"))
    parser.add_argument("--xlsx", type=Path, metavar="FILE.xlsx")
    parser.add_argument("--report", type=Path, metavar="OUT.pdf")
    parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    parser.add_argument("--force", action="store_true")
    report_words(parser)


def _asked(parser: argparse.ArgumentParser) -> None:
    kinds = list(map(str, PatentKind))
    parser.add_argument("--kind", nargs="+", action="extend", choices=kinds)
    for name, shown in (("agent", "NAME"), ("client", "NAME"), ("field", "SECTION")):
        parser.add_argument(f"--{name}", nargs="+", action="extend", metavar=shown)
    parser.add_argument("--days-before", type=int, default=0, metavar="DAYS")


def report_words(parser: argparse.ArgumentParser) -> None:
    """Give a command the words for the quality report in PDF, and its period."""
    parser.add_argument("--from", dest="first", metavar="2026-01-01")
    parser.add_argument("--to", dest="last", metavar="2026-09-30")
    parser.add_argument("--as-of", metavar="2026-09-30")
    parser.add_argument("--number", default="", metavar="NUMBER")
    parser.add_argument("--house", default="", metavar="NAME")
    parser.add_argument(
        "--signer", action="append", default=[], metavar="NAME[:POSITION[:LICENCE]]"
    )
    parser.add_argument(
        "--numbered", nargs="+", action="extend", default=[], choices=NUMBERED
    )
