"""Reading a file: what is not there, what is not known, how far it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from valuer.core.problems import Cancelled, UserError
from valuer.imports import (
    FORMATS,
    cnipa_list,
    read_bytes,
    read_file,
    read_forecast,
    recognised,
)


def test_a_file_is_recognised_by_what_it_holds(
    cnipa, google, lens, xls, text, tmp_path
):
    files = {
        "cnipa_list": xls(cnipa),
        "google_patents": text(google),
        "lens": text(lens),
    }
    for key, data in files.items():
        path = tmp_path / "同一个名字.csv"
        path.write_bytes(data)
        assert recognised(path) == key
        assert read_file(path).format == key


def test_the_best_format_reads_the_file(lens, text):
    # A list of The Lens holds Chinese applications too.
    read = read_bytes(text([lens[0], lens[2]]), "a.csv")
    assert read.format == "lens"


def test_keys_are_told_apart():
    keys = [one.key for one in FORMATS]
    assert len(set(keys)) == len(keys)
    assert all(one.title for one in FORMATS)


@pytest.mark.parametrize("reading", [read_file, read_forecast, recognised])
def test_what_cannot_be_opened_is_refused(reading, tmp_path):
    with pytest.raises(UserError, match="does not exist"):
        reading(tmp_path / "missing.xls")
    with pytest.raises(UserError, match=r"folder|cannot be read"):
        reading(tmp_path)


def test_an_unknown_table_is_refused(text, tmp_path):
    data = text([["a", "b"], ["1", "2"]])
    with pytest.raises(UserError, match="not recognised"):
        read_bytes(data, "a.csv")
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    assert recognised(path) == ""


def test_a_guessed_encoding_is_told(text):
    rows = [["Application number", "Title"], ["CN201819990003.X", "Pavé à l’été"]]
    read = read_bytes(text(rows, encoding="cp1252"), "a.csv")
    assert read.patents[0].title == "Pavé à l’été"
    assert [one.severity for one in read.issues] == ["warning"]


def test_progress_goes_up_to_the_number_of_rows(cnipa, text):
    rows = [cnipa[0], *([*cnipa[1]] for _ in range(2000))]
    heard = []
    read_bytes(text(rows), "a.csv", lambda done, total: heard.append((done, total)))
    rows_heard = [done for done, total in heard if total]
    assert rows_heard == sorted(rows_heard)
    assert rows_heard[-1] > 1500
    assert {total for _, total in heard} == {0, 2001}


def test_cancel_stops_the_reading(cnipa, xlsx):
    def cancel(done: int, total: int) -> None:
        if total:
            raise Cancelled

    rows = [cnipa[0], *([*cnipa[1]] for _ in range(600))]
    with pytest.raises(Cancelled):
        read_bytes(xlsx(rows), "a.xlsx", cancel)


def test_a_repeat_within_the_file_is_a_row_like_any_other(cnipa, xls):
    read = read_bytes(xls([*cnipa, cnipa[1]]), "a.xls")
    assert read.format == cnipa_list.KEY
    assert read.read == len(read.patents) == 4
    assert read.patents[0].number == read.patents[3].number


def test_each_sheet_is_read_by_the_format_that_knows_it(cnipa, lens, xlsx):
    read = read_bytes(xlsx(中国=cnipa, 外国=lens), "a.xlsx")
    assert read.read == len(read.patents) == 6
    assert {one.country for one in read.patents} == {"CN", "US", "WO"}


def test_a_file_too_large_is_refused_unread(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(300_000_000)  # a hole: it takes no room
    with pytest.raises(UserError, match="larger than 200 MB"):
        read_file(path)
    with pytest.raises(UserError, match="larger than 200 MB"):
        read_bytes(b"x" * 200_000_001, "a.csv")


def test_what_is_no_ordinary_file_is_refused(tmp_path):
    pipe = tmp_path / "pipe"
    try:
        os.mkfifo(pipe)
    except (AttributeError, OSError):
        pytest.skip("this system has no pipes in folders")
    with pytest.raises(UserError, match="no ordinary file"):
        read_file(pipe)


def test_a_file_that_may_not_be_read_says_why(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UserError, match="may not be read"):
        read_file(path)
