"""Where torchvision's ten_crop cuts.

Run with Debian's python3-torchvision (torchvision 0.14.1): /usr/bin/python3 tencrop.py
Writes tencrop.json: for sizes of image and crop the ten crops of an image whose pixel is its index (y * width + x).
"""
import json
import os

import torch
from torchvision.transforms import functional as F

here = os.path.dirname(os.path.abspath(__file__))
cases = []
# Odd and even differences: Python rounds the half of an odd one to the even neighbour.
for height, width, crop_height, crop_width in ((8, 8, 7, 7), (9, 11, 6, 7), (6, 13, 4, 8), (10, 5, 5, 4), (7, 9, 6, 6)):
    image = torch.arange(height * width).reshape(1, height, width)
    crops = F.ten_crop(image, [crop_height, crop_width])
    cases.append({"height": height, "width": width, "cropHeight": crop_height, "cropWidth": crop_width, "crops": [crop.flatten().tolist() for crop in crops]})

with open(os.path.join(here, "tencrop.json"), "w") as file:
    json.dump(cases, file, separators=(",", ":"))
    file.write("\n")
