"""Losses of PyTorch: value and gradients for each reduction.

Run with Debian's python3-torch (PyTorch 1.13.1): /usr/bin/python3 losses.py
Writes losses.safetensors: of each case the inputs, the output, its cotangent and the gradients, float64. A case is
named loss_reduction.
"""
import torch
from torch import nn

from tensors import record, write

torch.set_num_threads(1)
found = {}


def case(name, loss, *inputs, learnt=1, reductions=("none", "mean", "sum")):
    for reduction in reductions:
        torch.manual_seed(9)
        record(found, f"{name}_{reduction}", loss(reduction), inputs, learnt=learnt)


torch.manual_seed(8)


def normal(*shape):
    return torch.randn(*shape, dtype=torch.float64)


def chance(*shape):
    return torch.rand(*shape, dtype=torch.float64) * 0.9 + 0.05


def signs(*shape):
    return torch.randint(0, 2, shape).double() * 2 - 1


logits, classes = normal(5, 4), torch.tensor([0, 3, 1, 1, 2])
pixels, mask = normal(2, 3, 4, 3), torch.randint(0, 3, (2, 4, 3))
weight = chance(4)
case("CrossEntropyLoss", lambda r: nn.CrossEntropyLoss(reduction=r), logits, classes)
case("CrossEntropyLoss_weight", lambda r: nn.CrossEntropyLoss(weight, reduction=r), logits, classes)
case("CrossEntropyLoss_ignore", lambda r: nn.CrossEntropyLoss(ignore_index=1, reduction=r), logits, classes)
case("CrossEntropyLoss_smooth", lambda r: nn.CrossEntropyLoss(weight, ignore_index=1, label_smoothing=0.2, reduction=r), logits, classes)
case("CrossEntropyLoss_pixels", lambda r: nn.CrossEntropyLoss(reduction=r), pixels, mask)
case("CrossEntropyLoss_probabilities", lambda r: nn.CrossEntropyLoss(weight, label_smoothing=0.1, reduction=r), logits, torch.softmax(normal(5, 4), 1))
case("NLLLoss", lambda r: nn.NLLLoss(weight, reduction=r), torch.log_softmax(logits, 1), classes)
case("NLLLoss_pixels", lambda r: nn.NLLLoss(reduction=r), torch.log_softmax(pixels, 1), mask)
case("BCELoss", lambda r: nn.BCELoss(reduction=r), chance(3, 4), torch.randint(0, 2, (3, 4)).double())
case("BCELoss_weight", lambda r: nn.BCELoss(weight, reduction=r), chance(3, 4), chance(3, 4))
case("BCEWithLogitsLoss", lambda r: nn.BCEWithLogitsLoss(reduction=r), normal(3, 4), chance(3, 4))
case("BCEWithLogitsLoss_weight", lambda r: nn.BCEWithLogitsLoss(weight, reduction=r, pos_weight=2 * weight), normal(3, 4), chance(3, 4))
case("MSELoss", lambda r: nn.MSELoss(reduction=r), normal(3, 4), normal(3, 4), learnt=2)
case("L1Loss", lambda r: nn.L1Loss(reduction=r), normal(3, 4), normal(3, 4), learnt=2)
case("SmoothL1Loss", lambda r: nn.SmoothL1Loss(reduction=r), normal(3, 4), normal(3, 4))
case("SmoothL1Loss_beta", lambda r: nn.SmoothL1Loss(reduction=r, beta=0.3), normal(3, 4), normal(3, 4))
case("HuberLoss", lambda r: nn.HuberLoss(reduction=r, delta=0.6), normal(3, 4), normal(3, 4))
case("KLDivLoss", lambda r: nn.KLDivLoss(reduction=r, log_target=True), torch.log_softmax(normal(3, 4), 1), torch.log_softmax(normal(3, 4), 1))
case("KLDivLoss_probabilities", lambda r: nn.KLDivLoss(reduction=r), torch.log_softmax(normal(3, 4), 1), torch.softmax(normal(3, 4), 1))
case("PoissonNLLLoss", lambda r: nn.PoissonNLLLoss(reduction=r), normal(3, 4), torch.randint(0, 9, (3, 4)).double())
case("PoissonNLLLoss_full", lambda r: nn.PoissonNLLLoss(log_input=False, full=True, reduction=r), chance(3, 4), torch.randint(0, 9, (3, 4)).double())
# One number a row, and reduced: TorchSharp adds up each row where PyTorch gives a loss for each number.
case("GaussianNLLLoss", lambda r: nn.GaussianNLLLoss(eps=1e-6, reduction=r), normal(4, 1), normal(4, 1), chance(4, 1), reductions=("mean", "sum"))
case("GaussianNLLLoss_full", lambda r: nn.GaussianNLLLoss(full=True, eps=1e-6, reduction=r), normal(4, 1), normal(4, 1), chance(4, 1), reductions=("mean", "sum"))
case("SoftMarginLoss", lambda r: nn.SoftMarginLoss(reduction=r), normal(3, 4), signs(3, 4))
case("HingeEmbeddingLoss", lambda r: nn.HingeEmbeddingLoss(margin=0.7, reduction=r), normal(3, 4), signs(3, 4))
case("CosineEmbeddingLoss", lambda r: nn.CosineEmbeddingLoss(margin=0.1, reduction=r), normal(5, 4), normal(5, 4), signs(5), learnt=2)
case("MarginRankingLoss", lambda r: nn.MarginRankingLoss(margin=0.3, reduction=r), normal(5), normal(5), signs(5), learnt=2)
case("TripletMarginLoss", lambda r: nn.TripletMarginLoss(reduction=r), normal(5, 4), normal(5, 4), normal(5, 4), learnt=3)
case("TripletMarginLoss_swap", lambda r: nn.TripletMarginLoss(margin=2.0, p=1, swap=True, reduction=r), normal(5, 4), normal(5, 4), normal(5, 4), learnt=3)
case("TripletMarginWithDistanceLoss", lambda r: nn.TripletMarginWithDistanceLoss(distance_function=lambda a, b: (a - b).abs().sum(1), margin=2.0, swap=True, reduction=r), normal(5, 4), normal(5, 4), normal(5, 4), learnt=3)
case("MultiLabelMarginLoss", lambda r: nn.MultiLabelMarginLoss(reduction=r), normal(3, 4), torch.tensor([[3, 0, -1, 1], [2, -1, 0, 0], [0, 1, 2, 3]]))
case("MultiLabelSoftMarginLoss", lambda r: nn.MultiLabelSoftMarginLoss(weight, reduction=r), normal(3, 4), torch.randint(0, 2, (3, 4)).double())
case("MultiMarginLoss", lambda r: nn.MultiMarginLoss(p=2, margin=0.8, weight=weight, reduction=r), logits, classes)
case("CTCLoss", lambda r: nn.CTCLoss(blank=1, reduction=r), torch.log_softmax(normal(6, 2, 4), 2), torch.tensor([[0, 2, 3], [3, 3, 2]]), torch.tensor([6, 5]), torch.tensor([3, 2]))

found["weight/input0"] = weight
write(__file__, found)
