"""The recompute package: what a report prints, as JSON attached to it.

Whoever receives the report can compute from the package anew, years later and without
the library. It holds only inputs that the pages print: ``printed`` blanks the rest of
a case, and the report itself is made from what ``printed`` leaves, so the package
suffices by construction. What is read back from a file is untrusted: bounded in size,
strict in form, refused where a report could not have been made from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from valuer.core.canonical import canonical, from_plain, parse_json
from valuer.core.case import FORMAT as CASE_FORMAT
from valuer.core.case import Case, Forecast
from valuer.core.case_formats import upgraded
from valuer.core.disclosure import Disclosure, Extent
from valuer.core.patents import LegalEvent, LegalStatus, Patent, Source
from valuer.core.problems import UserError
from valuer.core.quantities import LONGEST
from valuer.core.standing import standing
from valuer.core.texts import LANGUAGES, N_
from valuer.reports.gate.rights import answered_entries
from valuer.reports.sections.kinds import KINDS
from valuer.reports.signature_roles import APPRAISER_FIELDS
from valuer.reports.withheld import without_texts

NAME = "valuer-recompute.json"
"""The attachment's name in the PDF."""

FORMAT = 1
"""Number of the package's form; a change of meaning takes a new number."""

LARGEST = 512 * 1024
"""The most bytes of a package; sixty patents and eight runs are 13 kB."""

_MOST_ITEMS = 1000
_MOST_RUNS = 20
MOST_WORK = 5_000_000_000
"""Figures that the runs of a report may compute in all: a minute at worst."""

_YEARS = (1900, 2300)
_MOST_DIGITS = 30
_MOST_DAYS = 20_000
_LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Package:
    """What a report was made from.

    Attributes:
        format: number of the package's form.
        program: version of the program that made the report.
        kind: key of the kind of report.
        case_id: the library's name of the case; ``revision`` counts from 1.
        digest: SHA-256 of the revision's canonical JSON; the case here is what the
            report prints of it, so its own digest differs.
        case: the case as printed.
    """

    format: int
    program: str
    kind: str
    language: str
    case_id: str
    revision: int
    digest: str
    case: Case


def printed(case: Case, *, is_whole: bool = True) -> Case:
    """Return a case blanked of whatever a report does not print.

    One that is not whole, a summary, names the body and prints none of its texts.
    """
    if not is_whole:
        case = replace(case, answers=())
    shown = replace(
        case,
        appraisers=case.appraisers[: len(APPRAISER_FIELDS)],
        patents=tuple(_printed_patent(case, patent) for patent in case.patents),
        forecast=_printed_forecast(case),
        evidence=tuple(replace(one, size=0, note="") for one in case.evidence),
        disclosure=_printed_disclosure(case.disclosure),
    )
    return shown if is_whole else without_texts(shown)


def written(package: Package) -> bytes:
    """Return a package as canonical JSON.

    Raises:
        UserError: no reader would take it back; names what exceeds its bound.
    """
    data = canonical(package)
    _check_size(data)
    _check(package)
    return data


def read(data: bytes) -> Package:
    """Return the package in ``data``.

    Raises:
        UserError: too large, not of our form, of a newer form, or out of bounds.
    """
    _check_size(data)
    plain = parse_json(data, NAME)
    if not isinstance(plain, dict):
        raise UserError(N_("{name} is not a recompute package."), name=NAME)
    number = plain.get("format")
    case = plain.get("case")
    inner = case.get("format") if isinstance(case, dict) else None
    if _is_newer(number, FORMAT) or _is_newer(inner, CASE_FORMAT):
        text = N_("{name} was written by a newer program; update this one.")
        raise UserError(text, name=NAME)
    package = from_plain({**plain, "case": upgraded(case)}, Package)
    _check(package)
    return package


