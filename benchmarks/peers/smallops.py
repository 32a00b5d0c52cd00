"""Operations on tensors of 4 numbers in Python: the other side of SmallOpsBench.

python3 smallops.py add|number|shape RUN: prints a line when ready; then for every line "N" on standard input makes N runs of RUN
operations each and prints the seconds they took.
"""
import sys
import time

import torch


def add(x, y, count):
    for _ in range(count):
        x + y


def number(x, y, count):
    for _ in range(count):
        x + 1.5


def shape(x, y, count):
    for _ in range(count):
        x.shape


def main():
    run = {"add": add, "number": number, "shape": shape}[sys.argv[1]]
    operations = int(sys.argv[2])
    x, y = torch.randn(4), torch.randn(4)
    run(x, y, operations)
    print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads", flush=True)
    for line in sys.stdin:
        began = time.perf_counter()
        for _ in range(int(line)):
            run(x, y, operations)
        print(time.perf_counter() - began, flush=True)


main()
