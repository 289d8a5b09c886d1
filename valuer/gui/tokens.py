"""The colours and sizes of the window, light and dark, each in one place.

Every text colour stands at 4.5 : 1 or more on both grounds it is used on. There is
one accent, ink blue; red is for errors only; good, warn and bad always carry a sign.
"""

from __future__ import annotations

from dataclasses import dataclass

GRID = 4
"""Pixels; every distance is a multiple."""

ROW = 28
"""Height of a row and of a field, pixels."""

TEXT, HEADING, VALUE = 13, 15, 22
"""Sizes of type, pixels: text, headings, the one value that matters."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one appearance, as ``#rrggbb``.

    Attributes:
        background: ground of the window; ``surface``: of fields, lists and pages.
        line: borders and rules; ``edge``: the border of a field, 3 : 1 on surface.
        selection: ground of a selected row; its text stays ``text``.
        series: colours of charts, at most six (Okabe and Ito, fit for the ground).
    """

    background: str
    surface: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    on_accent: str
    selection: str
    good: str
    warn: str
    bad: str
    series: tuple[str, ...]


LIGHT = Tokens(
    background="#f3f4f6",
    surface="#ffffff",
    line="#d9dce1",
    edge="#858c98",
    text="#1b1f26",
    muted="#59616e",
    accent="#1f4e79",
    on_accent="#ffffff",
    selection="#dbe7f3",
    good="#1d6b3c",
    warn="#8a5300",
    bad="#b3261e",
    series=("#1f4e79", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"),
)

DARK = Tokens(
    background="#1b1e23",
    surface="#23272e",
    line="#3a404a",
    edge="#747d8b",
    text="#e6e8ec",
    muted="#a4acb9",
    accent="#8fb8e6",
    on_accent="#12181f",
    selection="#2f4259",
    good="#7fc99a",
    warn="#e3b661",
    bad="#f39a92",
    series=("#8fb8e6", "#e8884a", "#3fc3a0", "#dd9cc1", "#f0b541", "#56b4e9"),
)
