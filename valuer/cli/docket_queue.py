"""``valuer docket queue``, ``answer`` and ``words``: what the docket asks of people."""

from __future__ import annotations

import argparse
from typing import Any

from valuer.agency.docket import Case
from valuer.agency.docket_queue import REASON_NAMES, Choice, Question
from valuer.cli.answers import Exit, print_json, print_text, progress_on_stderr
from valuer.cli.docket import plain_case
from valuer.cli.here import author, now
from valuer.cli.opening import library_to_change, library_to_read
from valuer.core.problems import UserError
from valuer.core.texts import N_, tr
from valuer.store.docket_questions import answer_question, list_questions
from valuer.store.docket_words import (
    put_status_word,
    told_status_words,
    unknown_status_words,
)


def shown(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the questions that wait, and the status words that tell nothing."""
    with library_to_read(arguments.library) as library, library.read() as connection:
        questions = list_questions(connection)
        unknown = unknown_status_words(connection)
    if arguments.json:
        asked = [_plain(one, tongue) for one in questions]
        print_json({"questions": asked, "words": _counted(unknown)})
        return Exit.YES
    for one in questions:
        reason = tr(REASON_NAMES[one.reason], tongue)
        why = " ".join(issue.say(tongue) for issue in one.issues)
        print_text(f"{one.id}\t{_name(one)}\t{reason}\t{why}")
    for word, count in unknown:
        text = N_("The status “{word}” tells no outcome; its cases: {count}.")
        print_text(tr(text, tongue, word=word, count=count))
    return Exit.YES


def answered(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Keep what stands, or take what came."""
    choice = Choice(arguments.choice)
    with (
        library_to_change(arguments.library, tongue) as library,
        library.change() as connection,
    ):
        answer_question(connection, arguments.question, choice, author(), now())
    if arguments.json:
        print_json({"question": arguments.question, "choice": choice.value})
    else:
        text = N_("Question {number} was answered.")
        print_text(tr(text, tongue, number=arguments.question))
    return Exit.YES


def words(arguments: argparse.Namespace, tongue: str) -> Exit:
    """List the status words that tell nothing, or say what one means."""
    if arguments.word is None:
        if arguments.means is not None:
            raise UserError(N_("Name the word with --word."))
        return _list_words(arguments)
    if arguments.means is None:
        text = N_("Say with --means which listed word “{word}” means.")
        raise UserError(text, word=arguments.word)
    with (
        library_to_change(arguments.library, tongue) as library,
        library.change() as connection,
    ):
        count = put_status_word(
            connection,
            arguments.word,
            arguments.means,
            author(),
            now(),
            progress_on_stderr(),
        )
    told = {"word": arguments.word, "means": arguments.means, "cases": count}
    if arguments.json:
        print_json(told)
    else:
        text = N_("“{word}” is read as “{means}”; {cases} cases bear it.")
        print_text(tr(text, tongue, **told))
    return Exit.YES


def _list_words(arguments: argparse.Namespace) -> Exit:
    with library_to_read(arguments.library) as library, library.read() as connection:
        unknown = unknown_status_words(connection)
        told = told_status_words(connection)
    if arguments.json:
        meant = [{"word": word, "means": means} for word, means in told]
        print_json({"unknown": _counted(unknown), "told": meant})
        return Exit.YES
    for word, count in unknown:
        print_text(f"{word}\t{count}")
    for word, means in told:
        print_text(f"{word}\t= {means}")
    return Exit.YES


def _counted(unknown: tuple[tuple[str, int], ...]) -> list[dict[str, Any]]:
    return [{"word": word, "cases": count} for word, count in unknown]


def _plain(one: Question, tongue: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "batch": one.batch,
        "reason": one.reason.value,
        "case": _name(one),
        "issues": [issue.say(tongue) for issue in one.issues],
        "stands": _version(one.stands),
        "came": _version(one.came),
        "asked_at": one.asked_at.isoformat(),
    }


def _name(one: Question) -> str:
    return one.came.number or one.came.reference


def _version(case: Case | None) -> dict[str, Any] | None:
    return None if case is None else plain_case(case)
