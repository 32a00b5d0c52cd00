"""Small images of every kind that occurs, and what Pillow makes of them.

Run with Debian's python3-pil and python3-numpy (Pillow 9.4): /usr/bin/python3 images.py
Writes images/* and images.json: for each file the size, and the RGB and grey pixels as hex.
"""
import io
import json
import os
import struct
import zlib

import numpy as np
from PIL import Image, ImageOps

here = os.path.dirname(os.path.abspath(__file__))
folder = os.path.join(here, "images")
os.makedirs(folder, exist_ok=True)

W, H = 9, 7
y, x = np.mgrid[0:H, 0:W]
rgb = np.stack([x * 28 + 10, y * 36 + 12, (x * 17 + y * 23) % 256], -1).astype(np.uint8)
grey = (x * 20 + y * 11).astype(np.uint8)
alpha = ((x + y) * 16).astype(np.uint8)
expected = {}


def path(name):
    return os.path.join(folder, name)


def luminance(pixels):
    return np.asarray(Image.fromarray(pixels).convert("L"))


def record(name, color, tone, tolerance=0, why=""):
    expected[name] = {"width": color.shape[1], "height": color.shape[0], "rgb": color.tobytes().hex(), "grey": tone.tobytes().hex(), "tolerance": tolerance, "why": why}


def by_pillow(name, tolerance=0, why=""):
    image = ImageOps.exif_transpose(Image.open(path(name)))
    record(name, np.asarray(image.convert("RGB")), np.asarray(image.convert("L")), tolerance, why)


def save(name, image, **options):
    image.save(path(name), **options)


save("rgb.png", Image.fromarray(rgb)); by_pillow("rgb.png")
save("grey.png", Image.fromarray(grey)); by_pillow("grey.png")
save("rgba.png", Image.fromarray(np.dstack([rgb, alpha]))); by_pillow("rgba.png")
save("grey-alpha.png", Image.fromarray(np.dstack([grey, alpha]), "LA")); by_pillow("grey-alpha.png")
save("palette.png", Image.fromarray(rgb).quantize(13)); by_pillow("palette.png")
transparent = Image.fromarray(rgb).quantize(13)
save("palette-transparent.png", transparent, transparency=3); by_pillow("palette-transparent.png")
save("bilevel.png", Image.fromarray(grey > 90)); by_pillow("bilevel.png")


def png16(name, samples):
    """Pillow cannot write RGB of 16 bits."""
    height, width, channels = samples.shape
    raw = b"".join(b"\0" + row.astype(">u2").tobytes() for row in samples)

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 16, {1: 0, 3: 2}[channels], 0, 0, 0)
    with open(path(name), "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))


def to8(samples):
    return ((samples.astype(np.int64) * 255 + 32767) // 65535).astype(np.uint8)


# Pillow clips 16-bit grey at 255 and cuts 16-bit color; rounding is what is meant, so numpy says what is right.
wide = np.stack([x * 7000 + 123, y * 9000 + 77, (x * 5003 + y * 3001) % 65536], -1)
png16("rgb16.png", wide); record("rgb16.png", to8(wide), luminance(to8(wide)), 1, "color is rounded to 8 bits before or after grey is made of it")
wide = (x * 7000 + y * 900 + 5)[..., None]
png16("grey16.png", wide); record("grey16.png", np.repeat(to8(wide), 3, -1), to8(wide)[..., 0])

lossy = "grey of a JPEG is its own luma, Pillow makes it anew from rounded RGB"
save("rgb.jpg", Image.fromarray(rgb), quality=95, subsampling=0); by_pillow("rgb.jpg", 2, lossy)
save("subsampled.jpg", Image.fromarray(rgb), quality=90); by_pillow("subsampled.jpg", 4, lossy + ", after clipping colors out of range")
save("progressive.jpg", Image.fromarray(rgb), quality=95, subsampling=0, progressive=True); by_pillow("progressive.jpg", 2, lossy)
save("grey.jpg", Image.fromarray(grey), quality=95); by_pillow("grey.jpg")
save("cmyk.jpg", Image.fromarray(rgb).convert("CMYK"), quality=95); by_pillow("cmyk.jpg", 2, "CMYK to RGB rounds its product in one of several ways")
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    save(f"exif{orientation}.jpg", Image.fromarray(rgb), quality=95, subsampling=0, exif=exif)
    by_pillow(f"exif{orientation}.jpg", 2, lossy)
save("one.png", Image.fromarray(rgb[:1, :1])); by_pillow("one.png")
save("rgb.ppm", Image.fromarray(rgb)); by_pillow("rgb.ppm")
save("grey.pgm", Image.fromarray(grey)); by_pillow("grey.pgm")
with open(path("grey16.pgm"), "wb") as file:
    file.write(b"P5\n# made by hand\n%d %d\n65535\n" % (W, H) + wide[..., 0].astype(">u2").tobytes())
record("grey16.pgm", np.repeat(to8(wide), 3, -1), to8(wide)[..., 0])

with open(os.path.join(here, "images.json"), "w") as file:
    json.dump(expected, file, indent=1)
    file.write("\n")
