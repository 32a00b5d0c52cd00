"""Prediction of torchvision's ResNet-18, as a PyTorch user writes it: the other side of PredictionBench.

python3 predict.py FOLDER BATCH MODE: prints a line when ready; then for every line on standard input
  N        predicts the batch N times, from pixels to probabilities, and prints the seconds
  answer   prints the probabilities of the batch as JSON
python3 predict.py FOLDER first: predicts one image, prints its class and ends.
MODE is default (eager, float32) or best: with the norms folded and frozen by TorchScript, of channels-last, bfloat16 autocast and both what is
fastest on this machine, with AVX512 kernels. FOLDER has weights.safetensors and images.safetensors (images, uint8).
"""
import itertools
import json
import os
import sys
import time

if sys.argv[-1] == "best":
    os.environ["ATEN_CPU_CAPABILITY"] = "avx512"  # read when torch is loaded

import torch
from torchvision.models import resnet18

from tensors import read


class Prediction:
    """In a memory format and a precision."""

    def __init__(self, folder, batch, frozen=False, channels_last=False, bfloat16=False):
        weights = read(os.path.join(folder, "weights.safetensors"))
        self.format = torch.channels_last if channels_last else torch.contiguous_format
        self.bfloat16 = bfloat16
        self.network = resnet18(num_classes=len(weights["fc.bias"]))
        self.network.load_state_dict(weights)
        self.network = self.network.to(memory_format=self.format).eval()
        self.images = read(os.path.join(folder, "images.safetensors"))["images"][:batch]
        if frozen:
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=bfloat16, cache_enabled=False):
                self.network = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(self.network, self.normalized())))

    def normalized(self):
        return self.images.float().div_(255).sub_(0.5).div_(0.5).contiguous(memory_format=self.format)

    @torch.no_grad()
    def run(self):
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bfloat16):
            logits = self.network(self.normalized())
        return logits.float().softmax(1)

    def seconds(self, runs):
        began = time.perf_counter()
        for _ in range(runs):
            self.run()
        return time.perf_counter() - began


def main():
    folder = sys.argv[1]
    if sys.argv[2] == "first":
        print(int(Prediction(folder, 1).run().argmax()))
        return
    batch, mode = int(sys.argv[2]), sys.argv[3]

    def speed(settings):
        prediction = Prediction(folder, batch, *settings)
        prediction.seconds(3)
        return min(prediction.seconds(2) for _ in range(3))

    settings = (False, False, False) if mode == "default" else min(itertools.product([False, True], repeat=3), key=speed)
    prediction = Prediction(folder, batch, *settings)
    prediction.seconds(3)
    chosen = " ".join(name for name, used in zip(("frozen", "channels-last", "bfloat16"), settings) if used) or "float32"
    print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads, {chosen}", flush=True)
    for line in sys.stdin:
        if line.strip() == "answer":
            print(json.dumps(prediction.run().tolist()), flush=True)
        else:
            print(prediction.seconds(int(line)), flush=True)


main()
