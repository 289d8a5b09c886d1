"""Recompute a report from what it carries, and compare with what its pages say.

Whoever receives a report needs nothing else: the attachment holds the inputs that the
pages print, the program values them anew, sets the report again in memory and compares
the two. A report whose signature is right and whose figures are not does not match.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice
from typing import TypeGuard

from pypdfium2 import PdfiumError

from valuer import __version__
from valuer.core.case import Case
from valuer.core.concluding import FIRST_RULES, RULES
from valuer.core.problems import UserError
from valuer.core.progress import Progress, ignore
from valuer.core.registry import Registry
from valuer.core.texts import LANGUAGES, N_, Message, message, say, tr
from valuer.core.valuing import value_case
from valuer.reports.appraisal import build_report
from valuer.reports.carried import logo_of, package_of, quality_package_of
from valuer.reports.comparing import (
    MOST,
    Gap,
    missing_texts,
    unequal_figures,
    unequal_pages,
)
from valuer.reports.house_wording import with_printed_look
from valuer.reports.overlays import Sheet, Skeleton, skeleton, unplanned
from valuer.reports.package import MOST_WORK, Package, leaves, printed
from valuer.reports.pdfium import Pages
from valuer.reports.quality.facts import QualityFacts
from valuer.reports.quality.package import QualityPackage
from valuer.reports.sections import MOST_APPENDICES, SELF_TEST
from valuer.reports.sections.kinds import kind_named

_MOST_PAGES = 2000
_MOST_CONTENT = 4 * 1024 * 1024
"""Bytes of one page's content, unfolded; a full page of ours has some 40 kB."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is printed otherwise than computed.

    Attributes:
        where: page and line, or section, in words.
        printed: what the file says.
        recomputed: what comes out anew.
    """

    where: str
    printed: str
    recomputed: str


EARLIER: Mapping[str, int] = {"0.1.0": FIRST_RULES}
"""Released versions whose reports are compared by their figures; add each here.

