"""Losses of autoencoders with their gradients, twins of the networks with the formula's weights, and image measures.

    /usr/bin/python3 tests/Reference/estimators/autoencoding.py

Writes autoencoding.json. Made with PyTorch 1.13.1 and scikit-image 0.19.3 (Debian 12) on a CPU.
"""
import json
import math
import os

import numpy
import torch
from skimage.metrics import peak_signal_noise_ratio, structural_similarity
from torch import distributions, nn
from torch.nn import functional as F

import formula

HERE = os.path.dirname(os.path.abspath(__file__))


class Code(nn.Module):
    def __init__(self, features, hidden, latent, variational):
        super().__init__()
        widths = [features, *hidden]
        self.encoder = nn.ModuleList(nn.Linear(a, b) for a, b in zip(widths, widths[1:]))
        self.mean = nn.Linear(widths[-1], latent)
        if variational:
            self.logvar = nn.Linear(widths[-1], latent)
        back = [latent, *reversed(widths)]
        self.decoder = nn.ModuleList(nn.Linear(a, b) for a, b in zip(back, back[1:]))
        self.variational = variational

    def encode(self, x):
        for layer in self.encoder:
            x = torch.relu(layer(x))
        return self.mean(x), self.logvar(x) if self.variational else None

    def decode(self, z):
        for i, layer in enumerate(self.decoder):
            z = layer(z if i == 0 else torch.relu(z))
        return z


class Dense(nn.Module):
    def __init__(self, c, h, w, latent, hidden, variational):
        super().__init__()
        self.code = Code(c * h * w, hidden, latent, variational)
        self.shape = (c, h, w)

    def encode(self, x):
        return self.code.encode(x.flatten(1))

    def decode(self, z):
        return self.code.decode(z).reshape(len(z), *self.shape)


class Down(nn.Module):
    def __init__(self, c, width, norm):
        super().__init__()
        self.conv = nn.Conv2d(c, width, 3, stride=2, padding=1, bias=not norm)
        self.bn = nn.BatchNorm2d(width) if norm else None

    def forward(self, x):
        x = self.conv(x)
        return torch.relu(x if self.bn is None else self.bn(x))


class Up(nn.Module):
    def __init__(self, c, width, convolution, norm, bilinear):
        super().__init__()
        self.up = nn.Conv2d(c, width, 1) if bilinear else nn.ConvTranspose2d(c, width, 2, stride=2)
        self.bn1 = nn.BatchNorm2d(width) if norm else None
        self.conv = nn.Conv2d(width, width, 3, padding=1, bias=not norm) if convolution else None
        self.bn2 = nn.BatchNorm2d(width) if norm and convolution else None
        self.bilinear = bilinear

    def forward(self, x):
        # The other order than Fovea's, which is the same: interpolation first, then the 1x1 convolution.
        if self.bilinear:
            x = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)
        x = self.up(x)
        x = torch.relu(x if self.bn1 is None else self.bn1(x))
        if self.conv is not None:
            x = self.conv(x)
            x = torch.relu(x if self.bn2 is None else self.bn2(x))
        return x


