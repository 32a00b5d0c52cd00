"""What numpy and torchvision make of small images by each kind of normalisation.

Run with Debian's python3-torch, python3-torchvision and python3-numpy (PyTorch 1.13.1, torchvision 0.14.1): /usr/bin/python3 normalization.py
Writes normalization.safetensors. Two sets: rgb has fewer images than numbers an image, so its covariance has eigenvalues 0;
grey has more. Of each the images (N, C, H, W), mean and deviation per channel, the mean image, the ZCA matrix and the
images normalised in each way, float64 computed from pixels / 255.
"""
import os
import sys

import numpy as np
import torch
from torchvision.transforms import functional as F

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "torchsharp"))
from tensors import write  # noqa: E402

random = np.random.default_rng(11)
EPSILON = {"rgb": 0.01, "grey": 1e-5}
found = {}


def pictures(count, channels, height, width):
    """Neighbouring pixels are alike, as in photographs, with a little noise."""
    y, x = np.mgrid[0:height, 0:width]
    made = np.empty((count, channels, height, width))
    for n in range(count):
        a, b, phase = random.uniform(0.2, 1.2, 3)
        for c in range(channels):
            made[n, c] = 120 + 70 * np.sin(a * x + b * y + 6 * phase + 0.4 * c) + random.normal(0, 14, (height, width))
    return made.clip(0, 255).astype(np.uint8)


for name, shape in (("rgb", (40, 3, 4, 5)), ("grey", (90, 1, 3, 4))):
    pixels = pictures(*shape)
    found[f"{name}/images"] = torch.from_numpy(pixels.astype(np.int64))
    x = pixels / 255.0
    mean, deviation = x.mean((0, 2, 3)), x.std((0, 2, 3))
    found[f"{name}/mean"], found[f"{name}/deviation"] = torch.from_numpy(mean), torch.from_numpy(deviation)
    found[f"{name}/normalized"] = F.normalize(torch.from_numpy(x), mean.tolist(), deviation.tolist())
    found[f"{name}/meanImage"] = torch.from_numpy(x.mean(0))
    found[f"{name}/centered"] = torch.from_numpy(x - x.mean(0))
    flat = x.reshape(len(x), -1)
    values, vectors = np.linalg.eigh(np.cov(flat, rowvar=False))
    matrix = vectors @ np.diag(1 / np.sqrt(values.clip(0) + EPSILON[name])) @ vectors.T
    found[f"{name}/zca"] = torch.from_numpy(matrix)
    found[f"{name}/whitened"] = torch.from_numpy(((flat - flat.mean(0)) @ matrix.T).reshape(x.shape))

write(__file__, found)
