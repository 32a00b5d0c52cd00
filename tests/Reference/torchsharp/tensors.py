"""Writes tensors as a safetensors file: 8 bytes of length, a JSON header, the tensors."""
import json
import os
import struct

import torch

NAMES = {torch.int64: "I64", torch.float32: "F32", torch.float64: "F64"}


def write(script, tensors):
    """The file has the script's name and lies beside it."""
    header, data = {}, b""
    for key, tensor in tensors.items():
        content = tensor.detach().contiguous().numpy().tobytes()
        header[key] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.splitext(os.path.abspath(script))[0] + ".safetensors", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)
    print(len(text) + len(data), "bytes,", len(tensors), "tensors")


def record(found, case, call, inputs, parameters=(), learnt=None):
    """Output of call(*inputs), and the gradients of (output * cotangent).sum() by the first `learnt` inputs (all)."""
    for i, tensor in enumerate(inputs):
        found[f"{case}/input{i}"] = tensor.clone()
    leaves = [t.clone().requires_grad_() if t.is_floating_point() and (learnt is None or i < learnt) else t for i, t in enumerate(inputs)]
    # A copy of each leaf, so that layers in place may change it.
    outputs = call(*[t.clone() if t.is_floating_point() else t for t in leaves])
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    for i, output in enumerate(outputs):
        found[f"{case}/output{i}"] = output
    wanted = [(f"{case}/grad{i}", t) for i, t in enumerate(leaves) if t.requires_grad] + [(f"{case}/grad/{n}", p) for n, p in parameters]
    if not wanted or not outputs[0].requires_grad:
        return
    cotangent = torch.randn_like(outputs[0])
    found[f"{case}/cotangent"] = cotangent
    gradients = torch.autograd.grad((outputs[0] * cotangent).sum(), [t for _, t in wanted], allow_unused=True)
    for (name, _), gradient in zip(wanted, gradients):
        if gradient is not None:
            found[name] = gradient
