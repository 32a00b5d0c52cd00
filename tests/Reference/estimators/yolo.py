"""The losses of YOLO and of the localizer with their gradients: assignment by loops over objects and cells as the papers
describe it, losses by PyTorch's and torchvision's functions, gradients by autograd. Writes yolo.json beside itself.

    /usr/bin/python3 yolo.py        (torch 1.13.1, torchvision 0.14.1)
"""
import json
import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from torchvision.ops import box_iou, complete_box_iou_loss, generalized_box_iou_loss

N, K, H, W = 3, 3, 64, 96
STRIDES = [8, 16, 32]
# x0 y0 x1 y1 label: an overlapping pair, one object smaller than a cell and between the centers; one; none.
OBJECTS = [
    [(10, 8, 40, 44, 0), (20, 12, 52, 50, 1), (63, 23, 65, 26, 2)],
    [(4, 6, 92, 60, 2)],
    [],
]


def index(n, step):
    """A sequence without a pattern that both sides can make: fractional parts of multiples of an irrational number."""
    return torch.tensor(np.modf(np.arange(n) * step)[0])


def cells():
    centers, strides = [], []
    for s in STRIDES:
        for row in range(H // s):
            for column in range(W // s):
                centers.append([(column + 0.5) * s, (row + 0.5) * s])
                strides.append(s)
    return torch.tensor(centers, dtype=torch.float64), torch.tensor(strides, dtype=torch.float64)


CENTERS, SIDES = cells()
A = len(SIDES)


def output(numbers):
    raw = (index(N * A * numbers, 0.7548776662466927) * 2 - 0.5).reshape(N, A, numbers).requires_grad_()
    logits = (index(N * A * K, 0.5698402909980532) * 4 - 3).reshape(N, A, K).requires_grad_()
    return raw, logits


def decode(raw):
    center = CENTERS + raw[..., :2] * SIDES[:, None]
    side = raw[..., 2:4].exp() * SIDES[:, None]
    return torch.cat([center - side / 2, center + side / 2], -1)


def assign(boxes, probabilities, objects):
    """For each cell (object, target score), by loops."""
    scores = {}
    wanted = {}
    for g, (x0, y0, x1, y1, label) in enumerate(objects):
        iou = box_iou(torch.tensor([[x0, y0, x1, y1]], dtype=torch.float64), boxes)[0]
        cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
        wide, high = max(x1 - x0, STRIDES[0]), max(y1 - y0, STRIDES[0])
        t = []
        for a in range(A):
            inside = abs(CENTERS[a, 0] - cx) < wide / 2 and abs(CENTERS[a, 1] - cy) < high / 2
            t.append(float(probabilities[a, label] ** 0.5 * iou[a] ** 6) if inside else 0.0)
        for a in sorted(range(A), key=lambda a: -t[a])[:10]:
            if t[a] > 0:
                wanted.setdefault(a, []).append(g)
        scores[g] = (t, iou)
    chosen = {a: max(gs, key=lambda g: float(scores[g][1][a])) for a, gs in wanted.items()}
    result = {}
    for a, g in chosen.items():
        mine = [b for b, h in chosen.items() if h == g]
        largest = max(scores[g][0][b] for b in mine)
        nearest = max(float(scores[g][1][b]) for b in mine)
        result[a] = (g, scores[g][0][a] / largest * nearest)
    return result


def task_aligned(similarity):
    raw, logits = output(4)
    boxes = decode(raw)
    targets = torch.zeros(N, A, K, dtype=torch.float64)
    distances = []
    assigned = []
    for n in range(N):
        given = assign(boxes[n].detach(), logits[n].detach().sigmoid(), OBJECTS[n])
        for a, (g, score) in sorted(given.items()):
            *corners, label = OBJECTS[n][g]
            targets[n, a, label] = score
            truth = torch.tensor(corners, dtype=torch.float64)
            distances.append(score * similarity(boxes[n, a][None], truth[None], reduction="sum", eps=1e-12))
            assigned.append([n, a, g, score])
    total = targets.sum().clamp(min=1)
    box = 2.5 * sum(distances) / total
    label = F.binary_cross_entropy_with_logits(logits, targets, reduction="sum") / total
    (box + label).backward()
    return {"assigned": assigned, "losses": [box.item(), label.item()], "raw": flat(raw.grad), "classes": flat(logits.grad)}


def squared():
    raw, logits = output(5)
    boxes = decode(raw)
    confidence = raw[..., 4]
    coordinates = objects = classes = 0
    responsible = set()
    for n in range(N):
        for x0, y0, x1, y1, label in OBJECTS[n]:
            truth = torch.tensor([x0, y0, x1, y1], dtype=torch.float64)
            cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
            around, first = [], 0
            for s in STRIDES:
                around.append(first + int(cy // s) * (W // s) + int(cx // s))
                first += (H // s) * (W // s)
            iou = box_iou(truth[None], boxes[n, around].detach())[0]
            best = int(iou.argmax())
            a = around[best]
            responsible.add((n, a))
            x0p, y0p, x1p, y1p = boxes[n, a]
            s = SIDES[a]
            coordinates = coordinates + (((x0p + x1p) / 2 - cx) / s) ** 2 + (((y0p + y1p) / 2 - cy) / s) ** 2
            coordinates = coordinates + (((x1p - x0p) / W).sqrt() - math.sqrt((x1 - x0) / W)) ** 2 + (((y1p - y0p) / H).sqrt() - math.sqrt((y1 - y0) / H)) ** 2
            objects = objects + (confidence[n, a] - iou[best]) ** 2
            classes = classes + F.cross_entropy(logits[n, a][None], torch.tensor([label]))
    for n in range(N):
        for a in range(A):
            if (n, a) not in responsible:
                objects = objects + 0.5 * confidence[n, a] ** 2
    parts = [5 * coordinates / N, objects / N, classes / N]
    sum(parts).backward()
    return {"responsible": sorted(responsible), "losses": [p.item() for p in parts], "raw": flat(raw.grad), "classes": flat(logits.grad)}


def localizer():
    there = (index(N, 0.7548776662466927) * 2 - 1).requires_grad_()
    box = index(N * 4, 0.5698402909980532).reshape(N, 4).clone().requires_grad_()
    logits = (index(N * K, 0.4656) * 4 - 2).reshape(N, K).requires_grad_()
    objects = F.binary_cross_entropy_with_logits(there, torch.tensor([float(len(o) > 0) for o in OBJECTS], dtype=torch.float64))
    classes = distances = 0
    for n in range(N):
        if OBJECTS[n]:
            x0, y0, x1, y1, label = max(OBJECTS[n], key=lambda o: (o[2] - o[0]) * (o[3] - o[1]))
            classes = classes + F.cross_entropy(logits[n][None], torch.tensor([label])) / N
            truth = torch.tensor([(x0 + x1) / 2 / W, (y0 + y1) / 2 / H, (x1 - x0) / W, (y1 - y0) / H], dtype=torch.float64)
            distances = distances + 5 * ((box[n] - truth) ** 2).sum() / N
    (objects + classes + distances).backward()
    return {"losses": [objects.item(), classes.item(), distances.item()], "object": flat(there.grad), "box": flat(box.grad), "classes": flat(logits.grad)}


def flat(tensor):
    return [float(f"{v:.9g}") for v in tensor.flatten().tolist()]


result = {
    "cells": A,
    "objects": OBJECTS,
    "completeIou": task_aligned(complete_box_iou_loss),
    "generalizedIou": task_aligned(generalized_box_iou_loss),
    "squared": squared(),
    "localizer": localizer(),
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, separators=(",", ":")) + "\n")