def _printed_patent(case: Case, patent: Patent) -> Patent:
    """Keep identity and dates; status becomes what it was on the valuation date."""
    valued = case.valuation_date
    if valued is None:
        return patent
    told = [(event.on, event.status) for event in patent.history]
    told.append((patent.status_on, patent.status))
    later = {
        (on, status): LegalEvent(status, "", on)
        for on, status in told
        if on is not None and on > valued and status is not LegalStatus.UNKNOWN
    }
    kept = replace(
        patent,
        publications=() if patent.number else patent.publications[-1:],
        inventors=(),
        priority=None,
        ipc=(),
        status_wording="",
        source=Source(),
    )
    told_of = (*later.values(), *answered_entries(case, patent))
    kept = replace(
        kept,
        history=tuple(sorted(told_of, key=lambda event: event.on or valued)),
        fees=(),
    )
    stood = standing(patent, valued, case.purpose).status
    if stood is LegalStatus.UNKNOWN and patent.status_on is None and later:
        # A status without a day says what it was not; without it more would be known.
        return kept
    return replace(kept, status=stood, status_on=valued)


def _printed_disclosure(disclosure: Disclosure) -> Disclosure:
    """Tell nobody of recipients who are given nothing."""
    return disclosure if disclosure.extent is not Extent.PRINTED else Disclosure()


def _printed_forecast(case: Case) -> Forecast | None:
    """Keep the past years, and the periods after the valuation date."""
    forecast, valued = case.forecast, case.valuation_date
    if forecast is None:
        return None
    ahead = tuple(one for one in forecast.periods if valued is None or one.end > valued)
    return replace(forecast, periods=ahead, source=Source())


def _is_newer(found: object, known: int) -> bool:
    return isinstance(found, int) and not isinstance(found, bool) and found > known


def _check_size(data: bytes) -> None:
    if len(data) > LARGEST:
        text = N_("{name} is larger than {most} kB; a report cannot be made from it.")
        raise UserError(text, name=NAME, most=LARGEST // 1024)


def _check(package: Package) -> None:
    """Refuse what would take a reader beyond reason."""
    if package.format != FORMAT or package.case.format != CASE_FORMAT:
        raise UserError(N_("{name} is not a recompute package."), name=NAME)
    known = {"kind": {kind.key for kind in KINDS}, "language": set(LANGUAGES)}
    for name, values in known.items():
        if getattr(package, name) not in values:
            raise _out_of_bounds(name)
    for where, value in leaves(package, ""):
        if not is_sound(value):
            raise _out_of_bounds(where)
    _check_counts(package.case)


def _check_counts(case: Case) -> None:
    counts = {"runs": (len(case.runs), _MOST_RUNS)}
    if case.forecast is not None:
        counts["forecast.periods"] = len(case.forecast.periods), LONGEST
        counts["forecast.history"] = len(case.forecast.history), LONGEST
    for field in fields(case):
        value = getattr(case, field.name)
        if isinstance(value, tuple):
            counts.setdefault(field.name, (len(value), _MOST_ITEMS))
    for place, patent in enumerate(case.patents):
        days = max(abs(patent.pta_days), abs(patent.pte_days))
        counts[f"patents[{place}].pta_days"] = days, _MOST_DAYS
    for name, (count, most) in counts.items():
        if count > most:
            text = N_("{where}: a report holds at most {most}; this case has {count}.")
            raise UserError(text, where=name, most=most, count=count)


def leaves(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    """Yield every single value of a package or a part of it, with its path."""
    if is_dataclass(value):
        for field in fields(value):
            path = f"{where}.{field.name}" if where else field.name
            yield from leaves(getattr(value, field.name), path)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield where, key
            yield from leaves(item, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from leaves(item, f"{where}[{index}]")
    else:
        yield where, value


def is_sound(value: Any) -> bool:
    """Tell whether a report can print a single value: no monster, no half character."""
    if isinstance(value, str):
        surrogate = any("\ud800" <= character <= "\udfff" for character in value)
        return len(value) <= _LONGEST_TEXT and not surrogate
    if isinstance(value, Decimal):
        return value.is_finite() and abs(value.adjusted()) <= _MOST_DIGITS
    if isinstance(value, date):
        return _YEARS[0] <= value.year <= _YEARS[1]
    if isinstance(value, int):
        return abs(value) < 2**63
    return True


def _out_of_bounds(where: str) -> UserError:
    return UserError(
        N_("{where}: a report cannot be made from this value."), where=where[:80]
    )
