"""The words of ``valuer docket``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from valuer.cli import docket_commands as commands
from valuer.cli.answers import Exit
from valuer.core.texts import N_

Add = Callable[
    [str, str, Callable[[argparse.Namespace, str], Exit]], argparse.ArgumentParser
]

ANSWERS = ("keep", "take")


def docket_words(add: Add) -> None:
    """Add the commands of the docket; ``add`` gives each its parser."""
    _import(add("import", N_("Take lists of cases in."), commands.import_docket))
    listed = add("list", N_("List the cases of the docket."), commands.list_docket)
    listed.add_argument("--search", default="", metavar="WORDS")
    queue = add(
        "queue", N_("List what waits for an answer."), commands.show_docket_queue
    )
    answer = add("answer", N_("Say which version holds."), commands.answer_docket)
    answer.add_argument("question", type=int, metavar="ID")
    answer.add_argument("choice", choices=ANSWERS)
    words = add(
        "words",
        N_("List the status words that tell nothing, or say what one means."),
        commands.docket_status_words,
    )
    words.add_argument("--word", metavar="W")
    words.add_argument("--means", metavar="LISTED")
    profiles = add(
        "profiles",
        N_("List, keep or remove the profiles of your own lists."),
        commands.docket_profiles,
    )
    change = profiles.add_mutually_exclusive_group()
    change.add_argument("--save", type=Path, metavar="FILE")
    change.add_argument("--remove", metavar="NAME")
    for parser in (listed, queue, answer, words, profiles):
        parser.add_argument("--library", type=Path, required=True, metavar="L")


def _import(add: argparse.ArgumentParser) -> None:
    add.add_argument("files", nargs="*", type=Path, metavar="FILE")
    add.add_argument("--library", type=Path, required=True, metavar="L")
    add.add_argument("--profile", default="", metavar="P")
    add.add_argument("--day", metavar="DAY")
    add.add_argument("--dry-run", action="store_true")
    add.add_argument("--take-back", metavar="BATCH")
