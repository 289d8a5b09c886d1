"""A library on disk, under a name that people give, and lists to put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from valuer.core.patents import Patent
from valuer.store.batches import new_batch
from valuer.store.library import Library, open_library
from valuer.store.putting import Outcome, put_patents

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "南京 专利库 #1?.valuer"


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    with open_library(path, create=True) as library:
        yield library


Put = Callable[..., tuple[str, Outcome]]


@pytest.fixture
def put() -> Put:
    """Put a list into a library as one batch; rows count from 2."""

    def put_list(library: Library, *patents: Patent) -> tuple[str, Outcome]:
        with library.change() as connection:
            batch = new_batch(connection, [], AT)
            return batch, put_patents(connection, batch, _rows(patents))

    return put_list


def _rows(patents: Sequence[Patent]) -> list[tuple[int, Patent]]:
    return list(enumerate(patents, 2))
