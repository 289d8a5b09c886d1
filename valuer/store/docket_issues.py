"""Issues as the library keeps them: marked texts and their values, in no language."""

from __future__ import annotations

import json
from typing import Any

from valuer.core.canonical import parse_json
from valuer.core.problems import Issue, Severity
from valuer.core.texts import Message


def issues_text(issues: tuple[Issue, ...]) -> str:
    """Return issues as JSON."""
    plain = [
        {
            "severity": issue.severity.value,
            "wording": _plain(issue.wording),
            "where": issue.where,
            "sheet": issue.sheet,
            "row": issue.row,
            "column": issue.column,
        }
        for issue in issues
    ]
    return json.dumps(plain, ensure_ascii=False)


def issues_of(text: str) -> tuple[Issue, ...]:
    """Return the issues that JSON tells."""
    return tuple(
        Issue(
            Severity(one["severity"]),
            _value(one["wording"]),
            one["where"],
            one["sheet"],
            one["row"],
            one["column"],
        )
        for one in parse_json(text.encode(), "docket_questions")
    )


def _plain(value: object) -> Any:
    if isinstance(value, Message):
        values = [[name, _plain(inner)] for name, inner in value.values]
        return {"text": value.text, "values": values}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, int) else str(value)


def _value(plain: Any) -> Any:
    if isinstance(plain, dict):
        values = [(name, _value(inner)) for name, inner in plain["values"]]
        return Message(plain["text"], tuple(values))
    return tuple(map(_value, plain)) if isinstance(plain, list) else plain
