"""The structure of a drawn document: what is title, table, row and cell, for who has it read out.

Content that belongs to an element is drawn between ``content`` and ``END``; what only repeats or
adorns (rules, page numbers) between ``ARTIFACT`` and ``END``.
"""

from __future__ import annotations

import pydyf

ARTIFACT, END = b"/Artifact BMC", b"EMC"


class Element(pydyf.Object):
    """One element of the structure. There are tens of thousands: what they share is the class's."""

    offset, generation, free = 0, 0, "n"

    def __init__(self, kind: bytes, parent: bytes, attributes: bytes) -> None:
        self.kind, self.parent, self.attributes = kind, parent, attributes
        self.page, self.kids = b"", b""

    @property
    def data(self) -> bytes:
        where = b"/Pg " + self.page if self.page else b""
        said = (self.kind, self.parent, where, self.attributes, self.kids)
        return b"<</S/%s/P %s%s%s/K[%s]>>" % said

    def hold(self, page: bytes, piece: int) -> None:
        """A piece of content on *page*, which need not be the page of the others."""
        self.page = self.page or page
        if page == self.page:
            self.kids += b" %d" % piece
        else:
            self.kids += b"<</Type/MCR/Pg %s/MCID %d>>" % (page, piece)


class Structure:
    """A document's tree of elements, and of each page which element a piece belongs to."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self._pdf, self._root = pdf, pydyf.Dictionary({"Type": "/StructTreeRoot"})
        pdf.add_object(self._root)
        self.document = self._added(Element(b"Document", self._root.reference, b""))
        self._root["K"] = self.document.reference
        self._parents: list[pydyf.Array] = []
        self._page = b""
        pdf.catalog["MarkInfo"] = "<< /Marked true >>"
        pdf.catalog["StructTreeRoot"] = self._root.reference

    def element(self, kind: bytes, parent: Element, attributes: bytes = b"") -> Element:
        """A new element, the last within *parent*."""
        found = self._added(Element(kind, parent.reference, attributes))
        parent.kids += b" " + found.reference
        return found

    def turn(self, page: pydyf.Dictionary) -> None:
        """What follows is drawn on *page*, which the PDF has already."""
        self._page = page.reference
        page["StructParents"] = len(self._parents)
        page["Tabs"] = "/S"
        self._parents.append(pydyf.Array())

    def content(self, element: Element) -> bytes:
        """The operator that opens a piece of *element* on the page at hand."""
        pieces = self._parents[-1]
        element.hold(self._page, len(pieces))
        pieces.append(element.reference)
        return b"/%s<</MCID %d>>BDC" % (element.kind, len(pieces) - 1)

    def finish(self) -> None:
        """Write down which piece belongs to which element."""
        numbers = pydyf.Array()
        for page, pieces in enumerate(self._parents):
            self._pdf.add_object(pieces)
            numbers += [page, pieces.reference]
        tree = pydyf.Dictionary({"Nums": numbers})
        self._pdf.add_object(tree)
        self._root["ParentTree"] = tree.reference
        self._root["ParentTreeNextKey"] = len(self._parents)

    def _added(self, element: Element) -> Element:
        self._pdf.add_object(element)
        return element
