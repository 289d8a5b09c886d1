"""Turn the pages reportlab wrote into the file that is archived and signed.

Adds what PDF/A-3 asks for (metadata as XMP, the meaning of the colours, printable
links), attaches files, and sets every date to the report's: the same pages give the
same bytes. What is signed later is added behind, and nothing here is touched.

Source: ISO 19005-3 (PDF/A-3), clauses 6.2.3, 6.6 and 6.8.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from valuer.reports.characters import cleaned
from valuer.reports.colour_profile import srgb

if TYPE_CHECKING:
    from pikepdf import Pdf


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file carried inside the report.

    Attributes:
        name: file name, as a reader saves it.
        data: its bytes.
        mime: its type, ``application/json``.
        description: what it is, in the report's language.
    """

    name: str
    data: bytes
    mime: str
    description: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reader's "document properties" show.

    Attributes:
        language: ``zh_CN`` or ``en``.
        producer: program and version.
        day: the report date; all dates of the file are noon of that day, UTC.
    """

    title: str
    author: str
    subject: str
    language: str
    producer: str
    day: date


def finish(pages: bytes, facts: Facts, attachments: Sequence[Attachment] = ()) -> bytes:
    """Return the archived form of a PDF; the same input gives the same bytes."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pages)) as pdf:
        _describe(pdf, facts)
        _mean_colours(pdf)
        _print_links(pdf)
        for attachment in attachments:
            _attach(pdf, attachment, facts.day)
        _list_attachments(pdf, attachments)
        if "/ID" in pdf.trailer:
            del pdf.trailer["/ID"]
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            min_version="1.7",
            fix_metadata_version=False,
        )
    return out.getvalue()


def _describe(pdf: Pdf, facts: Facts) -> None:
    import pikepdf

    tag = "en" if facts.language == "en" else "zh-CN"
    stamp = f"D:{facts.day:%Y%m%d}120000Z"
    pdf.trailer["/Info"] = pdf.make_indirect(
        pikepdf.Dictionary(
            Title=cleaned(facts.title),
            Author=cleaned(facts.author),
            Subject=cleaned(facts.subject),
            Creator=facts.producer,
            Producer=facts.producer,
            CreationDate=stamp,
            ModDate=stamp,
        )
    )
    root = pdf.Root
    root["/Lang"] = tag
    root["/ViewerPreferences"] = pikepdf.Dictionary(DisplayDocTitle=True)
    metadata = pdf.make_stream(_xmp(facts, tag).encode("utf-8"))
    metadata["/Type"] = pikepdf.Name.Metadata
    metadata["/Subtype"] = pikepdf.Name.XML
    root["/Metadata"] = metadata


def _xmp(facts: Facts, tag: str) -> str:
    """Return the metadata again as XML, equal to the document properties."""
    stamp = f"{facts.day.isoformat()}T12:00:00Z"
    title, author, subject, producer = (
        escape(cleaned(text))
        for text in (facts.title, facts.author, facts.subject, facts.producer)
    )

    def alternatives(text: str) -> str:
        return f'<rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt>'

    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>{tag}</rdf:li></rdf:Bag></dc:language>
<dc:title>{alternatives(title)}</dc:title>
<dc:description>{alternatives(subject)}</dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{stamp}</xmp:CreateDate>
<xmp:ModifyDate>{stamp}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def _mean_colours(pdf: Pdf) -> None:
    import pikepdf

    profile = pdf.make_stream(srgb())
    profile["/N"] = 3
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB IEC61966-2.1",
        Info="sRGB IEC61966-2.1",
        RegistryName="http://www.color.org",
        DestOutputProfile=profile,
    )
    pdf.Root["/OutputIntents"] = pikepdf.Array([pdf.make_indirect(intent)])


def _print_links(pdf: Pdf) -> None:
    """Set the print flag of each annotation; PDF/A allows none without it."""
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            annotation["/F"] = 4


def _attach(pdf: Pdf, attachment: Attachment, day: date) -> None:
    import pikepdf

    stamp = f"D:{day:%Y%m%d}120000Z"
    content = pdf.make_stream(attachment.data)
    content["/Type"] = pikepdf.Name.EmbeddedFile
    content["/Subtype"] = pikepdf.Name("/" + attachment.mime)
    content["/Params"] = pikepdf.Dictionary(
        Size=len(attachment.data),
        CreationDate=stamp,
        ModDate=stamp,
        CheckSum=hashlib.md5(attachment.data, usedforsecurity=False).digest(),
    )
    file = pikepdf.Dictionary(
        Type=pikepdf.Name.Filespec,
        F=attachment.name,
        UF=attachment.name,
        Desc=attachment.description,
        AFRelationship=pikepdf.Name.Data,
        EF=pikepdf.Dictionary(F=content, UF=content),
    )
    associated = pdf.Root.get("/AF", pikepdf.Array())
    associated.append(pdf.make_indirect(file))
    pdf.Root["/AF"] = associated


def _list_attachments(pdf: Pdf, attachments: Sequence[Attachment]) -> None:
    import pikepdf

    if not attachments:
        return
    pairs: list[tuple[str, Any]] = sorted(
        zip((a.name for a in attachments), pdf.Root["/AF"], strict=True),
        key=lambda pair: pair[0],
    )
    names = pikepdf.Array([part for name, file in pairs for part in (name, file)])
    tree = pdf.make_indirect(pikepdf.Dictionary(Names=names))
    pdf.Root["/Names"] = pikepdf.Dictionary(EmbeddedFiles=tree)
