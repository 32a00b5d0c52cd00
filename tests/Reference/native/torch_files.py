"""Makes what PyTorch itself writes and computes (Debian 12: PyTorch 1.13.1), small enough to lie in the repository.

    /usr/bin/python3 tests/Reference/native/torch_files.py

    state.pth            a state dict as torch.save writes it (zip)
    state-legacy.pth     the same in the format before PyTorch 1.6, which torchvision's files still have
    checkpoint.pth       the same inside {"epoch": ..., "state_dict": ...}
    whole-model.pth      a pickled module, which is no state dict
    script.pt            a TorchScript module with two methods, a parameter and a buffer
    numbers.json         random numbers by seed, and parameters after ten optimizer steps
"""
import json
import os
from collections import OrderedDict

import torch

HERE = os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(HERE, name)


def state():
    base = torch.arange(24, dtype=torch.float32)
    return OrderedDict([
        ("weight", torch.nn.Parameter(base.reshape(2, 3, 4) / 8)),
        ("transposed", base.reshape(4, 6).t()),
        ("part", base[5:9]),
        ("half", torch.tensor([0.5, -2.0], dtype=torch.float16)),
        ("bfloat", torch.tensor([1.5, -3.0], dtype=torch.bfloat16)),
        ("num_batches_tracked", torch.tensor(7)),
        ("flags", torch.tensor([True, False, True])),
        ("bytes", torch.tensor([0, 128, 255], dtype=torch.uint8)),
        ("empty", torch.empty(0, 3)),
    ])


class Scaled(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = torch.nn.Parameter(torch.tensor([2.0, 3.0]))
        self.register_buffer("shift", torch.tensor([10.0, 20.0]))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * self.scale + (self.shift if self.training else torch.zeros(2))

    @torch.jit.export
    def both(self, x: torch.Tensor, times: int = 2):
        return x * times, self.shift

    @torch.jit.export
    def named(self, xs: list[torch.Tensor]) -> dict[str, torch.Tensor]:
        return {"sum": xs[0] + xs[1], "first": xs[0]}

    @torch.jit.export
    def fails(self, x: torch.Tensor) -> torch.Tensor:
        raise ValueError("as it should")


OPTIMIZERS = {
    "sgd": (torch.optim.SGD, dict(lr=0.1)),
    "sgd-momentum": (torch.optim.SGD, dict(lr=0.1, momentum=0.9, weight_decay=0.01)),
    "sgd-dampening": (torch.optim.SGD, dict(lr=0.1, momentum=0.9, dampening=0.3, maximize=True)),
    "sgd-nesterov": (torch.optim.SGD, dict(lr=0.1, momentum=0.8, nesterov=True, weight_decay=0.01)),
    "adam": (torch.optim.Adam, dict(lr=0.05)),
    "adam-decay": (torch.optim.Adam, dict(lr=0.05, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.02, maximize=True)),
    "adam-amsgrad": (torch.optim.Adam, dict(lr=0.05, amsgrad=True)),
    "adamw": (torch.optim.AdamW, dict(lr=0.05, weight_decay=0.1)),
    "adamw-amsgrad": (torch.optim.AdamW, dict(lr=0.05, weight_decay=0.1, amsgrad=True)),
}


def steps(kind, options):
    """37 parameters, so that vector code has a rest. No gradient is near 0, where Adam would magnify the last bit."""
    parameter = torch.nn.Parameter(torch.linspace(-1, 1, 37))
    optimizer = kind([parameter], foreach=False, **options)
    for step in range(10):
        parameter.grad = torch.tensor([(0.25 + (7 * i + 3 * step) % 11 / 8) * (-1 if (i + step) % 4 == 0 else 1) for i in range(37)])
        optimizer.step()
    return parameter.tolist()


def main():
    torch.save(state(), path("state.pth"))
    torch.save(state(), path("state-legacy.pth"), _use_new_zipfile_serialization=False)
    torch.save({"epoch": 3, "state_dict": state(), "best": 0.5}, path("checkpoint.pth"))
    torch.save(torch.nn.Linear(2, 1), path("whole-model.pth"))
    torch.jit.script(Scaled()).save(path("script.pt"))
    torch.manual_seed(12345)
    numbers = {"uniform": torch.rand(6).tolist(), "normal": torch.randn(20).tolist(), "permutation": torch.randperm(12).tolist()}
    numbers["optimizers"] = {name: {"options": {k: (list(v) if isinstance(v, tuple) else v) for k, v in options.items()}, "parameters": steps(kind, options)}
                             for name, (kind, options) in OPTIMIZERS.items()}
    with open(path("numbers.json"), "w") as f:
        json.dump(numbers, f, indent=1)
        f.write("\n")


main()
