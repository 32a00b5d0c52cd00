"""A U-Net learning the membranes of ISBI 2012 in PyTorch, as a PyTorch user writes it: the twin of pipelines/membranes.cs.

python3 unet.py FOLDER bfloat16|float32 STEPS: prints a line when ready; then for every line on standard input
  N       makes the next N of the STEPS training steps and prints the seconds they took
  score   prints the figures on the six test images as JSON: threshold 0.5, and the threshold that is best on the training images,
          without and with the mean of the eight turned and mirrored views
Of the steps the first 400 of 460 see bent crops; the last begin with the moving average of the weights and see unbent ones.
FOLDER has image/0.png..29.png and label/0.png..29.png; 0-23 train, 24-29 test.
"""
import json
import os
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import nn
from torch.optim.swa_utils import AveragedModel
from torch.utils.data import DataLoader, Dataset
from torchvision.transforms import ColorJitter, ElasticTransform, GaussianBlur, InterpolationMode
from torchvision.transforms import functional as TF

BATCH, CROP, TRAIN = 4, 256, 24
THRESHOLDS = [0.5 + 0.05 * i for i in range(10)]


def double_convolution(channels, width):
    return nn.Sequential(
        nn.Conv2d(channels, width, 3, padding=1, bias=False), nn.BatchNorm2d(width), nn.ReLU(inplace=True),
        nn.Conv2d(width, width, 3, padding=1, bias=False), nn.BatchNorm2d(width), nn.ReLU(inplace=True))


class UNet(nn.Module):
    """Two by two pixels at a time."""

    def __init__(self, channels=1, classes=2, width=48, depth=3, patch=2):
        super().__init__()
        self.patch = patch
        widths = [width << level for level in range(depth + 1)]
        self.encoder = nn.ModuleList(double_convolution(i, o) for i, o in zip([channels * patch**2] + widths, widths))
        self.up = nn.ModuleList(nn.ConvTranspose2d(2 * w, w, 2, stride=2) for w in widths[-2::-1])
        self.decoder = nn.ModuleList(double_convolution(2 * w, w) for w in widths[-2::-1])
        self.head = nn.Conv2d(width, classes * patch**2, 1)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")

    def forward(self, x):
        x = F.pixel_unshuffle(x, self.patch)
        skips = []
        for level, block in enumerate(self.encoder):
            x = block(x if level == 0 else F.max_pool2d(x, 2))
            skips.append(x)
        skips.pop()
        for up, block in zip(self.up, self.decoder):
            x = block(torch.cat([skips.pop(), up(x)], 1))
        return F.pixel_shuffle(self.head(x), self.patch)


class Crops(Dataset):
    """Row i of epoch e is entry 24 e + i; images and masks are in memory. The first `bent` entries are bent."""

    def __init__(self, images, masks, length, bent):
        self.images, self.masks, self.length, self.bent = images, masks, length, bent
        self.jitter = ColorJitter(brightness=0.3, contrast=0.3)
        self.blur = GaussianBlur(5, (0.3, 1.0))

    def __len__(self):
        return self.length

    def __getitem__(self, index):
        row = index % TRAIN
        size = self.images.shape[-1] - CROP + 1
        top, left = torch.randint(size, (2,)).tolist()
        image = self.images[row, None, top:top + CROP, left:left + CROP]
        mask = self.masks[row, None, top:top + CROP, left:left + CROP]
        if index < self.bent:
            image, mask = self.bend(image, mask)
        if torch.rand(1) < 0.5:
            image, mask = image.flip(2), mask.flip(2)
        turns = int(torch.randint(4, (1,)))
        image, mask = image.rot90(turns, (1, 2)), mask.rot90(turns, (1, 2))
        if torch.rand(1) < 0.5:
            image = (image + 8 * torch.randn(image.shape)).round().clamp(0, 255).to(torch.uint8)
        if torch.rand(1) < 0.5:
            image = self.blur(image)
        return self.jitter(image), mask[0]

    @staticmethod
    def bend(image, mask):
        field = ElasticTransform.get_params([300.0, 300.0], [10.0, 10.0], [CROP, CROP])
        image = TF.elastic_transform(image, field, InterpolationMode.BILINEAR)
        return image, TF.elastic_transform(mask, field, InterpolationMode.NEAREST, [255])


def read(folder):
    def stack(part):
        return torch.stack([torch.from_numpy(np.array(Image.open(os.path.join(folder, part, f"{i}.png")).convert("L"))) for i in range(30)])
    return stack("image"), stack("label")


