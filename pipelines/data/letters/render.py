"""Draws the letters a to z with every face of fonts.tsv, one 32x32 grey PNG each.

Usage: render.py [FOLDER]    (default: the folder of this file)

Writes FOLDER/train/<letter>/<face>.png and FOLDER/test/<letter>/<face>.png, where what was there before is
deleted, and the table of fonts in FOLDER/README.md, if there is one. The same fonts give the same bytes:
every image has its own random numbers, seeded with its path.
"""

import csv
import random
import re
import shutil
import string
import sys
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

SIDE = 32                   # pixels of an image, both ways
GRAIN = 8                   # fine pixels per pixel: positions are multiples of 1/8 pixel, edges have 65 grey levels
MEASURE = 1000              # pixels of the size at which a face is measured
LINE_HEIGHT = (18.0, 27.0)  # pixels from the top of the highest letter to the bottom of the lowest, of one face
TILT = 5.0                  # degrees, either way
SHIFT = 1.5                 # pixels, either way, across and down
ROOM = SIDE - 2             # pixels a letter may be wide: what is wider (m in a broad face) is drawn smaller
BLUR = (0.35, 0.80)         # pixels, standard deviation, before INK decides: rounds corners, fills what is narrow
INK = (0.22, 0.46)          # black is what is above this share of full ink after the blur: low is bold
FRAY = 0.18                 # share of full ink by which the grain of the paper moves INK's threshold, either way
FOCUS = (0.0, 0.6)          # pixels, standard deviation, of the scanner's blur afterwards
SEED = 1
TABLE = ("<!-- fonts: written by render.py from fonts.tsv -->", "<!-- end of fonts -->")


def load(path, size):
    # The basic layout engine, because the other one is an optional library with results of its own.
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


def line(font):
    """Top and bottom of the line of all letters, in the font's pixels from the baseline, up is negative."""
    boxes = [font.getbbox(letter, anchor="ls") for letter in string.ascii_lowercase]
    return min(box[1] for box in boxes), max(box[3] for box in boxes)


def ink(font, letter):
    """Left and right of the letter's ink, in the font's pixels from its origin."""
    left, _, right, _ = font.getbbox(letter, anchor="ls")
    return left, right


def check_letters(path, font):
    """A face without one of the letters draws its "missing" sign instead: that is an error in fonts.tsv."""
    missing = bytes(font.getmask("\uffff"))
    lacking = [letter for letter in string.ascii_lowercase
               if not any(font.getmask(letter)) or bytes(font.getmask(letter)) == missing]
    if lacking:
        raise SystemExit(f"{path} has no glyph for {', '.join(lacking)}: take the face out of fonts.tsv")


def set_letter(path, measure, letter, dice):
    """The letter at its place, white on black, GRAIN fine pixels per pixel. `measure` is the face at MEASURE pixels."""
    height = dice.uniform(*LINE_HEIGHT)
    tilt = dice.uniform(-TILT, TILT)
    across, down = (round(dice.uniform(-SHIFT, SHIFT) * GRAIN) for _ in range(2))

    top, bottom = line(measure)
    left, right = ink(measure, letter)
    size = min(height / (bottom - top), ROOM / (right - left)) * GRAIN * MEASURE
    font = load(path, round(size))

    # Twice as wide as the image, so that nothing is lost at the edge before the shift.
    canvas = 2 * SIDE * GRAIN
    fine = Image.new("L", (canvas, canvas), 0)
    # The middle of the letter's ink across, the middle of the line down: a letter keeps its place on the line.
    origin = (canvas // 2 - sum(ink(font, letter)) // 2, canvas // 2 - sum(line(font)) // 2)
    ImageDraw.Draw(fine).text(origin, letter, fill=255, font=font, anchor="ls")
    fine = fine.rotate(tilt, resample=Image.Resampling.BICUBIC)
    corner = (canvas - SIDE * GRAIN) // 2
    return fine.crop((corner - across, corner - down, corner - across + SIDE * GRAIN, corner - down + SIDE * GRAIN))


def print_and_scan(fine, dice):
    """The fine letter after ink, paper and scanner: SIDE x SIDE, black on white."""
    soft = fine.filter(ImageFilter.GaussianBlur(dice.uniform(*BLUR) * GRAIN))
    # Full ink is what the thickest place of the letter has left: a hairline would be gone below the threshold.
    full = soft.getextrema()[1]
    soft = soft.point(lambda value: round(value * 255 / full))
    threshold = dice.uniform(*INK)
    # One random value a pixel, made smooth: the grain of paper and toner.
    grain = Image.frombytes("L", (SIDE, SIDE), dice.randbytes(SIDE * SIDE)).resize(fine.size, Image.Resampling.BICUBIC)
    uneven = ImageChops.add(soft, grain.point(lambda value: round(2 * FRAY * value)), offset=-round(FRAY * 255))
    printed = uneven.point(lambda value: 255 if value > threshold * 255 else 0)
    scanned = printed.filter(ImageFilter.GaussianBlur(dice.uniform(*FOCUS) * GRAIN))
    return ImageChops.invert(scanned.reduce(GRAIN))


def table(fonts):
    yield "| split | family | Debian package | faces | licence |"
    yield "|---|---|---|---|---|"
    for font in fonts:
        faces = len(font["faces"].split("; "))
        yield f"| {font['split']} | {font['family']} | {font['package']} | {faces} | {font['licence']} |"


def write_table(readme, fonts):
    text = readme.read_text(encoding="utf-8")
    begin, end = (re.escape(mark) for mark in TABLE)
    block = "\n".join([TABLE[0], *table(fonts), TABLE[1]])
    text, found = re.subn(f"{begin}.*{end}", lambda _: block, text, flags=re.DOTALL)
    if found != 1:
        raise SystemExit(f"{readme} needs the lines {TABLE[0]} and {TABLE[1]} once, has them {found} times")
    readme.write_text(text, encoding="utf-8")


def main():
    here = Path(__file__).resolve().parent
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else here
    with open(here / "fonts.tsv", encoding="utf-8", newline="") as file:
        fonts = list(csv.DictReader(file, delimiter="\t"))

    families = {split: {font["family"] for font in fonts if font["split"] == split} for split in ("train", "test")}
    if families["train"] & families["test"]:
        raise SystemExit(f"in both splits: {', '.join(sorted(families['train'] & families['test']))}")
    for split in families:
        shutil.rmtree(target / split, ignore_errors=True)

    count = {split: 0 for split in families}
    for font in fonts:
        for face in font["faces"].split("; "):
            path = Path(font["folder"]) / face
            measure = load(path, MEASURE)
            check_letters(path, measure)
            name = re.sub("[^a-z0-9]+", "-", path.stem.lower())
            for letter in string.ascii_lowercase:
                file = target / font["split"] / letter / f"{name}.png"
                file.parent.mkdir(parents=True, exist_ok=True)
                if file.exists():
                    raise SystemExit(f"{face} of {font['family']}: a face named {name} has been drawn already")
                dice = random.Random(f"{SEED}/{font['split']}/{letter}/{name}")
                print_and_scan(set_letter(path, measure, letter, dice), dice).save(file, optimize=True)
                count[font["split"]] += 1

    if (target / "README.md").exists():
        write_table(target / "README.md", fonts)
    for split, images in count.items():
        print(f"{split}: {images} images, {len(families[split])} families")


if __name__ == "__main__":
    main()
