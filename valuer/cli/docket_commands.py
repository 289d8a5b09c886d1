"""The commands of the docket, each imported when it is called."""

from __future__ import annotations

import argparse

from valuer.cli.answers import Exit


def import_docket(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Take lists of cases in, or take a batch back."""
    from valuer.cli import docket

    return docket.run(arguments, tongue)


def list_docket(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the cases of the docket."""
    from valuer.cli import docket

    return docket.listed(arguments, tongue)


def show_docket_queue(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List what waits for an answer."""
    from valuer.cli import docket_queue

    return docket_queue.shown(arguments, tongue)


def answer_docket(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Answer a question of the queue."""
    from valuer.cli import docket_queue

    return docket_queue.answered(arguments, tongue)


def docket_status_words(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List status words that tell nothing, or say what one means."""
    from valuer.cli import docket_queue

    return docket_queue.words(arguments, tongue)


def docket_profiles(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List, keep or remove profiles."""
    from valuer.cli import docket

    return docket.profiles(arguments, tongue)
