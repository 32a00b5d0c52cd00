"""Initial values that PyTorch draws from seed 0.

Run with Debian's python3-torch (PyTorch 1.13.1): /usr/bin/python3 init.py
Writes init.safetensors: of each case the tensor of shape (6, 4, 3, 3), or (8, 5) for matrices, float64.
"""
import torch
from torch.nn import init

from tensors import write

torch.set_num_threads(1)
found = {}


def case(name, fill, *shape):
    torch.manual_seed(0)
    tensor = torch.empty(*(shape or (6, 4, 3, 3)), dtype=torch.float64)
    fill(tensor)
    found[name] = tensor


case("uniform", lambda t: init.uniform_(t, -2.0, 3.0))
case("normal", lambda t: init.normal_(t, 1.0, 0.5))
case("xavier_uniform", lambda t: init.xavier_uniform_(t, 1.5))
case("kaiming_uniform", lambda t: init.kaiming_uniform_(t, a=0.3))
case("kaiming_uniform_out", lambda t: init.kaiming_uniform_(t, mode="fan_out", nonlinearity="relu"))
case("kaiming_normal", lambda t: init.kaiming_normal_(t, mode="fan_out", nonlinearity="relu"))
case("kaiming_normal_tanh", lambda t: init.kaiming_normal_(t, nonlinearity="tanh"))
case("sparse", lambda t: init.sparse_(t, 0.3), 8, 5)
case("eye", lambda t: init.eye_(t), 8, 5)
case("dirac", lambda t: init.dirac_(t))

write(__file__, found)
