"""PyTorch twins of the small classification networks: keys, outputs, losses and gradients.

    /usr/bin/python3 tests/Reference/estimators/networks.py

Writes keys/*.txt and networks.json. Made with PyTorch 1.13.1 (Debian 12) on a CPU, float32.
"""
import json
import os

import torch
from torch import nn
from torch.nn import functional

import formula

HERE = os.path.dirname(os.path.abspath(__file__))


class Perceptron(nn.Module):
    def __init__(self, c, h, w, k):
        super().__init__()
        self.fc = nn.Linear(c * h * w, k)

    def forward(self, x):
        return self.fc(x.flatten(1))


class Mlp(nn.Module):
    def __init__(self, c, h, w, k):
        super().__init__()
        self.fc1 = nn.Linear(c * h * w, 512)
        self.fc2 = nn.Linear(512, 256)
        self.fc3 = nn.Linear(256, k)

    def forward(self, x):
        x = functional.relu(self.fc1(x.flatten(1)))
        x = functional.relu(self.fc2(x))
        return self.fc3(x)


class Letters(nn.Module):
    def __init__(self, c, h, w, k):
        super().__init__()
        self.conv1 = nn.Conv2d(c, 20, 5)
        self.conv2 = nn.Conv2d(20, 50, 5)
        self.conv3 = nn.Conv2d(50, 500, 4)
        self.conv4 = nn.Conv2d(500, k, 2)

    def forward(self, x):
        x = functional.max_pool2d(self.conv1(x), 2)
        x = functional.max_pool2d(self.conv2(x), 2)
        x = self.conv4(functional.relu(self.conv3(x)))
        return functional.adaptive_avg_pool2d(x, 1).flatten(1)


class LeNet(nn.Module):
    def __init__(self, c, h, w, k):
        super().__init__()
        self.conv1 = nn.Conv2d(c, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        with torch.no_grad():
            size = self.features(torch.zeros(1, c, h, w)).numel()
        self.fc1 = nn.Linear(size, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, k)

    def features(self, x):
        x = functional.max_pool2d(functional.relu(self.conv1(x)), 2)
        return functional.max_pool2d(functional.relu(self.conv2(x)), 2).flatten(1)

    def forward(self, x):
        x = functional.relu(self.fc1(self.features(x)))
        return self.fc3(functional.relu(self.fc2(x)))


class Cifar(nn.Module):
    def __init__(self, c, h, w, k):
        super().__init__()
        self.conv1 = nn.Conv2d(c, 32, 5, padding=2)
        self.conv2 = nn.Conv2d(32, 32, 5, padding=2)
        self.conv3 = nn.Conv2d(32, 64, 5, padding=2)
        with torch.no_grad():
            size = self.features(torch.zeros(1, c, h, w)).numel()
        self.fc1 = nn.Linear(size, 64)
        self.fc2 = nn.Linear(64, k)

    def features(self, x):
        for conv in (self.conv1, self.conv2, self.conv3):
            x = functional.max_pool2d(functional.relu(conv(x)), 2)
        return x.flatten(1)

    def forward(self, x):
        return self.fc2(functional.relu(self.fc1(self.features(x))))


# The size the options take by default, and one that is neither square nor a multiple of the strides.
CASES = [
    (Perceptron, (1, 28, 28), 10), (Perceptron, (3, 5, 7), 2),
    (Mlp, (1, 28, 28), 10), (Mlp, (3, 5, 7), 2),
    (Letters, (1, 32, 32), 26), (Letters, (3, 37, 45), 5),
    (LeNet, (1, 32, 32), 10), (LeNet, (3, 21, 30), 4),
    (Cifar, (3, 32, 32), 10), (Cifar, (1, 19, 29), 4),
]


def main():
    cases = []
    written = set()
    for make, (c, h, w), k in CASES:
        name = make.__name__
        network = formula.fill(make(c, h, w, k))
        if name not in written:
            formula.write_keys(f"{HERE}/keys", name, network)
            written.add(name)
        images = formula.images(3, c, h, w)
        labels = torch.arange(3) % k
        logits = network(images)
        loss = functional.cross_entropy(logits, labels)
        loss.backward()
        cases.append({
            "architecture": name,
            "channels": c, "height": h, "width": w, "classes": k,
            "logits": [[round(v, 7) for v in row] for row in logits.tolist()],
            "loss": loss.item(),
            # Of each gradient the L2 norm and its product with the formula's noise, which a permutation would change.
            "gradients": {key: formula.probe(key, p.grad) for key, p in network.named_parameters()},
            **formula.seeded(lambda: make(c, h, w, k), images, labels),
        })
    with open(f"{HERE}/networks.json", "w", newline="\n") as file:
        file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")


if __name__ == "__main__":
    os.makedirs(f"{HERE}/keys", exist_ok=True)
    main()
