"""State dicts of a LeNet for grey images of 16x16 and 5 classes, with the formula's weights, as PyTorch writes them.

    /usr/bin/python3 tests/Reference/estimators/weights.py

Writes lenet.pth (torch.save, float32) and lenet.safetensors (float16; by its format, as Debian has no safetensors package).
Made with PyTorch 1.13.1 (Debian 12).
"""
import json
import os
import struct

import torch

import formula
from networks import LeNet

HERE = os.path.dirname(os.path.abspath(__file__))


def write_safetensors(path, tensors):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for key, tensor in tensors.items():
        content = tensor.numpy().tobytes()
        header[key] = {"dtype": "F16", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


if __name__ == "__main__":
    weights = formula.fill(LeNet(1, 16, 16, 5)).state_dict()
    torch.save(weights, f"{HERE}/lenet.pth")
    write_safetensors(f"{HERE}/lenet.safetensors", {key: tensor.half() for key, tensor in weights.items()})
