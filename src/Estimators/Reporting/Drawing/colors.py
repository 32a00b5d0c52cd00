#!/usr/bin/env python3
"""Chooses the colors of DistinctColors.cs: 255 that differ as much as so many can, for any kind of color vision.

The first seven are those of Okabe and Ito (2008, https://jfly.uni-koeln.de/color/). Each further one is, of a grid of sRGB, the
color that is farthest (CIE 1976 color difference, D65) from the nearest one chosen before; of the four distances to each, for
people of normal color vision and without the first, second or third kind of cone (Machado, Oliveira and Fernandes 2009,
https://doi.org/10.1109/TVCG.2009.113, severity 1), the smallest counts. Almost grey, almost black and almost white
colors are left out: they would be taken for pixels without a class, for dark parts of the image, and for paper.

    /usr/bin/python3 colors.py

prints the table and how near the nearest two of the first n are. Made with numpy 1.24.2.
"""
import numpy

OKABE_ITO = [(230, 159, 0), (86, 180, 233), (0, 158, 115), (240, 228, 66), (0, 114, 178), (213, 94, 0), (204, 121, 167)]

TO_XYZ = numpy.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
WHITE = numpy.array([0.95047, 1, 1.08883])

SIGHT = [
    numpy.eye(3),
    numpy.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    numpy.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    numpy.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
]


def linear(colors):
    value = numpy.asarray(colors, float) / 255
    return numpy.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    ratio = rgb @ TO_XYZ.T / WHITE
    f = numpy.where(ratio > (6 / 29) ** 3, numpy.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return numpy.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)


def seen(colors):
    """(n, 3) colors to (n, 4, 3): what each kind of sight makes of them."""
    rgb = linear(colors)
    return numpy.stack([lab(numpy.clip(rgb @ matrix.T, 0, 1)) for matrix in SIGHT], -2)


def distances(a, b):
    return numpy.linalg.norm(a - b, axis=-1).min(-1)


def choose(count):
    steps = numpy.arange(0, 256, 15)
    grid = numpy.stack(numpy.meshgrid(steps, steps, steps, indexing="ij"), -1).reshape(-1, 3)
    plain = lab(linear(grid))
    grid = grid[(plain[:, 0] >= 20) & (plain[:, 0] <= 92) & (numpy.hypot(plain[:, 1], plain[:, 2]) >= 25)]
    looks = seen(grid)
    chosen = list(OKABE_ITO)
    nearest = numpy.min([distances(looks, seen([color])) for color in chosen], 0)
    while len(chosen) < count:
        best = tuple(int(v) for v in grid[int(nearest.argmax())])
        chosen.append(best)
        nearest = numpy.minimum(nearest, distances(looks, seen([best])))
    return chosen


if __name__ == "__main__":
    colors = choose(255)
    for at in range(0, len(colors), 16):
        print("".join("%02x%02x%02x" % color for color in colors[at:at + 16]))
    for count in (7, 12, 20, 30, 60, 120, 255):
        looks = seen(colors[:count])
        print(count, round(min(distances(looks[i], looks[j]) for i in range(count) for j in range(i)), 2))
