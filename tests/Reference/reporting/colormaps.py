"""Pascal VOC's color map by another way than the product's, and how far the default colors are apart.

    /usr/bin/python3 tests/Reference/reporting/colormaps.py

Writes colormaps.json. VOC's map spreads the bits of all indices at once. The distances are those of src/Estimators/Reporting/Drawing/colors.py
(CIE 1976, the worst of four kinds of sight), whose table is read out of DistinctColors.cs. Made with numpy 1.24.2 (Debian 12).
"""
import json
import os
import re
import sys

import numpy

HERE = os.path.dirname(os.path.abspath(__file__))
DRAWING = f"{HERE}/../../../src/Estimators/Reporting/Drawing"
sys.path.insert(0, DRAWING)
from colors import distances, seen  # noqa: E402


def voc():
    bits = numpy.unpackbits(numpy.arange(256, dtype=numpy.uint8)[:, None], axis=1, bitorder="little")  # (256, 8)
    colors = numpy.zeros((256, 3), int)
    for bit in range(8):
        colors[:, bit % 3] += bits[:, bit].astype(int) << (7 - bit // 3)
    return colors.tolist()


def table():
    text = open(f"{DRAWING}/DistinctColors.cs").read()
    digits = "".join(re.findall(r"^\s+([0-9a-f]{6,})$", text, re.M))
    return [[int(digits[i + j:i + j + 2], 16) for j in (0, 2, 4)] for i in range(0, len(digits), 6)]


def nearest(colors):
    looks = seen(colors)
    return min(distances(looks[i], looks[j]) for i in range(len(colors)) for j in range(i))


if __name__ == "__main__":
    colors = table()
    with open(f"{HERE}/colormaps.json", "w") as file:
        json.dump({"voc": voc(), "default": colors, "nearest": {str(n): round(nearest(colors[:n]), 3) for n in (7, 20, 60, 255)}}, file)
