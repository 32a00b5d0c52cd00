"""Evaluations as they are written with NumPy: the other side of EvaluationBench.

python3 evaluation.py WORK FOLDER: prints a line when ready; then for every line on standard input
  N         evaluates N times and prints the seconds
  figures   prints the figures as JSON
WORK is classes (as scikit-learn's metrics do it: a sort for each curve), masks (as torchvision's references do it: a count of pairs for
each image) or boxes (from COCO's two files, step by step as pycocotools' cocoeval.py).
"""
import json
import os
import platform
import sys
import time

import numpy as np

from coco import evaluate as evaluate_boxes
from tensors import read


def curve(truth, scores):
    """Area below the ROC curve and average precision of one class against the others."""
    order = np.argsort(-scores, kind="mergesort")
    truth, scores = truth[order], scores[order]
    ends = np.r_[np.flatnonzero(np.diff(scores)), len(scores) - 1]  # equal scores together
    right = np.cumsum(truth)[ends]
    wrong = 1 + ends - right
    area = np.trapz(np.r_[0, right], np.r_[0, wrong]) / (right[-1] * wrong[-1])
    precision, recall = right / (right + wrong), right / right[-1]
    return area, np.sum(np.diff(np.r_[0, recall]) * precision)


def evaluate_classes(labels, scores):
    count, classes = scores.shape
    rows = np.arange(count)
    predicted = scores.argmax(1)
    counts = np.bincount(labels * classes + predicted, minlength=classes * classes)
    own = scores[rows, labels]
    top = (scores >= own[:, None]).sum(1) <= 5
    loss = -np.log(np.maximum(own.astype(np.float64), 1e-15)).mean()
    truths = np.eye(classes)[labels]
    brier = ((scores - truths) ** 2).sum(1).mean()
    areas, precisions = zip(*(curve(labels == k, scores[:, k]) for k in range(classes)))
    curve(truths.ravel(), scores.ravel())  # all classes together
    confidence, right = scores[rows, predicted], predicted == labels
    bins = np.clip(np.ceil(confidence * 15).astype(int) - 1, 0, 14)
    for of in (None, confidence, right):
        np.bincount(bins, of, minlength=15)
    return [right.mean(), top.mean(), loss, brier, np.mean(areas), np.mean(precisions), *counts.tolist()]


def evaluate_masks(truths, predictions, classes=21, ignored=255):
    counts = np.zeros((classes, classes), np.int64)
    for truth, predicted in zip(truths, predictions):
        valid = truth != ignored
        pairs = classes * truth[valid].astype(np.int64) + predicted[valid]
        counts += np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)
    right = np.diag(counts)
    iou = right / (counts.sum(0) + counts.sum(1) - right)
    return [right.sum() / counts.sum(), *iou.tolist(), *counts.ravel().tolist()]


def main():
    work, folder = sys.argv[1:]
    if work == "boxes":
        def run():
            return evaluate_boxes(os.path.join(folder, "truth.json"), os.path.join(folder, "results.json"))
    else:
        given = {k: v.numpy() for k, v in read(os.path.join(folder, f"{work}.safetensors")).items()}

        def run():
            return evaluate_classes(given["labels"], given["scores"]) if work == "classes" else evaluate_masks(given["truth"], given["predicted"])

    figures = run()
    print(f"NumPy {np.__version__}, Python {platform.python_version()}", flush=True)
    for line in sys.stdin:
        if line.strip() == "figures":
            print(json.dumps([float(f) for f in figures]), flush=True)
            continue
        began = time.perf_counter()
        for _ in range(int(line)):
            figures = run()
        print(time.perf_counter() - began, flush=True)


main()
