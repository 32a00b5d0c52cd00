"""DCGAN on Fashion-MNIST in PyTorch, as a PyTorch user writes it, after PyTorch's own dcgan example: the twin of GanTrainer's Dcgan.

python3 dcgan.py serve FOLDER PRECISION       prints a line when ready; then for every line "N" on standard input runs N steps and
                                              prints the seconds they took. PRECISION is float32 or bfloat16 (autocast)
python3 dcgan.py train FOLDER OUT EPOCHS SEED [SAMPLES]
                                              trains in float32 and after each epoch writes SAMPLES (10,000) generated images as the IDX
                                              files OUT/epochNN-images-idx3-ubyte.gz and OUT/epochNN-labels-idx1-ubyte.gz (labels 0)
FOLDER has train-images-idx3-ubyte.gz.
"""
import gzip
import struct
import sys
import time

import torch
from torch import nn
import torch.nn.functional as F

LATENT, WIDTH, BATCH, SIZE = 100, 32, 128, 28


def read(folder):
    with gzip.open(f"{folder}/train-images-idx3-ubyte.gz") as f:
        data = f.read()
    count, height, width = struct.unpack(">III", data[4:16])
    return torch.frombuffer(bytearray(data), dtype=torch.uint8, offset=16).view(count, 1, height, width)


class Generator(nn.Module):
    def __init__(self, w=WIDTH):
        super().__init__()
        self.main = nn.Sequential(
            nn.ConvTranspose2d(LATENT, 4 * w, 4, 1, 0, bias=False), nn.BatchNorm2d(4 * w), nn.ReLU(True),   # 4x4
            nn.ConvTranspose2d(4 * w, 2 * w, 4, 2, 1, bias=False), nn.BatchNorm2d(2 * w), nn.ReLU(True),    # 8x8
            nn.ConvTranspose2d(2 * w, w, 4, 2, 1, bias=False), nn.BatchNorm2d(w), nn.ReLU(True),            # 16x16
            nn.ConvTranspose2d(w, 1, 4, 2, 1, bias=True), nn.Tanh())                                        # 32x32

    def forward(self, z):
        return self.main(z.view(-1, LATENT, 1, 1))[:, :, 2:30, 2:30]


class Discriminator(nn.Module):
    def __init__(self, w=WIDTH):
        super().__init__()
        self.main = nn.Sequential(
            nn.Conv2d(1, w, 4, 2, 1, bias=True), nn.LeakyReLU(0.2, True),
            nn.Conv2d(w, 2 * w, 4, 2, 1, bias=False), nn.BatchNorm2d(2 * w), nn.LeakyReLU(0.2, True),
            nn.Conv2d(2 * w, 4 * w, 4, 2, 1, bias=False), nn.BatchNorm2d(4 * w), nn.LeakyReLU(0.2, True),
            nn.Conv2d(4 * w, 1, 4, 1, 0, bias=True))

    def forward(self, x):
        return self.main(F.pad(x, (2, 2, 2, 2), value=-1.0)).view(-1)


def initialize(m):
    if isinstance(m, (nn.Conv2d, nn.ConvTranspose2d)):
        nn.init.normal_(m.weight, 0.0, 0.02)
        if m.bias is not None:
            nn.init.zeros_(m.bias)
    elif isinstance(m, nn.BatchNorm2d):
        nn.init.normal_(m.weight, 1.0, 0.02)
        nn.init.zeros_(m.bias)


class Training:
    def __init__(self, precision):
        self.g, self.d = Generator(), Discriminator()
        self.g.apply(initialize)
        self.d.apply(initialize)
        self.autocast = precision == "bfloat16"
        self.opt_g = torch.optim.Adam(self.g.parameters(), lr=2e-4, betas=(0.5, 0.999))
        self.opt_d = torch.optim.Adam(self.d.parameters(), lr=2e-4, betas=(0.5, 0.999))

    def loss(self, logits, label):
        logits = logits.float()
        return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, label))

    def step(self, pixels):
        real = pixels.float().div_(127.5).sub_(1)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.autocast):
            z = torch.randn(len(real), LATENT)
            fake = self.g(z)
            self.opt_d.zero_grad(set_to_none=True)
            loss_real = self.loss(self.d(real), 1.0)
            loss_fake = self.loss(self.d(fake.detach()), 0.0)
        (loss_real + loss_fake).backward()
        self.opt_d.step()
        self.opt_g.zero_grad(set_to_none=True)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.autocast):
            loss_g = self.loss(self.d(fake), 1.0)
        loss_g.backward()
        self.opt_g.step()
        return loss_real + loss_fake, loss_g


def batches(images):
    while True:
        order = torch.randperm(len(images))
        for i in range(0, len(images), BATCH):
            yield images[order[i:i + BATCH]]


def serve(folder, precision):
    torch.manual_seed(0)
    training, source = Training(precision), batches(read(folder))
    for _ in range(3):
        training.step(next(source))
    print(f"PyTorch {torch.__version__}, {precision}, {torch.get_num_threads()} threads", flush=True)
    for line in sys.stdin:
        began = time.perf_counter()
        for _ in range(int(line)):
            training.step(next(source))
        print(time.perf_counter() - began, flush=True)


def train(folder, out, epochs, seed, samples=10000):
    torch.manual_seed(seed)
    images = read(folder)
    training, source = Training("float32"), batches(images)
    steps = (len(images) + BATCH - 1) // BATCH
    began = time.perf_counter()
    for epoch in range(epochs):
        sums = [0.0, 0.0]
        for _ in range(steps):
            losses = training.step(next(source))
            sums = [s + l.item() for s, l in zip(sums, losses)]
        print(f"epoch {epoch + 1}: D {sums[0] / steps:.3f} G {sums[1] / steps:.3f} after {time.perf_counter() - began:.0f} s", flush=True)
        write(training.g, f"{out}/epoch{epoch + 1:02}", samples)


def write(generator, name, samples):
    generator.eval()
    with torch.no_grad():
        made = torch.cat([generator(torch.randn(500, LATENT)) for _ in range(samples // 500)])
    generator.train()
    pixels = ((made + 1) * 127.5).round().clamp(0, 255).byte()
    with gzip.open(f"{name}-images-idx3-ubyte.gz", "wb") as f:
        f.write(struct.pack(">IIII", 0x803, len(pixels), SIZE, SIZE) + pixels.numpy().tobytes())
    with gzip.open(f"{name}-labels-idx1-ubyte.gz", "wb") as f:
        f.write(struct.pack(">II", 0x801, len(pixels)) + bytes(len(pixels)))


if sys.argv[1] == "serve":
    serve(sys.argv[2], sys.argv[3])
else:
    train(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]), *map(int, sys.argv[6:7]))
