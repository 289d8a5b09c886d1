from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuer.store.words import folded, is_held, match, pieces, sought_words

# Few characters, so that chance makes words; each of a kind that could go wrong:
# outside the first 65,536, kana, Hangul, wide, composed, unseen, marks of FTS5.
SIGNS = '电池灯𠮷ab1é "*(:^-%_+,.|あ가Ａ①ｶﾞ\u0301\u200b'
texts = st.text(st.sampled_from(SIGNS), max_size=8)
numbers = st.text(st.sampled_from("CN12AX"), max_size=9)
stored = st.tuples(st.lists(texts, max_size=3), st.lists(numbers, max_size=2))
searches = st.one_of(
    st.text(st.sampled_from(SIGNS), min_size=1, max_size=5),
    st.text(st.sampled_from("cn12ax-./"), min_size=1, max_size=7),
)


def found(documents, search):
    """Return the places of the documents that the index finds."""
    with closing(sqlite3.connect(":memory:")) as raw:
        raw.execute(
            "CREATE VIRTUAL TABLE patent_words"
            " USING fts5(words, content='', columnsize=0, tokenize='ascii')"
        )
        rows = [(place, pieces(words)) for place, words in enumerate(documents)]
        raw.executemany("INSERT INTO patent_words (rowid, words) VALUES (?, ?)", rows)
        query = "SELECT rowid FROM patent_words WHERE patent_words MATCH ?"
        asked = match(sought_words(search))
        return sorted(row for (row,) in raw.execute(query, (asked,)))


def holding(documents, search):
    """Return those that hold every word of a search, by plain looking."""
    places = []
    for place, (some_texts, some_numbers) in enumerate(documents):
        text = "\n".join(map(folded, some_texts))
        number = "\n".join(map(folded, some_numbers))
        words = folded(search).split()
        bare = [word.translate(dict.fromkeys(map(ord, ".,/-"))) for word in words]
        if all(
            word in text
            or (short != "" and short.isascii() and short.isalnum() and short in number)
            for word, short in zip(words, bare, strict=True)
        ):
            places.append(place)
    return places


@given(st.lists(stored, max_size=4), searches, st.data())
def test_the_index_finds_what_plain_looking_finds(documents, search, data):
    written = [one for some, _ in documents for one in some]
    if written and data.draw(st.booleans()):
        one = data.draw(st.sampled_from(written))
        start = data.draw(st.integers(0, len(one)))
        search = one[start : start + 3]
    if sought_words(search):
        assert found(documents, search) == holding(documents, search)


# Few kinds in little room: what stands at a border is met often.
few = st.lists(st.text(st.sampled_from("ab灯池-"), max_size=3), max_size=3)


@settings(max_examples=300)
@given(few, st.lists(st.text(st.sampled_from("ab"), max_size=5), max_size=2), few)
def test_no_word_is_found_across_a_border(some, named, sought):
    documents = [(some, named)]
    for search in ("".join(sought), "".join(some), "".join(some)[1:3]):
        if sought_words(search):
            assert found(documents, search) == holding(documents, search)


long_texts = st.text(st.sampled_from("ab灯"), max_size=40)


@given(st.lists(long_texts, min_size=1, max_size=3), long_texts, st.integers(0, 40))
def test_long_runs_of_letters_are_found_by_any_part(some, other, start):
    documents = [([text], []) for text in some]
    for search in (other, some[0][start:], some[0][start : start + 17]):
        if sought_words(search):
            assert found(documents, search) == holding(documents, search)


PATENT = (
    ["一种锂离子电池（LiFePO₄）及OLED灯", "南京大学", "Ｌｅｅ，O'Neil", "H01M4/36"],
    ["CN201610895413X", "CN106000000B"],
)
OTHER = (["池塘电机", "京东", "2016"], ["US6699658B1"])


@pytest.mark.parametrize(
    "search",
    [
        "电池",
        "锂",
        "锂离子电池",
        "OLED灯",
        "led灯",
        "LED",
        "lifepo4",
        "ＬｉＦｅＰＯ４",
        "（LiFePO4）",
        "fe",
        "h01m",
        "H01M4/36",
        "o'neil",
        "Lee",
        "201610895413.X",
        "ZL 2016 1089",
        "0895413",
        "cn106000000b",
        "X",
        "电池 南京 h01m",
    ],
)
def test_any_part_of_a_word_is_found(search):
    assert found([PATENT, OTHER], search) == [0]


@pytest.mark.parametrize(
    "search",
    [
        "电机电池",
        "池电",
        "灯南京",
        "南京 京东",
        "36cn2016",
        "电池*",
        "^电池",
        "电池 NOT 南京",
        "电池 OR",
        "words:电池",
        '"电池"',
        "电池+",
        "(电池)",
        "lifepo-4",
        "%",
        "_",
        "电_",
    ],
)
def test_signs_are_signs_and_no_word_crosses_a_border(search):
    assert found([PATENT], search) == []


@pytest.mark.parametrize(
    ("texts", "search"),
    [
        (["甲LED", "灯具"], "led灯"),
        (["灯", "LED"], "灯led"),
        (["LED 灯"], "led灯"),
        (["able"], "a-b"),
        (["电", "池"], "电池"),
        (["5", "G通信"], "5g"),
    ],
)
def test_what_stands_apart_is_no_word(texts, search):
    assert found([(texts, ["CN1"])], search) == []


def test_a_very_long_search_is_no_trouble():
    title = "".join(chr(0x4E00 + place) for place in range(5000))
    documents = [([title], []), (["短"], [])]
    assert found(documents, title) == [0]
    assert found(documents, " ".join(title)) == [0]
    assert found(documents, title + "短") == []


def test_half_a_character_finds_nothing():
    assert found([PATENT], "\ud842") == []
    assert not is_held(sought_words("\ud842"), PATENT)
