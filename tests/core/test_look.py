"""What a look and a profile of disclosure may say, and how they are told."""

from __future__ import annotations

import pytest

from valuer.core.disclosure import (
    MOST_RECIPIENTS,
    Disclosure,
    Extent,
    Recipient,
    disclosure_faults,
    disclosure_words,
)
from valuer.core.look import Addition, Look, Wording, look_faults, look_words

SOUND = Look(
    "#1f4e8c",
    "ab" * 32,
    (Wording("zh_CN", "页眉", "页脚", ("一",), (Addition("limits", ("二\n三",)),)),),
)


def test_a_sound_look_has_no_fault_and_is_told_in_short():
    assert list(look_faults(SOUND)) == []
    assert str(look_words(SOUND)) == "Logo abababab…; colour #1f4e8c; 4 texts"
    assert look_words(Look()) is None


@pytest.mark.parametrize(
    ("look", "said"),
    [
        (Look("blue"), "colour"),
        (Look(logo="AB" * 32), "SHA-256"),
        (Look(wordings=(Wording("fr"),)), "told once"),
        (Look(wordings=(Wording("en"), Wording("en"))), "told once"),
        (
            Look(wordings=(Wording("en", additions=(Addition("a"), Addition("a"))),)),
            "twice",
        ),
        (Look(wordings=(Wording("en", "x" * 81),)), "longer than 80"),
        (Look(wordings=(Wording("en", "\ufffe\x00"),)), "control"),
        (Look(wordings=(Wording("en", cover=("<a href='x'>",)),)), "markup"),
    ],
)
def test_what_is_wrong_with_a_look_is_told(look: Look, said: str):
    assert any(said in str(fault) for fault in look_faults(look))


BANK = Recipient("银行", "ab" * 32)


def test_more_covers_less_and_not_the_other_way():
    extents = list(Extent)
    for place, chosen in enumerate(extents):
        found = [one for one in extents if Disclosure(chosen).covers(one)]
        assert found == extents[: place + 1]


def test_recipients_are_told_where_they_are_given_anything():
    assert "银行" in str(disclosure_words(Disclosure(Extent.CASE, (BANK,))))
    assert "银行" not in str(disclosure_words(Disclosure(recipients=(BANK,))))


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        (Disclosure(Extent.CASE), "recipients"),
        (Disclosure(recipients=(BANK,) * (MOST_RECIPIENTS + 1)), "at most"),
        (Disclosure(recipients=(BANK, BANK)), "twice"),
        (Disclosure(recipients=(Recipient(" ", "ab" * 32),)), "name"),
        (Disclosure(recipients=(Recipient("x", "AB" * 32),)), "SHA-256"),
    ],
)
def test_what_is_wrong_with_a_profile_is_told(profile: Disclosure, said: str):
    assert any(said in str(fault) for fault in disclosure_faults(profile))
    assert list(disclosure_faults(Disclosure(Extent.CASE, (BANK,)))) == []
