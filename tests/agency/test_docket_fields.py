"""One list of fields serves the import, the mapping, the form and the metrics."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from valuer.agency.columns import FIELDS as MADE_FROM
from valuer.agency.docket import Case
from valuer.agency.docket_fields import (
    FIELDS,
    TOLD,
    Holds,
    column_keys,
    field_of,
    label_of,
)
from valuer.agency.docket_profiles import (
    Profile,
    Word,
    choices_of,
    profile_from,
    profile_issues,
)
from valuer.agency.metrics import METRICS
from valuer.core.problems import UserError
from valuer.core.texts import say

PROFILE = Profile("ours", (("案号", "reference"), ("类型", "kind")))


def test_every_field_of_a_case_but_its_source_stands_in_the_list():
    listed = {one.key for one in FIELDS}

    assert listed == {one.name for one in fields(Case)} - {"source", "status_means"}


def test_what_a_metric_lacks_has_a_name_for_people():
    needed = {MADE_FROM.get(name, name) for one in METRICS for name in one.needs}

    assert not {key for key in needed if field_of(key) is None}


def test_a_part_of_several_is_named_with_what_it_is_part_of():
    assert say(label_of("notices.made"), "en") == "Notices: Day of the notice"
    assert say(label_of("filed"), "en") == "Filing day"
    assert field_of("notices.nothing") is None
    assert say(label_of("colour"), "en") == "colour"


def test_a_column_holds_a_field_or_a_part_of_several_never_all_of_them():
    rows = {one.key for one in (*FIELDS, *TOLD) if one.holds is Holds.ROWS}

    assert not rows & set(column_keys())
    assert {"filed", "notices.made", "office_actions.answered"} <= set(column_keys())


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "needs a name"),
        ({"columns": ()}, "at least one column"),
        ({"columns": (*PROFILE.columns, ("色", "colour"))}, "no field"),
        ({"columns": (("名称", "title"),)}, "without either no row is a case"),
        ({"columns": (("a", "number"), ("b", "number"))}, "keep one of them"),
        ({"words": (Word("colour", "a", "b"),)}, "no field"),
        ({"words": (Word("kind", "发明", "colour"),)}, "does not know"),
        ({"words": (Word("status", "结案", "其他失效"),)}, "does not know"),
        ({"words": (Word("instructed", "是", "perhaps"),)}, "does not know"),
    ],
)
def test_a_profile_that_names_what_is_not_known_is_refused(wrong, said):
    (issue,) = profile_issues(replace(PROFILE, **wrong))

    assert said in issue.say("en")


def test_several_columns_may_hold_people_and_the_same_part_of_several():
    twice = (
        ("一通", "office_actions.made"),
        ("二通", "office_actions.made"),
        ("第一代理师", "agents"),
        ("第二代理师", "agents"),
    )
    words = (
        Word("kind", "发明", "invention"),
        Word("status", "已授权", "专利权维持"),
        Word("instructed", "是", "yes"),
    )
    whole = replace(PROFILE, columns=(*PROFILE.columns, *twice), words=words)

    assert profile_issues(whole) == ()


def test_what_a_word_may_mean_is_known_by_its_field():
    assert choices_of("instructed") == ("yes", "no")
    assert choices_of("kind") == ("invention", "utility_model", "design")
    assert choices_of("title") == ()
    assert choices_of("colour") == ()


def test_a_profile_is_read_from_plain_json():
    plain = {"name": "ours", "columns": [["案号", "reference"], ["类型", "kind"]]}

    assert profile_from(plain) == PROFILE
    with pytest.raises(UserError, match="at least one column"):
        profile_from({"name": "ours"})
