"""Epochs of augmented batches by torchvision's transforms and PyTorch's DataLoader, as a PyTorch user writes them.

python3 loader.py photos|fashion FOLDER: prints a line when ready; then for every line "N" on standard input goes through N epochs
and prints the seconds they took.
"""
import glob
import gzip
import os
import sys
import time

import numpy as np
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms as T
from torchvision.transforms import InterpolationMode


class Photos(Dataset):
    def __init__(self, folder):
        self.paths = sorted(glob.glob(os.path.join(folder, "*.jpg")))
        self.transform = T.Compose([
            T.Resize((256, 256)),
            T.RandomHorizontalFlip(),
            T.RandomAffine(15, translate=(0.1, 0.1), scale=(0.8, 1.2), shear=5, interpolation=InterpolationMode.BILINEAR),
            T.ColorJitter(0.2, 0.2, 0.2, 0.05),
            T.ToTensor(),
            T.Normalize([0.5, 0.5, 0.5], [0.5, 0.5, 0.5]),
        ])

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        with open(self.paths[index], "rb") as file:
            image = Image.open(file).convert("RGB")
        return self.transform(image), 0


class Fashion(Dataset):
    """As torchvision.datasets.FashionMNIST: a tensor of all images, each made a PIL image for the transforms."""

    def __init__(self, folder):
        with gzip.open(os.path.join(folder, "train-images-idx3-ubyte.gz")) as file:
            pixels = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 28, 28)
        with gzip.open(os.path.join(folder, "train-labels-idx1-ubyte.gz")) as file:
            labels = np.frombuffer(file.read(), np.uint8, offset=8)
        self.data, self.targets = torch.from_numpy(pixels.copy()), torch.from_numpy(labels.astype(np.int64))
        self.transform = T.Compose([
            T.RandomCrop(28, padding=2),
            T.RandomHorizontalFlip(),
            T.ToTensor(),
            T.Normalize([0.5], [0.5]),
        ])

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        return self.transform(Image.fromarray(self.data[index].numpy(), mode="L")), int(self.targets[index])


def main():
    name, folder = sys.argv[1:]
    dataset, batch = (Photos(folder), 32) if name == "photos" else (Fashion(folder), 128)
    torch.manual_seed(0)
    loader = DataLoader(dataset, batch_size=batch, shuffle=True, num_workers=2, persistent_workers=True)

    def epoch():
        for images, labels in loader:
            pass

    epoch()
    import torchvision
    import PIL
    print(f"PyTorch {torch.__version__}, torchvision {torchvision.__version__}, Pillow {PIL.__version__}, 2 workers", flush=True)
    for line in sys.stdin:
        began = time.perf_counter()
        for _ in range(int(line)):
            epoch()
        print(time.perf_counter() - began, flush=True)


main()
