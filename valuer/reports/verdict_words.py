"""What a verdict and what stands beside it are called, for window and command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from valuer.core.texts import N_, Message, message
from valuer.reports.additions import Addition, kind_text
from valuer.reports.verdicts import Verdict

MEANINGS = {
    Verdict.INTACT: N_(
        "Every signature is valid, and nothing was added after the first but the"
        " signatures planned for and validation data."
    ),
    Verdict.ALTERED: N_(
        "Bytes or revisions are not as they were signed: the signed content was"
        " changed, or something was added that may not be."
    ),
    Verdict.BROKEN: N_(
        "There is a signature, but its container, or what it covers, cannot be"
        " evaluated."
    ),
    Verdict.UNSIGNED: N_("The file holds no signature."),
    Verdict.UNREADABLE: N_(
        "The file is no PDF, is damaged beyond reading, or is encrypted."
    ),
}
"""What each verdict means; the worst that applies wins, and trust changes none."""

RULE = N_(
    "Of several verdicts the worst counts. Whether a certificate is trusted is another"
    " question and changes no verdict."
)

CLOCKS = {
    "claimed": N_("signer's computer clock"),
    "tsa": N_("timestamp of an authority"),
}

LEVELS = {
    "B-B": N_("signature without a timestamp"),
    "B-T": N_("with a timestamp"),
    "B-LT": N_("with a timestamp and long-term validation data"),
    "B-LTA": N_("with long-term validation data, held by a timestamp of the document"),
}


_ON_PAGE = N_("Page {page}: {what}")
_ON_PAGE_REFUSED = N_("Page {page}, not allowed: {what}")
_ELSEWHERE = N_("On no page: {what}")
_ELSEWHERE_REFUSED = N_("On no page, not allowed: {what}")


def level_text(level: str | None) -> Message:
    """Return a level with what it means."""
    if level is None:
        return message(N_("no PAdES baseline level"))
    text = N_("level {level}: {meaning}")
    return message(text, level=level, meaning=message(LEVELS[level]))


def addition_texts(additions: Iterable[Addition]) -> Iterator[Message]:
    """Yield what was added page by page, what belongs to no page at the end."""
    every = list(additions)
    for page in sorted({page for one in every for page in one.pages}):
        for allowed in (True, False):
            told = _told(
                one for one in every if page in one.pages and one.allowed is allowed
            )
            if told:
                text = _ON_PAGE if allowed else _ON_PAGE_REFUSED
                yield message(text, page=page, what=told)
    for allowed in (True, False):
        told = _told(one for one in every if not one.pages and one.allowed is allowed)
        if told:
            yield message(_ELSEWHERE if allowed else _ELSEWHERE_REFUSED, what=told)


def _told(additions: Iterable[Addition]) -> tuple[Message, ...]:
    return tuple(dict.fromkeys(kind_text(one) for one in additions))
