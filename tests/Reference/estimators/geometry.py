"""What Pillow and torchvision make of a small image with given parameters.

Run with Debian's python3-torchvision (torchvision 0.14.1, Pillow 9.4): /usr/bin/python3 geometry.py
Writes geometry.json; pixels as hex.
"""
import json
import os

import numpy as np
import torch
import torchvision.transforms.functional as F
from PIL import Image
from torchvision.transforms.functional import _get_inverse_affine_matrix, _get_perspective_coeffs

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(7)
W, H = 21, 15
y, x = np.mgrid[0:H, 0:W]
# Smooth in one channel, hard edges in another, noise in the third.
rgb = np.stack([x * 9 + y * 5, ((x // 3 + y // 2) % 2) * 255, rng.integers(0, 256, (H, W))], -1).astype(np.uint8)
grey = rng.integers(0, 256, (H, W)).astype(np.uint8)
mask = (x // 4 + 6 * (y // 4)).astype(np.uint8)
bilinear, nearest = F.InterpolationMode.BILINEAR, F.InterpolationMode.NEAREST
images = {"rgb": (Image.fromarray(rgb), (10, 200, 90)), "grey": (Image.fromarray(grey), 77)}


def pixels(image):
    return np.asarray(image).tobytes().hex()


affine = []
for degrees, translate, scale, shear in [
    (0, (0, 0), 1.0, 0.0), (0, (3, -2), 1.0, 0.0), (15, (0, 0), 1.0, 0.0), (-37.5, (2, 1), 1.0, 0.0), (0, (0, 0), 1.3, 0.0),
    (0, (0, 0), 0.7, 0.0), (0, (0, 0), 1.0, 12.0), (21, (-4, 3), 0.85, -9.0), (90, (0, 0), 1.0, 0.0), (180, (1, 0), 1.1, 5.0),
]:
    case = {"degrees": degrees, "right": translate[0], "down": translate[1], "scale": scale, "shear": shear}
    case["matrix"] = _get_inverse_affine_matrix([W * 0.5, H * 0.5], degrees, translate, scale, (shear, 0.0))
    for name, (image, fill) in images.items():
        case[name] = pixels(F.affine(image, degrees, translate, scale, (shear, 0.0), bilinear, fill))
    case["mask"] = pixels(F.affine(Image.fromarray(mask), degrees, translate, scale, (shear, 0.0), nearest, 255))
    affine.append(case)

perspective = []
corners = [[0, 0], [W - 1, 0], [W - 1, H - 1], [0, H - 1]]
for moved in [
    [[2, 1], [18, 0], [20, 12], [1, 14]], [[5, 3], [15, 2], [17, 11], [3, 12]], [[0, 1], [19, 3], [16, 13], [4, 10]],
]:
    # The coefficients in 64 bits: torchvision solves for them in 32.
    rows, wanted = [], []
    for (px, py), (qx, qy) in zip(moved, corners):
        rows += [[px, py, 1, 0, 0, 0, -qx * px, -qx * py], [0, 0, 0, px, py, 1, -qy * px, -qy * py]]
        wanted += [qx, qy]
    exact = np.linalg.solve(np.array(rows, np.float64), np.array(wanted, np.float64))
    assert np.allclose(exact, _get_perspective_coeffs(corners, moved), atol=1e-3)
    case = {"corners": sum(corners, []), "moved": sum(moved, []), "coefficients": exact.tolist()}
    for name, (image, fill) in images.items():
        case[name] = pixels(image.transform((W, H), Image.PERSPECTIVE, exact.tolist(), Image.BILINEAR, fillcolor=fill))
    case["mask"] = pixels(Image.fromarray(mask).transform((W, H), Image.PERSPECTIVE, exact.tolist(), Image.NEAREST, fillcolor=255))
    perspective.append(case)

torch.manual_seed(3)
noise = torch.rand(1, 1, H, W) * 2 - 1
smoothing = []
for sigma in [0.5, 1.0, 1.7]:
    taps = int(8 * sigma + 1)
    taps += 1 - taps % 2
    smoothing.append({"sigma": sigma, "smooth": F.gaussian_blur(noise, [taps, taps], [sigma, sigma]).flatten().tolist()})

displacement = torch.rand(1, H, W, 2) * 0.3 - 0.15
elastic = {
    # In pixels: torchvision's are halves of the image's side.
    "right": (displacement[0, :, :, 0] * W / 2).flatten().tolist(),
    "down": (displacement[0, :, :, 1] * H / 2).flatten().tolist(),
    "rgb": pixels(F.elastic_transform(images["rgb"][0], displacement, bilinear)),
    "grey": pixels(F.elastic_transform(images["grey"][0], displacement, bilinear)),
    "mask": pixels(F.elastic_transform(Image.fromarray(mask), displacement, nearest)),
}

crops = []
for box, (width, height) in [((0, 0, W, H), (21, 15)), ((3, 2, 17, 12), (20, 16)), ((5, 4, 11, 9), (30, 24)), ((1, 0, 20, 14), (7, 6)), ((2.5, 3.25, 14.75, 11.5), (16, 16))]:
    case = {"box": box, "width": width, "height": height}
    for name, (image, _) in images.items():
        case[name] = pixels(image.resize((width, height), Image.BILINEAR, box=box))
    case["mask"] = pixels(Image.fromarray(mask).resize((width, height), Image.NEAREST, box=box))
    crops.append(case)

turned = {str(k): pixels(Image.fromarray(np.rot90(rgb, k))) for k in range(4)}
with open(os.path.join(here, "geometry.json"), "w") as file:
    json.dump({
        "width": W, "height": H, "rgb": rgb.tobytes().hex(), "grey": grey.tobytes().hex(), "mask": mask.tobytes().hex(),
        "fill": {"rgb": [10, 200, 90], "grey": 77}, "affine": affine, "perspective": perspective,
        "noise": noise.flatten().tolist(), "smoothing": smoothing, "elastic": elastic, "crops": crops, "turned": turned,
    }, file, indent=1)
    file.write("\n")
