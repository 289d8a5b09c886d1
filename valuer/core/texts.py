"""Texts for people, in the language of the moment.

A text is declared in English where it arises, marked with ``N_``, and becomes
Chinese or English only where it is shown, by ``say`` or ``tr``. The language is an
argument, never a global: the report's language differs from the screen's.
A ``Message`` is a text with its named values, still in no language.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from valuer.core.resources import resource

LANGUAGES = ("zh_CN", "en")
"""Languages of window, report and command line; the first is the default."""


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "mark, do not translate"
    """Mark a text for translation and return it unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class Message:
    """A text with named values, not yet in any language.

    Attributes:
        text: English text with ``{named}`` placeholders, marked with ``N_``.
        values: pairs of placeholder and value; a value may be a ``Message``, or a
            tuple, which is told as a list in the language's way.
    """

    text: str
    values: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        """Return the English wording, for logs and tracebacks."""
        return say(self, "en")


def message(text: str, **values: object) -> Message:
    """Return a message from a marked text and its values."""
    return Message(text, tuple(values.items()))


def tr(text: str, language: str, **values: object) -> str:
    """Return a marked text in a language, its placeholders filled."""
    shown = _catalogue(language).gettext(text) if text else ""
    if not values:
        return shown
    return shown.format_map({k: _shown(v, language) for k, v in values.items()})


def say(wording: Message | str, language: str) -> str:
    """Return a message in a language; a plain string is a marked text."""
    if isinstance(wording, str):
        return tr(wording, language)
    return tr(wording.text, language, **dict(wording.values))


def _shown(value: object, language: str) -> object:
    if isinstance(value, tuple):
        between = "、" if language == "zh_CN" else ", "
        return between.join(str(_shown(one, language)) for one in value)
    return say(value, language) if isinstance(value, Message) else value


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    path = resource(f"translations/{language}/LC_MESSAGES/valuer.mo")
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


def catalogue_texts(language: str) -> Mapping[str, str]:
    """Return every translated text of a language by its English wording."""
    catalogue = _catalogue(language)
    texts: dict[str, str] = getattr(catalogue, "_catalog", {})
    return {key: text for key, text in texts.items() if key}
