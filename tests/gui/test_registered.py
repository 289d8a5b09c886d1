"""Nothing is forgotten: every page and dialog is registered, every text translated."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from valuer.core.texts import catalogue_texts


@pytest.mark.parametrize("folder", ["pages", "dialogs"])
def test_no_page_and_no_dialog_is_forgotten(folder: str, root: Path):
    path = root / "valuer" / "gui" / folder
    # A place with leaves builds them itself.
    lists = [*path.glob("*registry.py"), *path.glob("quality.py")]
    registered = "\n".join(p.read_text("utf-8") for p in lists)
    without_window = {"__init__", "registry", "case_registry", "case", "files"}
    modules = {p.stem for p in path.glob("*.py")} - without_window
    missing = [m for m in modules if f"gui.{folder}.{m} import" not in registered]
    assert not missing


def test_every_text_of_the_window_has_its_chinese(root: Path):
    known = catalogue_texts("zh_CN")
    texts = {
        text for path in (root / "valuer/gui").rglob("*.py") for text in marked(path)
    }
    assert not sorted(text for text in texts if not known.get(text))


def marked(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "N_":
            yield ast.literal_eval(node.args[0])
