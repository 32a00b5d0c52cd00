"""Five training steps from seed 0 in PyTorch: a small network for CIFAR images with dropout, and torchvision's ResNet-18.

Run with Debian's python3-torch and python3-torchvision (PyTorch 1.13.1, torchvision 0.14.1) on one thread with the
kernels that Debian's build takes by default: /usr/bin/python3 training.py
Writes training.json: the losses before each step, and the keys of the state dicts.

Image i has the pixels ((p * 1103515245 + 12345) mod 2^31) / 2^30 - 1 for p counting on over all images, and class
3 i mod 10: numbers that any language makes alike, without the ties that would let rounding choose in max pooling.
The float32 ResNet learns in small steps: at a rate of 0.01 the last of five losses differs in the second digit between
PyTorch's own AVX2 and AVX512 kernels; at 0.0001 they agree to 5e-7. In float64 it can learn as usual.
"""
import json
import os

import torch
import torchvision
from torch import nn

torch.set_num_threads(1)


class Cifar(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 5, padding=2)
        self.conv2 = nn.Conv2d(32, 32, 5, padding=2)
        self.conv3 = nn.Conv2d(32, 64, 5, padding=2)
        self.fc1 = nn.Linear(1024, 64)
        self.fc2 = nn.Linear(64, 10)
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):  # (N, 3, 32, 32)
        for conv in (self.conv1, self.conv2, self.conv3):
            x = nn.functional.max_pool2d(nn.functional.relu(conv(x)), 2)
        x = nn.functional.relu(self.fc1(x.flatten(1)))
        return self.fc2(self.dropout(x))


def images(count, size):
    p = torch.arange(count * 3 * size * size)
    x = ((p * 1103515245 + 12345) % 2 ** 31).to(torch.float32) / 2 ** 30 - 1
    return x.view(count, 3, size, size).to(torch.get_default_dtype()), torch.arange(count) * 3 % 10


def train(network, optimizer, count, size, dtype):
    torch.set_default_dtype(dtype)
    torch.manual_seed(0)
    net = network()
    x, y = images(count, size)
    step = optimizer(net.parameters())
    losses = []
    for _ in range(5):
        step.zero_grad()
        loss = nn.functional.cross_entropy(net(x), y)
        loss.backward()
        step.step()
        losses.append(loss.item())
    print(losses)
    return losses, sorted(net.state_dict())


def sgd(lr):
    return lambda p: torch.optim.SGD(p, lr=lr, momentum=0.9, weight_decay=5e-4)


def resnet():
    return torchvision.models.resnet18(num_classes=10)


found = {}
cases = {
    "Cifar_SGD": (Cifar, sgd(0.01), 16, 32, torch.float32),
    "Cifar_Adam": (Cifar, lambda p: torch.optim.Adam(p, lr=0.001), 16, 32, torch.float32),
    "Cifar_SGD_double": (Cifar, sgd(0.01), 16, 32, torch.float64),
    "ResNet18_SGD": (resnet, sgd(0.0001), 4, 64, torch.float32),
    "ResNet18_SGD_double": (resnet, sgd(0.01), 4, 64, torch.float64),
}
losses, keys = {}, {}
for name, arguments in cases.items():
    losses[name], keys[name.split("_")[0]] = train(*arguments)

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "training.json"), "w") as file:
    json.dump({"losses": losses, "keys": keys}, file)
    file.write("\n")
