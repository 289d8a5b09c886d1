from __future__ import annotations

import pytest

from valuer.core.case import House, HouseKind
from valuer.store.schema import settings
from valuer.store.settings import (
    HOUSE,
    LANGUAGE,
    LAST_FOLDER,
    SETTINGS,
    put_setting,
    setting,
)


def test_a_setting_not_made_has_its_default(library):
    with library.read() as connection:
        found = [setting(connection, which) for which in SETTINGS]
    assert found == [which.default for which in SETTINGS]


def test_a_setting_stays_as_it_was_made(library, path):
    house = House(HouseKind.PATENT_AGENCY, "某某专利代理事务所")
    with library.change() as connection:
        put_setting(connection, HOUSE, House(name="先"))
        put_setting(connection, HOUSE, house)
        put_setting(connection, LAST_FOLDER, "D:\\案件\\专利")
    with library.read() as connection:
        assert setting(connection, HOUSE) == house
        assert setting(connection, LAST_FOLDER) == "D:\\案件\\专利"


@pytest.mark.parametrize(
    ("which", "stored"),
    [
        (HOUSE, "{"),
        (HOUSE, '"a name"'),
        (HOUSE, '{"kind":"circus"}'),
        (HOUSE, '{"colour":"red"}'),
        (LANGUAGE, '"klingon"'),
        (LANGUAGE, "7"),
        (LANGUAGE, ""),
    ],
)
def test_a_bad_setting_counts_as_not_made(library, which, stored):
    with library.change() as connection:
        row = settings.insert().values(key=which.key, value=stored)
        connection.execute(row)
    with library.read() as connection:
        assert setting(connection, which) == which.default


def test_a_value_that_is_not_allowed_is_not_stored(library):
    with library.change() as connection, pytest.raises(ValueError, match="klingon"):
        put_setting(connection, LANGUAGE, "klingon")


def test_keys_are_used_once():
    assert len({which.key for which in SETTINGS}) == len(SETTINGS)
