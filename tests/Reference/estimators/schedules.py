"""PyTorch's learning-rate schedulers, stepped once a batch, as factors on a rate of 1.

    /usr/bin/python3 tests/Reference/estimators/schedules.py

Writes schedules.json. Made with PyTorch 1.13.1 (Debian 12).
"""
import json
import os

import torch
from torch.optim import lr_scheduler

HERE = os.path.dirname(os.path.abspath(__file__))
EPOCHS = 6
STEPS = 5  # batches an epoch


def factors(make, total=EPOCHS * STEPS):
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    scheduler = make(optimizer)
    rates = []
    for _ in range(total):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


def warm(optimizer):
    # LinearLR cannot begin at 0 itself.
    rise = lr_scheduler.LinearLR(optimizer, start_factor=1e-12, total_iters=6)
    fall = lr_scheduler.CosineAnnealingLR(optimizer, T_max=EPOCHS * STEPS - 6, eta_min=0.05)
    return lr_scheduler.SequentialLR(optimizer, [rise, fall], milestones=[6])


def main():
    result = {
        "epochs": EPOCHS,
        "steps": STEPS,
        "step 2 0.3": factors(lambda o: lr_scheduler.StepLR(o, step_size=2 * STEPS, gamma=0.3)),
        "exponential 0.8": factors(lambda o: lr_scheduler.ExponentialLR(o, gamma=0.8 ** (1 / STEPS))),
        "inverse decay 0.5 0.75": factors(lambda o: lr_scheduler.LambdaLR(o, lambda i: (1 + 0.5 * i / STEPS) ** -0.75)),
        "cosine": factors(lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=EPOCHS * STEPS)),
        "cosine 0.2 0.05": factors(warm),
        "one cycle of 10000": factors(lambda o: lr_scheduler.OneCycleLR(o, max_lr=1.0, total_steps=10001, cycle_momentum=False), 10000)[::250],
        "one cycle of 10000, rise 0.1": factors(lambda o: lr_scheduler.OneCycleLR(o, max_lr=1.0, total_steps=10001, pct_start=0.1, cycle_momentum=False), 10000)[::250],
    }
    with open(f"{HERE}/schedules.json", "w", newline="\n") as file:
        json.dump(result, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
