"""Which rows of a list speak of one patent, and of which one in the library.

The application number decides; a publication number links where no two application
numbers contradict. So a list that knows only publications and a later one that knows
both lead to one patent, and two stored patents that turn out to be one are joined.
"""

from __future__ import annotations

from collections.abc import Iterable

from valuer.core.patents import Patent
from valuer.core.problems import Issue, Severity
from valuer.core.texts import N_, message


class Links:
    """Groups of facts on one patent each, numbered in the order of being met.

    Attributes:
        rows: the group of every row added, in order; ask ``group`` whether it has
            been joined to another one since.
        joined: groups that turned out to be the same patent as an older one.
    """

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.joined: dict[int, int] = {}
        self._numbers: list[str] = []
        self._by_number: dict[str, int] = {}
        self._by_publication: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def know(self, stored: Iterable[Patent]) -> None:
        """Take in patents of the library, oldest first, before any row."""
        for patent in stored:
            self._note(self._new(), patent)

    def group(self, number: int) -> int:
        """Return the group that a group belongs to by now."""
        while number in self.joined:
            number = self.joined[number]
        return number

    def add(self, row: int, patent: Patent) -> Issue | None:
        """Take in what a row says; return a warning where numbers contradict."""
        mine = self._by_number.get(patent.number) if patent.number else None
        mine = None if mine is None else self.group(mine)
        issue = None
        for publication in patent.publications:
            met = self._by_publication.get(publication)
            other = mine if met is None else self.group(met)
            if other is None or other == mine:
                continue
            number = patent.number or ("" if mine is None else self._numbers[mine])
            against = self._numbers[other]
            if number and against and number != against:
                issue = _contradiction(row, patent, publication, (number, against))
            else:
                mine = other if mine is None else self._join(mine, other)
        mine = self._new() if mine is None else mine
        self.rows.append(mine)
        self._note(mine, patent)
        return issue

    def _new(self) -> int:
        self._numbers.append("")
        return len(self._numbers) - 1

    def _note(self, group: int, patent: Patent) -> None:
        if patent.number:
            self._numbers[group] = patent.number
            self._by_number.setdefault(patent.number, group)
        for publication in patent.publications:
            self._by_publication.setdefault(publication, group)

    def _join(self, one: int, other: int) -> int:
        """Make one patent of two; the one met first stays."""
        stays, goes = sorted((one, other))
        self.joined[goes] = stays
        self._numbers[stays] = self._numbers[stays] or self._numbers[goes]
        return stays


def _contradiction(
    row: int, patent: Patent, publication: str, numbers: tuple[str, str]
) -> Issue:
    wording = message(
        N_(
            "Publication {publication} stands under two application numbers, {number}"
            " and {other}; they were kept as two patents. Correct the wrong one in the"
            " list and import it again."
        ),
        publication=publication,
        number=numbers[0],
        other=numbers[1],
    )
    return Issue(Severity.WARNING, wording, patent.identity, patent.source.sheet, row)
