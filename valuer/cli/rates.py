"""``valuer rates``: the tables of rates at hand, and newer ones taken in."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from valuer.cli.answers import Exit, print_json, print_text, progress_on_stderr, tell
from valuer.cli.opening import library_to_change, library_to_read
from valuer.core.canonical import to_plain
from valuer.core.problems import UserError
from valuer.core.rate_tables import RateTable, RateTables, merged, shipped_tables
from valuer.core.texts import N_, tr
from valuer.imports.rate_table import Stated, read_rate_tables
from valuer.store.settings import RATE_TABLES, put_setting, setting


def run(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the tables of rates, or take those of a file in."""
    if arguments.file is None:
        _answer(merged(shipped_tables(), _kept(arguments)), arguments)
        return Exit.YES
    stated = Stated(
        arguments.country,
        arguments.currency,
        _day(arguments.date),
        arguments.source,
        arguments.name,
    )
    tables = read_rate_tables(arguments.file, stated, progress_on_stderr())
    if arguments.library is None:
        text = N_("Nothing was kept: name a library with --library to keep the tables.")
        tell(tr(text, tongue))
    else:
        with (
            library_to_change(arguments.library, tongue, create=True) as library,
            library.change() as connection,
        ):
            kept = merged(setting(connection, RATE_TABLES).tables, tables)
            put_setting(connection, RATE_TABLES, RateTables(kept))
    _answer(tables, arguments)
    return Exit.YES


def _kept(arguments: argparse.Namespace) -> tuple[RateTable, ...]:
    """Return the tables that the library keeps."""
    if arguments.library is None:
        return ()
    with library_to_read(arguments.library) as library, library.read() as connection:
        return setting(connection, RATE_TABLES).tables


def _answer(tables: tuple[RateTable, ...], arguments: argparse.Namespace) -> None:
    if arguments.json:
        plain: list[dict[str, Any]] = [to_plain(one) for one in tables]
        print_json({"tables": plain})
        return
    for one in tables:
        print_text(
            f"{one.day}\t{one.country}\t{one.currency}\t{one.name}"
            f"\t{len(one.rows)}\t{one.source} [{one.mark}]"
        )


def _day(given: str) -> date | None:
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        text = N_("“{given}” is no date such as 2026-09-30.")
        raise UserError(text, given=given[:40]) from None
