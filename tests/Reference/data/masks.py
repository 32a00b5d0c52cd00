"""Writes masks/ and masks.json: index PNGs by Pillow, and the index of every pixel.

    /usr/bin/python3 masks.py        # numpy and Pillow 9.4.0
"""
import json
import os

import numpy
import PIL
from PIL import Image

WIDTH, HEIGHT = 13, 7  # 13 pixels of 1, 2 or 4 bits end within a byte
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "masks")

os.makedirs(FOLDER, exist_ok=True)
place = numpy.arange(WIDTH * HEIGHT).reshape(HEIGHT, WIDTH)
palette = [(i * 37 + c * 91) % 256 for i in range(256) for c in range(3)]
masks = {}


def write(name, values, mode, **options):
    image = Image.fromarray(values.astype(numpy.uint8), "L")
    if mode == "P":
        image = Image.fromarray(values.astype(numpy.uint8), "P")
        image.putpalette(palette[: 3 * (1 << options.get("bits", 8))])
    elif mode == "1":
        image = image.point(lambda v: 255 if v else 0).convert("1")
    image.save(os.path.join(FOLDER, name), **options)
    masks[name] = values.tolist()


for bits in (1, 2, 4, 8):
    write(f"palette{bits}.png", place * 7 % (1 << bits), "P", bits=bits)
write("grey1.png", place * 5 % 3 % 2, "1")
write("grey8.png", place * 11 % 256, "L")
write("grey8.pgm", place * 11 % 256, "L")

with open(os.path.join(os.path.dirname(FOLDER), "masks.json"), "w") as file:
    json.dump({"Pillow": PIL.__version__, "masks": masks}, file)
    file.write("\n")
Image.fromarray((place * 700 % 65536).astype(numpy.uint16)).save(os.path.join(FOLDER, "grey16.png"))
Image.fromarray(numpy.stack([place % 256] * 3, 2).astype(numpy.uint8)).save(os.path.join(FOLDER, "rgb.png"))
Image.fromarray((place % 256).astype(numpy.uint8)).save(os.path.join(FOLDER, "lossy.jpg"))
