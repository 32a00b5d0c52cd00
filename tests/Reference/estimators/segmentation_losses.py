"""Losses of segmentation and their gradients, by PyTorch's autograd; the Rand F-score by scikit-image; U-Net's border
weights by SciPy's distance transforms. Writes segmentation_losses.json beside itself.

    /usr/bin/python3 segmentation_losses.py        (torch 1.13.1, scikit-image 0.19.3, SciPy 1.10.1)
"""
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from scipy import ndimage
from skimage.metrics import adapted_rand_error

N, K, H, W = 2, 3, 5, 6
IGNORED = 255


def index(n):
    """A sequence without a pattern that both sides can make: fractional parts of multiples of an irrational number."""
    return np.modf(np.arange(n) * 0.7548776662466927)[0]


def logits():
    return torch.tensor((index(N * K * H * W) * 6 - 3).reshape(N, K, H, W), dtype=torch.float64, requires_grad=True)


def masks(classes):
    values = (np.modf(np.arange(N * H * W) * 0.5698402909980532)[0] * classes).astype(np.int64)
    values[::7] = IGNORED
    return values.reshape(N, H, W)


def overlap(x, y):
    counted = (y != IGNORED)[:, None].double()
    p = x.softmax(1) * counted
    g = F.one_hot(y.masked_fill(y == IGNORED, 0), K).permute(0, 3, 1, 2).double() * counted
    sums = lambda t: t.sum(dim=(0, 2, 3))
    return sums(p * g), sums(p), sums(g)


def mean_of_shown(index, shown):
    return (1 - index)[shown > 0].mean()


def dice(x, y):
    both, p, g = overlap(x, y)
    return mean_of_shown(2 * both / (p + g), g)


def jaccard(x, y):
    both, p, g = overlap(x, y)
    return mean_of_shown(both / (p + g - both), g)


def tversky(x, y, alpha=0.3, beta=0.7):
    both, p, g = overlap(x, y)
    return mean_of_shown(both / (both + alpha * (p - both) + beta * (g - both)), g)


def focal(x, y, gamma=2.0):
    ce = F.cross_entropy(x, y, ignore_index=IGNORED, reduction="none")
    losses = (1 - torch.exp(-ce)) ** gamma * ce
    return losses.sum() / (y != IGNORED).sum()


def border_weights(mask, peak, sigma):
    regions, count = ndimage.label(mask)
    distances = np.sort([ndimage.distance_transform_edt(regions != r) for r in range(1, count + 1)], axis=0)
    weight = peak * np.exp(-((distances[0] + distances[1]) ** 2) / (2 * sigma**2))
    return np.where((regions == 0) & (distances[1] <= 4 * sigma), weight, 0)


def blobs(seed, size=48, count=9):
    random = np.random.default_rng(seed)
    mask = np.zeros((size, size), np.uint8)
    y, x = np.mgrid[:size, :size]
    for _ in range(count):
        cy, cx, r = random.integers(0, size), random.integers(0, size), random.integers(2, 8)
        mask[(y - cy) ** 2 + (x - cx) ** 2 <= r * r] = 1
    return mask


def border_cross_entropy(x, y, peak=10.0, sigma=2.0):
    ce = F.cross_entropy(x, y, ignore_index=IGNORED, reduction="none")
    weights = np.stack([border_weights((m == 1).astype(np.uint8), peak, sigma) for m in y.numpy()])
    weights = 1 + np.where(y.numpy() == IGNORED, 0, weights)
    return (ce * torch.tensor(weights)).sum() / (y != IGNORED).sum()


def main():
    losses = {
        "crossEntropy": lambda x, y: F.cross_entropy(x, y, ignore_index=IGNORED),
        "crossEntropyWeighted": lambda x, y: F.cross_entropy(x, y, torch.tensor([0.5, 2.0, 1.25]).double(), ignore_index=IGNORED),
        "crossEntropySmoothed": lambda x, y: F.cross_entropy(x, y, torch.tensor([0.5, 2.0, 1.25]).double(), ignore_index=IGNORED, label_smoothing=0.1),
        "crossEntropyBorders": border_cross_entropy,
        "dice": dice,
        "jaccard": jaccard,
        "tversky": tversky,
        "focal": focal,
        "sum": lambda x, y: F.cross_entropy(x, y, ignore_index=IGNORED) + 0.5 * dice(x, y),
    }
    result = {"losses": [], "rand": [], "borders": []}
    for classes in (3, 2):  # with two, the third class is absent
        for name, loss in losses.items():
            x, y = logits(), torch.tensor(masks(classes))
            value = loss(x, y)
            value.backward()
            result["losses"].append({"name": name, "classes": classes, "value": value.item(), "gradient": x.grad.flatten().tolist()})
    for seed in range(4):
        truth, predicted = blobs(seed), blobs(seed)
        predicted[seed::7] = 0
        predicted[:, 20:20 + seed] = 1
        # scikit-image takes regions; background of the truth (0) does not count there either.
        labelled = [ndimage.label(m)[0] for m in (truth, predicted)]
        # A pixel that only the prediction calls background is a region of its own.
        alone = labelled[1] == 0
        labelled[1][alone] = labelled[1].max() + 1 + np.arange(alone.sum())
        # This version gives the share of true pairs first and that of predicted pairs second; its documentation says the reverse.
        error, recall, precision = adapted_rand_error(*labelled)
        result["rand"].append({"truth": truth.flatten().tolist(), "predicted": predicted.flatten().tolist(), "width": 48, "f": 1 - error, "precision": precision, "recall": recall})
    for seed in range(2):
        mask = blobs(seed)
        result["borders"].append({"mask": mask.flatten().tolist(), "width": 48, "weights": [round(w, 6) for w in border_weights(mask, 10, 3).flatten().tolist()]})
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(result, separators=(",", ":")))


main()
