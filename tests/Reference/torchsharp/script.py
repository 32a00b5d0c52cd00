"""A TorchScript module with parameters, a buffer, two methods and several results; its outputs for one input.

Run with Debian's python3-torch (PyTorch 1.13.1): /usr/bin/python3 script.py
Writes script.pt and script.safetensors.
"""
import os
from typing import List, Tuple

import torch

from tensors import write


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = torch.nn.Linear(3, 2)
        self.norm = torch.nn.BatchNorm1d(2)

    def forward(self, x):
        return torch.relu(self.norm(self.fc(x)))

    @torch.jit.export
    def both(self, x, factor: float) -> Tuple[torch.Tensor, torch.Tensor]:
        return x * factor, x.sum()

    @torch.jit.export
    def parts(self, x, count: int) -> List[torch.Tensor]:
        return list(x.chunk(count))

    @torch.jit.export
    def joined(self, parts: List[torch.Tensor]) -> torch.Tensor:
        return torch.cat(parts)

    @torch.jit.export
    def size(self, x) -> int:
        return x.numel()


torch.manual_seed(5)
net = Net().eval()
net.norm.running_mean += 0.25
x = torch.randn(4, 3)
script = torch.jit.script(net)
script.save(os.path.join(os.path.dirname(os.path.abspath(__file__)), "script.pt"))
write(__file__, {"forward/input0": x, "forward/output0": script(x), "parameters/fc.weight": net.fc.weight, "parameters/norm.running_mean": net.norm.running_mean})
