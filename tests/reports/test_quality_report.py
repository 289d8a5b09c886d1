"""The quality report: what it prints, what it carries, and what it keeps to itself."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pikepdf
import pytest

from tests.agency.hand_docket import AS_OF as HAND_DAY
from tests.agency.hand_docket import DOCKET
from tests.agency.invented_agency import AS_OF, invented
from valuer import __version__
from valuer.agency.columns import columns_of
from valuer.agency.metric import Grouping, Question
from valuer.agency.origins import Counted, Origins, TakenUp
from valuer.core.canonical import canonical, parse_json
from valuer.core.case import House, HouseKind
from valuer.core.look import Addition, Look, Wording
from valuer.core.problems import UserError
from valuer.core.registry import Registry
from valuer.reports.carried import language_of, quality_package_of
from valuer.reports.keys import load_key
from valuer.reports.pdfium import Pages
from valuer.reports.quality import package
from valuer.reports.quality.facts import KIND, Responsible, Span
from valuer.reports.quality.gathering import Wanted, gathered, period_before
from valuer.reports.quality.report import build_from, quality_report
from valuer.reports.recompute import recompute
from valuer.reports.sample_keys import make_sample_keys
from valuer.reports.signature_roles import Role
from valuer.reports.signing import sign_document
from valuer.reports.verdicts import Verdict
from valuer.reports.verifying import verify

NOW = datetime(2026, 11, 22, 2, 15, tzinfo=UTC)
YEAR = Question(date(2025, 10, 1), date(2026, 9, 30))
HOUSE = House(HouseKind.PATENT_AGENCY, "示例专利代理事务所", "32100")
PEOPLE = (Responsible("张三", "负责人", "3210012345.6"),)
WANTED = Wanted(HOUSE, date(2026, 10, 8), "en", "Q-3", PEOPLE)
ORIGINS = Origins(
    (TakenUp("docket.csv", 13, date(2026, 9, 1)),), (Counted("其他失效", 1),), 2
)
NO_METHODS = Registry()

HAND = columns_of(DOCKET, HAND_DAY)
CASES = invented(900, 7)[0]
AGENCY = columns_of(CASES, AS_OF)


def text_of(pdf: bytes) -> str:
    with Pages(pdf) as pages:
        lines = [line for page in range(len(pages)) for line in pages.lines(page)]
    return " ".join(" ".join(lines).split())


@pytest.fixture(scope="module")
def hand() -> bytes:
    """The report of the docket counted by hand: 13 cases, 7 inventions closed."""
    return quality_report(HAND, Question(), WANTED, ORIGINS).pdf


@pytest.fixture(scope="module")
def agency() -> bytes:
    """The report of an invented agency's year, clients by numbers."""
    wanted = replace(WANTED, numbered=(Grouping.CLIENT,))
    return quality_report(AGENCY, YEAR, wanted).pdf


def test_it_says_what_a_hand_count_of_the_docket_says(hand: bytes):
    text = text_of(hand)
    # Granted 1, 2, 3; refused 4; let go 5, 6, 7: three of seven inventions.
    assert "Of 7 inventions closed in the period 3 were granted: 42.9%" in text
    # Of these 6 and 7 were let go before any action.
    assert "3 of 5 inventions were granted: 60.0%" in text
    assert "divides by 5 of them" in text
    assert "the other 2 were let go" in text
    assert "17.1 percentage points higher" in text
    assert "Of the 2 cases deemed withdrawn: examination not requested" not in text
    assert "Of the 2 cases deemed withdrawn:" in text
    assert "2 cases leave every denominator" in text
    assert "The outcome of 1 cases is not known (7.7% of all)." in text
    assert "docket.csv" in text
    assert "2 questions about the docket are not answered." in text
    assert "其他失效" in text


