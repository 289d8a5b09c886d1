"""``valuer case diff``: what differs between two revisions of a case, in words."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from valuer.cli.answers import Exit, print_json, print_text
from valuer.core.case_names import PART_NAMES
from valuer.core.differences import differences
from valuer.core.telling import Difference
from valuer.core.texts import N_, Message, say, tr
from valuer.methods import METHODS
from valuer.store.library import Access, open_library
from valuer.store.revisions import load_case


def diff(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Print what differs; unless named, between the last revision and its predecessor.

    The first revision is compared with an empty case.
    """
    with (
        open_library(arguments.library, access=Access.READ) as library,
        library.read() as connection,
    ):
        after, last = load_case(connection, arguments.case, arguments.last)
        number = last.number - 1 if arguments.first is None else arguments.first
        before = None
        if number != 0:
            before, _ = load_case(connection, arguments.case, number)
    found = differences(before, after, METHODS)
    if arguments.json:
        told = [_plain(one, tongue) for one in found]
        print_json(
            {
                "case": last.case_id,
                "from": number,
                "to": last.number,
                "differences": told,
            }
        )
    else:
        _print(found, tongue)
    return Exit.YES


def _print(found: Sequence[Difference], tongue: str) -> None:
    if not found:
        print_text(tr(N_("The two revisions do not differ."), tongue))
    part = None
    for one in found:
        if one.part is not part:
            part = one.part
            print_text(tr(PART_NAMES[part], tongue))
        print_text(f"  {say(one.wording, tongue)}")


def _plain(one: Difference, tongue: str) -> dict[str, Any]:
    def told(wording: Message | None) -> str | None:
        return None if wording is None else say(wording, tongue)

    return {
        "part": one.part.value,
        "of": told(one.of),
        "place": told(one.place),
        "before": told(one.before),
        "after": told(one.after),
    }
