"""Cross-entropy with the soft targets of a mixed batch, and the step it leads to.

    /usr/bin/python3 tests/Reference/estimators/mixing.py

Writes mixing.json. Made with PyTorch 1.13.1 (Debian 12).
"""
import json
import os

import torch
from torch.nn import functional as F

from formula import fill

HERE = os.path.dirname(os.path.abspath(__file__))
PIXELS = [0, 255, 100, 30, 200, 60, 17, 240]
LABELS = [2, 0, 1, 2]
MIXED = [0, 2, 1, 0]
SHARE = [0.25, 1.0, 0.625, 0.5]
CLASSES = 3


class Perceptron(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = torch.nn.Linear(2, CLASSES)

    def forward(self, x):
        return self.fc(x.flatten(1))


def step(smoothing):
    network = fill(Perceptron())
    images = torch.tensor(PIXELS, dtype=torch.float32).reshape(4, 1, 1, 2) / 127.5 - 1
    share = torch.tensor(SHARE)[:, None]
    targets = share * F.one_hot(torch.tensor(LABELS), CLASSES) + (1 - share) * F.one_hot(torch.tensor(MIXED), CLASSES)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.5)
    logits = network(images)
    loss = F.cross_entropy(logits, targets, label_smoothing=smoothing)
    loss.backward()
    optimizer.step()
    return {
        "loss": loss.item(),
        "predicted": logits.argmax(1).tolist(),
        "weight": network.fc.weight.flatten().tolist(),
        "bias": network.fc.bias.tolist(),
    }


def main():
    with open(f"{HERE}/mixing.json", "w", newline="\n") as file:
        json.dump({"0": step(0.0), "0.3": step(0.3)}, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
