"""Made-up plans on paper, scanned: PDF pages drawn as pictures, tilted, grey and noisy."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.unit.ingest.readers.pdf_files import HEIGHT, WIDTH


@dataclass(frozen=True)
class Scanner:
    """How paper is scanned: turned by `tilt` degrees, at `dpi`, on grey with noise of this deviation."""

    tilt: float = 0.0
    dpi: int = 150
    noise: float = 10.0
    paper: float = 0.92


def scanned(data: bytes, scanners: Sequence[Scanner], stamp: str = "") -> bytes:
    """Scan every page of a PDF with its scanner; the pages hold no letters any more, but for a stamp."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
    document = pypdfium2.PdfDocument(data)
    for at, scanner in enumerate(scanners):
        canvas.drawImage(ImageReader(_scan(document[at], scanner)), 0, 0, WIDTH, HEIGHT)
        canvas.drawString(WIDTH / 2, 20, stamp)
        canvas.showPage()
    document.close()
    canvas.save()
    return out.getvalue()


def _scan(page: pypdfium2.PdfPage, scanner: Scanner) -> io.BytesIO:
    drawn = page.render(scale=scanner.dpi / 72).to_pil().convert("L")
    turned = np.asarray(drawn.rotate(scanner.tilt, resample=Image.Resampling.BICUBIC, fillcolor=255), dtype=float)
    noise = np.random.default_rng(1).normal(0, scanner.noise, turned.shape)
    file = io.BytesIO()
    Image.fromarray((turned * scanner.paper + noise).clip(0, 255).astype(np.uint8)).save(file, "JPEG", quality=75)
    file.seek(0)
    return file
