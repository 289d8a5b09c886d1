"""Write one signature into a document, through pyHanko.

The container names every certificate it carries by its digest among the signed
attributes, so that none of them can be changed unnoticed. The document's own dates
and properties stay as they are: a signature states its own time.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import attributes, fields, signers
from pyhanko.sign.attributes import SignedAttributeProviderSpec
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp.noop import NoOpStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from valuer.core.problems import UserError
from valuer.core.texts import N_, tr
from valuer.reports.appending import Appender
from valuer.reports.certificates import encoded
from valuer.reports.keys import SigningKey
from valuer.reports.seals import Seal
from valuer.reports.signature_pictures import Signer, draw_picture, picture_lines
from valuer.reports.signature_places import Place
from valuer.reports.signature_roles import REASONS

DIGEST = "sha256"

_ATTRIBUTES, _DIGESTED = 1024, 48
"""Bytes for what every container has, and for each digest in it."""


class _Certificates(attributes.CMSAttributeProvider):
    """States the digests of all embedded certificates, the signer's first."""

    attribute_type = "signing_certificate_v2"

    def __init__(self, certificates: Iterable[bytes]) -> None:
        self._digests = [hashlib.sha256(each).digest() for each in certificates]

    async def build_attr_value(self, dry_run: bool = False) -> Any:
        """Return the value of the attribute."""
        return tsp.SigningCertificateV2(
            {"certs": [{"cert_hash": digest} for digest in self._digests]}
        )


class _Attributes(SignedAttributeProviderSpec):
    """The signed attributes besides those that every signature has."""

    def __init__(self, certificates: Iterable[bytes]) -> None:
        self._certificates = _Certificates(certificates)

    def signed_attr_providers(
        self,
        data_digest: bytes,
        digest_algorithm: str,
    ) -> Iterable[attributes.CMSAttributeProvider]:
        """Return what provides them."""
        return (self._certificates,)


@dataclass(frozen=True, slots=True)
class Look:
    """What a signature shows on the page.

    Attributes:
        language: language of its words.
        seal: the house's own picture of its seal.
    """

    signer: Signer
    language: str
    seal: Seal | None = None


class KeySigner(signers.Signer):
    """Signs with a key that stands here or on a token."""

    def __init__(self, key: SigningKey) -> None:
        certificates = [encoded(each) for each in (key.certificate, *key.chain)]
        own, *chain = (asn1_x509.Certificate.load(each) for each in certificates)
        store = SimpleCertificateStore()
        store.register_multiple(chain)
        super().__init__(signing_cert=own, cert_registry=store)
        self.signed_attr_prov_spec = _Attributes(certificates)
        self._key = key

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """Return the signature over data, or its length in zeros."""
        if dry_run:
            return bytes(self._key.longest)
        return self._key.sign(hashlib.new(digest_algorithm, data).digest())


def write_signature(
    pdf: bytes,
    key: SigningKey,
    look: Look,
    place: Place,
    now: datetime,
    clock: TimeStamper | None = None,
) -> bytes:
    """Return the document with a signature appended.

    Args:
        pdf: the document.
        key: who signs.
        look: what is shown on the page.
        place: where it is signed.
        now: when, by the signer's clock, aware of its zone.
        clock: puts a timestamp beside the signature.

    Raises:
        NoTimestamp: the clock gave none.
        UserError: the document's structure does not allow it, or the key refuses.
    """
    try:
        writer = Appender(BytesIO(pdf), strict=False)
        for name in place.added:
            fields.append_signature_field(writer, fields.SigFieldSpec(name))
        _draw(writer, look, place.field, now)
        meta = signers.PdfSignatureMetadata(
            field_name=place.field,
            md_algorithm=DIGEST,
            name=key.signer,
            reason=tr(REASONS[look.signer.role], look.language),
            subfilter=fields.SigSeedSubFilter.PADES,
            certify=place.certifies,
            docmdp_permissions=fields.MDPPerm.FILL_FORMS,
        )
        signer = signers.PdfSigner(
            meta, KeySigner(key), timestamper=clock, stamp_style=NoOpStampStyle()
        )
        return asyncio.run(_sign(signer, writer, now, _room(key, clock)))
    # What pyHanko raises for documents that it cannot follow.
    except (PdfError, SigningError, ValueError, KeyError, RecursionError) as error:
        raise UserError(
            N_("The document cannot be signed: its structure does not allow it.")
        ) from error


async def _sign(
    signer: signers.PdfSigner,
    writer: Appender,
    now: datetime,
    room: Coroutine[Any, Any, int],
) -> bytes:
    session = signer.init_signing_session(writer, existing_fields_only=True)
    session.system_time = now
    document = session.prepare_tbs_document(None, bytes_reserved=await room)
    prepared, out = document.digest_tbs_document()
    await document.perform_signature(
        prepared.document_digest,
        signers.pdf_cms.PdfCMSSignedAttributes(signing_time=now),
    )
    out.seek(0)
    return bytes(out.read())


async def _room(key: SigningKey, clock: TimeStamper | None) -> int:
    """Return how many hexadecimal digits the container may take.

    pyHanko would find it by making the container twice, which takes as long again.
    """
    certificates = [encoded(each) for each in (key.certificate, *key.chain)]
    size = key.longest + _ATTRIBUTES
    # Each stands in the container, with its digest; the issuer's name stands twice.
    size += sum(map(len, certificates)) + _DIGESTED * len(certificates)
    size += len(certificates[0])
    if clock is not None:
        stamp = await clock.async_dummy_response(DIGEST)
        size += len(stamp.dump()) * 5 // 4
    return 2 * size


def _draw(writer: Appender, look: Look, name: str, now: datetime) -> None:
    """Put the picture of the signature into its field, if the field can be seen."""
    for _, _, reference in fields.enumerate_sig_fields(writer, with_name=name):
        field = reference.get_object()
        kids = field.get("/Kids", ())
        widget = field if "/Rect" in field or not kids else kids[0].get_object()
        left, bottom, right, top = (float(side) for side in widget["/Rect"])
        box = abs(right - left), abs(top - bottom)
        if not all(box):
            return
        lines = picture_lines(look.signer, now.date().isoformat(), look.language)
        picture = draw_picture(writer, box, lines, look.seal)
        widget["/AP"] = generic.DictionaryObject({generic.pdf_name("/N"): picture})
        writer.update_container(widget)
        return
