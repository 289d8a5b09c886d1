"""What a spreadsheet copies, as lines of cells."""

from __future__ import annotations

import pytest

from valuer.gui.table_view import pasted


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\rb", [["a"], ["b"]]),
        ('"two\nlines"\tb', [["two\nlines", "b"]]),
        ("a\tb\nc", [["a", "b"], ["c", ""]]),
        ("", []),
        ("\x00\t1", [["\x00", "1"]]),
    ],
)
def test_copied_text_is_read_as_a_spreadsheet_writes_it(text: str, block: list):
    assert pasted(text) == block
