"""Letters as Pillow's FreeType draws them, large, so that hinting moves edges by little. Writes lettering.png beside itself.

    /usr/bin/python3 tests/Reference/reporting/lettering.py        (Pillow 9.4.0, DejaVu Sans Condensed 2.37, Debian 12)
"""
import pathlib

from PIL import Image, ImageDraw, ImageFont

FOLDER = "/usr/share/fonts/truetype/dejavu/"
picture = Image.new("L", (640, 380), 255)
for row, name in enumerate(["DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf"]):
    font = ImageFont.truetype(FOLDER + name, 150, layout_engine=ImageFont.Layout.BASIC)
    ImageDraw.Draw(picture).text((20, 150 + 180 * row), "Äg&%8eЖ", font=font, fill=0, anchor="ls")
picture.save(pathlib.Path(__file__).with_suffix(".png"))