def test_its_pages_say_whose_figures_these_are(hand: bytes):
    text = text_of(hand)
    assert "示例专利代理事务所" in text
    assert "as it stood on 30 September 2026" in text
    assert "负责人: 张三" in text
    assert "Licence No.: 3210012345.6" in text


def test_without_a_number_the_head_of_its_pages_has_its_title():
    pdf = quality_report(HAND, Question(), replace(WANTED, number="")).pdf
    with Pages(pdf) as pages:
        heads = [pages.lines(page)[0] for page in range(1, len(pages))]
    assert all(head.startswith("示例专利代理事务所 Filing quality") for head in heads)
    assert recompute(pdf, NO_METHODS, "en").matches


def test_the_same_facts_give_the_same_bytes(hand: bytes):
    assert quality_report(HAND, Question(), WANTED, ORIGINS).pdf == hand


def test_no_case_is_in_it_nor_in_what_it_carries(agency: bytes):
    carried = canonical(quality_package_of(agency)).decode()
    text = text_of(agency)
    for case in CASES[::20]:
        assert case.number not in carried
        assert case.number not in text


def test_names_are_replaced_by_numbers_where_wanted(agency: bytes):
    carried = canonical(quality_package_of(agency)).decode()
    assert not re.search(r"客户\d", carried)
    assert "代理师" in carried
    assert "Client 1" in text_of(agency)


def test_one_number_means_one_agent_in_every_table():
    wanted = replace(WANTED, numbered=(Grouping.AGENT,))
    numbered = gathered(AGENCY, Question(), wanted).groups
    named = gathered(AGENCY, Question(), WANTED).groups
    seen: dict[str, str] = {}
    for numbers, names in zip(numbered, named, strict=True):
        if numbers.by is Grouping.AGENT:
            counts = [(one.n, one.total) for one in names.rows]
            for one in numbers.rows[: len(numbers.rows) - bool(numbers.others)]:
                # Only where counts alone tell who it is.
                if counts.count((one.n, one.total)) == 1:
                    name = names.rows[counts.index((one.n, one.total))].group
                    assert seen.setdefault(one.group, name) == name
    assert len(seen) > 5


def test_of_the_house_words_only_those_printed_are_carried():
    words = Wording("en", "Head", "Foot", ("On the cover",), (Addition("x", ("y",)),))
    look = Look(wordings=(Wording("zh_CN", "页眉"), words))
    wanted = replace(WANTED, house=replace(HOUSE, look=look))
    carried = gathered(HAND, Question(), wanted).house.look
    assert carried.wordings == (replace(words, additions=()),)
    text = text_of(quality_report(HAND, Question(), wanted).pdf)
    assert "Head" in text
    assert "On the cover" in text


def test_who_is_left_out_by_name_is_not_told_as_a_limit():
    wanted = replace(WANTED, numbered=(Grouping.AGENT,))
    asked = Question(agents=("代理师01",), clients=("客户001",))
    only = gathered(AGENCY, asked, wanted).only
    assert only.agents == ()
    assert only.clients == ("客户001",)


def test_no_group_is_ranked_whose_interval_is_wide(agency: bytes):
    text = text_of(agency)
    assert "There is no ranking: not even two of" in text


def test_the_cohorts_say_why_the_usual_figure_misleads(agency: bytes):
    found = re.search(
        r"Within 36 months ([\d.]+)% of them are granted.*?would say ([\d.]+)%:"
        r" ([\d.]+) percentage points too much",
        text_of(agency),
    )
    assert found
    right, naive, points = map(float, found.groups())
    assert naive - right == pytest.approx(points, abs=0.11)
    assert points > 5


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_its_figures_come_out_again(language: str):
    wanted = replace(WANTED, language=language)
    pdf = quality_report(AGENCY, YEAR, wanted, ORIGINS).pdf
    found = recompute(pdf, NO_METHODS, "en")
    assert found.matches, found.differences
    assert found.is_exact
    assert found.program == __version__
    assert language_of(pdf, "") == language


