"""The formats of docket lists, each known by the headings that are its own.

The office's query list (专利业务办理系统), incoPat, PatSnap, lists of Chinese searches, an
agency system's own export, and any list whose columns a profile tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from valuer.agency.docket_profiles import Profile, word_key
from valuer.agency.statuses import unknown_words
from valuer.core.patent_numbers import looks_like_chinese_application
from valuer.core.patents import Source
from valuer.core.problems import Issue, Severity, UserError
from valuer.core.progress import Progress
from valuer.core.texts import N_, message
from valuer.imports.columns import header_key
from valuer.imports.docket_columns import Columns, columns_by, columns_of
from valuer.imports.docket_names import HOW_OFTEN, STATE_OF_TASK, TASKS, WHOLE_DOCUMENT
from valuer.imports.docket_rows import CaseReader
from valuer.imports.docket_values import Words, texts_of
from valuer.imports.result import at
from valuer.imports.table import Table

_SAMPLE = 40
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class DocketFormat:
    """One format of docket lists.

    Attributes:
        key: stable name; ``title``: what people call it.
        own: headings that are its own; it is known by ``enough`` of them.
        of_documents: its counts are those of the document that a row names, as filed or
            as granted by the letter of its kind.
    """

    key: str
    title: str
    own: tuple[str, ...] = ()
    enough: int = 1
    of_documents: bool = False


FORMATS = (
    DocketFormat(
        "cpquery",
        N_("Query list of the patent office"),
        (
            "申请号/专利号",
            "案件状态",
            "申请人姓名或名称",
            "国籍或总部所在地",
            "第一代理人",
        ),
        enough=3,
    ),
    DocketFormat(
        "incopat",
        N_("incoPat list"),
        (
            "链接到incopat",
            "合享价值度",
            "首项权利要求",
            "首权字数",
            "标准化申请人",
            "专利寿命(月)",
            "家族被引证次数",
            "简单同族个数",
            "扩展同族个数",
            "一案双申",
            "提出实审时长",
            "专利有效性",
        ),
        enough=2,
        of_documents=True,
    ),
    DocketFormat(
        "patsnap",
        N_("PatSnap list"),
        (
            "法律状态/事件",
            "[标]当前申请(专利权)人",
            "[标]代理机构",
            "patsnap同族专利申请数量",
            "标题(译)(简体中文)",
            "当前申请(专利权)人数量",
            "5年内被引用数量",
        ),
        of_documents=True,
    ),
    DocketFormat(
        "agency_system",
        N_("Export of an agency's system"),
        (
            "我方文号",
            "客户文号",
            "贵方案号",
            "客户名称",
            "承办人",
            "处理事项",
            "任务名称",
            "初稿日",
        ),
        enough=1,
    ),
    DocketFormat("cnipa_list", N_("Chinese patent list"), of_documents=True),
)
"""The formats of docket lists; the first whose own headings are there reads a table."""

BY_PROFILE = DocketFormat("profile", N_("List read by a profile"))


@dataclass(frozen=True, slots=True)
class Known:
    """A table that is a docket list: its format and columns."""

    table: Table
    format: DocketFormat
    columns: Columns
    words: Words


def known(table: Table) -> Known | None:
    """Return how a table is read by its headings; None: it is no docket list."""
    columns = _without_state_of_tasks(table, columns_of(table))
    if len(columns.of) < _FEWEST or not columns.names_cases:
        return None
    if "reference" not in columns.of and not _has_numbers(table, columns):
        return None
    chosen = next(one for one in FORMATS if _is(one, columns))
    return Known(table, chosen, columns, {})


def known_by(table: Table, profile: Profile) -> Known | None:
    """Return how a table is read by a profile; None: its headings are not there."""
    columns = columns_by(table, profile)
    if not columns.names_cases:
        return None
    words = {(one.field, word_key(one.word)): one.means for one in profile.words}
    return Known(table, BY_PROFILE, columns, words)


def read_known(
    one: Known, source: Source, progress: Progress, most: int | None = None
) -> CaseReader:
    """Return the reader of a table that has read it, ``most`` rows at most."""
    reader = CaseReader(
        one.table,
        one.columns,
        one.words,
        source,
        of_documents=one.format.of_documents,
        all_people=one.format is BY_PROFILE,
    )
    reader.read(progress, most)
    for issue in _of_header(one):
        reader.report.issues.append(issue)
    return reader


def no_such_headings(name: str, profile: Profile) -> UserError:
    """Return the refusal of a file in which a profile's headings are not found."""
    text = N_(
        "{file}: no row has the headings of profile “{profile}” ({headings}); choose"
        " another profile, or map the columns anew."
    )
    headings = tuple(heading[:40] for heading, _ in profile.columns[:8])
    return UserError(text, file=name, profile=profile.name[:80], headings=headings)


