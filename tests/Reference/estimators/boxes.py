"""IoU, generalized and complete IoU with gradients, conversions and non-maximum suppression by torchvision.ops.
Writes boxes.json beside itself.

    /usr/bin/python3 tests/Reference/estimators/boxes.py        (torchvision 0.14.1, PyTorch 1.13.1, Debian 12, CPU)
"""
import json
import pathlib

import torch
from torchvision import ops
from torchvision.ops.boxes import _batched_nms_coordinate_trick, _batched_nms_vanilla


def index(n, step):
    """A sequence without a pattern that both sides can make: fractional parts of multiples of an irrational number."""
    return (torch.arange(n, dtype=torch.float64) * step) % 1


def boxes(n, step, side=100, largest=40):
    """(n, 4), float32 values: corners in [0, side), sides in [1, largest)."""
    v = index(n * 4, step).view(n, 4)
    corner, size = v[:, :2] * side, 1 + v[:, 2:] * (largest - 1)
    return torch.cat([corner, corner + size], 1).float()


def ious():
    a, b = boxes(12, 0.7548776662466927), boxes(9, 0.5698402909980532)
    # One box twice, one inside another, two that touch, one far away.
    b[0], b[1] = a[0], torch.stack([a[1, 0] + 0.25, a[1, 1] + 0.25, a[1, 2] - 0.25, a[1, 3] - 0.25])
    b[2] = torch.stack([a[2, 2], a[2, 1], a[2, 2] + 5, a[2, 3]])
    b[3] = torch.tensor([900.0, 900, 910, 920])
    cases = {"a": a.tolist(), "b": b.tolist()}
    a, b = a.double(), b.double()
    cases["area"] = ops.box_area(a).tolist()
    cases["center"] = ops.box_convert(a, "xyxy", "cxcywh").tolist()
    cases["clipped"] = ops.clip_boxes_to_image(a, (60, 80)).tolist()
    cases["iou"] = ops.box_iou(a, b).flatten().tolist()
    cases["generalizedIou"] = ops.generalized_box_iou(a, b).flatten().tolist()
    cases["completeIou"] = ops.complete_box_iou(a, b).flatten().tolist()
    for name, loss in (("generalized", ops.generalized_box_iou_loss), ("complete", ops.complete_box_iou_loss)):
        x, y = a[:9].clone().requires_grad_(), b.clone()
        y[2, ::2] += 1  # where two boxes just touch, a derivative is a matter of taste
        # The boxes side by side, weighted so that no two gradients agree by chance.
        weights = 1 + torch.arange(9, dtype=torch.float64)
        (loss(x, y) * weights).sum().backward()
        cases[name + "Loss"] = loss(x, y).tolist()
        cases[name + "Gradient"] = x.grad.flatten().tolist()
    return cases


def suppression():
    cases = []

    def add(name, b, scores, classes, threshold):
        single = ops.nms(b, scores, threshold).tolist()
        kept = _batched_nms_vanilla(b, scores, classes, threshold)
        # Not stable among equal scores; put in the order that nms itself uses.
        vanilla = sorted(kept.tolist(), key=lambda i: (-float(scores[i]), i))
        assert len(b) == 0 or vanilla == sorted(ops.batched_nms(b, scores, classes, threshold).tolist(), key=lambda i: (-float(scores[i]), i))
        cases.append(dict(name=name, count=len(b), threshold=threshold, kept=single, keptByClass=vanilla))

    for n in (0, 1, 2, 50, 400, 1500):
        for threshold in (0.1, 0.5, 0.7):
            side, largest = (100, 60) if n > 2 else (10, 40)
            b = boxes(n, 0.7548776662466927, side, largest)
            scores = index(n, 0.6180339887498949).float()
            classes = (index(n, 0.3247179572447460) * 3).long()
            add("spread", b, scores, classes, threshold)
            # Five scores only: equal ones go by their place.
            add("ties", b, (scores * 5).floor() / 5, classes, threshold)
    # Each box overlaps its neighbours only: every second one stays, after as many rounds as there are boxes.
    n = 300
    left = torch.arange(n, dtype=torch.float32)
    chain = torch.stack([left * 4, torch.zeros(n), left * 4 + 10, torch.full((n,), 10.0)], 1)
    add("chain", chain, 1 - left / n, torch.zeros(n, dtype=torch.long), 0.3)
    # IoU exactly at the threshold (1/2) stays; the same box again goes.
    edge = torch.tensor([[0.0, 0, 4, 4], [0, 0, 4, 8], [0, 0, 4, 4], [0, 0, 8, 8]])
    add("edge", edge, torch.tensor([0.9, 0.8, 0.7, 0.6]), torch.zeros(4, dtype=torch.long), 0.5)
    empty = torch.tensor([[3.0, 3, 3, 3], [3, 3, 3, 3], [0, 0, 5, 0], [0, 0, 5, 5]])
    add("empty", empty, torch.tensor([0.9, 0.8, 0.7, 0.6]), torch.zeros(4, dtype=torch.long), 0.5)
    return cases


if __name__ == "__main__":
    out = dict(boxes=ious(), suppression=suppression())
    (pathlib.Path(__file__).parent / "boxes.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
