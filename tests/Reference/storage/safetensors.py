"""A safetensors file and a state dict written outside .NET, and the numbers in them.

Run with Debian's python3-torch and python3-numpy (PyTorch 1.13.1): /usr/bin/python3 safetensors.py
Writes types.safetensors, types.json (name to type, shape and values), statedict.pth, nested.pth and statedict.safetensors.
The format by its description: 8 bytes of length, little-endian, a JSON header padded with spaces, the tensors.
"""
import json
import os
import struct

import numpy as np
import torch

here = os.path.dirname(os.path.abspath(__file__))
NAMES = {torch.bool: "BOOL", torch.uint8: "U8", torch.int8: "I8", torch.int16: "I16", torch.int32: "I32", torch.int64: "I64",
         torch.float16: "F16", torch.bfloat16: "BF16", torch.float32: "F32", torch.float64: "F64"}


def raw(tensor):
    tensor = tensor.contiguous()
    if tensor.dtype == torch.bfloat16:
        return tensor.view(torch.int16).numpy().tobytes()
    return tensor.numpy().tobytes()


def write(name, tensors):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for key, tensor in tensors.items():
        content = raw(tensor)
        header[key] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(here, name), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


torch.manual_seed(3)
types = {
    "double": torch.randn(2, 3, dtype=torch.float64),
    "long": torch.tensor([-(2 ** 62), 0, 2 ** 53 + 1]),
    "single": torch.randn(3, 2, 2),
    "int": torch.tensor([[-(2 ** 31), 2 ** 31 - 1]], dtype=torch.int32),
    "half": torch.randn(5).half(),
    "brain": torch.randn(4).bfloat16(),
    "short": torch.tensor([-32768, 32767], dtype=torch.int16),
    "sbyte": torch.tensor([-128, 127], dtype=torch.int8),
    "byte": torch.tensor([0, 255, 7], dtype=torch.uint8),
    "bool": torch.tensor([True, False, True]),
    "number": torch.tensor(41),
    "nothing": torch.empty(0, 4),
    "layer.0.weight \u00e9": torch.ones(1),
}
write("types.safetensors", types)
with open(os.path.join(here, "types.json"), "w") as file:
    json.dump({k: {"type": NAMES[t.dtype], "shape": list(t.shape), "values": [str(v) for v in t.flatten().tolist()] if t.dtype == torch.int64 else [repr(float(v)) for v in t.flatten().tolist()]} for k, t in types.items()}, file, indent=1)
    file.write("\n")

network = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3), torch.nn.BatchNorm2d(4), torch.nn.Flatten(), torch.nn.Linear(16, 2))
network(torch.randn(5, 3, 4, 4))
state = network.state_dict()
# As weights of a channels-last network are saved: the values are the same, their order in memory is not.
state["0.weight"] = state["0.weight"].contiguous(memory_format=torch.channels_last)
torch.save(state, os.path.join(here, "statedict.pth"))
torch.save({"epoch": 3, "state_dict": state}, os.path.join(here, "nested.pth"))
write("statedict.safetensors", state)
