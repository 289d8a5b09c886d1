"""``valuer guide``: the guide pages of the methods, made anew from the methods."""

from __future__ import annotations

import argparse
from pathlib import Path

from valuer.cli.answers import Exit, print_json, print_text
from valuer.core.examples import Example, example_files, read_example
from valuer.core.files import write_whole
from valuer.core.guides import guide
from valuer.core.method import TOPIC_NAMES, Method
from valuer.core.texts import tr
from valuer.methods import METHODS

CONTENTS = "README.md"


def run(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Print the page of one method, or write those of all into a folder."""
    examples = worked_cases()
    if arguments.method:
        method = METHODS.find(arguments.method)
        print_text(guide(method, examples.get(method.key)))
        return Exit.YES
    pages = guides(examples)
    folder = Path(arguments.out)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        write_whole(folder / name, text.encode())
    if arguments.json:
        print_json({"folder": str(folder), "pages": sorted(pages)})
    else:
        print_text(f"{folder}\t{len(pages)}")
    return Exit.YES


def guides(examples: dict[str, Example]) -> dict[str, str]:
    """Return every page by its file's name, the contents among them."""
    pages = {f"{one.key}.md": guide(one, examples.get(one.key)) for one in METHODS}
    return pages | {CONTENTS: _contents(tuple(METHODS))}


def _contents(methods: tuple[Method, ...]) -> str:
    lines = ["# 方法说明 · Methods", ""]
    for topic, name in TOPIC_NAMES.items():
        listed = [one for one in methods if one.topic is topic]
        if listed:
            lines += [f"## {tr(name, 'zh_CN')} · {tr(name, 'en')}", ""]
            lines += [f"- [{_title(one)}]({one.key}.md)" for one in listed]
            lines.append("")
    return "\n".join(lines)


def _title(method: Method) -> str:
    return f"{tr(method.title, 'zh_CN')} · {tr(method.title, 'en')}"


def worked_cases() -> dict[str, Example]:
    """Return for each method the worked case of the best standing that runs it."""
    order = ("published", "derived", "constructed")
    found: dict[str, Example] = {}
    for path in example_files():
        example = read_example(path)
        key = example.run.get("method")
        if key is None:
            continue
        before = found.get(key)
        if before is None or order.index(example.kind) < order.index(before.kind):
            found[key] = example
    return found