class Convolutional(nn.Module):
    def __init__(self, c, h, w, latent, hidden, variational, depth, width, norm, bilinear):
        super().__init__()
        widths = [width << level for level in range(depth)]
        stride = 1 << depth
        self.size, self.pad = (h, w), (-w % stride, -h % stride)
        self.maps = ((h + self.pad[1]) // stride, (w + self.pad[0]) // stride, widths[-1])
        self.encoder = nn.ModuleList(Down(i, o, norm) for i, o in zip([c, *widths], widths))
        self.code = Code(math.prod(self.maps), hidden, latent, variational)
        out = [(width + 1) // 2, *widths]
        self.decoder = nn.ModuleList(Up(widths[l], out[l], l > 0, norm, bilinear) for l in reversed(range(depth)))
        self.head = nn.Conv2d(out[0], c, 3, padding=1)

    def encode(self, x):
        x = F.pad(x, (0, self.pad[0], 0, self.pad[1]), mode="replicate")
        for step in self.encoder:
            x = step(x)
        return self.code.encode(x.permute(0, 2, 3, 1).flatten(1))

    def decode(self, z):
        x = torch.relu(self.code.decode(z)).reshape(len(z), *self.maps).permute(0, 3, 1, 2)
        for step in self.decoder:
            x = step(x)
        return self.head(x)[:, :, :self.size[0], :self.size[1]]


def unit(name, *shape):
    """In [0, 1)."""
    return torch.from_numpy(formula.noise(name, math.prod(shape)) + 0.5).reshape(shape)


def losses():
    """Per image, and the gradients of the sum, in float64."""
    n, c, h, w, z = 3, 2, 4, 5, 6
    logits = (6 * (unit("logits", n, c, h, w) - 0.5)).requires_grad_()
    target = unit("target", n, c, h, w)
    mean = (3 * (unit("mean", n, z) - 0.5)).requires_grad_()
    logvar = (2 * (unit("logvar", n, z) - 0.5)).requires_grad_()
    noise = 2 * (unit("noise", 4, n, z) - 0.5)
    answer = {}

    def keep(name, values, *wanted):
        gradients = torch.autograd.grad(values.sum(), wanted, retain_graph=True)
        answer[name] = {"values": values.flatten().tolist(), "gradients": [g.flatten().tolist() for g in gradients]}

    keep("bernoulli",
         F.binary_cross_entropy(logits.sigmoid(), target, reduction="none").flatten(1).sum(1), logits)
    keep("gaussian", -distributions.Normal(logits.sigmoid(), 0.1).log_prob(target).flatten(1).sum(1), logits)
    q = distributions.Normal(mean, (0.5 * logvar).exp())
    prior = distributions.Normal(torch.zeros_like(mean), torch.ones_like(mean))
    keep("divergence", distributions.kl_divergence(q, prior).sum(1), mean, logvar)
    drawn = mean + q.stddev * noise
    keep("sample", drawn, mean, logvar)
    nll = 5 * unit("nll", 4, n)
    keep("weight", prior.log_prob(drawn).sum(-1) - q.log_prob(drawn).sum(-1) - nll, mean, logvar)
    return answer


def networks():
    cases = [
        dict(name="dense", args=(1, 6, 5, 3, [8], True)),
        dict(name="denseDeep", args=(3, 4, 4, 2, [10, 7], False)),
        dict(name="denseDirect", args=(1, 4, 4, 2, [], False)),
        dict(name="convolutional", args=(1, 28, 28, 5, [12], True), shape=(2, 4, True, False)),
        dict(name="padded", args=(3, 10, 13, 4, [9], True), shape=(3, 3, False, False)),
        dict(name="bilinear", args=(3, 12, 8, 4, [], False), shape=(2, 4, True, True)),
    ]
    answer = []
    for case in cases:
        c, h, w, latent, hidden, variational = case["args"]
        network = Convolutional(*case["args"], *case["shape"]) if "shape" in case else Dense(*case["args"])
        formula.fill(network).eval()
        x = formula.images(2, c, h, w).clamp(0, 1)
        mean, logvar = network.encode(x)
        result = network.decode(mean)
        network.train()
        network.zero_grad()
        m, v = network.encode(x)
        z = m if v is None else m + (0.5 * v).exp() * 0.3
        F.binary_cross_entropy_with_logits(network.decode(z), x, reduction="sum").backward()
        entry = {
            "name": case["name"], "channels": c, "height": h, "width": w, "latent": latent, "hidden": hidden, "variational": variational,
            "mean": mean.flatten().tolist(), "logVariance": [] if logvar is None else logvar.flatten().tolist(), "logits": formula.probe("logits", result),
            "gradients": {k: formula.probe(k, p.grad) for k, p in network.named_parameters()},
            "keys": {k: list(t.shape) for k, t in network.state_dict().items()},
        }
        if "shape" in case:
            entry["depth"], entry["maps"], entry["batchNorm"], entry["bilinear"] = case["shape"]
        answer.append(entry)
    return answer


def measures():
    answer = []
    for name, h, w, c, spread in [("grey", 28, 28, 1, 40), ("near", 9, 7, 1, 6), ("color", 16, 21, 3, 90)]:
        a = (unit(f"a {name}", h, w, c) * 256).floor().clamp(0, 255).numpy().astype(numpy.uint8)
        b = (torch.from_numpy(a.astype(numpy.float64)) + ((unit(f"b {name}", h, w, c) - 0.5) * 2 * spread).round()).clamp(0, 255).numpy().astype(numpy.uint8)
        grey = c == 1
        answer.append({
            "name": name, "height": h, "width": w, "channels": c, "spread": spread,
            "ssim": structural_similarity(a[..., 0] if grey else a, b[..., 0] if grey else b, channel_axis=None if grey else 2),
            "psnr": peak_signal_noise_ratio(a, b),
        })
    return answer


with open(f"{HERE}/autoencoding.json", "w", newline="\n") as file:
    json.dump({"losses": losses(), "networks": networks(), "measures": measures()}, file)
    file.write("\n")
