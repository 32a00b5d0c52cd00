"""Fovea's YOLO in PyTorch with torchvision's suppression, as a PyTorch user writes it: the other side of DetectionBench.

python3 yolo.py FOLDER bfloat16|float32 BATCH: prints a line when ready; then for every line on standard input
  N        finds the objects of the batch N times and prints the seconds
  found    prints what it found as JSON: of each image [label, score, x0, y0, x1, y1] from the highest score down
python3 yolo.py nms FOLDER: the same for suppression alone; "kept" prints the places of the boxes kept.
FOLDER has input.safetensors (images, uint8; mean and std of the channels; score, iou, most) and weights.safetensors, or boxes.safetensors.
"""
import json
import os
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn
from torchvision.ops import batched_nms, nms

from tensors import read

class Block(nn.Module):
    def __init__(self, channels, width, kernel, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(channels, width, kernel, stride, kernel // 2, bias=False)
        self.bn = nn.BatchNorm2d(width)
        self.act = nn.SiLU(inplace=True)

    def forward(self, x):
        return self.act(self.bn(self.conv(x)))


class Stage(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        half = width // 2
        self.enter = Block(width, width, 1)
        self.blocks = nn.ModuleList(nn.Sequential(Block(half, half, 3), Block(half, half, 3)) for _ in range(depth))
        self.join = Block(width, width, 1)

    def forward(self, x):
        passing, deep = self.enter(x).chunk(2, 1)
        for block in self.blocks:
            deep = deep + block(deep)
        return self.join(torch.cat([passing, deep], 1))


class Backbone(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.stem = Block(3, width // 4, 3, 2)
        for level, w in zip((2, 3, 4, 5), (width // 2, width, 2 * width, 4 * width)):
            setattr(self, f"down{level}", Block(w // 2, w, 3, 2))
            setattr(self, f"stage{level}", Stage(w, depth))

    def forward(self, x):
        maps = [self.stem(x)]
        for level in (2, 3, 4, 5):
            maps.append(getattr(self, f"stage{level}")(getattr(self, f"down{level}")(maps[-1])))
        return maps[2:]


class Neck(nn.Module):
    def __init__(self, channels, width):
        super().__init__()
        self.lateral = nn.ModuleList(Block(c, width, 1) for c in channels)
        self.smooth = nn.ModuleList(Block(width, width, 3) for _ in channels)

    def forward(self, maps):
        levels, coarser = [], None
        for x, lateral, smooth in reversed(list(zip(maps, self.lateral, self.smooth))):
            x = lateral(x)
            if coarser is not None:
                x = x + F.interpolate(coarser, scale_factor=2)
            coarser = x
            levels.insert(0, smooth(x))
        return levels


class Head(nn.Module):
    def __init__(self, width, count):
        super().__init__()
        self.boxes = nn.Sequential(Block(width, width, 3), Block(width, width, 3), nn.Conv2d(width, 4, 1))
        self.classes = nn.Sequential(Block(width, width, 3), Block(width, width, 3), nn.Conv2d(width, count, 1))

    def forward(self, x):
        return [y.float().flatten(2).transpose(1, 2) for y in (self.boxes(x), self.classes(x))]


class Yolo(nn.Module):
    def __init__(self, width, depth, count):
        super().__init__()
        self.backbone = Backbone(width, depth)
        self.neck = Neck([width, 2 * width, 4 * width], width)
        self.heads = nn.ModuleList(Head(width, count) for _ in range(3))

    def forward(self, x):
        boxes, classes, centers, strides = [], [], [], []
        for level, head in zip(self.neck(self.backbone(x)), self.heads):
            box, logits = head(level)
            boxes.append(box)
            classes.append(logits)
            rows, columns = level.shape[2:]
            stride = x.shape[2] // rows
            y, x0 = torch.meshgrid(torch.arange(rows) + 0.5, torch.arange(columns) + 0.5, indexing="ij")
            centers.append(torch.stack([x0, y], 2).view(-1, 2) * stride)
            strides.append(torch.full((rows * columns, 1), float(stride)))
        raw, stride = torch.cat(boxes, 1), torch.cat(strides)
        center = raw[..., :2] * stride + torch.cat(centers)
        half = raw[..., 2:].clamp(-6, 6).exp() * (stride / 2)
        return torch.cat([center - half, center + half], 2), torch.cat(classes, 1).sigmoid()


def find(network, images, mean, std, score, iou, most, autocast):
    x = (images.float() / 255 - mean) / std
    with torch.autocast("cpu", torch.bfloat16, enabled=autocast):
        boxes, scores = network(x)
    height, width = images.shape[2:]
    found = []
    for box, s in zip(boxes, scores):
        cell, label = (s > score).nonzero(as_tuple=True)
        s = s[cell, label]
        if len(s) > 1000:
            s, best = s.topk(1000)
            cell, label = cell[best], label[best]
        box = box[cell]
        kept = batched_nms(box, s, label, iou)[:most]
        box = box[kept]
        box[:, 0::2].clamp_(0, width)
        box[:, 1::2].clamp_(0, height)
        found.append((label[kept].tolist(), s[kept].tolist(), box.tolist()))
    return found


@torch.no_grad()
def detect(folder, precision, batch):
    given, weights = read(os.path.join(folder, "input.safetensors")), read(os.path.join(folder, "weights.safetensors"))
    width = weights["neck.smooth.0.conv.weight"].shape[0]
    depth = len({k.split(".")[3] for k in weights if k.startswith("backbone.stage2.blocks.")})
    network = Yolo(width, depth, weights["heads.0.classes.2.weight"].shape[0]).eval()
    network.load_state_dict(weights)
    images, mean, std = given["images"][:batch], given["mean"].view(3, 1, 1), given["std"].view(3, 1, 1)
    limits = [given["score"].item(), given["iou"].item(), int(given["most"].item())]
    run = lambda: find(network, images, mean, std, *limits, precision == "bfloat16")
    run()
    print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads, {precision}", flush=True)
    for line in sys.stdin:
        if line.strip() == "found":
            print(json.dumps([[[l, s, *b] for l, s, b in zip(*image)] for image in run()]), flush=True)
            continue
        began = time.perf_counter()
        for _ in range(int(line)):
            run()
        print(time.perf_counter() - began, flush=True)


def suppress(folder):
    given = read(os.path.join(folder, "boxes.safetensors"))
    boxes, scores, iou = given["boxes"], given["scores"], given["iou"].item()
    kept = nms(boxes, scores, iou)
    print(f"torchvision's nms, PyTorch {torch.__version__}, {torch.get_num_threads()} threads", flush=True)
    for line in sys.stdin:
        if line.strip() == "kept":
            print(json.dumps(kept.tolist()), flush=True)
            continue
        began = time.perf_counter()
        for _ in range(int(line)):
            nms(boxes, scores, iou)
        print(time.perf_counter() - began, flush=True)


if sys.argv[1] == "nms":
    suppress(sys.argv[2])
else:
    detect(sys.argv[1], sys.argv[2], int(sys.argv[3]))
