"""Training steps of the benchmarked networks in PyTorch, as a PyTorch user writes them.

python3 train.py NETWORK BATCH CHANNELS SIZE CLASSES MODE: prints a line when ready; then for every line "N" on standard input
runs N steps and prints the seconds they took. MODE is default (eager, float32) or best: of channels-last, bfloat16 autocast and both
what is fastest on this machine, with AVX512 kernels, which PyTorch does not take by itself.
"""
import itertools
import os
import sys
import time

if sys.argv[-1] == "best":
    os.environ["ATEN_CPU_CAPABILITY"] = "avx512"  # read when torch is loaded

import torch
from torch import nn
import torch.nn.functional as F


class Letters(nn.Module):
    def __init__(self, channels, size, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 20, 5)
        self.conv2 = nn.Conv2d(20, 50, 5)
        self.conv3 = nn.Conv2d(50, 500, 4)
        self.conv4 = nn.Conv2d(500, classes, 2)

    def forward(self, x):
        x = F.max_pool2d(self.conv1(x), 2)
        x = F.max_pool2d(self.conv2(x), 2)
        x = F.relu(self.conv3(x))
        return self.conv4(x).mean((2, 3))


class Cifar(nn.Module):
    def __init__(self, channels, size, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 32, 5, padding=2)
        self.conv2 = nn.Conv2d(32, 32, 5, padding=2)
        self.conv3 = nn.Conv2d(32, 64, 5, padding=2)
        self.fc1 = nn.Linear(64 * (size // 8) ** 2, 64)
        self.fc2 = nn.Linear(64, classes)
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = F.max_pool2d(F.relu(self.conv3(x)), 2)
        x = F.relu(self.fc1(x.flatten(1)))
        return self.fc2(self.dropout(x))


def resnet18(channels, size, classes):
    import torchvision
    return torchvision.models.resnet18(num_classes=classes)


def unet(channels, size, classes):
    from unet import UNet
    return UNet(channels, classes, width=16, depth=3, patch=1)


class Training:
    """Steps in a memory format and a precision."""

    def __init__(self, name, batch, channels, size, classes, channels_last, bfloat16):
        torch.manual_seed(0)
        build = {"Letters": Letters, "Cifar": Cifar, "ResNet18": resnet18, "UNet": unet}[name]
        self.format = torch.channels_last if channels_last else torch.contiguous_format
        self.bfloat16 = bfloat16
        self.network = build(channels, size, classes).to(memory_format=self.format).train()
        if name == "UNet":
            self.optimizer = torch.optim.Adam(self.network.parameters(), lr=1e-3)
        else:
            self.optimizer = torch.optim.SGD(self.network.parameters(), lr=0.01, momentum=0.9)
        self.images = torch.randint(0, 256, (batch, channels, size, size), dtype=torch.uint8)
        self.labels = torch.randint(0, classes, (batch, size, size) if name == "UNet" else (batch,))

    def step(self):
        x = self.images.float().div_(255).sub_(0.5).div_(0.5).contiguous(memory_format=self.format)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bfloat16):
            logits = self.network(x)
        loss = F.cross_entropy(logits.float(), self.labels)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()

    def seconds(self, steps):
        began = time.perf_counter()
        for _ in range(steps):
            self.step()
        return time.perf_counter() - began


def main():
    work, mode = (sys.argv[1], *map(int, sys.argv[2:6])), sys.argv[6]

    def speed(settings):
        training = Training(*work, *settings)
        training.seconds(2)
        return min(training.seconds(2) for _ in range(3))

    channels_last, bfloat16 = (False, False) if mode == "default" else min(itertools.product([False, True], repeat=2), key=speed)
    training = Training(*work, channels_last, bfloat16)
    training.seconds(3)
    chosen = ("channels-last " if channels_last else "") + ("bfloat16" if bfloat16 else "float32")
    print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads, {chosen}", flush=True)
    for line in sys.stdin:
        print(training.seconds(int(line)), flush=True)


if __name__ == "__main__":
    main()
