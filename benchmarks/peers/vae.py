"""A convolutional variational autoencoder on MNIST in PyTorch, as a PyTorch user writes it: the twin of benchmarks/VaeSide.cs.

python3 vae.py FILE bfloat16|float32: prints a line when ready; then for every line on standard input
  N       makes the next N training steps and prints the seconds they took
FILE is train-images-idx3-ubyte.gz.
"""
import gzip
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

BATCH, LATENT, HIDDEN = 128, 20, 256


def batch_norm(width):
    return nn.Sequential(nn.BatchNorm2d(width), nn.ReLU(inplace=True))


class Vae(nn.Module):
    def __init__(self):
        super().__init__()
        self.down1, self.down2 = nn.Conv2d(1, 32, 3, 2, 1, bias=False), nn.Conv2d(32, 64, 3, 2, 1, bias=False)
        self.norm1, self.norm2 = batch_norm(32), batch_norm(64)
        self.hidden = nn.Linear(64 * 7 * 7, HIDDEN)
        self.mean, self.logvar = nn.Linear(HIDDEN, LATENT), nn.Linear(HIDDEN, LATENT)
        self.back, self.maps = nn.Linear(LATENT, HIDDEN), nn.Linear(HIDDEN, 64 * 7 * 7)
        self.up1, self.norm3 = nn.ConvTranspose2d(64, 32, 2, 2), batch_norm(32)
        self.conv, self.norm4 = nn.Conv2d(32, 32, 3, 1, 1, bias=False), batch_norm(32)
        self.up2, self.norm5 = nn.ConvTranspose2d(32, 16, 2, 2), batch_norm(16)
        self.head = nn.Conv2d(16, 1, 3, 1, 1)

    def encode(self, x):
        x = self.norm2(self.down2(self.norm1(self.down1(x))))
        x = F.relu(self.hidden(x.flatten(1)))
        return self.mean(x), self.logvar(x)

    def decode(self, z):
        x = F.relu(self.maps(F.relu(self.back(z)))).view(-1, 64, 7, 7)
        x = self.norm4(self.conv(self.norm3(self.up1(x))))
        return self.head(self.norm5(self.up2(x)))


def main():
    path, precision = sys.argv[1], sys.argv[2]
    torch.manual_seed(0)
    with gzip.open(path) as file:
        images = torch.from_numpy(np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 1, 28, 28).copy())
    network = Vae().to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(images), BATCH, shuffle=True)
    batches = iter(loader)

    def step():
        nonlocal batches
        try:
            (x,) = next(batches)
        except StopIteration:
            batches = iter(loader)
            (x,) = next(batches)
        x = (x.float() / 255).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bfloat16"):
            mean, logvar = network.encode(x)
            mean, logvar = mean.float(), logvar.float()
            z = mean + (0.5 * logvar).exp() * torch.randn_like(mean)
            logits = network.decode(z)
        loss = F.binary_cross_entropy_with_logits(logits.float(), x, reduction="sum") - 0.5 * (1 + logvar - mean.pow(2) - logvar.exp()).sum()
        loss = loss / len(x)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()

    network.train()
    print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads, {precision}", flush=True)
    for line in sys.stdin:
        began = time.perf_counter()
        for _ in range(int(line)):
            step()
        print(time.perf_counter() - began, flush=True)


main()
