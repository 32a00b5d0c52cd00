"""Learning rates and momenta of PyTorch's schedules.

Run with Debian's python3-torch (PyTorch 1.13.1): /usr/bin/python3 schedulers.py
Writes schedulers.json: of each case, for two groups of parameters with rates 0.1 and 0.03 (or the first of them), the rates and
momenta after the schedule is made and after each step.
"""
import json
import math
import os

import torch
from torch.optim import lr_scheduler as schedules

found = {}


def case(name, make, steps=12, metric=None, adam=False, momentum=False, count=2):
    parameters = [torch.nn.Parameter(torch.zeros(1)) for _ in range(2)]
    groups = [{"params": parameters[:1], "lr": 0.1}, {"params": parameters[1:], "lr": 0.03}][:count]
    optimizer = torch.optim.Adam(groups) if adam else torch.optim.SGD(groups, lr=1, momentum=0.9)
    schedule = make(optimizer)
    rows = []
    for step in range(steps + 1):
        row = [group["lr"] for group in optimizer.param_groups]
        if momentum:
            row += [group["betas"][0] if adam else group["momentum"] for group in optimizer.param_groups]
        rows.append(row)
        optimizer.step()
        if step < steps:
            schedule.step(*([metric[step]] if metric else []))
    found[name] = rows


case("StepLR", lambda o: schedules.StepLR(o, 3, gamma=0.5))
case("MultiStepLR", lambda o: schedules.MultiStepLR(o, [2, 5, 9], gamma=0.3))
case("ExponentialLR", lambda o: schedules.ExponentialLR(o, 0.9))
case("ConstantLR", lambda o: schedules.ConstantLR(o, factor=0.25, total_iters=4))
case("LinearLR", lambda o: schedules.LinearLR(o, start_factor=0.2, end_factor=0.8, total_iters=6))
case("PolynomialLR", lambda o: schedules.PolynomialLR(o, total_iters=8, power=2.0))
case("CosineAnnealingLR", lambda o: schedules.CosineAnnealingLR(o, 5, eta_min=0.001), steps=16)
case("LambdaLR", lambda o: schedules.LambdaLR(o, lambda epoch: 1 / (1 + 0.3 * epoch)))
case("MultiplicativeLR", lambda o: schedules.MultiplicativeLR(o, lambda epoch: 1 - 0.05 * epoch))
case("OneCycleLR", lambda o: schedules.OneCycleLR(o, [0.4], total_steps=12), steps=11, momentum=True, count=1)
case("OneCycleLR_three_phases", lambda o: schedules.OneCycleLR(o, 0.4, epochs=3, steps_per_epoch=5, pct_start=0.25, anneal_strategy="linear", three_phase=True, div_factor=10, final_div_factor=100), steps=14, momentum=True, count=1)
case("OneCycleLR_adam", lambda o: schedules.OneCycleLR(o, 0.4, total_steps=10, base_momentum=0.7, max_momentum=0.99), steps=9, adam=True, momentum=True, count=1)
case("CyclicLR", lambda o: schedules.CyclicLR(o, 0.01, 0.3, step_size_up=3, step_size_down=2, cycle_momentum=False))
case("CyclicLR_halved", lambda o: schedules.CyclicLR(o, 0.01, 0.3, step_size_up=2, mode="triangular2", cycle_momentum=False))
METRIC = [5.0, 4.0, 4.0, 3.9999, 4.1, 4.2, 3.0, 3.5, 3.5, 3.5, 3.5, 3.5, 2.99, 2.5, 3.0, 3.0, 3.0, 3.0]
case("ReduceLROnPlateau", lambda o: schedules.ReduceLROnPlateau(o, factor=0.5, patience=2), steps=18, metric=METRIC)
case("ReduceLROnPlateau_max", lambda o: schedules.ReduceLROnPlateau(o, mode="max", factor=0.2, patience=1, threshold=0.1, threshold_mode="abs", cooldown=2, min_lr=[0.01, 0.002]), steps=18, metric=METRIC)
case("SequentialLR", lambda o: schedules.SequentialLR(o, [schedules.LinearLR(o, start_factor=0.1, total_iters=4), schedules.CosineAnnealingLR(o, 8)], [4]))

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "schedulers.json"), "w") as file:
    json.dump({"metric": METRIC, "cases": found}, file)
    file.write("\n")
