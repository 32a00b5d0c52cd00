"""GAN losses, gradient penalty and their gradients, DCGAN's networks, spectral norm, and the measures of generated images.
Writes gan.json beside itself.

    /usr/bin/python3 tests/Reference/estimators/gan.py        (PyTorch 1.13.1, SciPy 1.10.1, Debian 12, CPU)
"""
import json
import pathlib

import numpy as np
import scipy.linalg
import torch
from torch import nn
import torch.nn.functional as F

from formula import noise, fill, probe

DOUBLE = torch.float64


def numbers(name, *shape, scale=2.0):
    return torch.tensor(noise(name, int(np.prod(shape))), dtype=DOUBLE).view(*shape) * scale


def losses():
    """The formulas in their textbook form, with sigmoid and log."""
    real0, fake0 = numbers("real", 16, scale=8.0), numbers("fake", 16, scale=8.0)
    smoothing = 0.1
    bce = nn.BCELoss()
    forms = {
        "NonSaturating": (lambda r, f: bce(r.sigmoid(), torch.full_like(r, 1 - smoothing)) + bce(f.sigmoid(), torch.zeros_like(f)), lambda f: bce(f.sigmoid(), torch.ones_like(f))),
        "Minimax": (lambda r, f: bce(r.sigmoid(), torch.full_like(r, 1 - smoothing)) + bce(f.sigmoid(), torch.zeros_like(f)), lambda f: torch.log(1 - f.sigmoid()).mean()),
        "LeastSquares": (lambda r, f: 0.5 * F.mse_loss(r, torch.full_like(r, 1 - smoothing)) + 0.5 * F.mse_loss(f, torch.zeros_like(f)), lambda f: 0.5 * F.mse_loss(f, torch.ones_like(f))),
        "Hinge": (lambda r, f: torch.clamp(1 - r, min=0).mean() + torch.clamp(1 + f, min=0).mean(), lambda f: -f.mean()),
        "Wasserstein": (lambda r, f: f.mean() - r.mean(), lambda f: -f.mean()),
    }
    cases = []
    for name, (judge, maker) in forms.items():
        real, fake, made = (t.clone().requires_grad_() for t in (real0, fake0, fake0))
        d, g = judge(real, fake), maker(made)
        d.backward()
        g.backward()
        cases.append(dict(loss=name, smoothing=smoothing if name in ("NonSaturating", "Minimax", "LeastSquares") else 0,
                          discriminator=d.item(), generator=g.item(), realGradient=real.grad.tolist(), fakeGradient=fake.grad.tolist(), generatorGradient=made.grad.tolist()))
    return dict(real=real0.tolist(), fake=fake0.tolist(), cases=cases)


def penalty():
    """A convolution, a leaky ReLU, a linear layer: gradients of the penalty with respect to their weights."""
    conv = nn.Conv2d(2, 3, 4, 2, 1).double()
    linear = nn.Linear(3 * 4 * 4, 1).double()
    with torch.no_grad():
        for name, p in [("conv.weight", conv.weight), ("conv.bias", conv.bias), ("linear.weight", linear.weight), ("linear.bias", linear.bias)]:
            p.copy_(numbers(name, *p.shape, scale=1.0))
    real, fake, epsilon = numbers("x", 5, 2, 8, 8), numbers("g", 5, 2, 8, 8), numbers("epsilon", 5, 1, 1, 1, scale=1.0) + 0.5
    between = (epsilon * real + (1 - epsilon) * fake).requires_grad_()
    out = linear(F.leaky_relu(conv(between), 0.2).flatten(1)).view(-1)
    gradient = torch.autograd.grad(out, between, torch.ones_like(out), create_graph=True)[0]
    loss = ((gradient.flatten(1).norm(2, dim=1) - 1) ** 2).mean()
    loss.backward()
    return dict(loss=loss.item(), convWeight=conv.weight.grad.flatten().tolist(), linearWeight=linear.weight.grad.flatten().tolist())


def up():
    x = numbers("x", 2, 3, 4, 5).requires_grad_()
    weight, bias = numbers("weight", 3, 2, 4, 4).requires_grad_(), numbers("bias", 2).requires_grad_()
    y = F.conv_transpose2d(x, weight, bias, stride=2, padding=1)
    (y * numbers("slope", *y.shape)).sum().backward()
    return dict(y=y.flatten().tolist(), x=x.grad.flatten().tolist(), weight=weight.grad.flatten().tolist(), bias=bias.grad.tolist())


class Generator(nn.Module):
    """Named as Fovea's, so that formula.py gives both the same weights; the layers are PyTorch's own."""

    def __init__(self, steps, latent=7, w=4, channels=3, size=28):
        super().__init__()
        first = w << (steps - 1)
        self.first, self.size, self.side = first, size, 4 << steps
        self.project = nn.Linear(latent, first * 16, bias=False)
        self.norm = nn.BatchNorm2d(first)
        self.up = nn.ModuleList([nn.ConvTranspose2d(first >> i, first >> (i + 1), 4, 2, 1, bias=False) for i in range(steps - 1)] + [nn.ConvTranspose2d(w, channels, 4, 2, 1)])
        self.norms = nn.ModuleList([nn.BatchNorm2d(first >> i) for i in range(1, steps)])

    def forward(self, z):
        x = self.project(z).view(-1, 4, 4, self.first).permute(0, 3, 1, 2)
        x = F.relu(self.norm(x))
        for up, norm in zip(self.up, self.norms):
            x = F.relu(norm(up(x)))
        x = torch.tanh(self.up[-1](x))
        at = (self.side - self.size) // 2
        return x[:, :, at:at + self.size, at:at + self.size]


