"""Lists of cases put into the docket of a library, as an import does it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from valuer.agency.docket import Case
from valuer.agency.notices import Notice
from valuer.core.patents import PatentKind, Source
from valuer.store.batches import BatchFile, BatchKind, new_batch
from valuer.store.docket import every_case
from valuer.store.docket_putting import put_cases
from valuer.store.docket_schema import metadata

AT = datetime(2026, 9, 30, 8, 30, tzinfo=UTC)
AS_OF = date(2026, 9, 30)
LIST = Source("案卷.csv", "ab" * 32, "", 2, date(2026, 9, 1))

SCREW = Case(
    "CN2023100000011",
    PatentKind.INVENTION,
    reference="P23001",
    title="一种螺钉",
    client="甲公司",
    agents=("王一",),
    field="F16B 35/00",
    filed=date(2023, 1, 9),
    notices=(Notice("审查意见通知书", date(2024, 5, 6)),),
    status="一通出案待答复",
    source=LIST,
)
CELL = Case(
    "CN2023200000025",
    PatentKind.UTILITY_MODEL,
    reference="P23002",
    title="锂离子电池组",
    client="乙大学",
    agents=("李二", "王一"),
    handler="赵三",
    field="H01M 10/00",
    filed=date(2023, 2, 6),
    granted=date(2023, 9, 5),
    status="专利权维持",
    source=LIST,
)


def do(library, action, *words):
    with library.change() as connection:
        return action(connection, *words)


def look(library, action, *words, **named):
    with library.read() as connection:
        return action(connection, *words, **named)


def put(library, *cases, at=AT):
    """Import a list; return the batch and what became of it."""
    with library.change() as connection:
        files = [BatchFile("案卷.csv", "ab" * 32)]
        batch = new_batch(connection, files, at, "王", BatchKind.DOCKET)
        return batch, put_cases(connection, batch, cases, AS_OF, "王")


def every(library):
    return look(library, every_case)


NAMES = st.sampled_from(
    [("", "P1"), ("", "P2"), (SCREW.number, "P1"), (CELL.number, "P2"), ("1", "")]
)
CASES = st.builds(
    lambda names, **facts: Case(names[0], reference=names[1], **facts),
    NAMES,
    kind=st.sampled_from([None, PatentKind.INVENTION, PatentKind.UTILITY_MODEL]),
    title=st.sampled_from(["", "Screw", "Bolt"]),
    claims=st.none() | st.integers(1, 3),
    filed=st.none() | st.sampled_from([date(2023, 1, 9), date(2023, 2, 6)]),
    granted=st.none() | st.sampled_from([date(2023, 1, 20), date(2025, 3, 4)]),
    status=st.sampled_from(["", "专利权维持", "等待公布", "等火星人"]),
    source=st.just(LIST),
)


def drop_docket(path):
    """Make a library what it was before it had a docket."""
    with closing(sqlite3.connect(path)) as raw:
        for table in [name for name in metadata.tables if name.startswith("docket_")]:
            raw.execute(f"DROP TABLE {table}")
