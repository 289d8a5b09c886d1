"""What a command answers: text or JSON on stdout, words on stderr, an exit code."""

from __future__ import annotations

import contextlib
import json
import locale
import os
import sys
import time
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from typing import Any

from valuer.core.problems import Issue, Severity, UserError
from valuer.core.progress import Progress
from valuer.core.texts import LANGUAGES, N_


class Exit(IntEnum):
    """What the shell is told."""

    YES = 0
    NO = 1
    REFUSED = 2


def language() -> str:
    """Return the language of the command line: VALUER_LANGUAGE, else the locale's."""
    wanted = os.environ.get("VALUER_LANGUAGE", "")
    if wanted in LANGUAGES:
        return wanted
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh_CN" if value.lower().startswith("zh") else "en"
    if sys.platform in ("win32", "darwin"):
        return "zh_CN" if str(locale.getlocale()[0]).lower().startswith("ch") else "en"
    return "en"


def print_json(answer: Any) -> None:
    """Print one JSON object, UTF-8 in any locale."""
    text = json.dumps(answer, ensure_ascii=False, indent=2, default=_plain)
    print_bytes(_utf8(text) + b"\n")


def print_text(text: str) -> None:
    """Print a line for people, UTF-8 in any locale."""
    print_bytes(_utf8(text) + b"\n")


def print_bytes(data: bytes) -> None:
    """Write bytes to stdout as they are.

    Raises:
        UserError: stdout is closed, or its disk is full.
        BrokenPipeError: its reader went away.
    """
    if sys.stdout is None:
        raise UserError(N_("The answer cannot be written: the output is closed."))
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        _drop_output()
        if isinstance(error, BrokenPipeError):
            raise
        text = N_("The answer cannot be written: {reason}.")
        raise UserError(text, reason=error.strerror or "") from None


def tell(text: str) -> None:
    """Say something on stderr, where anyone listens."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.buffer.write(_utf8(text) + b"\n")
            sys.stderr.buffer.flush()


def local_time(at: datetime, form: str) -> str:
    """Return a time as it is here; one that no calendar here has, as it is in UTC."""
    with contextlib.suppress(OverflowError):
        return at.astimezone().strftime(form)
    return at.strftime(form)


def plain_issues(issues: Iterable[Issue], tongue: str) -> list[dict[str, Any]]:
    """Return issues as JSON, in a language."""
    return [
        {
            "severity": issue.severity.value,
            "where": issue.where,
            "message": issue.say(tongue),
        }
        for issue in issues
    ]


def tell_issues(issues: Iterable[Issue], tongue: str) -> None:
    """Say issues on stderr, worst first."""
    order = list(Severity)
    for issue in sorted(issues, key=lambda one: order.index(one.severity)):
        tell(f"[{issue.severity.value}] {issue.say(tongue)}")


def progress_on_stderr() -> Progress:
    """Return a progress that shows itself on stderr where that is a screen."""
    last = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < 0.2 and done != total:
            return
        last = now
        share = f"{done / total:4.0%}" if total else str(done)
        sys.stderr.write(f"\r{share}")
        sys.stderr.flush()
        if done == total:
            sys.stderr.write("\r     \r")

    return progress if sys.stderr is not None and sys.stderr.isatty() else _quiet


def _quiet(done: int, total: int) -> None:
    pass


def _utf8(text: str) -> bytes:
    """Return text as UTF-8 that anyone can read.

    In a locale of ASCII a file's name comes as escaped bytes: they are the name.
    """
    try:
        return text.encode()
    except UnicodeEncodeError:
        whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        with contextlib.suppress(UnicodeEncodeError):
            whole = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        return whole.encode()


def _drop_output() -> None:
    """Let what stdout still holds go nowhere; Python writes it again at the end."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _plain(value: object) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value)} is not JSON")
