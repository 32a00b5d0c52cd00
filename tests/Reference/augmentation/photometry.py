"""What Pillow and torchvision make of images in brightness, contrast, saturation, hue, grey and blur.

    /usr/bin/python3 tests/Reference/augmentation/photometry.py

Writes photometry.json. Made with Pillow 9.4.0, torchvision 0.14.1, PyTorch 1.13.1 (Debian 12).
"""
import base64
import hashlib
import json
import os
import sys

import numpy
import torch
from PIL import Image
from torchvision.transforms import functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, f"{HERE}/../estimators")
from formula import noise  # noqa: E402

SIZES = [(19, 23), (1, 1), (3, 7)]
FACTORS = [0.0, 0.3, 0.8, 1.0, 1.2, 1.7, 3.5]
HUES = [-0.5, -0.3, -0.1, 0.004, 0.1, 0.25, 0.5]


def image(height, width, channels):
    values = numpy.floor((noise("image", height * width * channels) + 0.5) * 256).astype(numpy.uint8)
    return values.reshape((height, width) if channels == 1 else (height, width, channels))


def text(pixels):
    return base64.b64encode(numpy.ascontiguousarray(pixels).tobytes()).decode()


def colors():
    result = []
    for height, width in SIZES:
        for channels in (1, 3):
            picture = Image.fromarray(image(height, width, channels))
            for name, change in (("brightness", F.adjust_brightness), ("contrast", F.adjust_contrast), ("saturation", F.adjust_saturation)):
                if channels == 1 and name == "saturation":
                    continue
                for factor in FACTORS:
                    result.append({"change": name, "height": height, "width": width, "channels": channels, "amount": factor, "pixels": text(change(picture, factor))})
            if channels == 3:
                for hue in HUES:
                    result.append({"change": "hue", "height": height, "width": width, "channels": 3, "amount": hue, "pixels": text(F.adjust_hue(picture, hue))})
                result.append({"change": "grey", "height": height, "width": width, "channels": 3, "amount": 0, "pixels": text(F.to_grayscale(picture, 3))})
    return result


def all_hues():
    """SHA-256 of every color, turned. Pixel i of 2^24 is (i >> 16, i >> 8 & 255, i & 255)."""
    i = numpy.arange(1 << 24, dtype=numpy.uint32)
    every = Image.fromarray(numpy.stack([i >> 16, i >> 8 & 255, i & 255], 1).astype(numpy.uint8).reshape(4096, 4096, 3))
    return {str(hue): hashlib.sha256(numpy.asarray(F.adjust_hue(every, hue)).tobytes()).hexdigest() for hue in HUES}


def blurs():
    """Torchvision's blur in float64, before it rounds."""
    result = []
    for height, width, channels, sigma in ((19, 23, 3, 0.5), (19, 23, 1, 1.3), (19, 23, 3, 2.7), (9, 8, 3, 2.0), (40, 31, 1, 6.0)):
        pixels = image(height, width, channels).reshape(height, width, channels)
        planes = torch.from_numpy(pixels).permute(2, 0, 1).double()
        size = 2 * int(numpy.ceil(3 * sigma)) + 1
        blurred = F.gaussian_blur(planes, [size, size], [sigma, sigma]).permute(1, 2, 0)
        result.append({"height": height, "width": width, "channels": channels, "sigma": sigma, "values": [round(v, 4) for v in blurred.flatten().tolist()]})
    return result


def main():
    with open(f"{HERE}/photometry.json", "w", newline="\n") as file:
        json.dump({"colors": colors(), "all hues": all_hues(), "blurs": blurs()}, file)
        file.write("\n")


if __name__ == "__main__":
    main()
