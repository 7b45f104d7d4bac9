"""A chart as a PNG, drawn with Pillow from the shapes that the page draws, with its marking above and below."""

from collections.abc import Sequence
from io import BytesIO
from textwrap import wrap
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from throughline.web.charts.icons import RING, SIGNS
from throughline.web.charts.picture import Picture, Shape, Stroke

WIDEST: Final = 3_000
"""Pixels on the longer side."""
BAND: Final = 26
"""Pixels to a line of words above and below."""
INK, QUIET, PAPER, BOLD, JUDGED = "#0b0c0c", "#8a9197", "#ffffff", "#d4351c", "#4c2c92"


def png_of(picture: Picture, *, above: Sequence[str], below: Sequence[str]) -> bytes:
    """The picture with these lines of words above and below it, each wrapped to its width."""
    scale = min(2.0, WIDEST / max(picture.width, picture.height))
    width = round(picture.width * scale)
    heads, feet = _wrapped(above, width), _wrapped(below, width)
    top, height = BAND * (len(heads) + 1), round(picture.height * scale)
    image = Image.new("RGB", (width, top + height + BAND * (len(feet) + 1)), PAPER)
    pen = _Pen(ImageDraw.Draw(image), picture, scale, top)
    for stroke in picture.strokes:
        pen.stroke(stroke)
    for shape in picture.shapes:
        pen.shape(shape)
    pen.words(heads, BAND // 2)
    pen.words(feet, top + height + BAND // 2)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _wrapped(lines: Sequence[str], width: int) -> list[str]:
    return [part for line in lines for part in wrap(line, max(40, width // 9))]


class _Pen:
    """Draws in the units of a picture."""

    def __init__(self, draw: ImageDraw.ImageDraw, picture: Picture, scale: float, top: int) -> None:
        self.draw, self.picture, self.scale, self.top = draw, picture, scale, top
        self.font = ImageFont.load_default(size=max(9, 15 * scale))
        self.head = ImageFont.load_default(size=17)

    def at(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.picture.left) * self.scale, (y - self.picture.top) * self.scale + self.top

    def stroke(self, one: Stroke) -> None:
        colour = BOLD if one.is_marked else JUDGED if one.is_judged else QUIET
        width = max(1, round((one.width + 3 * one.is_marked) * self.scale))
        self.draw.line([self.at(one.x1, one.y1), self.at(one.x2, one.y2)], fill=colour, width=width)

    def shape(self, one: Shape) -> None:
        sign = SIGNS[one.sign]
        if one.has_more or one.is_marked:
            self._disc(one, (0, 0, RING), outline=BOLD if one.is_marked else INK)
        if sign.outline:
            self._corners(one, sign.outline, sign.colour)
        else:
            self._disc(one, (0, 0, 12), fill=sign.colour)
        for corners in sign.corners:
            self._corners(one, corners, PAPER)
        for disc in sign.discs:
            self._disc(one, disc, fill=PAPER)
        x, y = self.at(one.x, one.y + 12 * one.scale + 5)
        for n, text in enumerate(filter(None, (one.label, one.under))):
            self.draw.text((x, y + n * 16 * self.scale), text, fill=INK, font=self.font, anchor="ma",
                           stroke_width=2, stroke_fill=PAPER)  # fmt: skip

    def _corners(self, one: Shape, corners: Sequence[tuple[float, float]], colour: str) -> None:
        self.draw.polygon(
            [self.at(one.x + x * one.scale, one.y + y * one.scale) for x, y in corners], fill=colour
        )

    def _disc(
        self, one: Shape, disc: tuple[float, float, float], *, fill: str = PAPER, outline: str = ""
    ) -> None:
        x, y, radius = (part * one.scale for part in disc)
        ends = [
            *self.at(one.x + x - radius, one.y + y - radius),
            *self.at(one.x + x + radius, one.y + y + radius),
        ]
        self.draw.ellipse(ends, fill=fill, outline=outline or None, width=max(1, round(1.5 * self.scale)))

    def words(self, lines: Sequence[str], y: int) -> None:
        for n, line in enumerate(lines):
            self.draw.text((12, y + n * BAND), line, fill=INK, font=self.head)
