"""How much proof a signature carries: the PAdES baseline levels.

B-B states the time of the signer's computer; B-T has a timestamp over it; B-LT carries
what is needed to judge its certificates later; B-LTA has a timestamp over that, too. A
signature of another form, or one that is not intact, has no level.

Source: ETSI EN 319 142-1, 6.
"""

from __future__ import annotations

from collections.abc import Sequence

from cryptography import x509

from valuer.reports import cms
from valuer.reports.examining import Examined
from valuer.reports.pdf_revisions import State
from valuer.reports.pdf_syntax import PdfSyntaxError
from valuer.reports.proofs import Proofs, chain_of, is_proved, proofs_of
from valuer.reports.timestamps import Timestamp

_BASELINE = "ETSI.CAdES.detached"
_NAMED = {cms.SIGNING_CERTIFICATE, cms.SIGNING_CERTIFICATE_2}


def stamp_over(signature: Examined, every: Sequence[Examined]) -> Timestamp | None:
    """Return the first timestamp of the document that covers a signature, or None."""
    return next((one.timestamp for one in _over(signature, every)), None)


def level_of(
    signature: Examined,
    every: Sequence[Examined],
    state: State,
    roots: Sequence[x509.Certificate],
) -> str | None:
    """Return the level of a signature, ``B-B`` to ``B-LTA``, or None.

    Args:
        signature: the one asked about.
        every: all of the file, timestamps of the document among them.
        state: the file as it stands.
        roots: certificates that the user trusts.
    """
    container, value = signature.container, signature.value
    if signature.faults or container is None or value is None:
        return None
    if value.kind != _BASELINE or not _NAMED & container.signed.keys():
        return None
    over = _over(signature, every)
    stamp = signature.timestamp or next((one.timestamp for one in over), None)
    if stamp is None:
        return "B-B"
    containers = (container, stamp.container)
    if not _is_lasting(containers, proofs_of(state), roots):
        return "B-T"
    for one in over:
        try:
            covered = State(state.document, state.document.chain(one.end))
        except PdfSyntaxError:
            continue
        if _is_lasting(containers, proofs_of(covered), roots):
            return "B-LTA"
    return "B-LT"


def _over(signature: Examined, every: Sequence[Examined]) -> list[Examined]:
    return [
        one
        for one in every
        if one.is_timestamp and not one.faults and one.end > signature.end > 0
    ]


def _is_lasting(
    containers: Sequence[cms.Container],
    proofs: Proofs,
    roots: Sequence[x509.Certificate],
) -> bool:
    """Say whether the file proves that no certificate of these was revoked."""
    if not proofs.lists and not proofs.answers:
        return False
    held = (one for each in containers for one in each.certificates)
    known = (*held, *proofs.certificates, *roots)
    return all(is_proved(chain_of(one.signer, known), proofs) for one in containers)
