"""What a section says, before it is set in type.

A section gives blocks: values that hold finished text and plain numbers, no fonts
and no measures. One module sets them as pages, another could set them elsewhere, and
a test reads them without a PDF. Text is plain, never markup.
"""

from __future__ import annotations

from dataclasses import dataclass

from valuer.core.figures import Figure, RadarFigure
from valuer.core.texts import N_
from valuer.reports.seals import Seal


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section: level 2, or 3 within that."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class PageTitle:
    """The title of a document of one page, which has no cover."""

    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of running text; ``leads`` keeps it with what it introduces."""

    text: str
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small type, under what it belongs to."""

    text: str


@dataclass(frozen=True, slots=True)
class Banner:
    """A sentence that nobody may overlook, in a frame."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A numbered list of paragraphs."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of label and text, one a row."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: head, whether it holds figures, share of the width.

    Attributes:
        weight: share of the page's width; 0 is as wide as its content.
    """

    head: str
    is_figure: bool = False
    weight: float = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title; ``unit`` stands above it, on the right."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    unit: str = ""
    last_is_total: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and what it finds: S = R × f × ρ, Royalty saved.

    Attributes:
        parts: its text in turn; every second part is raised, as an exponent is.
    """

    parts: tuple[str, ...]
    label: str

    @property
    def text(self) -> str:
        """The formula on one line."""
        return "".join(self.parts)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart; the window may draw the same figure, but for a radar."""

    figure: Figure | RadarFigure


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: what it is, of what, by whom, when.

    Attributes:
        logo: the house's, or None; ``accent``: the colour of its line, or "".
    """

    number: str
    subject: str
    title: str
    banner: str
    house: str
    lines: tuple[str, ...]
    day: str
    logo: Seal | None = None
    accent: str = ""


@dataclass(frozen=True, slots=True)
class TableOfContents:
    """Where the list of sections stands."""


@dataclass(frozen=True, slots=True)
class SigningBox:
    """A place to sign: the field's name, and what stands beside it.

    Attributes:
        caption: printed inside the empty box.
        lines: printed to the left of it.
        is_seal: whether it is the house's seal, which needs a square.
    """

    field: str
    caption: str
    lines: tuple[str, ...]
    is_seal: bool = False


@dataclass(frozen=True, slots=True)
class SigningRow:
    """Places to sign beside each other."""

    boxes: tuple[SigningBox, ...]


@dataclass(frozen=True, slots=True)
class CheckCode:
    """A QR code, its caption, and its content in plain text."""

    content: str
    caption: str


Block = (
    Heading
    | PageTitle
    | Prose
    | Note
    | Banner
    | Points
    | Facts
    | Table
    | Formula
    | Chart
    | Cover
    | TableOfContents
    | SigningBox
    | SigningRow
    | CheckCode
)

DASH = "—"
"""Stands in a table where the case holds no such fact; explained below the table."""

DASH_NOTE = N_("—: not recorded in the case.")
