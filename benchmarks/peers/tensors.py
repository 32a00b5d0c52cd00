"""Reads what Fovea's side writes."""
import json
import struct

import numpy as np
import torch

TYPES = {"F32": np.float32, "I64": np.int64, "U8": np.uint8}


def read(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    return {k: torch.from_numpy(np.frombuffer(data, TYPES[v["dtype"]], int(np.prod(v["shape"])), v["data_offsets"][0])).view(v["shape"]) for k, v in header.items()}
