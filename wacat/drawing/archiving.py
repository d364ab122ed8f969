"""What makes a drawn PDF one for the archive: its description, and what its greys mean."""

from __future__ import annotations

from html import escape

import pydyf
from PIL import ImageCms

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def describe(pdf: pydyf.PDF, title: str) -> None:
    """Say that the tagged *pdf* is PDF/A-2a, in Indonesian, and what it is called."""
    said = _XMP.format(title=escape(title)).encode()
    metadata = pydyf.Stream([said], {"Type": "/Metadata", "Subtype": "/XML"})
    pdf.add_object(metadata)
    pdf.info["Title"] = pydyf.String(title)
    pdf.catalog["Metadata"] = metadata.reference
    pdf.catalog["OutputIntents"] = _intents(pdf)
    pdf.catalog["Lang"] = pydyf.String("id")
    pdf.catalog["ViewerPreferences"] = "<< /DisplayDocTitle true >>"


def _intents(pdf: pydyf.PDF) -> pydyf.Array:
    """What the greys mean, so that they are the same everywhere."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    stream = pydyf.Stream([profile], {"N": 3}, compress=True)
    pdf.add_object(stream)
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": pydyf.String("sRGB"),
        "DestOutputProfile": stream.reference,
    }
    return pydyf.Array([pydyf.Dictionary(intent).data])
