"""Classification metrics by scikit-learn: curves, areas, averages, losses, calibration. Writes classification.json beside itself.

    /usr/bin/python3 tests/Reference/reporting/classification.py        (scikit-learn 1.2.1, Debian 12)
"""
import json
import pathlib
import warnings

import numpy as np
from sklearn import metrics
from sklearn.calibration import calibration_curve
from sklearn.exceptions import UndefinedMetricWarning

warnings.simplefilter("error")
warnings.simplefilter("ignore", UndefinedMetricWarning)


RANDOM = np.random.default_rng(7)


def scores(rows, classes, sharpness, decimals):
    """(N, K), float32: a softmax, and where decimals are given rounded, so that many scores are equal."""
    logits = sharpness * RANDOM.random((rows, classes))
    p = np.exp(logits)
    p = (p / p.sum(1, keepdims=True)).astype(np.float32)
    if decimals is not None:
        p = np.round(p.astype(np.float64), decimals)
        p[np.arange(rows), p.argmax(1)] += 1 - p.sum(1)
        p = np.round(p, decimals).astype(np.float32)
    return p


def case(name, rows, classes, sharpness, decimals=None, absent=()):
    p = scores(rows, classes, sharpness, decimals)
    # The truth is likelier where the score is higher, but not always.
    noisy = p.astype(np.float64) + 0.35 * RANDOM.random((rows, classes))
    noisy[:, list(absent)] = -1
    truth, predicted = noisy.argmax(1), p.argmax(1)
    present = [k for k in range(classes) if k not in absent]
    one_hot = np.eye(classes)[truth]
    q = p.astype(np.float64)
    precision, recall, f1, support = metrics.precision_recall_fscore_support(truth, predicted, labels=present, zero_division=0)
    confidence, right = q[np.arange(rows), predicted], (truth == predicted).astype(float)
    accuracy_of_bins, confidence_of_bins = calibration_curve(right, confidence, n_bins=15, strategy="uniform")
    result = dict(
        name=name, classes=classes, scores=p.flatten().tolist(), truth=truth.tolist(), predicted=predicted.tolist(), present=present,
        counts=metrics.confusion_matrix(truth, predicted, labels=range(classes)).flatten().tolist(),
        accuracy=metrics.accuracy_score(truth, predicted),
        precision=precision.tolist(), recall=recall.tolist(), f1=f1.tolist(), support=support.tolist(),
        macroPrecision=precision.mean(), macroRecall=recall.mean(), macroF1=f1.mean(),
        logLoss=metrics.log_loss(truth, q, labels=range(classes), eps=1e-15),
        brier=sum(metrics.brier_score_loss(one_hot[:, k], q[:, k]) for k in range(classes)),
        # Among equal scores scikit-learn takes an arbitrary order, so the top is compared where there are none.
        top2=metrics.top_k_accuracy_score(truth, q, k=2, labels=range(classes)) if decimals is None else None,
        microArea=metrics.roc_auc_score(one_hot.ravel(), q.ravel()),
        microAveragePrecision=metrics.average_precision_score(one_hot.ravel(), q.ravel()),
        binAccuracy=accuracy_of_bins.tolist(), binConfidence=confidence_of_bins.tolist(),
        curves=[],
    )
    for k in present:
        fpr, tpr, thresholds = metrics.roc_curve(one_hot[:, k], q[:, k], drop_intermediate=False)
        p_, r_, t_ = metrics.precision_recall_curve(one_hot[:, k], q[:, k])
        result["curves"].append(dict(
            fpr=fpr.tolist(), tpr=tpr.tolist(), thresholds=thresholds[1:].tolist(), area=metrics.roc_auc_score(one_hot[:, k], q[:, k]),
            # From the highest score down, without the end at recall 0 that no score has.
            precision=p_[:-1][::-1].tolist(), recall=r_[:-1][::-1].tolist(), scores=t_[::-1].tolist(),
            averagePrecision=metrics.average_precision_score(one_hot[:, k], q[:, k])))
    return result


CASES = [
    case("three classes", 90, 3, 4),
    case("two classes with equal scores", 80, 2, 3, decimals=1),
    case("five classes with equal scores", 120, 5, 5, decimals=2),
    case("a class of no row", 70, 4, 3, absent=(2,)),
]
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(CASES, separators=(",", ":")) + "\n")
