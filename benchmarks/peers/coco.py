"""COCO's average precision and recall of boxes, in the steps of pycocotools (cocoeval.py), which Debian does not package."""
import json
from collections import defaultdict

import numpy as np

IOUS = np.linspace(0.5, 0.95, 10)
RECALLS = np.linspace(0, 1, 101)
AREAS = [(0, 1e10), (0, 32 ** 2), (32 ** 2, 96 ** 2), (96 ** 2, 1e10)]
MOST = [1, 10, 100]


def overlaps(found, truths):
    """(D, G): intersection over union of boxes x, y, width, height; of a crowd over the prediction's own area."""
    a = np.array([d["bbox"] for d in found])[:, None]
    b = np.array([g["bbox"] for g in truths])[None]
    size = np.minimum(a[..., :2] + a[..., 2:], b[..., :2] + b[..., 2:]) - np.maximum(a[..., :2], b[..., :2])
    both = np.clip(size, 0, None).prod(-1)
    own, other = a[..., 2:].prod(-1), b[..., 2:].prod(-1)
    crowd = np.array([g["iscrowd"] for g in truths], bool)
    return both / np.where(crowd, own, own + other - both)


def match(found, truths, iou, area):
    """Scores, and for every threshold which predictions are right and which do not count; how many objects count."""
    ignored = np.array([g["iscrowd"] or not area[0] <= g["area"] <= area[1] for g in truths], bool)
    order = np.argsort(ignored, kind="mergesort")
    taken = np.zeros((len(IOUS), len(truths)), bool)
    right = np.zeros((len(IOUS), len(found)), bool)
    out = np.zeros((len(IOUS), len(found)), bool)
    for t, threshold in enumerate(IOUS):
        for d in range(len(found)):
            least, best = min(threshold, 1 - 1e-10), -1
            for g in order:
                if taken[t, g] and not truths[g]["iscrowd"]:
                    continue
                if best >= 0 and not ignored[best] and ignored[g]:
                    break
                if iou[d, g] < least:
                    continue
                least, best = iou[d, g], g
            if best >= 0:
                taken[t, best], right[t, d], out[t, d] = True, True, ignored[best]
    outside = np.array([not area[0] <= d["area"] <= area[1] for d in found], bool)
    out |= ~right & outside
    return np.array([d["score"] for d in found]), right, out, int((~ignored).sum())


def accumulate(images, most):
    """Precision at the recalls, (T, R), and the recall reached, (T,), of one class and range of areas; None where there is no object."""
    objects = sum(i[3] for i in images)
    if objects == 0:
        return None
    scores = np.concatenate([i[0][:most] for i in images])
    order = np.argsort(-scores, kind="mergesort")
    right = np.concatenate([i[1][:, :most] for i in images], 1)[:, order]
    out = np.concatenate([i[2][:, :most] for i in images], 1)[:, order]
    true, false = np.cumsum(right & ~out, 1, dtype=float), np.cumsum(~right & ~out, 1, dtype=float)
    precisions, recalls = np.zeros((len(IOUS), len(RECALLS))), np.zeros(len(IOUS))
    for t, (tp, fp) in enumerate(zip(true, false)):
        if not len(tp):
            continue
        recall, precision = tp / objects, tp / (fp + tp + np.spacing(1))
        recalls[t] = recall[-1]
        precision = np.maximum.accumulate(precision[::-1])[::-1]
        at = np.searchsorted(recall, RECALLS, side="left")
        inside = at < len(precision)
        precisions[t, inside] = precision[at[inside]]
    return precisions, recalls


def evaluate(truth_path, results_path):
    """The twelve figures of COCO's table."""
    with open(truth_path) as file:
        truth = json.load(file)
    with open(results_path) as file:
        results = json.load(file)
    truths, found = defaultdict(list), defaultdict(list)
    for g in truth["annotations"]:
        truths[g["image_id"], g["category_id"]].append(g)
    for d in results:
        d["area"] = d["bbox"][2] * d["bbox"][3]
        found[d["image_id"], d["category_id"]].append(d)

    cells = defaultdict(dict)  # (area, most): by class
    for category in sorted(c["id"] for c in truth["categories"]):
        by_area = [[] for _ in AREAS]
        for image in sorted(i["id"] for i in truth["images"]):
            here, there = truths.get((image, category), []), found.get((image, category), [])
            if not here and not there:
                continue
            there = [there[i] for i in np.argsort([-d["score"] for d in there], kind="mergesort")[:MOST[-1]]]
            iou = overlaps(there, here) if here and there else None
            for images, area in zip(by_area, AREAS):
                images.append(match(there, here, iou, area))
        for a, images in enumerate(by_area):
            for most in MOST if a == 0 else MOST[-1:]:
                if images and (figures := accumulate(images, most)):
                    cells[a, most][category] = figures

    def precision(area=0, at=slice(None)):
        return np.mean([p[at] for p, _ in cells[area, MOST[-1]].values()])

    def recall(area=0, most=MOST[-1]):
        return np.mean([r for _, r in cells[area, most].values()])

    return [precision(), precision(at=0), precision(at=5), precision(1), precision(2), precision(3),
            recall(most=1), recall(most=10), recall(), recall(1), recall(2), recall(3)]
