"""The dashboard's figures, reckoned with the docket and kept beside it.

Whoever brings in many cases keeps the board at once: then the window shows every figure
when it opens.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from valuer.agency.attention import Attention, attention
from valuer.agency.columns import Docket
from valuer.agency.dashboard import Board, board, kept_form
from valuer.core.canonical import canonical
from valuer.store.docket import docket_state
from valuer.store.docket_columns import docket_columns, keep_columns
from valuer.store.docket_kept import keep_answer
from valuer.store.docket_questions import count_questions
from valuer.store.docket_words import unknown_status_words

BOARD, CASES = "dashboard", "dashboard_cases"
"""Keys under which the figures and the cases behind what waits are kept."""


def reckon_board(connection: Connection, docket: Docket) -> tuple[Board, Attention]:
    """Return the board of a docket on its day, and the cases behind what waits."""
    waiting = attention(docket)
    words = unknown_status_words(connection)
    return board(docket, waiting, count_questions(connection), words), waiting


def kept_bodies(made: Board, waiting: Attention) -> tuple[tuple[str, bytes], ...]:
    """Return what is kept of a board, each with its key; the board itself last."""
    return (CASES, canonical(waiting.numbers)), (BOARD, kept_form(made))


def keep_board(connection: Connection, as_of: date) -> Board:
    """Reckon the board of a day, keep it for this state of the docket, and return it."""
    keep_columns(connection)
    made, waiting = reckon_board(connection, docket_columns(connection, as_of))
    state = docket_state(connection)
    for key, body in kept_bodies(made, waiting):
        keep_answer(connection, key, state, body)
    return made
