"""torchvision's ResNets: keys, outputs, gradients, running statistics, receptive fields.

    /usr/bin/python3 tests/Reference/estimators/resnet.py

Writes keys/ResNet*.txt and resnet.json. Made with torchvision 0.14.1 and PyTorch 1.13.1 (Debian 12) on a CPU, float32.
"""
import json
import os

import torch
import torchvision
from torch import nn
from torch.nn import functional

import formula

HERE = os.path.dirname(os.path.abspath(__file__))
DEPTHS = [18, 34, 50, 101, 152]


def make(depth, classes=1000):
    return getattr(torchvision.models, f"resnet{depth}")(weights=None, num_classes=classes)


def outputs(depth, height, width):
    """Prediction with the formula's weights."""
    network = formula.fill(make(depth, 10)).eval()
    with torch.no_grad():
        logits = network(formula.images(2, 3, height, width))
    return {"depth": depth, "height": height, "width": width, "logits": logits.tolist()}


def training(depth, height, width):
    """One training pass with the formula's weights: loss, gradients, what batch norm keeps."""
    network = formula.fill(make(depth, 10)).train()
    labels = torch.arange(4)
    logits = network(formula.images(4, 3, height, width))
    loss = functional.cross_entropy(logits, labels)
    loss.backward()
    return {
        "depth": depth, "height": height, "width": width,
        "loss": loss.item(),
        "gradients": {key: formula.probe(key, p.grad) for key, p in network.named_parameters()},
        "running": {key: formula.probe(key, b) for key, b in network.named_buffers() if "running" in key},
    }


def receptive_field(depth):
    """Measured: the input pixels that reach one value of each stage, in a row of pixels, all weights positive, averages for maxima."""
    network = make(depth).eval()
    network.maxpool = nn.AvgPool2d(3, 2, 1)
    for parameter in network.parameters():
        nn.init.constant_(parameter, 0.01)
    stages = {}
    for name in ("layer1", "layer2", "layer3", "layer4"):
        getattr(network, name).register_forward_hook(lambda _, __, output, name=name: stages.update({name: output}))
    row = torch.ones(1, 3, 1, 3200, dtype=torch.float64, requires_grad=True)
    network.double()(row)
    fields = {}
    for name, output in stages.items():
        gradient, = torch.autograd.grad(output[0, 0, 0, output.shape[3] // 2], row, retain_graph=True)
        touched = gradient[0, 0, 0].nonzero()
        fields[name] = int(touched.max() - touched.min()) + 1
    return fields


def main():
    for depth in DEPTHS:
        formula.write_keys(f"{HERE}/keys", f"ResNet{depth}", make(depth))
    result = {
        "receptiveFields": {depth: receptive_field(depth) for depth in DEPTHS},
        "outputs": [outputs(18, 64, 64), outputs(18, 75, 90), outputs(50, 64, 64), outputs(50, 33, 97)],
        "training": training(18, 64, 48),
        # Chosen so that PyTorch's own kernels (AVX512, AVX2, neither) agree to 1e-6: with Adam, or fewer values to a batch norm,
        # they differ by 1e-3 in the fifth loss.
        "seeded": formula.seeded(lambda: make(18, 10), formula.images(4, 3, 128, 128), torch.arange(4), lambda p: torch.optim.SGD(p, lr=1e-3, momentum=0.9)),
    }
    with open(f"{HERE}/resnet.json", "w", newline="\n") as file:
        json.dump(result, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    os.makedirs(f"{HERE}/keys", exist_ok=True)
    main()
