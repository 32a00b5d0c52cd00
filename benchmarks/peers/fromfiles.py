"""Epochs of the Cifar network from image files by torchvision's transforms and PyTorch's DataLoader, as a PyTorch user writes them.

python3 fromfiles.py FOLDER MODE: prints a line when ready; then for every line on standard input
  N        trains N epochs and prints the seconds
  loss     prints the mean loss of the last epoch
FOLDER has a folder of PNG files for each class. MODE is default or best, as in train.py; in both the DataLoader has 0, 1 or 2
workers, whichever is fastest on this machine.
"""
import itertools
import sys
import time

import torchvision
from torch.utils.data import DataLoader
from torchvision import transforms as T
from torchvision.datasets import ImageFolder

from train import Cifar, F, Training, torch  # sets ATEN_CPU_CAPABILITY before it loads torch

BATCH, SIZE = 64, 32


class Epochs:
    def __init__(self, dataset, workers, channels_last, bfloat16):
        torch.manual_seed(0)
        self.loader = DataLoader(dataset, batch_size=BATCH, shuffle=True, num_workers=workers, persistent_workers=workers > 0)
        self.format = torch.channels_last if channels_last else torch.contiguous_format
        self.bfloat16 = bfloat16
        self.network = Cifar(3, SIZE, len(dataset.classes)).to(memory_format=self.format).train()
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=0.01, momentum=0.9)
        self.loss = None

    def run(self):
        total, count = 0.0, 0
        for images, labels in self.loader:
            with torch.autocast("cpu", torch.bfloat16, enabled=self.bfloat16):
                logits = self.network(images.contiguous(memory_format=self.format))
            loss = F.cross_entropy(logits.float(), labels)
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(labels)
            count += len(labels)
        self.loss = total / count

    def seconds(self, epochs):
        began = time.perf_counter()
        for _ in range(epochs):
            self.run()
        return time.perf_counter() - began


def main():
    folder, mode = sys.argv[1:]
    dataset = ImageFolder(folder, T.Compose([
        T.RandomCrop(SIZE, padding=4),
        T.RandomHorizontalFlip(),
        T.ToTensor(),
        T.Normalize([0.5, 0.5, 0.5], [0.25, 0.25, 0.25]),
    ]))

    def speed_of_steps(settings):
        training = Training("Cifar", BATCH, 3, SIZE, len(dataset.classes), *settings)
        training.seconds(3)
        return min(training.seconds(3) for _ in range(3))

    settings = (False, False) if mode == "default" else min(itertools.product([False, True], repeat=2), key=speed_of_steps)

    def speed_of_epochs(workers):
        epochs = Epochs(dataset, workers, *settings)
        epochs.run()
        return epochs.seconds(1)

    workers = min((0, 1, 2), key=speed_of_epochs)
    epochs = Epochs(dataset, workers, *settings)
    epochs.run()
    chosen = ("channels-last " if settings[0] else "") + ("bfloat16" if settings[1] else "float32")
    print(f"PyTorch {torch.__version__}, torchvision {torchvision.__version__}, {torch.get_num_threads()} threads, {chosen}, {workers} workers", flush=True)
    for line in sys.stdin:
        print(epochs.loss if line.strip() == "loss" else epochs.seconds(int(line)), flush=True)


main()
