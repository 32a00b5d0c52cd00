"""What Pillow's antialiased bilinear filter makes of an image, in the three ways of fitting.

Run with Debian's python3-pil, python3-numpy, python3-torch and python3-torchvision (Pillow 9.4, torchvision 0.14.1): /usr/bin/python3 resize.py
Writes resize.json: inputs and results as hex.
"""
import json
import os

import numpy as np
import torch
from PIL import Image
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as F

here = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(7)


def picture(height, width, channels):
    """Smooth shapes and noise: edges, gradients and detail above the limit of the smaller grid."""
    y, x = np.mgrid[0:height, 0:width]
    planes = [127 + 80 * np.sin(x / (3.0 + c)) * np.cos(y / (5.0 - c)) + random.integers(-45, 46, (height, width)) for c in range(channels)]
    pixels = np.stack(planes, -1).clip(0, 255).astype(np.uint8)
    pixels[: height // 4, : width // 3] = 255
    return pixels[..., 0] if channels == 1 else pixels


def stretch(image, width, height):
    return image.resize((width, height), Image.BILINEAR)


def crop(image, width, height):
    scale = max(width / image.width, height / image.height)
    left = (image.width - width / scale) / 2
    top = (image.height - height / scale) / 2
    box = (left, top, min(image.width, left + width / scale), min(image.height, top + height / scale))
    return image.resize((width, height), Image.BILINEAR, box=box)


def letterbox(image, width, height):
    scale = min(width / image.width, height / image.height)
    w = max(1, min(width, round(image.width * scale)))
    h = max(1, min(height, round(image.height * scale)))
    out = Image.new(image.mode, (width, height), 114 if image.mode == "L" else (114, 114, 114))
    out.paste(image.resize((w, h), Image.BILINEAR), ((width - w) // 2, (height - h) // 2))
    return out


cases = []
for channels in (1, 3):
    for height, width in ((31, 47), (64, 48), (5, 90), (1, 1), (28, 28)):
        pixels = picture(height, width, channels)
        image = Image.fromarray(pixels)
        for out_height, out_width in ((16, 16), (28, 28), (1, 1), (7, 33), (30, 37)):
            for mode, run in (("Stretch", stretch), ("Crop", crop), ("Letterbox", letterbox)):
                result = np.asarray(run(image, out_width, out_height))
                case = {"channels": channels, "height": height, "width": width, "outHeight": out_height, "outWidth": out_width, "mode": mode, "result": result.tobytes().hex()}
                if mode == "Stretch":
                    # The same filter in floating point, as torchvision has it for tensors.
                    tensor = torch.from_numpy(pixels.reshape(height, width, channels).transpose(2, 0, 1).copy())
                    exact = F.resize(tensor.double(), [out_height, out_width], InterpolationMode.BILINEAR, antialias=True)
                    assert np.abs(exact.permute(1, 2, 0).numpy().reshape(result.shape) - result).max() <= 1.01
                cases.append(case)
        cases[-1]["source"] = pixels.tobytes().hex()

with open(os.path.join(here, "resize.json"), "w") as file:
    json.dump(cases, file, separators=(",", ":"))
    file.write("\n")
