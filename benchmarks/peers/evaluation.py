"""COCO's numbers by pycocotools (where it is not installed, PYTHONPATH says where it lies).

python3 evaluation.py TRUTH RESULTS: prints a line when ready; then for every line "N" on standard input goes N times from the
files to the figures and prints the seconds it took, and for "AP" the last average precision.
"""
import contextlib
import io
import platform
import sys
import time

import numpy as np

np.float = float  # pycocotools of 2020 is older than NumPy 1.24

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

print(f"pycocotools, NumPy {np.__version__}, Python {platform.python_version()}", flush=True)
evaluation = None
for line in sys.stdin:
    if line.strip() == "AP":
        print(f"{evaluation.stats[0]:.6f}", flush=True)
        continue
    start = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        for _ in range(int(line)):
            truth = COCO(sys.argv[1])
            evaluation = COCOeval(truth, truth.loadRes(sys.argv[2]), "bbox")
            evaluation.evaluate()
            evaluation.accumulate()
            evaluation.summarize()
    print(time.perf_counter() - start, flush=True)