With each goes the number of the rules of conclusion it had.
"""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """Whether a report says what comes out of its own inputs.

    Attributes:
        program: version of the program that the report says it was made by, or "".
        is_exact: whether every page was compared whole; else its figures, because
            another version of the program made it.
        why_not: why nothing could be recomputed: no package of ours, or one that this
            program cannot read.
    """

    matches: bool
    differences: tuple[Difference, ...]
    program: str = ""
    is_exact: bool = True
    why_not: Message | None = None


def recompute(
    pdf: bytes,
    methods: Registry,
    language: str = LANGUAGES[0],
    progress: Progress = ignore,
) -> Recomputed:
    """Return whether the printed pages of a report follow from its package.

    Args:
        pdf: the report, signed or not; it may come from anywhere.
        methods: the valuation methods known.
        language: of the words in the answer.
        progress: may raise ``Cancelled``.
    """
    program = ""
    try:
        package = _package(pdf)
        program = package.program
        made = _made_anew(package, pdf, methods, progress)
        is_exact = program == __version__
        found = tuple(islice(_gaps(pdf, made, package, is_exact=is_exact), MOST))
    except UserError as error:
        where = tr(N_("the file and its recompute package"), language)
        told = Difference(where, error.say(language), "")
        return Recomputed(
            matches=False,
            differences=(told,),
            program=program,
            why_not=error.wording,
        )
    differences = tuple(_told(gap, language) for gap in found)
    return Recomputed(not differences, differences, program, is_exact)


def _told(gap: Gap, language: str) -> Difference:
    printed = gap.printed
    if not isinstance(printed, str):
        printed = say(printed, language)
    return Difference(say(gap.where, language), printed, gap.recomputed)


def _package(pdf: bytes) -> Package | QualityPackage:
    """Return what a report carries: a case, or the facts of a docket.

    Raises:
        UserError: it carries neither.
    """
    try:
        return package_of(pdf)
    except UserError:
        with contextlib.suppress(UserError):
            return quality_package_of(pdf)
        raise


def _printed(package: Package | QualityPackage) -> Case | QualityFacts:
    """Return what the pages are made of."""
    return package.case if isinstance(package, Package) else package.facts


def _made_anew(
    package: Package | QualityPackage,
    pdf: bytes,
    methods: Registry,
    progress: Progress,
) -> bytes:
    """Return the report made anew.

    Raises:
        UserError: no report can be made from the package, or not this one.
    """
    if package.program not in (__version__, *EARLIER):
        # Else any forged version would be compared by its figures alone.
        text = N_(
            "The report says that version “{version}” made it; this program does not"
            " know that version. Recompute it with a newer program."
        )
        raise UserError(text, version=package.program[:40])
    logo = logo_of(pdf) if _printed(package).house.look.logo else b""
    if isinstance(package, Package):
        return _made(package, logo, methods, progress)
    from valuer.reports.quality.report import build_from

    return build_from(package.facts, package.program, logo, progress).pdf


def _made(
    package: Package, logo: bytes, methods: Registry, progress: Progress
) -> bytes:
    """Return the report made anew.

    Raises:
        UserError: no report can be made from the package, or not this one.
    """
    case = package.case
    kind = kind_named(package.kind, case.house.kind)
    shown = with_printed_look(case, kind, package.language)
    if printed(shown, is_whole=kind.is_whole) != case:
        raise UserError(N_("The recompute package is not of the form of this report."))
    rules = EARLIER.get(package.program, RULES)
    valuation = value_case(case, methods, progress, rules, MOST_WORK)
    return build_report(
        case,
        valuation,
        case_id=package.case_id,
        revision=package.revision,
        digest=package.digest,
        language=package.language,
        program=package.program,
        progress=progress,
        kind_key=package.kind,
        logo=logo,
    ).pdf


def _gaps(
    pdf: bytes, made: bytes, package: Package | QualityPackage, *, is_exact: bool
) -> Iterator[Gap]:
    """Yield where the file and the report made anew differ."""
    should = skeleton(made, _MOST_PAGES, _MOST_CONTENT)
    count = len(should.sheets) * (1 if is_exact else 2)
    does = skeleton(pdf, count, _MOST_CONTENT)
    for extra in sorted(does.extras - should.extras):
        yield Gap(message(N_("the catalogue of the file")), extra, "")
    strange = set()
    for index, sheet in enumerate(does.sheets):
        for kind in _unplanned(sheet, index, should, is_exact=is_exact):
            strange.add(index)
            where = message(N_("page {page}, upon or in it"), page=index + 1)
            yield Gap(where, kind, "")
    with _pages(pdf) as printed_pages, _pages(made) as wanted:
        if is_exact:
            yield from unequal_pages(printed_pages, wanted, strange)
        elif not strange:
            titles = {
                tr(SELF_TEST, one, number=number)
                for one in LANGUAGES
                for number in range(1, MOST_APPENDICES + 1)
            }
            # What another release says of itself are other cases.
            yield from unequal_figures(printed_pages, wanted, titles)
            texts = (leaf for leaf in leaves(_printed(package), "") if _is_text(leaf))
            yield from missing_texts(printed_pages, wanted, texts)


def _is_text(leaf: tuple[str, object]) -> TypeGuard[tuple[str, str]]:
    return isinstance(leaf[1], str) and not isinstance(leaf[1], Enum)


def _unplanned(
    sheet: Sheet, index: int, should: Skeleton, *, is_exact: bool
) -> Iterator[str]:
    if is_exact:
        yield from unplanned(sheet, should.sheets[index])
        return
    # Another layout: links and boxes stand elsewhere, other things nowhere.
    largest = max(should.sheets, key=lambda one: one.size or 0)
    like = replace(largest, links=sheet.links, boxes=sheet.boxes)
    yield from unplanned(sheet, like)


def _pages(pdf: bytes) -> Pages:
    try:
        return Pages(pdf)
    except PdfiumError:
        raise UserError(N_("The file is damaged, or no PDF.")) from None
