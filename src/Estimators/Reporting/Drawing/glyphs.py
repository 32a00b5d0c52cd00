#!/usr/bin/env python3
"""Renders glyphs.bin: the letters that pictures are labelled with.

From DejaVu Sans and DejaVu Sans Bold 2.37 (Debian's fonts-dejavu-core; licence in LICENSE-DejaVu.txt) by Pillow's FreeType,
hinted, one byte of coverage a pixel. Run it again after changing a size or the characters:

    python3 glyphs.py

The file is deflated (zlib). Inside, little-endian: the number of faces (byte); for each face its line height and its ascent
in pixels (bytes) and the number of glyphs (uint16); for each glyph, by ascending code point, the code point (uint16), the
advance (byte), the offset of its picture right of the pen (signed byte) and below the line's top (signed byte), its width
and height (bytes), and its coverage, row by row.
"""
import os
import struct
import zlib

from PIL import Image, ImageDraw, ImageFont

FOLDER = "/usr/share/fonts/truetype/dejavu/"
FACES = [("DejaVuSans.ttf", 11), ("DejaVuSans.ttf", 13), ("DejaVuSans-Bold.ttf", 18)]
SIGNS = "–—‘’‚“”„†‡•…‰‹›€™←↑→↓↔−√∞≈≠≤≥∆Ω◆●■▲✓✗"
CHARACTERS = sorted({*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x391, 0x3AA), *range(0x3B1, 0x3CA), *map(ord, SIGNS)} - {0x3A2})

out = bytearray([len(FACES)])
for name, size in FACES:
    font = ImageFont.truetype(FOLDER + name, size, layout_engine=ImageFont.Layout.BASIC)
    ascent, descent = font.getmetrics()
    out += struct.pack("<BBH", ascent + descent, ascent, len(CHARACTERS))
    for code in CHARACTERS:
        picture = Image.new("L", (64, 64))
        ImageDraw.Draw(picture).text((16, 16), chr(code), font=font, fill=255)
        box = picture.getbbox()
        x0, y0, x1, y1 = box or (16, 16, 16, 16)
        glyph = picture.crop((x0, y0, x1, y1)).tobytes() if box else b""
        out += struct.pack("<HBbbBB", code, round(font.getlength(chr(code))), x0 - 16, y0 - 16, x1 - x0, y1 - y0) + glyph
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "glyphs.bin")
with open(path, "wb") as file:
    file.write(zlib.compress(bytes(out), 9))
print(len(CHARACTERS), "glyphs,", len(out), "bytes,", os.path.getsize(path), "deflated")
