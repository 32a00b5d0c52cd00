"""Optimizers of PyTorch over 10 steps with given gradients.

Run with Debian's python3-torch (PyTorch 1.13.1): /usr/bin/python3 optimizers.py
Writes optimizers.safetensors: start/i the parameters, gradient/step/i the gradients (the second parameter has none at
steps 0 and 4), and case/step/i the parameters after each step; float32, and float64 with the prefix double/.
"""
import torch

from tensors import write

torch.set_num_threads(1)
torch.manual_seed(4)
STEPS = 10
starts = [torch.randn(5, 7), torch.randn(6), torch.randn(2, 2, 3, 3)]
gradients = [[None if i == 1 and step in (0, 4) else torch.randn_like(p) * (1 + step / 4) for i, p in enumerate(starts)] for step in range(STEPS)]
found = {f"start/{i}": p for i, p in enumerate(starts)}
for step, row in enumerate(gradients):
    for i, gradient in enumerate(row):
        if gradient is not None:
            found[f"gradient/{step}/{i}"] = gradient


def case(name, make):
    for dtype, prefix in ((torch.float32, ""), (torch.float64, "double/")):
        parameters = [torch.nn.Parameter(p.to(dtype, copy=True)) for p in starts]
        optimizer = make(parameters)
        for step in range(STEPS):
            for parameter, gradient in zip(parameters, gradients[step]):
                parameter.grad = None if gradient is None else gradient.to(dtype)
            optimizer.step()
            # Two steps and the last: the first with an empty state, a later one, and where it all leads.
            if step in (0, 4, STEPS - 1):
                for i, parameter in enumerate(parameters):
                    found[f"{prefix}{name}/{step}/{i}"] = parameter.detach().clone()


case("SGD", lambda p: torch.optim.SGD(p, lr=0.05))
case("SGD_decay", lambda p: torch.optim.SGD(p, lr=0.05, weight_decay=0.1))
case("SGD_momentum", lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=0.01))
case("SGD_dampening", lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.8, dampening=0.3))
case("SGD_nesterov", lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=0.01, nesterov=True))
case("SGD_maximize", lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, maximize=True))
case("SGD_groups", lambda p: torch.optim.SGD([{"params": p[:1], "lr": 0.2, "momentum": 0.5}, {"params": p[1:]}], lr=0.05, weight_decay=0.02))
case("Adam", lambda p: torch.optim.Adam(p, lr=0.01))
case("Adam_decay", lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1))
case("Adam_amsgrad", lambda p: torch.optim.Adam(p, lr=0.01, amsgrad=True))
case("Adam_maximize", lambda p: torch.optim.Adam(p, lr=0.01, maximize=True))
case("AdamW", lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1))
case("AdamW_amsgrad", lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1, amsgrad=True))
case("RMSProp", lambda p: torch.optim.RMSprop(p, lr=0.01))
case("RMSProp_centered", lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9, momentum=0.7, centered=True, weight_decay=0.05))
case("Adagrad", lambda p: torch.optim.Adagrad(p, lr=0.1, lr_decay=0.1, weight_decay=0.05, initial_accumulator_value=0.2))

write(__file__, found)
