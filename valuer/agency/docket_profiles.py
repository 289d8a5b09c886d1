"""How the columns of an agency's own list are read (列对应方案): a profile with a name.

A profile says which heading holds which field of a case, and what the list's own words
mean where a field knows only listed words (kind, status, yes and no). Several columns
may hold the same part of what a case has several of: the first belongs to the first
notice, the second to the second.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from valuer.agency.docket_fields import Holds, column_keys, field_of, label_of
from valuer.agency.statuses import plain_word, status_word
from valuer.core.canonical import from_plain
from valuer.core.problems import Issue, Severity, UserError, refuse_errors
from valuer.core.texts import N_, message

YES, NO = "yes", "no"
"""What the words of a field of yes and no mean."""


@dataclass(frozen=True, slots=True)
class Word:
    """What a word of the list means in a field: a listed word, or a choice's key."""

    field: str
    word: str
    means: str


@dataclass(frozen=True, slots=True)
class Profile:
    """How a list is read.

    Attributes:
        columns: pairs of heading and field, as in ``("立案日", "filed")``.
        words: what the list's own words mean.
    """

    name: str
    columns: tuple[tuple[str, str], ...] = ()
    words: tuple[Word, ...] = ()


def profile_from(plain: Any) -> Profile:
    """Return the profile that plain JSON tells.

    Raises:
        UserError: it is none, or names what is not known.
    """
    found = from_plain(plain, Profile)
    refuse_errors(profile_issues(found))
    return found


def profile_issues(profile: Profile) -> tuple[Issue, ...]:
    """Return what is wrong with a profile."""
    return (*_of_columns(profile), *_of_words(profile))


def choices_of(field: str) -> tuple[str, ...]:
    """Return what the words of a field may mean; () where any word is itself.

    A status may mean any listed word; those are in ``statuses``.
    """
    found = field_of(field)
    if found is None:
        return ()
    if found.holds is Holds.ANSWER:
        return (YES, NO)
    return tuple(key for key, _ in found.choices)


def has_several_columns(key: str) -> bool:
    """Whether several columns may hold a field: parts of several, and people."""
    found = field_of(key)
    return "." in key or (found is not None and found.holds is Holds.PEOPLE)


def _of_columns(profile: Profile) -> Iterator[Issue]:
    if not profile.name.strip():
        yield _error(N_("A profile needs a name."), "name")
    if not profile.columns:
        text = N_("Say for at least one column which field it holds.")
        yield _error(text, "columns")
    seen: dict[str, str] = {}
    for heading, key in profile.columns:
        if key not in column_keys():
            text = N_("“{field}” is no field of a case.")
            yield _error(text, f"columns.{heading[:60]}", field=key[:60])
        elif key in seen and not has_several_columns(key):
            text = N_(
                "“{first}” and “{second}” are both read as “{field}”; keep one of them."
            )
            values = {"first": seen[key][:60], "second": heading[:60]}
            yield _error(text, "columns", field=label_of(key), **values)
        seen.setdefault(key, heading)
    if profile.columns and not seen.keys() & {"number", "reference"}:
        text = N_(
            "No column is read as the application number or our reference; without"
            " either no row is a case."
        )
        yield _error(text, "columns")


def _of_words(profile: Profile) -> Iterator[Issue]:
    for one in profile.words:
        field = field_of(one.field)
        where = f"words.{one.word[:60]}"
        if field is None:
            text = N_("“{field}” is no field of a case.")
            yield _error(text, where, field=one.field[:60])
        elif not _is_known(field.holds, one):
            text = N_(
                "“{word}” is said to mean “{means}”, which “{field}” does not know."
            )
            yield _error(
                text,
                where,
                word=one.word[:60],
                means=one.means[:60],
                field=label_of(one.field),
            )


def _is_known(holds: Holds, word: Word) -> bool:
    if holds is Holds.STATUS:
        found = status_word(word.means)
        return found is not None and found.outcome is not None
    return word.means in choices_of(word.field)


def _error(text: str, where: str, /, **values: object) -> Issue:
    return Issue(Severity.ERROR, message(text, **values), where)


def word_key(text: str) -> str:
    """Return a word in the form in which words are compared."""
    return plain_word(text).casefold()


def unknown_profile(name: str) -> UserError:
    """Return the refusal of a name that no profile bears."""
    return UserError(N_("There is no profile “{name}”."), name=name[:80])