class Layer(nn.Module):
    def __init__(self, channels, width, norm):
        super().__init__()
        self.conv = nn.Conv2d(channels, width, 4, 2, 1, bias=not norm)
        if norm:
            self.norm = nn.BatchNorm2d(width)

    def forward(self, x):
        x = self.conv(x)
        return F.leaky_relu(self.norm(x) if hasattr(self, "norm") else x, 0.2)


class Judge(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.linear = nn.Linear(inputs, outputs)


class Verdict(nn.Module):
    def __init__(self, features, classes):
        super().__init__()
        self.score = Judge(features, 1)
        self.classes = Judge(features, classes)


class Discriminator(nn.Module):
    def __init__(self, steps, classes=3, w=4, channels=3, size=28):
        super().__init__()
        self.margin = ((4 << steps) - size) // 2
        self.down = nn.ModuleList([Layer(channels if i == 0 else w << (i - 1), w << i, i > 0) for i in range(steps)])
        self.verdict = Verdict((w << (steps - 1)) * 16, classes)

    def forward(self, x, labels):
        x = F.pad(x, [self.margin] * 4, value=-1.0)
        for layer in self.down:
            x = layer(x)
        x = x.flatten(1)
        # The class's vector, picked instead of multiplied with zeros and ones.
        classes = self.verdict.classes.linear
        return (self.verdict.score.linear(x).squeeze(1) + (x * classes.weight[labels]).sum(1) + classes.bias[labels])


def networks():
    cases = []
    for steps, size in ((3, 28), (4, 64)):
        generator, discriminator = Generator(steps, size=size), Discriminator(steps, size=size)
        fill(generator)
        fill(discriminator)
        generator.train()
        discriminator.train()
        z = torch.tensor(noise("z", 6 * 7), dtype=torch.float32).view(6, 7) * 2
        made = generator(z)
        scores = discriminator(made, torch.arange(6) % 3)
        (scores * torch.tensor(noise("slope", 6), dtype=torch.float32)).sum().backward()
        cases.append(dict(size=size, images=probe("images", made), scores=scores.tolist(),
                          generator={k: probe(k, p.grad) for k, p in generator.named_parameters()},
                          discriminator={k: probe(k, p.grad) for k, p in discriminator.named_parameters()}))
    return cases


def spectral():
    weight = numbers("weight", 6, 3, 4, 4).requires_grad_()
    matrix = weight.flatten(1)
    u, s, v = torch.linalg.svd(matrix.detach(), full_matrices=False)
    # At the fixed point of the iteration u and v are the first singular vectors; they carry no gradient.
    normed = weight / (u[:, 0] @ matrix @ v[0])
    (normed * numbers("slope", 6, 3, 4, 4)).sum().backward()
    return dict(norm=s[0].item(), gradient=weight.grad.flatten().tolist())


def measures():
    a = numbers("a", 60, 5).numpy() + np.array([0.3, 0, 0, 0.1, 0])
    b = numbers("b", 50, 5, scale=1.6).numpy()
    root = scipy.linalg.sqrtm(np.cov(a.T) @ np.cov(b.T))
    frechet = ((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(np.cov(a.T) + np.cov(b.T) - 2 * root.real)
    # One covariance without full rank: the last number of every row is the first.
    flat = a.copy()
    flat[:, 4] = flat[:, 0]
    singular = ((flat.mean(0) - b.mean(0)) ** 2).sum() + np.trace(np.cov(flat.T) + np.cov(b.T)) - 2 * np.sqrt(np.clip(np.linalg.eigvals(np.cov(flat.T) @ np.cov(b.T)).real, 0, None)).sum()

    def kernel(x, y):
        return (sum(x[i] * y[i] for i in range(len(x))) / len(x) + 1) ** 3

    def mean(x, y, same):
        values = [kernel(p, q) for i, p in enumerate(x) for j, q in enumerate(y) if not (same and i == j)]
        return sum(values) / len(values)

    def within(points, centers, k):
        hits = 0
        for p in points:
            for i, c in enumerate(centers):
                others = sorted(np.linalg.norm(c - o) for j, o in enumerate(centers) if j != i)
                if np.linalg.norm(p - c) <= others[k - 1]:
                    hits += 1
                    break
        return hits / len(points)

    return dict(frechet=float(frechet), singular=float(singular), kernel=float(mean(a, a, True) + mean(b, b, True) - 2 * mean(a, b, False)),
                precision=within(b, a, 3), recall=within(a, b, 3))


out = dict(losses=losses(), penalty=penalty(), up=up(), networks=networks(), spectral=spectral(), measures=measures())
pathlib.Path(__file__).with_name("gan.json").write_text(json.dumps(out, indent=1) + "\n")
