"""Monogram logos for the story's companies, drawn when they are loaded."""
import base64
import io

from PIL import Image, ImageDraw, ImageFont

from odoo.tools.misc import file_path

SIZE = 256
FONT = 'web/static/fonts/lato/Lato-Bol-webfont.ttf'


def _font(size):
    try:
        return ImageFont.truetype(file_path(FONT), size)
    except (OSError, ValueError):
        return ImageFont.load_default(size)


def _shade(colour, factor):
    return tuple(min(255, int(int(colour[i:i + 2], 16) * factor)) for i in (1, 3, 5))


def monogram(name, colour):
    """Return a base64 PNG: the initials on a tile in the company's colour with a lighter arc."""
    image = Image.new('RGB', (SIZE * 2, SIZE * 2), _shade(colour, 1.0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((SIZE * 0.9, -SIZE * 0.7, SIZE * 2.7, SIZE * 1.1), fill=_shade(colour, 1.25))
    draw.rectangle((0, SIZE * 1.86, SIZE * 2, SIZE * 2), fill=_shade(colour, 0.7))
    initials = ''.join(word[0] for word in name.split()[:2])
    draw.text((SIZE, SIZE * 0.97), initials, font=_font(int(SIZE * 0.95)), fill='white', anchor='mm')
    buffer = io.BytesIO()
    image.resize((SIZE, SIZE), Image.LANCZOS).save(buffer, 'PNG', optimize=True)
    return base64.b64encode(buffer.getvalue())