def rand_score(truth, cell):
    """Foreground-restricted: over pairs of pixels that are cell in the truth; a pixel that is none in the prediction stands alone."""
    from scipy import ndimage
    (a, _), (b, _) = ndimage.label(truth), ndimage.label(cell)
    a, b = a[truth], b[truth]
    both = np.unique(np.stack([a[b > 0], b[b > 0]]), axis=1, return_counts=True)[1].astype(np.float64)
    (na, nb) = (np.bincount(x[x > 0]).astype(np.float64) for x in (a, b))
    pairs = lambda n: (n * (n - 1)).sum()
    return 2 * pairs(both) / (pairs(na) + pairs(nb))


def mean_iou(truth, cell):
    counts = np.bincount(2 * truth.ravel().astype(int) + cell.ravel(), minlength=4).astype(np.float64)
    return (counts[3] / (counts[3] + counts[1] + counts[2]) + counts[0] / (counts[0] + counts[1] + counts[2])) / 2


def main():
    folder, precision, steps = sys.argv[1], sys.argv[2], int(sys.argv[3])
    torch.manual_seed(0)
    images, labels = read(folder)
    masks = (labels > 127).to(torch.uint8)
    mean, std = images[:TRAIN].float().mean() / 255, images[:TRAIN].float().std() / 255
    normalize = lambda x: (x.float() / 255 - mean) / std

    network = UNet().to(memory_format=torch.channels_last)
    bent = steps * 400 // 460

    def phase(rate, steps):
        optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.05)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=rate, total_steps=steps + 1, pct_start=0.2, cycle_momentum=False)
        average = AveragedModel(network, avg_fn=lambda mean, weight, n: mean + 0.01 * (weight - mean), use_buffers=True)
        return optimizer, schedule, average

    optimizer, schedule, average = phase(3e-3, bent)
    done = 0

    order = torch.cat([torch.randperm(TRAIN) + epoch * TRAIN for epoch in range(1 + steps * BATCH // TRAIN)])[:steps * BATCH]
    loader = DataLoader(Crops(images, masks, len(order), bent * BATCH), BATCH, sampler=order.tolist(), num_workers=2)
    batches = iter(loader)

    def autocast():
        return torch.autocast("cpu", torch.bfloat16, enabled=precision == "bfloat16")

    def step():
        nonlocal optimizer, schedule, average, done
        if done == bent:
            network.load_state_dict(average.module.state_dict())
            optimizer, schedule, average = phase(1e-3, steps - bent)
        done += 1
        x, y = next(batches)
        x = normalize(x).contiguous(memory_format=torch.channels_last)
        with autocast():
            logits = network(x)
        loss = F.cross_entropy(logits.float(), y.long(), ignore_index=255)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        schedule.step()
        average.update_parameters(network)

    @torch.no_grad()
    def probabilities(rows, views):
        model = average.module.eval()
        results = []
        for image in images[rows]:
            total = 0
            for flip, turns in views:
                x = normalize(image[None, None])
                x = (x.flip(3) if flip else x).rot90(turns, (2, 3))
                with autocast():
                    p = model(x.contiguous(memory_format=torch.channels_last))
                p = p.float().softmax(1)[0, 1].rot90(-turns, (0, 1))
                total = total + (p.flip(1) if flip else p)
            results.append((total / len(views)).numpy())
        return np.stack(results)

    def score():
        truth = labels.numpy() > 127
        answer = {}
        for name, views in [("plain", [(False, 0)]), ("eight views", [(f, t) for f in (False, True) for t in range(4)])]:
            train, test = probabilities(slice(0, TRAIN), views), probabilities(slice(TRAIN, None), views)
            rand = lambda t, p, threshold: float(np.mean([rand_score(a, b >= threshold) for a, b in zip(t, p)]))
            chosen = max(THRESHOLDS, key=lambda threshold: rand(truth[:TRAIN], train, threshold))
            for what, threshold in (("0.5", 0.5), ("chosen", chosen)):
                answer[f"{name}, threshold {what}"] = {"threshold": threshold, "meanIoU": mean_iou(truth[TRAIN:], test >= threshold), "rand": rand(truth[TRAIN:], test, threshold)}
        return json.dumps(answer)

    network.train()
    print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads, {precision}", flush=True)
    for line in sys.stdin:
        if line.strip() == "score":
            print(score(), flush=True)
            continue
        began = time.perf_counter()
        for _ in range(int(line)):
            step()
        print(time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    main()
