"""Segmentation networks: torchvision's FCN and DeepLabV3, and PyTorch twins of the others.

    /usr/bin/python3 tests/Reference/estimators/segmentation.py

Writes keys/*.txt and segmentation.json. Made with torchvision 0.14.1 and PyTorch 1.13.1 (Debian 12) on a CPU, float32.
"""
import json
import os

import torch
import torchvision
from torch import nn
from torch.nn import functional
from torchvision.models._utils import IntermediateLayerGetter
from torchvision.models.segmentation import deeplabv3, fcn

import formula

HERE = os.path.dirname(os.path.abspath(__file__))


def he(network):
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")


class Double(nn.Module):
    def __init__(self, c, width, norm):
        super().__init__()
        self.conv1 = nn.Conv2d(c, width, 3, padding=1, bias=not norm)
        if norm:
            self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=not norm)
        if norm:
            self.bn2 = nn.BatchNorm2d(width)
        self.norm = norm

    def forward(self, x):
        x = self.conv1(x)
        x = functional.relu(self.bn1(x) if self.norm else x)
        x = self.conv2(x)
        return functional.relu(self.bn2(x) if self.norm else x)


class Up(nn.Module):
    def __init__(self, c, raised, skip, width, norm, bilinear):
        super().__init__()
        self.up = nn.Conv2d(c, raised, 1) if bilinear else nn.ConvTranspose2d(c, raised, 2, 2)
        self.block = Double(raised + skip, width, norm)
        self.bilinear = bilinear

    def forward(self, x, skip):
        if self.bilinear:  # as in the paper: interpolate, then convolve
            x = self.up(functional.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False))
        else:
            x = self.up(x)
        return self.block(x if skip is None else torch.cat([skip, x], 1))


class UNet(nn.Module):
    def __init__(self, c, k, depth=4, width=64, norm=True, bilinear=False, patch=1):
        super().__init__()
        self.patch = patch
        widths = [width * 2**i for i in range(depth + 1)]
        self.encoder = nn.ModuleList([Double(c * patch**2 if i == 0 else widths[i - 1], w, norm) for i, w in enumerate(widths)])
        self.decoder = nn.ModuleList([Up(2 * w, w, w, w, norm, bilinear) for w in reversed(widths[:-1])])
        self.head = nn.Conv2d(width, k * patch**2, 1)
        he(self)

    def forward(self, x):
        x = functional.pixel_unshuffle(x, self.patch)
        maps = []
        for i, level in enumerate(self.encoder):
            x = level(functional.max_pool2d(x, 2) if i else x)
            maps.append(x)
        maps.pop()
        for level in self.decoder:
            x = level(x, maps.pop())
        return functional.pixel_shuffle(self.head(x), self.patch)


class UNetResNet(nn.Module):
    def __init__(self, c, k, layers, norm=True, bilinear=False):
        super().__init__()
        resnet = getattr(torchvision.models, f"resnet{layers}")(weights=None)
        if c != 3:
            resnet.conv1 = nn.Conv2d(c, 64, 7, 2, 3, bias=False)
        names = ["relu", "layer1", "layer2", "layer3", "layer4"]
        self.backbone = IntermediateLayerGetter(resnet, {n: n for n in names})
        self.names = names
        e = 1 if layers < 50 else 4
        self.decoder = nn.ModuleList([
            Up(512 * e, 256, 256 * e, 256, norm, bilinear), Up(256, 128, 128 * e, 128, norm, bilinear),
            Up(128, 64, 64 * e, 64, norm, bilinear), Up(64, 32, 64, 32, norm, bilinear), Up(32, 16, 0, 16, norm, bilinear)])
        self.head = nn.Conv2d(16, k, 1)

    def forward(self, x):
        maps = self.backbone(x)
        maps = [maps[n] for n in self.names]
        x = maps.pop()
        for level in self.decoder:
            x = level(x, maps.pop() if maps else None)
        return self.head(x)


