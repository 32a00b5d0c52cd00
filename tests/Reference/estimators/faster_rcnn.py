"""Faster R-CNN and its parts by torchvision: RoIAlign, RoIPool, anchors, box codes, matching, proposals, losses, whole networks.

    /usr/bin/python3 tests/Reference/estimators/faster_rcnn.py

Writes faster_rcnn.json and keys/FasterRcnn*.txt. Made with torchvision 0.14.1 and PyTorch 1.13.1 (Debian 12) on a CPU, float32.
Tensors named "noise" are formula.noise of the name given, so the tests make them too.
"""
import json
import os

import torch
from torch import nn
from torch.nn import functional
from torchvision import ops
from torchvision.models.detection import FasterRCNN, _utils, faster_rcnn
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.backbone_utils import resnet_fpn_backbone
from torchvision.models.detection.image_list import ImageList
from torchvision.models.detection.roi_heads import fastrcnn_loss
from torchvision.models.detection.rpn import RegionProposalNetwork
from torchvision.ops.poolers import LevelMapper

import formula

HERE = os.path.dirname(os.path.abspath(__file__))


def digits(values):
    return [float(f"{v:.8g}") for v in values]


def flat(tensor):
    return digits(tensor.detach().flatten().tolist())


def noise(name, *shape):
    count = 1
    for side in shape:
        count *= side
    return torch.from_numpy(formula.noise(name, count).astype("float32")).reshape(shape)


# Inside; across each edge; one position; without area; all of the map and more; a thin one; far outside.
REGIONS = [[0, 8, 8, 40, 36], [1, 3.3, 5.7, 51.2, 44.9], [0, -9, -7, 20, 21], [1, 50, 30, 90, 70], [0, 17, 17, 21, 21], [1, 24, 24, 24, 24],
           [0, -40, -40, 120, 120], [1, 2, 20, 66, 23], [0, 200, 200, 240, 230]]


def regions():
    """The map's positions are 4 pixels: 13 rows of 17."""
    cases = []
    rois = torch.tensor(REGIONS)
    for size, points, aligned in [(7, 2, False), (7, 2, True), (3, 1, False), (3, 3, True), (2, 5, False), (4, -1, False), (4, -1, True)]:
        x = noise("map", 2, 2, 13, 17).requires_grad_()
        y = ops.roi_align(x, rois, (size, size), 0.25, points, aligned)
        (y * noise("weights", *y.shape)).sum().backward()
        cases.append({"size": size, "points": max(points, 0), "aligned": aligned, "values": flat(y), "gradient": digits(formula.probe("map", x.grad))})
    pools = []
    for size in (7, 3, 1):
        x = noise("map", 2, 2, 13, 17).requires_grad_()
        y = ops.roi_pool(x, rois, (size, size), 0.25)
        (y * noise("weights", *y.shape)).sum().backward()
        pools.append({"size": size, "points": 0, "aligned": False, "values": flat(y), "gradient": digits(formula.probe("map", x.grad))})
    boxes = torch.tensor([[0.0, 0, s, t] for s in (1, 50, 111, 112, 113, 223.9, 224, 448, 1000, 0) for t in (7, 112, 224, 448.5)])
    levels = {"boxes": boxes.tolist(), "from4": LevelMapper(2, 5)([boxes]).tolist(), "from8": LevelMapper(3, 5)([boxes]).tolist()}
    return {"regions": REGIONS, "align": cases, "max": pools, "levels": levels}


def anchors():
    cases = []
    for sizes, ratios, height, width, grids in [
        (((32,), (64,), (128,)), (0.5, 1.0, 2.0), 96, 128, ((3, 4), (2, 2), (1, 1))),
        (((20, 45.5),), (0.3, 1.7), 75, 90, ((5, 6),)),
    ]:
        generator = AnchorGenerator(sizes, (ratios,) * len(sizes))
        maps = [torch.zeros(1, 1, *grid) for grid in grids]
        made, = generator(ImageList(torch.zeros(1, 3, height, width), [(height, width)]), maps)
        cases.append({"sizes": sizes, "ratios": ratios, "height": height, "width": width, "grids": grids, "anchors": flat(made)})
    return cases


