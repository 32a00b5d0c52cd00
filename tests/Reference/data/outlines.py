"""Outlines, run lengths and boxes as COCO's own mask code has them.

Needs maskApi.c and maskApi.h of github.com/cocodataset/cocoapi, folder common, commit 8c9bcc3cf640524c4c20a9c40e89cb6a2f2fa0e9:
    gcc -shared -fPIC -O2 maskApi.c -o libmask.so -lm
    python3 outlines.py libmask.so [instances_val2014_100.json]
Writes outlines.json beside this script: polygons with the compressed runs, area and box of the pixels of all of them together; masks (rows of
0 and 1) with the same; and, if the instances are given, for each annotation of theirs the area, the box and the CRC-32 of the
compressed runs.
"""
import ctypes
import json
import os
import random
import sys
import zlib


class Rle(ctypes.Structure):
    _fields_ = [("h", ctypes.c_ulong), ("w", ctypes.c_ulong), ("m", ctypes.c_ulong), ("counts", ctypes.POINTER(ctypes.c_uint))]


lib = ctypes.CDLL(os.path.abspath(sys.argv[1]))
lib.rleToString.restype = ctypes.c_void_p


def of_polygons(polygons, height, width):
    parts = (Rle * len(polygons))()
    for part, points in zip(parts, polygons):
        lib.rleFrPoly(ctypes.byref(part), (ctypes.c_double * len(points))(*points), ctypes.c_ulong(len(points) // 2), ctypes.c_ulong(height), ctypes.c_ulong(width))
    merged = Rle()
    lib.rleMerge(parts, ctypes.byref(merged), ctypes.c_ulong(len(polygons)), 0)
    return merged


def of_mask(rows):
    height, width = len(rows), len(rows[0])
    pixels = (ctypes.c_ubyte * (height * width))(*[int(rows[y][x]) for x in range(width) for y in range(height)])
    rle = Rle()
    lib.rleEncode(ctypes.byref(rle), pixels, ctypes.c_ulong(height), ctypes.c_ulong(width), ctypes.c_ulong(1))
    return rle


def of_counts(counts, height, width):
    rle = Rle()
    lib.rleInit(ctypes.byref(rle), ctypes.c_ulong(height), ctypes.c_ulong(width), ctypes.c_ulong(len(counts)), (ctypes.c_uint * len(counts))(*counts))
    return rle


def describe(rle):
    area = ctypes.c_uint()
    lib.rleArea(ctypes.byref(rle), ctypes.c_ulong(1), ctypes.byref(area))
    box = (ctypes.c_double * 4)()
    lib.rleToBbox(ctypes.byref(rle), box, ctypes.c_ulong(1))
    text = ctypes.string_at(lib.rleToString(ctypes.byref(rle))).decode()
    return {"counts": text, "area": area.value, "box": [int(v) for v in box]}


draw = random.Random(3)
polygons = []


def add(height, width, *outlines):
    polygons.append({"height": height, "width": width, "polygons": outlines, **describe(of_polygons(outlines, height, width))})


add(10, 12, [1, 1, 9, 1, 9, 7, 1, 7])
add(10, 12, [1.5, 1.5, 9.5, 1.5, 9.5, 7.5, 1.5, 7.5])
add(10, 12, [0, 0, 12, 0, 12, 10, 0, 10])
add(10, 12, [3, 3, 3, 3, 3, 3])
add(10, 12, [3, 3, 8, 3, 8, 3, 8, 8, 3, 3])
add(10, 12, [-5, -5, 20, -5, 20, 20, -5, 20])
add(10, 12, [-5.3, 2.2, 6.1, -4.7, 15.9, 5.5, 4.4, 13.3])
add(10, 12, [20, 20, 30, 20, 30, 30])
add(10, 12, [1, 1, 6, 1, 6, 6, 1, 6], [4, 4, 11, 4, 11, 9, 4, 9])
add(10, 12, [1, 1, 6, 1, 6, 6, 1, 6], [6, 1, 11, 1, 11, 6, 6, 6], [2, 8, 5, 8, 5, 9.9, 2, 9.9])
add(10, 12, [0, 0, 11, 9, 11, 0, 0, 9])
for _ in range(40):
    height, width = draw.randint(1, 60), draw.randint(1, 60)
    add(height, width, *[[round(draw.uniform(-0.3, 1.3) * (height if i % 2 else width), draw.randint(0, 6)) for i in range(2 * draw.randint(3, 12))] for _ in range(draw.randint(1, 3))])

masks = []
for _ in range(20):
    height, width, share = draw.randint(1, 12), draw.randint(1, 12), draw.choice([0, 0.1, 0.5, 0.9, 1])
    rows = ["".join("1" if draw.random() < share else "0" for _ in range(width)) for _ in range(height)]
    masks.append({"rows": rows, **describe(of_mask(rows))})

instances = {}
if len(sys.argv) > 2:
    with open(sys.argv[2]) as file:
        data = json.load(file)
    sizes = {i["id"]: (i["height"], i["width"]) for i in data["images"]}
    for annotation in data["annotations"]:
        height, width = sizes[annotation["image_id"]]
        outline = annotation["segmentation"]
        got = describe(of_counts(outline["counts"], height, width) if isinstance(outline, dict) else of_polygons(outline, height, width))
        instances[annotation["id"]] = [got["area"], *got["box"], zlib.crc32(got["counts"].encode())]

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "outlines.json"), "w") as file:
    file.write("{\n \"polygons\": [\n  " + ",\n  ".join(json.dumps(p) for p in polygons) + "\n ],\n \"masks\": [\n  " + ",\n  ".join(json.dumps(m) for m in masks)
               + "\n ],\n \"instances\": {\n  " + ",\n  ".join(f"\"{k}\": {json.dumps(v)}" for k, v in instances.items()) + "\n }\n}\n")
