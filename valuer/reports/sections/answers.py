"""Warnings of the gate and the written answers to them (检查提示及说明).

What nobody answered is not printed here: a warning of a method stands among the
special matters, a missing declaration is missing from its section.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from valuer.core.texts import N_, Message
from valuer.reports.sections.blocks import Block, Column, Heading, Note, Prose, Table
from valuer.reports.sections.draft import Draft

Tell = Callable[[Draft, Message], str]
"""Says a message as the report does, in its words and its numbers of patents."""


def answers(draft: Draft, tell: Tell) -> Iterator[Block]:
    """Yield each warning that was answered, with its clause and the answer."""
    found = draft.gate.answered
    if not found:
        return
    yield Heading(draft.say(N_("Warnings of the check, and the answers to them")))
    text = N_(
        "Before this {report} was made the case was checked. What was warned of, and"
        " why this {report} stands all the same:"
    )
    yield Prose(draft.say(text), leads=True)
    yield Table(
        draft.say(N_("Warnings and answers")),
        (
            Column(draft.say(N_("Warning")), weight=0.4),
            Column(draft.say(N_("Clause")), weight=0.24),
            Column(draft.say(N_("Answer")), weight=0.36),
        ),
        tuple(
            (tell(draft, one.message), one.clause.say(draft.language), text)
            for one, text in found
        ),
    )
    if any(not one.clause.is_checked for one, _ in found):
        text = N_("†: clause not yet checked against its original.")
        yield Note(draft.say(text))
