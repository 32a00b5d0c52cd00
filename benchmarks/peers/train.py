"""Training steps of the benchmarked networks in PyTorch, as a PyTorch user writes them.

python3 train.py NETWORK BATCH CHANNELS SIZE CLASSES: prints a line when ready; then for every line "N" on standard input
runs N steps and prints the seconds they took.
"""
import sys
import time

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


def main():
    name, batch, channels, size, classes = sys.argv[1], *map(int, sys.argv[2:])
    torch.manual_seed(0)
    network = {"Letters": Letters, "Cifar": Cifar, "ResNet18": resnet18}[name](channels, size, classes)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9)
    images = torch.randint(0, 256, (batch, channels, size, size), dtype=torch.uint8)
    labels = torch.randint(0, classes, (batch,))
    network.train()

    def step():
        x = images.float().div_(255).sub_(0.5).div_(0.5)
        loss = F.cross_entropy(network(x), labels)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        return loss

    for _ in range(3):
        step()
    print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads", flush=True)
    for line in sys.stdin:
        began = time.perf_counter()
        for _ in range(int(line)):
            step()
        print(time.perf_counter() - began, flush=True)


main()
