"""Weights and images by a formula that the tests compute too, so that only results need to be stored."""
import math

import numpy
import torch


def noise(name, count):
    """count float64 in [-0.5, 0.5): the hash of (name, index), in whole numbers, so every language gets the same."""
    seed = 2166136261  # FNV-1a of the name
    for byte in name.encode("utf-8"):
        seed = ((seed ^ byte) * 16777619) & 0xFFFFFFFF
    x = (numpy.arange(count, dtype=numpy.uint64) * 0x9E3779B9 + seed) & 0xFFFFFFFF
    x ^= x >> 16
    x = (x * 0x45D9F3B) & 0xFFFFFFFF
    x ^= x >> 16
    x = (x * 0x45D9F3B) & 0xFFFFFFFF
    x ^= x >> 16
    return x.astype(numpy.float64) / 2.0**32 - 0.5


def fill(network):
    """Every weight by its key. Gains near those of training, so that the outputs stay of the order of 1."""
    with torch.no_grad():
        for key, tensor in network.state_dict().items():
            if key.endswith("num_batches_tracked"):
                continue
            u = noise(key, tensor.numel())
            if tensor.dim() > 1:
                values = u * math.sqrt(12.0) * math.sqrt(2.0 / (tensor.numel() // tensor.shape[0]))
            elif key.endswith("running_var"):
                values = 1.0 + u
            elif key.endswith("weight"):
                values = 0.5 + 0.2 * u
            else:
                values = 0.1 * u
            tensor.copy_(torch.from_numpy(values.astype(numpy.float32)).reshape(tensor.shape))
    return network


def images(n, c, h, w):
    return torch.from_numpy((2.0 * noise("images", n * c * h * w)).astype(numpy.float32)).reshape(n, c, h, w)


def probe(key, tensor):
    """The L2 norm, and the product with noise of its own, which a permutation would change."""
    values = tensor.detach().double().flatten()
    return [values.norm().item(), (values @ torch.from_numpy(noise("probe " + key, values.numel()))).item()]


def seeded(make, images, labels, optimizer=lambda p: torch.optim.Adam(p, lr=1e-3)):
    """The weights that seed 0 gives, and the losses of five steps from there."""
    torch.manual_seed(0)
    network = make()
    initial = {key: probe(key, p) for key, p in network.named_parameters()}
    optimizer = optimizer(network.parameters())
    losses = []
    for _ in range(5):
        loss = torch.nn.functional.cross_entropy(network(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {"initial": initial, "losses": losses}


def write_keys(folder, name, network):
    """One line a weight: key and shape, in the order of the state dict."""
    with open(f"{folder}/{name}.txt", "w", newline="\n") as file:
        for key, tensor in network.state_dict().items():
            file.write(f"{key} ({', '.join(str(d) for d in tensor.shape)})\n")
