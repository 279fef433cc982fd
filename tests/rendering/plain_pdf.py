"""Writes PDF files by hand: text, lines and areas exactly where a test wants them. No library is in between."""

from dataclasses import dataclass, field

WIDTH, HEIGHT = 595.0, 842.0


@dataclass
class PlainPage:
    """One page; coordinates in points from the top left corner. rotate: as the page's /Rotate entry says."""

    width: float = WIDTH
    height: float = HEIGHT
    rotate: int = 0
    box: tuple[float, float, float, float] | None = None
    operations: list[str] = field(default_factory=list)
    codes: set[int] = field(default_factory=set)

    def text(self, x: float, baseline: float, size: float, text: str, invisible: bool = False) -> None:
        """A line of text that begins at x; Chinese glyphs are `size` wide, ASCII ones half of it."""
        self.codes.update(map(ord, text))
        codes = text.encode("utf-16-be").hex()
        mode = 3 if invisible else 0
        self._add(f"BT /F1 {size} Tf {mode} Tr 1 0 0 1 {x:.2f} {self.height - baseline:.2f} Tm <{codes}> Tj ET")

    def slanted_text(self, x: float, baseline: float, size: float, text: str) -> None:
        """A line of text that runs upwards at 45 degrees, as watermarks do."""
        self.codes.update(map(ord, text))
        codes = text.encode("utf-16-be").hex()
        self._add(
            f"BT /F1 {size} Tf 0.7071 0.7071 -0.7071 0.7071 {x:.2f} {self.height - baseline:.2f} Tm <{codes}> Tj ET"
        )

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5, dash: str = "") -> None:
        """A stroked line."""
        self._add(f"q {width} w {dash} {x0:.2f} {self.height - y0:.2f} m {x1:.2f} {self.height - y1:.2f} l S Q")

    def area(self, x0: float, y0: float, x1: float, y1: float, grey: float) -> None:
        """A filled rectangle; grey 0 is black, 1 white."""
        self._add(f"q {grey} g {x0:.2f} {self.height - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f Q")

    def lay_sideways(self) -> None:
        """Turns what was drawn so far: a wide page's content, put upright on this page as it is."""
        self.operations.insert(0, f"q 0 1 -1 0 {self.width:.2f} 0 cm 1 0 0 1 0 {self.width - self.height:.2f} cm")
        self._add("Q")

    def _add(self, operation: str) -> None:
        self.operations.append(operation)


def text_width(text: str, size: float) -> float:
    """The width of a line in the font used here."""
    return sum(size / 2 if character.isascii() else size for character in text)


def write_pdf(pages: list[PlainPage], extra: bytes = b"", own_codes: bool = False) -> bytes:
    """The file. extra: bytes put before the cross-reference table.

    own_codes: the font's codes are said to be what they are by a table in the file, as in files with embedded fonts;
    otherwise they are Adobe's Chinese character set, for which readers have fonts.
    """
    encoding, ordering, widths = (
        ("/Identity-H /ToUnicode 4 0 R", "Identity", "32 126 500")
        if own_codes
        else ("/UniGB-UCS2-H", "GB1", "1 95 500 814 939 500")
    )
    font = (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding {encoding} /DescendantFonts [ << /Type /Font "
        f"/Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering ({ordering}) "
        f"/Supplement 4 >> /DW 1000 /W [ {widths} ] /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light "
        "/Flags 6 /FontBBox [ -25 -254 1000 880 ] /ItalicAngle 0 /Ascent 752 /Descent -271 /CapHeight 737 /StemV 58 >> >> "
        "] >>"
    ).encode("ascii")
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", font, _stream(_to_unicode(pages))]
    kids = []
    for page in pages:
        content = "\n".join(page.operations).encode("ascii")
        objects.append(_stream(content))
        box = page.box or (0, 0, page.width, page.height)
        objects.append(
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [ {box[0]} {box[1]} {box[2]} {box[3]} ] /Rotate {page.rotate} "
                f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
            ).encode("ascii")
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [ {' '.join(kids)} ] /Count {len(pages)} >>".encode("ascii")
    return _assembled(objects, extra)


def _to_unicode(pages: list[PlainPage]) -> bytes:
    used = sorted({code for page in pages for code in page.codes})
    chunks = [used[start : start + 100] for start in range(0, len(used), 100)]
    table = "".join(
        f"{len(chunk)} beginbfchar\n" + "".join(f"<{code:04x}> <{code:04x}>\n" for code in chunk) + "endbfchar\n"
        for chunk in chunks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Plain def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n" + table + "endcmap\nend\nend\n"
    ).encode("ascii")


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _assembled(objects: list[bytes], extra: bytes) -> bytes:
    data = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    data += extra
    start = len(data)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        bytes(data)
        + table
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    )
