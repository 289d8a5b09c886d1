"""From one package of the e-filing client to one case of the docket.

The list of the package says what is asked for, the request who asks, the texts how much
was written. Where two of them disagree it is told: the list outweighs the request, the
number of the case outweighs a word for its kind, and of two such words neither is taken.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from valuer.agency.docket import Case
from valuer.core.patent_numbers import Number, application_number
from valuer.core.patents import KIND_NAMES, PatentKind, Source
from valuer.core.problems import UserError
from valuer.core.texts import N_, Message, message
from valuer.imports.claim_texts import ClaimCount, count_claims, count_embodiments
from valuer.imports.efiling_request import REQUESTS, Request, count, read_request
from valuer.imports.plain_xml import Node

CLAIMS, DESCRIPTION = "100001", "100002"
"""Codes of the forms whose texts are counted."""

_KINDS = {
    "0": PatentKind.INVENTION,
    "1": PatentKind.UTILITY_MODEL,
    "2": PatentKind.DESIGN,
}
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Form:
    """A form as ``list.xml`` lists it; ``text`` is None where it is no XML."""

    code: str
    pages: str
    items: str
    text: Node | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """What a package holds.

    Attributes:
        head: of its list; ``forms``: as the list names them.
        request: the request's code, or "".
        missing: where texts should lie that the list names and the package lacks.
    """

    head: Node
    forms: tuple[Form, ...]
    request: str
    missing: tuple[str, ...] = ()

    def listed(self, code: str) -> list[Form]:
        """Return the forms of a code, in order."""
        return [one for one in self.forms if one.code == code]

    def texts(self, code: str) -> list[Node]:
        """Return the forms of a code that can be read, in order."""
        return [one.text for one in self.listed(code) if one.text]


def case_of(package: Package, source: Source) -> tuple[Case, tuple[Message, ...]]:
    """Return the case of a package, and what in it is doubtful.

    Raises:
        UserError: it names no case, or a number that is none.
    """
    doubts: list[Message] = []
    requests = package.texts(package.request) if package.request else []
    request = read_request(requests[0] if requests else Node("", {}))
    doubts += request.doubts
    number = _number(package.head.own("SHENQINGH"))
    listed = package.head.own("NEIBUBH")
    reference = _agreed(listed, request.reference, N_("Our reference"), doubts)
    if not number.text and not reference:
        text = N_("It names neither an application number nor a reference of its own.")
        raise UserError(text)
    listed = package.head.own("FAMINGMC")
    case = Case(
        number.text,
        _kind(package, number, doubts),
        reference=reference,
        title=_agreed(listed, request.title, N_("Title"), doubts),
        applicants=request.applicants,
        applicant_type=request.applicant_type,
        agents=tuple(one.name for one in request.agents),
        agent_licences=_licences(request),
        priority=request.priority,
        filed=request.filed,
        pct=True if package.head.own("GUOJISQH") else None,
        same_day=request.same_day,
        source=source,
    )
    if package.request:
        return _with_texts(case, package, request, doubts), tuple(doubts)
    text = N_(
        "It holds no request: an answer or a later filing. Claims and pages in it are"
        " not those at filing and were left out."
    )
    return case, (*doubts, message(text))


def _number(text: str) -> Number:
    """Return the application number, which a package has once one was given.

    Raises:
        UserError: what stands there is none.
    """
    number = application_number(text, "CN") if text else Number()
    if number.issues and not number.is_sound:
        raise UserError(number.issues[0].wording)
    return number


def _agreed(listed: str, requested: str, name: str, doubts: list[Message]) -> str:
    """Return what list and request say; where they differ, what the list says."""
    if listed and requested and _plain(listed) != _plain(requested):
        text = N_(
            "“{name}” is “{listed}” in the list and “{requested}” in the request; the"
            " list was taken."
        )
        given = {"listed": listed[:80], "requested": requested[:80]}
        doubts.append(message(text, name=message(name), **given))
    return " ".join((listed or requested).split())


def _plain(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def _kind(package: Package, number: Number, doubts: list[Message]) -> PatentKind | None:
    """Return the kind that number, list and request agree on."""
    given = package.head.own("YEWULX")
    listed, requested = _KINDS.get(given), REQUESTS.get(package.request)
    if given and listed is None:
        text = N_("The list gives “{given}” as kind, which is not known.")
        doubts.append(message(text, given=given[:40]))
    said = {one for one in (listed, requested) if one}
    kind = number.kind or (said.pop() if len(said) == 1 else None)
    other = next((one for one in (listed, requested) if one and one is not kind), None)
    if other is None:
        return kind
    if kind is None:
        text = N_("List and request name different kinds of patent; set it by hand.")
        doubts.append(message(text))
        return None
    text = N_(
        "The package says {stated}, the number says {kind}; the number was taken."
    )
    names = {"stated": KIND_NAMES[other], "kind": KIND_NAMES[kind]}
    doubts.append(message(text, **{key: message(one) for key, one in names.items()}))
    return kind


def _licences(request: Request) -> tuple[str, ...]:
    found = tuple(one.licence for one in request.agents)
    return found if any(found) else ()


def _with_texts(
    case: Case, package: Package, request: Request, doubts: list[Message]
) -> Case:
    """Return the case with what its texts count to."""
    counted = _counted(package, doubts)
    described = package.texts(DESCRIPTION)
    text = N_(
        "The form {part} is in the list, but not in the package; what stands in its"
        " text was not counted."
    )
    doubts += [message(text, part=part) for part in package.missing]
    return replace(
        case,
        claims=_claims(package, request, counted, doubts),
        independent_claims=counted.independent if counted else None,
        claim_length=counted.shortest if counted else None,
        pages=_pages(package, request, doubts),
        embodiments=sum(map(count_embodiments, described)) if described else None,
    )


def _counted(package: Package, doubts: list[Message]) -> ClaimCount | None:
    """Return what the text of the claims counts to; None without a text."""
    found = count_claims(package.texts(CLAIMS))
    if found is None and package.listed(CLAIMS) and not package.missing:
        text = N_("The claims are no text here; independent claims were not counted.")
        doubts.append(message(text))
    return found


def _claims(
    package: Package,
    request: Request,
    counted: ClaimCount | None,
    doubts: list[Message],
) -> int | None:
    """Return the number of claims the request states, else the list, else the text."""
    name = N_("Claims at filing")
    items = [count(one.items, name, doubts) or 0 for one in package.listed(CLAIMS)]
    stated = request.claims or sum(items) or None
    if stated and counted and stated != counted.claims:
        text = N_("{stated} claims are stated, {counted} stand in the text.")
        doubts.append(message(text, stated=stated, counted=counted.claims))
    return stated or (counted.claims if counted else None)


def _pages(package: Package, request: Request, doubts: list[Message]) -> int | None:
    """Return the pages of the description by the list, else by the request."""
    name = N_("Pages of the description")
    pages = [count(one.pages, name, doubts) or 0 for one in package.listed(DESCRIPTION)]
    listed = sum(pages) or None
    if listed and request.pages and listed != request.pages:
        text = N_(
            "The description has {listed} pages by the list and {requested} by the"
            " request; the list was taken."
        )
        doubts.append(message(text, listed=listed, requested=request.pages))
    return listed or request.pages