def unknown_statuses(reader: CaseReader) -> tuple[Issue, ...]:
    """Return an issue for each status word that tells no outcome, each once."""
    words = (case.status for case in reader.cases if not case.status_means)
    return unknown_words(tuple(words))


def _without_state_of_tasks(table: Table, columns: Columns) -> Columns:
    """Return the columns without the state of a task, which is none of the case."""
    place = _place_of_state(table, columns)
    if place < 0 or place not in columns.of.get("status", ()):
        return columns
    left = tuple(one for one in columns.of["status"] if one != place)
    of = {key: at for key, at in columns.of.items() if key != "status"}
    return replace(columns, of=of | ({"status": left} if left else {}))


def _place_of_state(table: Table, columns: Columns) -> int:
    """Return the column (from 0) of the state of tasks; -1: the list has none."""
    if not columns.names.intersection(map(header_key, TASKS)):
        return -1
    heads = [header_key(text) for text in table.rows[columns.row]]
    state = header_key(STATE_OF_TASK)
    return heads.index(state) if state in heads else -1


def _is(one: DocketFormat, columns: Columns) -> bool:
    own = sum(header_key(name) in columns.names for name in one.own)
    return not one.own or own >= one.enough


def _has_numbers(table: Table, columns: Columns) -> bool:
    """Whether the column of numbers holds any, or nothing that is none."""
    found = []
    for column in columns.of.get("number", ()):
        below = table.rows[columns.row + 1 :]
        texts = (texts_of(cells[column : column + 1], 0) for cells in below)
        found += list(
            islice((text for each in texts for text in each if text), _SAMPLE)
        )
    return not found or any(map(_is_number, found))


def _is_number(text: str) -> bool:
    digits = sum(character.isdigit() for character in text)
    return looks_like_chinese_application(text) or digits >= 6


def _of_header(one: Known) -> Iterator[Issue]:
    """Yield what is to be told of the columns themselves."""
    sheet, row = one.table.sheet, one.columns.row + 1
    for read, left_out in one.columns.doubled:
        text = N_(
            "Columns {read} and {left_out} bear names of the same thing; the first was"
            " read."
        )
        wording = message(text, read=read + 1, left_out=left_out + 1)
        yield Issue(
            Severity.WARNING, at(sheet, row, wording), "", sheet, row, left_out + 1
        )
    if one.columns.absent and one.format is BY_PROFILE:
        text = N_(
            "The list has no columns {headings} that the profile names; what they should"
            " hold was not read."
        )
        headings = tuple(each[:40] for each in one.columns.absent)
        wording = at(sheet, row, message(text, headings=headings))
        yield Issue(Severity.WARNING, wording, "", sheet, row)
    state = _place_of_state(one.table, one.columns)
    if state >= 0 and one.format is not BY_PROFILE:
        text = N_("“{heading}” is the state of a task here, not of a case; not read.")
        wording = at(sheet, row, message(text, heading=STATE_OF_TASK))
        yield Issue(Severity.NOTE, wording, "", sheet, row, state + 1)
    if one.format.of_documents:
        yield from _of_documents(one, sheet, row)


def _of_documents(one: Known, sheet: str, row: int) -> Iterator[Issue]:
    """Yield what a search service counts otherwise than a metric needs it."""
    cells = [header_key(text) for text in one.table.rows[one.columns.row]]
    text = N_(
        "“{heading}” counts the pages of the whole document; the description alone has"
        " fewer. The packages as filed tell its pages."
    )
    if header_key(WHOLE_DOCUMENT) in cells:
        column = cells.index(header_key(WHOLE_DOCUMENT)) + 1
        wording = message(text, heading=WHOLE_DOCUMENT)
        yield Issue(Severity.WARNING, at(sheet, row, wording), "", sheet, row, column)
    text = N_(
        "“{heading}” says how often and not when; transfers, licences and pledges count"
        " by their days, so it was not read."
    )
    for heading in HOW_OFTEN:
        if header_key(heading) in cells:
            column = cells.index(header_key(heading)) + 1
            wording = message(text, heading=heading)
            placed = at(sheet, row, wording)
            yield Issue(Severity.NOTE, placed, "", sheet, row, column)
