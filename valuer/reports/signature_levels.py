"""Bring a signature to its level: timestamp, validation data, timestamp over all.

B-B states the time of the signer's computer. B-T adds a timestamp, B-LT what is needed
to judge the certificates later, B-LTA a timestamp over that. The revocation of the
signer's own certificates is asked before the signature, the rest after it.

Source: ETSI EN 319 142-1 (PAdES baseline signatures).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from io import BytesIO

from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.validation.dss import DocumentSecurityStore

from valuer.core.problems import UserError
from valuer.core.progress import Progress
from valuer.core.texts import N_, Message, message
from valuer.reports import cms
from valuer.reports.appending import Appender
from valuer.reports.certificates import encoded
from valuer.reports.examining import Examination
from valuer.reports.keys import SigningKey
from valuer.reports.pdf_revisions import Document, State
from valuer.reports.revocation import refuse_revoked
from valuer.reports.signature_places import Place
from valuer.reports.signature_wishes import Level, Signed, Wish
from valuer.reports.signature_writing import Look, write_signature
from valuer.reports.timestamping import Clock, NoTimestamp, stamp_document
from valuer.reports.trust import revocation_lists
from valuer.reports.validation_data import Gatherer, ValidationData

_LATER = N_(
    "The timestamp server did not answer: the time is that of this computer. The report "
    "can be timestamped later."
)
_UNSTAMPED = N_(
    "The timestamp server gave no timestamp over the whole document; it can be added "
    "later."
)
_INCOMPLETE = N_(
    "Validation data could not be had for: {names}. The signature is timestamped; what "
    "is missing can be added later."
)


def write_at_level(
    pdf: bytes,
    key: SigningKey,
    look: Look,
    place: Place,
    now: datetime,
    wish: Wish,
    progress: Progress,
) -> Signed:
    """Return the document with a signature, as far up as was wished and can be had.

    Raises:
        NoTimestamp: the server gave none, and without one nothing was wanted.
        UserError: the certificate was revoked, or the level wished for is not reached.
    """
    lists = (*wish.lists, *revocation_lists(_state(pdf)))
    refuse_revoked(key.certificate, key.chain, lists, now)
    if not wish.server or wish.level == Level.B:
        return Signed(write_signature(pdf, key, look, place, now))
    clock = Clock(wish.server, progress)
    gatherer = Gatherer(lists, now, progress)
    wants_data = wish.level != Level.T
    data = ValidationData()
    if wants_data:
        data = gatherer.gather(key.certificate, key.chain)
        _refuse_incomplete(data, wish)
    try:
        signed = write_signature(pdf, key, look, place, now, clock)
    except NoTimestamp:
        if not wish.later:
            raise
        signed = write_signature(pdf, key, look, place, now)
        return Signed(signed, Level.B, (message(_LATER),))
    if not wants_data:
        return Signed(signed, Level.T)
    for stamp in clock.timestamps[-1:]:
        data |= _of_container(gatherer, stamp.container)
    _refuse_incomplete(data, wish)
    return _with_data(signed, data, wish, clock)


def write_timestamp(
    pdf: bytes, server: str, now: datetime, progress: Progress
) -> Signed:
    """Return the document with validation data and a timestamp over it all.

    Raises:
        UserError: the server gave no timestamp, or a certificate was revoked.
    """
    clock = Clock(server, progress)
    state = _state(pdf)
    gatherer = Gatherer(revocation_lists(state), now, progress)
    data = ValidationData()
    for container in _containers(state):
        data |= _of_container(gatherer, container)
    stamped = stamp_document(_appended(pdf, data), clock)
    if data.missing:
        return Signed(stamped, Level.T, (_incomplete(data),))
    return Signed(stamped, Level.LTA)


def _with_data(signed: bytes, data: ValidationData, wish: Wish, clock: Clock) -> Signed:
    """Add validation data, and the timestamp over all where it was wished for."""
    made = Signed(_appended(signed, data), Level.LT)
    if data.missing:
        made = replace(made, level=Level.T, notes=(_incomplete(data),))
    elif wish.level == Level.LTA:
        try:
            made = replace(made, pdf=stamp_document(made.pdf, clock), level=Level.LTA)
        except NoTimestamp:
            if not wish.later:
                raise
            made = replace(made, notes=(message(_UNSTAMPED),))
    return made


def _refuse_incomplete(data: ValidationData, wish: Wish) -> None:
    if data.missing and wish.level in (Level.LT, Level.LTA) and not wish.later:
        raise UserError(
            N_(
                "The level {level} is not reached: validation data could not be had for "
                "{names}. Nothing was signed."
            ),
            level=wish.level.standard,
            names=", ".join(data.missing),
        )


def _incomplete(data: ValidationData) -> Message:
    return message(_INCOMPLETE, names=", ".join(data.missing))


def _of_container(gatherer: Gatherer, container: cms.Container) -> ValidationData:
    return gatherer.gather(container.signer, container.certificates)


def _containers(state: State) -> Iterable[cms.Container]:
    """Yield the containers of a document's signatures and of their timestamps."""
    examination = Examination(state.document, state)
    examination.run()
    for each in examination.signatures:
        if each.container:
            yield each.container
        if each.timestamp:
            yield each.timestamp.container


def _state(pdf: bytes) -> State:
    document = Document(pdf)
    return document.state(document.chain(len(pdf)))


def _appended(pdf: bytes, data: ValidationData) -> bytes:
    """Return the document with validation data; unchanged where there is no news."""
    if not data.answers and not data.lists:
        return pdf
    try:
        writer = Appender(BytesIO(pdf), strict=False)
        DocumentSecurityStore.supply_dss_in_writer(
            writer,
            None,
            certs=[asn1_x509.Certificate.load(encoded(c)) for c in data.certificates],
            ocsps=[asn1_ocsp.OCSPResponse.load(each) for each in data.answers],
            crls=[asn1_crl.CertificateList.load(each) for each in data.lists],
        )
        out = BytesIO()
        writer.write(out)  # type: ignore[no-untyped-call]  # pyHanko's
    except (PdfError, ValueError, KeyError, RecursionError) as error:
        raise UserError(
            N_(
                "The document takes no validation data: its structure does not allow it."
            )
        ) from error
    return out.getvalue()
