#!/usr/bin/env python3
"""Writes outlines.bin: the letters of charts that are saved as PNG, as curves, since charts turn and scale them.

From DejaVu Sans Condensed and DejaVu Sans Condensed Bold 2.37 (Debian's fonts-dejavu-core; licence in LICENSE-DejaVu.txt), whose
letters are as wide on average as those that charts reckon with. Run it again after changing the characters:

    /usr/bin/python3 outlines.py        (fontTools 4.38.0)

The file is deflated (zlib). Inside, little-endian: for each of two faces the units of an em (uint16) and the number of glyphs
(uint16); for each glyph, by ascending code point, the code point, the advance and the number of contours (uint16 each); for each
contour the number of points (uint16) and for each point one byte, 1 on the curve and 0 a control point of a quadratic curve, and
how far it lies right of and above the point before (int16 each; the glyph's first: from the origin). Between two control points
lies a point in their middle.
"""
import os
import struct
import zlib

from fontTools.ttLib import TTFont

FOLDER = "/usr/share/fonts/truetype/dejavu/"
FACES = ["DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf"]
SIGNS = "–—‘’‚“”„†‡•…‰‹›€™←↑→↓↔−√∞≈≠≤≥∆Ω◆●■▲✓✗"
CHARACTERS = sorted({*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x391, 0x3AA), *range(0x3B1, 0x3CA), *range(0x401, 0x460), *map(ord, SIGNS)} - {0x3A2})

out = bytearray()
for name in FACES:
    font = TTFont(FOLDER + name)
    names, table, widths = font.getBestCmap(), font["glyf"], font["hmtx"]
    codes = [code for code in CHARACTERS if code in names]
    out += struct.pack("<HH", font["head"].unitsPerEm, len(codes))
    for code in codes:
        # Composed letters are taken apart into their parts' outlines.
        points, ends, flags = table[names[code]].getCoordinates(table)
        out += struct.pack("<HHH", code, widths[names[code]][0], len(ends))
        begin, x, y = 0, 0, 0
        for end in ends:
            out += struct.pack("<H", end + 1 - begin)
            for i in range(begin, end + 1):
                px, py = map(round, points[i])
                out += struct.pack("<Bhh", flags[i] & 1, px - x, py - y)
                x, y = px, py
            begin = end + 1
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "outlines.bin")
with open(path, "wb") as file:
    file.write(zlib.compress(bytes(out), 9))
print(len(CHARACTERS), "characters,", len(out), "bytes,", os.path.getsize(path), "deflated")