class SegNet(nn.Module):
    def __init__(self, c, k):
        super().__init__()
        def three(a, b):
            return [nn.Conv2d(a, b, 3, padding=1), nn.BatchNorm2d(b), nn.ReLU()]
        # torchvision's own way down; its classifier is left out.
        self.features = torchvision.models.vgg16_bn(weights=None).features
        if c != 3:
            self.features[0] = nn.Conv2d(c, 64, 3, padding=1)
        self.decoder = nn.ModuleList([
            nn.Sequential(*three(512, 512), *three(512, 512), *three(512, 512)),
            nn.Sequential(*three(512, 512), *three(512, 512), *three(512, 256)),
            nn.Sequential(*three(256, 256), *three(256, 256), *three(256, 128)),
            nn.Sequential(*three(128, 128), *three(128, 64)),
            nn.Sequential(*three(64, 64), nn.Conv2d(64, k, 3, padding=1)),
        ])

    def forward(self, x):
        places = []
        for layer in self.features:
            if isinstance(layer, nn.MaxPool2d):
                x, taken = functional.max_pool2d(x, 2, return_indices=True)
                places.append(taken)
            else:
                x = layer(x)
        for stage in self.decoder:
            x = stage(functional.max_unpool2d(x, places.pop(), 2))
        return x