def some_boxes(name, count, side=100.0):
    v = noise(name, count, 4) + 0.5
    corner = v[:, :2] * side * 0.8
    return torch.cat([corner, corner + 1 + v[:, 2:] * side * 0.5], 1)


def codes():
    cases = []
    boxes, others = some_boxes("boxes", 6), some_boxes("others", 6)
    for center, side in ((1.0, 1.0), (10.0, 5.0)):
        coder = _utils.BoxCoder((center, center, side, side))
        # Large enough that some sides meet the bound.
        given = (noise("codes", 6, 4) * 12 * side).requires_grad_()
        decoded = coder.decode_single(given, others)
        (decoded * noise("weights", 6, 4)).sum().backward()
        cases.append({"center": center, "side": side, "encoded": flat(coder.encode_single(boxes, others)), "decoded": flat(decoded), "gradient": flat(given.grad)})
    return {"boxes": boxes.tolist(), "others": others.tolist(), "cases": cases}


def matching():
    boxes, truths = some_boxes("boxes", 40), some_boxes("others", 5)
    boxes[7] = truths[2]
    truths[4] = torch.tensor([300.0, 300, 340, 350])  # only one box is near
    boxes[9] = torch.tensor([330.0, 340, 420, 450])
    iou = ops.box_iou(truths, boxes)
    return {"boxes": boxes.tolist(), "truths": truths.tolist(), "cases": [
        {"high": high, "low": low, "every": every, "matches": _utils.Matcher(high, low, every)(iou).tolist()}
        for high, low, every in ((0.7, 0.3, True), (0.5, 0.5, False), (0.3, 0.1, False), (0.4, 0.2, True))]}


def proposals():
    """The filter alone, on given numbers: two images, three maps."""
    counts = [192, 48, 12]
    anchors = some_boxes("anchors", sum(counts))
    rpn = RegionProposalNetwork(None, None, 0.7, 0.3, 256, 0.5, {"training": 100, "testing": 100}, {"training": 60, "testing": 60}, 0.6)
    objectness = 4 * noise("objectness", 2 * sum(counts), 1)
    given = 2 * noise("codes", 2 * sum(counts), 4)
    decoded = rpn.box_coder.decode(given, [anchors, anchors]).view(2, -1, 4)
    boxes, scores = rpn.filter_proposals(decoded, objectness, [(80, 90)] * 2, counts)
    # The losses, all anchors sampled.
    rpn.fg_bg_sampler = _utils.BalancedPositiveNegativeSampler(10**6, 0.5)
    truths = [{"boxes": some_boxes("others", 4)}, {"boxes": torch.zeros(0, 4)}]
    objectness.requires_grad_(), given.requires_grad_()
    labels, matched = rpn.assign_targets_to_anchors([anchors, anchors], truths)
    wanted = rpn.box_coder.encode(matched, [anchors, anchors])
    losses = rpn.compute_loss(objectness, given, labels, wanted)
    sum(losses).backward()
    return {"counts": counts, "boxes": [flat(b) for b in boxes], "scores": [flat(s) for s in scores], "losses": [v.item() for v in losses],
            "gradients": [digits(formula.probe("objectness", objectness.grad)), digits(formula.probe("codes", given.grad))]}


def heads():
    """The region head's loss on given numbers."""
    logits, given = (4 * noise("logits", 10, 4)).requires_grad_(), noise("codes", 10, 16).requires_grad_()
    labels = torch.tensor([3, 1, 2, 1, 0, 0, 0, 0, 0, 0])
    losses = fastrcnn_loss(logits, given, [labels], [noise("wanted", 10, 4)])
    sum(losses).backward()
    return {"losses": [v.item() for v in losses], "gradients": [flat(logits.grad), flat(given.grad)]}


TARGETS = [
    {"boxes": torch.tensor([[10.0, 12, 60, 70], [50.5, 20.25, 90, 44], [5, 60, 30, 90]]), "labels": torch.tensor([1, 3, 2])},
    {"boxes": torch.tensor([[0.0, 0, 127, 95]]), "labels": torch.tensor([2])},
]


