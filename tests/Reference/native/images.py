"""Makes images.json: small image files and the pixels Pillow reads from them (Debian 12: Pillow 9.4, libjpeg-turbo 2.1.5).

    /usr/bin/python3 tests/Reference/native/images.py

Pillow has no interlaced PNGs, no 16-bit color and no grey with 16-bit alpha, so those files are written here bit by bit
and their pixels are worked out with NumPy.
"""
import base64
import io
import json
import os
import struct
import zlib

import numpy as np
from PIL import Image, ImageOps

HERE = os.path.dirname(os.path.abspath(__file__))
MODES = {1: "L", 3: "RGB", 4: "RGBA"}


def text(data):
    return base64.b64encode(bytes(data)).decode()


def encoded(image, format, **options):
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(samples, bits, color_type, interlaced=False, more=b""):
    """samples: (H, W, C) integers. Rows unfiltered; Adam7 where interlaced."""
    height, width, channels = samples.shape

    def rows(part):
        out = b""
        for row in part:
            flat = row.reshape(-1)
            if bits == 16:
                packed = flat.astype(">u2").tobytes()
            elif bits == 8:
                packed = flat.astype(np.uint8).tobytes()
            else:
                bitmap = "".join(format(v, f"0{bits}b") for v in flat)
                bitmap += "0" * (-len(bitmap) % 8)
                packed = bytes(int(bitmap[i : i + 8], 2) for i in range(0, len(bitmap), 8))
            out += b"\0" + packed
        return out

    if interlaced:
        passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
        data = b"".join(rows(samples[y::dy, x::dx]) for x, y, dx, dy in passes if samples[y::dy, x::dx].size)
    else:
        data = rows(samples)
    header = struct.pack(">IIBBBBB", width, height, bits, color_type, 0, 0, int(interlaced))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + more + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def luma(rgb):
    r, g, b = (rgb[..., i].astype(np.int64) for i in range(3))
    return ((19595 * r + 38470 * g + 7471 * b + 0x8000) >> 16).astype(np.uint8)


def from_rgba(rgba, channels):
    if channels == 4:
        return rgba
    return rgba[..., :3] if channels == 3 else luma(rgba)[..., None]


def as_rgb_jpeg(file):
    """The same bytes under Adobe's marker 'these are RGB' instead of JFIF's 'these are YCbCr'."""
    assert file[2:4] == b"\xff\xe0"
    rest = file[4 + struct.unpack(">H", file[4:6])[0] :]
    return b"\xff\xd8" + b"\xff\xee" + struct.pack(">H", 14) + b"Adobe" + bytes([0, 100, 0, 0, 0, 0, 0]) + rest