class NetworkInNetwork(nn.Module):
    def __init__(self, c, k):
        super().__init__()
        def layer(a, b, kernel):
            return [nn.Conv2d(a, b, kernel, padding=kernel // 2), nn.ReLU()]
        self.mlpconv1 = nn.Sequential(*layer(c, 192, 5), *layer(192, 160, 1), *layer(160, 96, 1))
        self.mlpconv2 = nn.Sequential(*layer(96, 192, 5), *layer(192, 192, 1), *layer(192, 192, 1))
        self.mlpconv3 = nn.Sequential(*layer(192, 192, 3), *layer(192, 192, 1), nn.Conv2d(192, k, 1))
        he(self)

    def forward(self, x):
        x = functional.max_pool2d(self.mlpconv1(x), 3, 2, 1)
        x = functional.max_pool2d(self.mlpconv2(x), 3, 2, 1)
        return functional.interpolate(self.mlpconv3(x), scale_factor=4, mode="bilinear", align_corners=False)


def dilate(network):
    """Strides of the last two stages to dilation, layer by layer, as torchvision's basic blocks do not let one ask for."""
    for stage, dilation in ((network.layer3, 2), (network.layer4, 4)):
        for i, block in enumerate(stage):
            for name in ("conv1", "conv2"):
                conv = getattr(block, name)
                d = dilation // 2 if (i, name) == (0, "conv1") else dilation
                conv.stride, conv.dilation, conv.padding = (1, 1), (d, d), (d, d)
        stage[0].downsample[0].stride = (1, 1)
    return network


def dilated(head, layers, k):
    """torchvision's network with its second head; on 18 and 34 layers, which it has not, put together from its parts."""
    if layers >= 50:
        make = getattr(torchvision.models.segmentation, f"{head}_resnet{layers}")
        return make(weights=None, weights_backbone=None, num_classes=k, aux_loss=True)
    resnet = dilate(getattr(torchvision.models, f"resnet{layers}")(weights=None))
    backbone = IntermediateLayerGetter(resnet, {"layer3": "aux", "layer4": "out"})
    if head == "fcn":
        return fcn.FCN(backbone, fcn.FCNHead(512, k), fcn.FCNHead(256, k))
    return deeplabv3.DeepLabV3(backbone, deeplabv3.DeepLabHead(512, k), fcn.FCNHead(256, k))


def make(architecture, c, k, **options):
    for prefix, head in (("FcnResNet", "fcn"), ("DeepLabV3ResNet", "deeplabv3")):
        if architecture.startswith(prefix):
            return dilated(head, int(architecture[len(prefix):]), k)
    if architecture.startswith("UNetResNet"):
        return UNetResNet(c, k, int(architecture[len("UNetResNet"):]), **options)
    return {"UNet": UNet, "SegNet": SegNet, "NetworkInNetwork": NetworkInNetwork}[architecture](c, k, **options)


ARCHITECTURES = ["UNet", "UNetResNet18", "UNetResNet34", "UNetResNet50", "FcnResNet18", "FcnResNet34", "FcnResNet50", "FcnResNet101",
                 "DeepLabV3ResNet18", "DeepLabV3ResNet34", "DeepLabV3ResNet50", "DeepLabV3ResNet101", "SegNet", "NetworkInNetwork"]


def forward(network, x):
    """Always the logits of both heads, the second None where there is none."""
    y = network(x)
    return (y["out"], y["aux"]) if isinstance(y, dict) else (y, None)


def digits(values):
    return [float(f"{v:.7g}") for v in values]


def result(logits):
    """A grid of the logits, row by row of the batch, and a probe of all."""
    return {"grid": [digits(image) for image in logits[:, :, 3::9, 4::11].flatten(1).tolist()], "probe": digits(formula.probe("logits", logits))}


def case(architecture, c, k, h, w, gradients=True, depth=4, width=64, norm=True, bilinear=False, patch=1):
    options = {"norm": norm, "bilinear": bilinear} if architecture.startswith("UNet") else {}
    if architecture == "UNet":
        options |= {"depth": depth, "width": width, "patch": patch}
    network = formula.fill(make(architecture, c, k, **options)).eval()
    images = formula.images(2, c, h, w)
    record = {"architecture": architecture, "channels": c, "classes": k, "height": h, "width": w,
              "uNet": {"depth": depth, "width": width, "patchSize": patch, "batchNorm": norm, "upsampling": "Bilinear" if bilinear else "TransposedConvolution"}}
    # In prediction mode, so that the biases before batch norm have gradients too, and no batch statistics magnify rounding.
    logits, second = forward(network, images)
    record["logits"] = result(logits)
    record["auxiliary"] = None if second is None else result(second)
    if gradients:
        labels = (torch.arange(2 * h * w) % k).reshape(2, h, w)
        loss = functional.cross_entropy(logits, labels)
        if second is not None:
            loss = loss + 0.4 * functional.cross_entropy(second, labels)
        loss.backward()
        record["loss"] = loss.item()
        record["gradients"] = {key: digits(formula.probe(key, p.grad)) for key, p in network.named_parameters()}
        # In training mode without dropout: the batch's own statistics, and what is kept of them.
        network.train()
        for module in network.modules():
            if isinstance(module, nn.Dropout):
                module.eval()
        with torch.no_grad():
            record["training"] = result(forward(network, images)[0])
        record["running"] = {key: digits(formula.probe(key, b)) for key, b in network.named_buffers() if "running" in key}
    return record


def main():
    parameters = {}
    for architecture in ARCHITECTURES:
        network = make(architecture, 3, 21)
        formula.write_keys(f"{HERE}/keys", architecture, network)
        parameters[architecture] = sum(p.numel() for key, p in network.named_parameters() if not key.startswith("aux_"))
    initial = {}
    for architecture in ("UNet", "NetworkInNetwork"):
        torch.manual_seed(0)
        options = {"depth": 3, "width": 8} if architecture == "UNet" else {}
        initial[architecture] = {key: digits(formula.probe(key, p)) for key, p in make(architecture, 1, 2, **options).named_parameters()}
    cases = [
        case("UNet", 1, 2, 32, 24, depth=2, width=4),
        case("UNet", 3, 4, 32, 48, depth=3, width=4, bilinear=True),
        case("UNet", 3, 3, 16, 24, depth=2, width=6, norm=False),
        case("UNet", 1, 2, 128, 128, gradients=False, depth=6, width=2, norm=False, bilinear=True),
        case("UNet", 1, 3, 32, 48, depth=2, width=4, patch=2),
        case("UNet", 3, 2, 32, 32, gradients=False, depth=2, width=6, patch=4, bilinear=True),
        case("UNetResNet18", 3, 3, 64, 96),
        case("UNetResNet50", 1, 2, 64, 64, gradients=False, bilinear=True, norm=False),
        case("FcnResNet18", 3, 5, 64, 64),
        case("FcnResNet50", 3, 5, 64, 64, gradients=False),
        case("FcnResNet50", 3, 3, 75, 90, gradients=False),
        case("FcnResNet101", 3, 5, 64, 40, gradients=False),
        case("DeepLabV3ResNet18", 3, 2, 40, 48, gradients=False),
        case("DeepLabV3ResNet50", 3, 5, 64, 64),
        case("SegNet", 3, 4, 64, 32),
        case("NetworkInNetwork", 3, 4, 24, 36),
    ]
    with open(f"{HERE}/segmentation.json", "w", newline="\n") as file:
        file.write('{"parameters": ' + json.dumps(parameters) + ',\n"initial": ' + json.dumps(initial) + ',\n"cases": [\n')
        file.write(",\n".join(json.dumps(c) for c in cases) + "\n]}\n")


if __name__ == "__main__":
    main()