def with_attachment(pdf: bytes, data: bytes) -> bytes:
    """The same pages, carrying something else."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        file = document.Root.AF[0]
        file.EF.F.write(data)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def test_pages_that_do_not_follow_from_their_facts_are_found(hand: bytes):
    found = quality_package_of(hand)
    first = found.facts.metrics[0]
    assert (first.key, first.n, first.total) == ("Q01", 7, 3)
    metrics = (replace(first, total=4.0), *found.facts.metrics[1:])
    forged = replace(found, facts=replace(found.facts, metrics=metrics))
    told = recompute(with_attachment(hand, package.written(forged)), NO_METHODS, "en")
    assert not told.matches
    assert any("42.9" in one.printed for one in told.differences)
    assert any("57.1" in one.recomputed for one in told.differences)


def _without(plain, path: str, value) -> bytes:
    *way, last = path.split(".")
    inner = plain
    for name in way:
        inner = inner[int(name)] if name.isdigit() else inner[name]
    inner[int(last) if last.isdigit() else last] = value
    return canonical(plain)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("facts.metrics.0.total", 8.0),
        ("facts.metrics.0.total", 2.5),
        ("facts.metrics.0.n", -1),
        ("facts.metrics.0.n", 10**12),
        ("facts.metrics.0.key", "Q99"),
        ("facts.metrics.0.key", "Q02"),
        ("facts.metrics.4.cells", [[100.0, 1, 10**9]]),
        ("facts.metrics.4.cells", [[1e9, 1, 11]]),
        ("facts.metrics.4.cells", [[100.0, 3, 11]]),
        ("facts.docket.count", 0),
        ("facts.docket.outcomes", [{"name": "gone", "count": 1}]),
        ("facts.between", [-1]),
        ("facts.language", "fr"),
        ("facts.as_of", "0001-01-01"),
        ("facts.responsible", [{"name": "x"}] * 3),
        ("facts.unknown", 1),
        ("format", 2),
        ("kind", "appraisal_report"),
    ],
)
def test_facts_that_no_docket_gives_are_refused(hand: bytes, path: str, value):
    data = canonical(quality_package_of(hand))
    plain = parse_json(data, "x")
    assert plain["kind"] == KIND
    with pytest.raises(UserError):
        package.read(_without(plain, path, value))


@pytest.mark.parametrize(
    ("key", "name", "value"),
    [
        ("Q25", "cells", [[0.0, 0, 10**9]]),
        ("Q25", "cells", [[10.0**9, 0, 10**9]]),
        ("Q05", "squares", 1e300),
        ("Q01", "cells", [[1.0, 1, 1]]),
    ],
)
def test_sums_that_would_take_all_memory_are_refused(hand: bytes, key, name, value):
    plain = parse_json(canonical(quality_package_of(hand)), "x")
    (place,) = [
        place
        for place, one in enumerate(plain["facts"]["metrics"])
        if one["key"] == key
    ]
    with pytest.raises(UserError, match=rf"facts\.metrics\[{place}\]"):
        package.read(_without(plain, f"facts.metrics.{place}.{name}", value))


def test_too_large_a_package_is_refused():
    with pytest.raises(UserError, match="larger"):
        package.read(b" " * (package.LARGEST + 1))


def test_it_is_signed_by_the_responsible_and_sealed_by_the_agency(
    hand: bytes, tmp_path
):
    names = ("张三", "李四")
    keys = make_sample_keys(
        tmp_path, "2468", NOW, appraisers=names, institution=HOUSE.name
    )
    person = load_key(keys.appraisers[0], "2468", NOW)
    seal = load_key(keys.institution, "2468", NOW)
    with pytest.raises(UserError, match="1 persons have yet to sign"):
        sign_document(hand, seal, Role.AGENCY, NOW, "en")

    # Whoever signs as an appraiser signs a quality report as a responsible person.
    first = sign_document(hand, person, Role.APPRAISER, NOW, "en")
    assert first.notes == () or all("张三" not in str(note) for note in first.notes)
    done = sign_document(first.pdf, seal, Role.AGENCY, NOW, "en").pdf
    found = verify(done, now=NOW)
    assert found.verdict is Verdict.INTACT
    assert [one.role for one in found.signatures] == [Role.RESPONSIBLE, Role.HOUSE]
    assert not found.empty
    assert recompute(done, NO_METHODS, "en").matches


def test_two_persons_sign_each_in_the_own_place(tmp_path):
    people = (*PEOPLE, Responsible("李四", "质量主管"))
    wanted = replace(WANTED, responsible=people)
    pdf = quality_report(HAND, Question(), wanted).pdf
    keys = make_sample_keys(tmp_path, "2468", NOW, appraisers=("张三", "李四"))
    second, first = (load_key(path, "2468", NOW) for path in reversed(keys.appraisers))
    once = sign_document(pdf, second, Role.RESPONSIBLE, NOW, "en").pdf
    assert verify(once, now=NOW).signatures[0].field == "Responsible2"
    with pytest.raises(UserError):
        sign_document(once, second, Role.RESPONSIBLE, NOW, "en")
    twice = sign_document(once, first, Role.RESPONSIBLE, NOW, "en").pdf
    assert verify(twice, now=NOW).verdict is Verdict.INTACT


@pytest.mark.parametrize(
    ("docket", "change", "words"),
    [
        (HAND, {"house": replace(HOUSE, name=" ")}, "names its house"),
        (HAND, {"responsible": PEOPLE * 3}, "At most 2"),
        (columns_of((), AS_OF), {}, "holds no case"),
    ],
)
def test_a_report_that_nobody_can_answer_for_is_refused(docket, change, words):
    with pytest.raises(UserError, match=words):
        quality_report(docket, Question(), replace(WANTED, **change))


def test_a_period_that_ends_before_it_begins_is_refused():
    backwards = Question(date(2026, 2, 1), date(2026, 1, 1))
    with pytest.raises(UserError, match="before it begins"):
        quality_report(HAND, backwards, WANTED)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-01-01", "2026-03-31", ("2025-10-01", "2025-12-31")),
        ("2026-01-01", "2026-12-31", ("2025-01-01", "2025-12-31")),
        ("2024-03-01", "2024-03-31", ("2024-02-01", "2024-02-29")),
        ("2026-01-15", "2026-01-24", ("2026-01-05", "2026-01-14")),
        ("2026-01-01", "2026-01-01", ("2025-12-31", "2025-12-31")),
    ],
)
def test_the_period_before_is_as_long(first, last, expected):
    asked = Question(date.fromisoformat(first), date.fromisoformat(last))
    assert period_before(asked) == Span(*map(date.fromisoformat, expected))


def test_a_period_without_an_end_has_none_before():
    assert period_before(Question(date(2026, 1, 1))) is None
    assert period_before(Question()) is None


def test_a_docket_that_tells_little_makes_a_short_report():
    facts = gathered(columns_of(DOCKET[:1], HAND_DAY), Question(), WANTED)
    built = build_from(facts, __version__)
    assert built.pages <= 12
    assert recompute(built.pdf, NO_METHODS, "en").matches


@pytest.mark.parametrize("word", ["评估结论", "评估值", "资产评估师", "评报字", "声明"])
def test_words_of_an_appraisal_do_not_occur(word: str):
    wanted = replace(WANTED, language="zh_CN")
    assert word not in text_of(quality_report(HAND, Question(), wanted).pdf)


def test_marks_are_listed_as_the_language_lists_them():
    wanted = replace(WANTED, language="zh_CN")
    text = text_of(quality_report(AGENCY, YEAR, wanted).pdf)
    assert "V1：见于一个来源；V2" in text
    assert "; V2" not in text
