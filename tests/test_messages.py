"""Every text for people stands in the catalogue and formats in every language."""

from __future__ import annotations

import ast
import re
import string
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from valuer.core.texts import LANGUAGES, tr

ROOT = Path(__file__).resolve().parent.parent


@cache
def marked_texts() -> dict[str, str]:
    """Return every text marked with N_, and a file where it stands."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "valuer").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            if getattr(node.func, "id", "") != "N_":
                continue
            (text,) = node.args
            assert isinstance(text, ast.Constant), (
                f"{path}:{node.lineno}: no plain text"
            )
            found.setdefault(text.value, str(path.relative_to(ROOT)))
    return found


@cache
def catalogue(language: str) -> dict[str, str]:
    path = ROOT / f"resources/translations/{language}/LC_MESSAGES/valuer.po"
    with path.open("rb") as file:
        messages = read_po(file, locale=language, abort_invalid=True)
    return {message.id: message.string for message in messages if message.id}


TRANSLATED = [language for language in LANGUAGES if language != "en"]


class Anything:
    """A value for a placeholder, whatever way it is formatted."""

    def __format__(self, how: str) -> str:
        for value in (0.5, 7, datetime.now(UTC), "text"):
            try:
                return format(value, how)
            except ValueError:
                continue
        raise ValueError(how)


def placeholders(text: str) -> set[str]:
    return {
        name for _, name, _, _ in string.Formatter().parse(text) if name is not None
    }


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language):
    known = catalogue(language)
    missing = {
        text: where for text, where in marked_texts().items() if not known.get(text)
    }
    assert not missing


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_left_over(language):
    assert not set(catalogue(language)) - set(marked_texts())


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_the_same(language):
    wrong = {
        text: shown
        for text, shown in catalogue(language).items()
        if placeholders(text) != placeholders(shown)
    }
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_formats(language):
    for text in marked_texts():
        values = {name: Anything() for name in placeholders(text)}
        shown = tr(text, language, **values)
        assert shown or not text


def test_placeholders_are_named():
    assert not [text for text in marked_texts() if "" in placeholders(text)]


def test_chinese_texts_keep_the_house_tone():
    # desk.md: no 请, no 亲, no exclamation marks, no apology.
    wrong = [
        shown
        for shown in catalogue("zh_CN").values()
        if any(word in shown for word in ("请", "！", "抱歉", "亲，"))
        # 申请, 聘请 and the like are other words.
        and any(
            w in re.sub("申请|聘请|请求", "", shown)
            for w in ("请", "！", "抱歉", "亲，")
        )
    ]
    assert not wrong