def make(layers, width=256, head=1024, finest=1, sizes=None, classes=4):
    backbone = resnet_fpn_backbone(backbone_name=f"resnet{layers}", weights=None, norm_layer=nn.BatchNorm2d, trainable_layers=5,
                                   returned_layers=list(range(finest, 5)))
    maps = 6 - finest
    names = [str(i) for i in range(maps - 1)]
    if width != 256:
        backbone.fpn = ops.FeaturePyramidNetwork([backbone.body.layer1[0].conv1.in_channels * 2 ** (i - 1) for i in range(finest, 5)], width,
                                                 ops.feature_pyramid_network.LastLevelMaxPool())
        backbone.out_channels = width
    sizes = sizes or [8 * 4 * 2 ** (finest - 1 + i) for i in range(maps)]
    pool = ops.MultiScaleRoIAlign(names, 7, 2)
    return FasterRCNN(backbone, None, rpn_anchor_generator=AnchorGenerator(tuple((s,) for s in sizes), ((0.5, 1.0, 2.0),) * maps), box_roi_pool=pool,
                      box_head=faster_rcnn.TwoMLPHead(width * 49, head), box_predictor=faster_rcnn.FastRCNNPredictor(head, classes),
                      rpn_pre_nms_top_n_train=200, rpn_pre_nms_top_n_test=200, rpn_post_nms_top_n_train=50, rpn_post_nms_top_n_test=50,
                      rpn_batch_size_per_image=10**6, box_batch_size_per_image=10**6, box_positive_fraction=0.5, box_detections_per_img=10**6)


def network(layers, **options):
    model = formula.fill(make(layers, **options)).eval()
    size = (96, 128)
    images = ImageList(formula.images(2, 3, *size), [size] * 2)
    with torch.no_grad():
        features = model.backbone(images.tensors)
        found, _ = model.rpn(images, features)
        detections, _ = model.roi_heads(features, found, images.image_sizes)
    # The losses with the running statistics, as in the test.
    model.rpn.training = model.roi_heads.training = True
    features = model.backbone(images.tensors)
    found_again, first = model.rpn(images, features, TARGETS)
    _, second = model.roi_heads(features, found_again, images.image_sizes, TARGETS)
    losses = [first["loss_objectness"], first["loss_rpn_box_reg"], second["loss_classifier"], second["loss_box_reg"]]
    sum(losses).backward()
    return {
        "layers": layers, "width": options.get("width", 256), "head": options.get("head", 1024), "stride": 4 * 2 ** (options.get("finest", 1) - 1),
        "sizes": options.get("sizes"),
        "maps": [digits(formula.probe(f"map{i}", m)) for i, m in enumerate(features.values())],
        "proposals": [[digits(b) for b in boxes.tolist()] for boxes in found],
        "detections": [[digits(b) + [score, label - 1] for b, score, label in zip(d["boxes"].tolist(), digits(d["scores"].tolist()), d["labels"].tolist())] for d in detections],
        "losses": [v.item() for v in losses],
        "gradients": {key: digits(formula.probe(key, p.grad)) for key, p in model.named_parameters()},
    }


def main():
    parameters = {}
    for layers in (18, 34, 50):
        model = make(layers, classes=91)
        formula.write_keys(f"{HERE}/keys", f"FasterRcnnResNet{layers}", model)
        parameters[layers] = sum(p.numel() for p in model.parameters())
    result = {
        "parameters": parameters, "pooling": regions(), "anchors": anchors(), "codes": codes(), "matching": matching(), "proposals": proposals(), "heads": heads(),
        "networks": [network(18, width=64, head=128), network(34, width=32, head=64, finest=2, sizes=[24, 48, 96, 192]), network(50)],
    }
    with open(f"{HERE}/faster_rcnn.json", "w", newline="\n") as file:
        file.write("{\n" + ",\n".join(f'"{key}": {json.dumps(value)}' for key, value in result.items()) + "\n}\n")


if __name__ == "__main__":
    main()
