"""Optimizer steps over ResNet-18's parameters, as a PyTorch user writes them: the other side of OptimizerBench.

python3 optimizer.py Sgd|Adam|AdamW: prints a line when ready; then for every line "N" on standard input makes N steps and prints the seconds.
"""
import sys
import time

import torch
from torchvision.models import resnet18


def main():
    parameters = list(resnet18().parameters())
    for p in parameters:
        p.grad = torch.randn_like(p) * 1e-3
    optimizer = {
        "Sgd": lambda: torch.optim.SGD(parameters, lr=1e-4, momentum=0.9),
        "Adam": lambda: torch.optim.Adam(parameters, lr=1e-4),
        "AdamW": lambda: torch.optim.AdamW(parameters, lr=1e-4),
    }[sys.argv[1]]()
    optimizer.step()
    print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads", flush=True)
    for line in sys.stdin:
        began = time.perf_counter()
        for _ in range(int(line)):
            optimizer.step()
        print(time.perf_counter() - began, flush=True)


main()