def main():
    random = np.random.RandomState(0)
    smooth = np.kron(random.randint(0, 255, (3, 4, 3)), np.ones((4, 5, 1), int))
    pixels = (smooth * 3 // 4 + random.randint(0, 60, smooth.shape)).astype(np.uint8)[:11, :19]  # odd sizes find edges
    image = Image.fromarray(pixels)
    alpha = image.convert("RGBA")
    alpha.putalpha(Image.fromarray(pixels[..., 1]))
    files = {
        "jpeg": encoded(image, "JPEG", quality=90),
        "jpeg-444": encoded(image, "JPEG", quality=60, subsampling=0),
        "jpeg-progressive": encoded(image, "JPEG", progressive=True),
        "jpeg-grey": encoded(image.convert("L"), "JPEG"),
        "jpeg-cmyk": encoded(image.convert("CMYK"), "JPEG"),
        "jpeg-rgb": as_rgb_jpeg(encoded(image, "JPEG", subsampling=0)),
        "png-rgb": encoded(image, "PNG"),
        "png-rgba": encoded(alpha, "PNG"),
        "png-grey": encoded(image.convert("L"), "PNG"),
        "png-grey-alpha": encoded(alpha.convert("LA"), "PNG"),
        "png-1": encoded(image.convert("1"), "PNG"),
        "png-palette": encoded(image.quantize(150), "PNG"),
        "png-palette-4": encoded(image.quantize(13), "PNG"),
        "png-palette-2": encoded(image.quantize(3), "PNG"),
        "png-palette-transparent": encoded(image.quantize(150), "PNG", transparency=7),
        "png-rgb-transparent": encoded(image, "PNG", transparency=tuple(int(v) for v in pixels[2, 3])),
    }
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        files[f"jpeg-exif-{orientation}"] = encoded(image, "JPEG", quality=90, exif=exif.tobytes())
    for orientation in (3, 6):
        exif = Image.Exif()
        exif[0x0112] = orientation
        files[f"png-exif-{orientation}"] = encoded(image, "PNG", exif=exif.tobytes())

    out = []
    for name, file in files.items():
        opened = Image.open(io.BytesIO(file))
        upright = ImageOps.exif_transpose(opened)
        cases = []
        for channels, mode in MODES.items():
            if channels == 1 and name.startswith("jpeg") and name not in ("jpeg-grey", "jpeg-cmyk", "jpeg-rgb"):
                continue  # the codec gives the file's own luma, Pillow that of the clipped RGB
            cases.append({"channels": channels, "orient": True, "width": upright.width, "height": upright.height,
                          "pixels": text(np.asarray(upright.convert(mode)))})
        if "exif" in name:
            cases.append({"channels": 3, "orient": False, "width": opened.width, "height": opened.height,
                          "pixels": text(np.asarray(Image.open(io.BytesIO(file)).convert("RGB")))})
        if "palette" in name:
            cases.append({"channels": 1, "orient": True, "raw": True, "width": opened.width, "height": opened.height,
                          "pixels": text(np.asarray(opened))})
        if name in ("jpeg", "jpeg-progressive", "jpeg-cmyk"):
            for eighths in (4, 2, 1):
                small = Image.open(io.BytesIO(file))
                small.draft(small.mode, (small.width * eighths // 8, small.height * eighths // 8))
                cases.append({"channels": 3, "orient": True, "min": (small.width, small.height), "width": small.width,
                              "height": small.height, "pixels": text(np.asarray(small.convert("RGB")))})
        out.append({"name": name, "file": text(file), "cases": cases})

    wide = random.randint(0, 65536, (9, 10, 4))
    narrow = ((wide * 255 + 32895) >> 16).astype(np.uint8)  # rounded to 8 bits
    opaque = np.full((9, 10, 1), 255, np.uint8)
    palette = random.randint(0, 256, (4, 3)).astype(np.uint8)
    indices = random.randint(0, 4, (9, 10, 1))
    made = {
        "png-16-grey": (png(wide[..., :1], 16, 0), np.concatenate([narrow[..., [0, 0, 0]], opaque], 2)),
        "png-16-grey-alpha": (png(wide[..., :2], 16, 4), narrow[..., [0, 0, 0, 1]]),
        "png-16-rgb": (png(wide[..., :3], 16, 2), np.concatenate([narrow[..., :3], opaque], 2)),
        "png-16-rgba": (png(wide, 16, 6), narrow),
        "png-16-rgba-interlaced": (png(wide, 16, 6, True), narrow),
        "png-rgb-interlaced": (png(narrow[..., :3], 8, 2, True), np.concatenate([narrow[..., :3], opaque], 2)),
        "png-4-grey-interlaced": (png(wide[..., :1] >> 12, 4, 0, True), np.concatenate([((wide[..., [0, 0, 0]] >> 12) * 17).astype(np.uint8), opaque], 2)),
        "png-palette-interlaced": (png(indices, 2, 3, True, chunk(b"PLTE", palette.tobytes())), np.concatenate([palette[indices[..., 0]], opaque], 2)),
    }
    for name, (file, rgba) in made.items():
        cases = []
        for channels in MODES:
            wanted = from_rgba(rgba, channels)
            if channels == 1 and "grey" in name:
                wanted = rgba[..., :1]
            cases.append({"channels": channels, "orient": True, "width": 10, "height": 9, "pixels": text(np.ascontiguousarray(wanted).tobytes())})
        if name == "png-palette-interlaced":
            cases.append({"channels": 1, "orient": True, "raw": True, "width": 10, "height": 9, "pixels": text(indices.astype(np.uint8).tobytes())})
        out.append({"name": name, "file": text(file), "cases": cases})

    with open(os.path.join(HERE, "images.json"), "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(entry) for entry in out) + "\n]\n")


main()
