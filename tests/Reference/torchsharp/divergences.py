"""Where TorchSharp 0.106.0 gives other numbers than PyTorch: what PyTorch gives.

Run with Debian's python3-torch (PyTorch 1.13.1): /usr/bin/python3 divergences.py
Writes divergences.safetensors: of each case the inputs, the outputs, the cotangent and the gradients, float64; layers
have the weights of a normal distribution in case/state; init cases have what seed 0 draws in case/output0.
"""
import torch
import torch.nn.functional as F
from torch import nn

from tensors import record, write

torch.set_num_threads(1)
torch.manual_seed(12)
found = {}


def normal(*shape):
    return torch.randn(*shape, dtype=torch.float64)


def layer(name, made, *inputs):
    made = made.double()
    with torch.no_grad():
        for key, tensor in made.state_dict().items():
            tensor.copy_(torch.randn_like(tensor))
            found[f"{name}/state/{key}"] = tensor.clone()
    record(found, name, made, inputs, list(made.named_parameters()))


def drawn(name, fill, *shape):
    torch.manual_seed(0)
    tensor = torch.empty(*shape, dtype=torch.float64)
    fill(tensor)
    found[f"{name}/output0"] = tensor


image, volume, rows = normal(2, 4, 7, 6), normal(2, 2, 4, 5, 6), normal(3, 6)
layer("Conv2d_same_uneven", nn.Conv2d(4, 3, (3, 5), padding="same", padding_mode="replicate"), image)
layer("ConvTranspose2d_uneven", nn.ConvTranspose2d(4, 6, (3, 4), stride=(2, 3), padding=(1, 0), output_padding=(1, 2), groups=2), image)
layer("Hardtanh", nn.Hardtanh(-0.5, 0.8), rows)
layer("AdaptiveMaxPool3d", nn.AdaptiveMaxPool3d((2, 2, 3)), volume)
layer("GaussianNLLLoss", nn.GaussianNLLLoss(reduction="none", eps=1e-6), rows, normal(3, 6), torch.rand(3, 6, dtype=torch.float64) + 0.1)
layer("PoissonNLLLoss", nn.PoissonNLLLoss(log_input=False, full=True, eps=1e-3), rows.abs(), torch.randint(0, 9, (3, 6)).double())
pooled, places = F.max_pool2d(image[..., :5], 2, return_indices=True)
record(found, "MaxUnpool2d", lambda x, i: F.max_unpool2d(x, i, 2, output_size=(7, 5)), [pooled, places])
pooled, places = F.max_pool3d(volume, 2, return_indices=True)
record(found, "MaxUnpool3d", lambda x, i: F.max_unpool3d(x, i, 2, output_size=(4, 5, 6)), [pooled, places])
drawn("trunc_normal", lambda t: nn.init.trunc_normal_(t, 0.1, 0.7, -1.0, 0.8), 6, 4)
drawn("xavier_normal", lambda t: nn.init.xavier_normal_(t, 1.5), 6, 4)
drawn("orthogonal", lambda t: nn.init.orthogonal_(t, 2.0), 6, 4, 2)
drawn("orthogonal_wide", lambda t: nn.init.orthogonal_(t), 4, 6)

write(__file__, found)
