"""COCO's twelve numbers of made-up sets by pycocotools itself: equal scores, crowds, boxes without area, images without objects
or predictions, more than 100 predictions in an image. Writes detection.json beside itself.

    /usr/bin/python3 tests/Reference/estimators/detection.py FOLDER

FOLDER holds the package pycocotools (github.com/cocodataset/cocoapi, commit 8c9bcc3, PythonAPI, built in place); NumPy 1.24.2.
"""
import contextlib
import io
import json
import pathlib
import random
import sys

import numpy as np

np.float = float  # pycocotools of that commit is older than NumPy 1.24

SETS = {
    # name: images, classes, objects and predictions of an image at most, distinct scores, share of crowds
    "ordinary": (30, 4, 8, 16, 1000, 0.0),
    "equal scores": (30, 3, 8, 16, 4, 0.0),
    "crowds": (30, 3, 8, 16, 20, 0.3),
    "many": (3, 1, 40, 400, 50, 0.1),
    "one class only found": (10, 5, 2, 6, 10, 0.0),
}


def quarter(value):
    return round(value * 4) / 4  # exact in float32


def make(name, seed):
    images, classes, most_objects, most_found, scores, crowds = SETS[name]
    r = random.Random(seed)
    truths, found = [], []
    for image in range(1, images + 1):
        here = []
        for _ in range(r.randint(0, most_objects)):
            side = r.choice([20, 60, 200])
            width, height = quarter(r.random() * side + 1), quarter(r.random() * side + 1)
            if r.random() < 0.03:
                width = 0
            box = [quarter(r.random() * 300), quarter(r.random() * 300), width, height]
            here.append(dict(image_id=image, category_id=r.randrange(classes), bbox=box, iscrowd=int(r.random() < crowds),
                             # The object covers part of its box: sizes go by that, not by the box.
                             area=quarter(width * height * r.choice([0.5, 0.8, 1]))))
        truths += here
        for _ in range(r.randint(0, most_found)):
            if here and r.random() < 0.8:
                of = r.choice(here)
                x, y, w, h = of["bbox"]
                jitter = r.choice([0, 0.05, 0.2])
                box = [quarter(x + r.uniform(-jitter, jitter) * w), quarter(y + r.uniform(-jitter, jitter) * h), w, quarter(h * r.uniform(1 - jitter, 1 + jitter))]
                label = of["category_id"] if r.random() < 0.9 else r.randrange(classes)
            else:
                box = [quarter(r.random() * 300), quarter(r.random() * 300), quarter(r.random() * 90), quarter(r.random() * 90)]
                label = r.randrange(classes)
            found.append(dict(image_id=image, category_id=label, bbox=box, score=(1 + r.randrange(scores)) / 1024))
    if name.startswith("one class"):
        truths = [t for t in truths if t["category_id"] == 2]
    for i, truth in enumerate(truths):
        truth["id"] = i + 1
    return dict(images=[dict(id=i, width=400, height=400, file_name=f"{i}.png") for i in range(1, images + 1)], annotations=truths,
                categories=[dict(id=k, name=f"class {k}") for k in range(classes)]), found


def evaluate(truth, found):
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO()
        coco.dataset = truth
        coco.createIndex()
        e = COCOeval(coco, coco.loadRes([dict(f) for f in found]), "bbox")
        e.evaluate()
        e.accumulate()
        e.summarize()
    return [float(v) for v in e.stats]


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    out = []
    for seed, name in enumerate(SETS):
        truth, found = make(name, seed)
        out.append(dict(
            name=name, classes=len(truth["categories"]), images=len(truth["images"]), numbers=evaluate(json.loads(json.dumps(truth)), found),
            # image, class, x, y, width, height, area, crowd; image, class, x, y, width, height, score
            truths=[[a["image_id"], a["category_id"], *a["bbox"], a["area"], a["iscrowd"]] for a in truth["annotations"]],
            found=[[f["image_id"], f["category_id"], *f["bbox"], f["score"]] for f in found]))
        print(name, len(truth["annotations"]), len(found), [round(n, 4) for n in out[-1]["numbers"]])
    (pathlib.Path(__file__).parent / "detection.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
