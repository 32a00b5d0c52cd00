"""torch.nn.functional where layers do not reach: outputs and gradients.

Run with Debian's python3-torch (PyTorch 1.13.1): /usr/bin/python3 functions.py
Writes functions.safetensors: of each case the inputs, the outputs, the cotangent of the first and its gradients, float64.
"""
import torch
import torch.nn.functional as F

from tensors import record, write

torch.set_num_threads(1)
torch.manual_seed(5)
found = {}


def case(name, call, *inputs):
    torch.manual_seed(6)
    record(found, name, call, inputs)


def normal(*shape):
    return torch.randn(*shape, dtype=torch.float64)


image = normal(2, 3, 6, 5)
sequence = normal(2, 3, 7)
volume = normal(1, 2, 4, 3, 4)
rows = normal(4, 5)

case("interpolate_area", lambda x: F.interpolate(x, size=(3, 4), mode="area"), image)
case("interpolate_area_scale", lambda x: F.interpolate(x, scale_factor=0.5, mode="area"), image)
case("interpolate_nearest_exact", lambda x: F.interpolate(x, scale_factor=1.7, mode="nearest-exact"), image)
case("interpolate_recomputed", lambda x: F.interpolate(x, scale_factor=(1.3, 2.1), mode="bilinear", recompute_scale_factor=True), image)
case("interpolate_scale", lambda x: F.interpolate(x, scale_factor=(1.3, 2.1), mode="bilinear"), image)
case("interpolate_antialias", lambda x: F.interpolate(x, size=(3, 2), mode="bilinear", antialias=True), image)
case("interpolate_bicubic_antialias", lambda x: F.interpolate(x, size=(3, 2), mode="bicubic", antialias=True), image)
case("interpolate_nearest1d", lambda x: F.interpolate(x, size=10), sequence)
case("interpolate_nearest3d", lambda x: F.interpolate(x, scale_factor=2), volume)
grid = torch.rand(2, 4, 3, 2, dtype=torch.float64) * 2.6 - 1.3
case("grid_sample", lambda x, g: F.grid_sample(x, g, align_corners=False), image, grid)
case("grid_sample_border", lambda x, g: F.grid_sample(x, g, padding_mode="border", align_corners=True), image, grid)
case("grid_sample_reflection", lambda x, g: F.grid_sample(x, g, padding_mode="reflection", align_corners=False), image, grid)
case("grid_sample_nearest", lambda x, g: F.grid_sample(x, g, mode="nearest", align_corners=False), image, grid)
case("affine_grid", lambda t: F.affine_grid(t, (2, 3, 4, 5), align_corners=False), normal(2, 2, 3))
case("affine_grid_aligned", lambda t: F.affine_grid(t, (2, 3, 4, 5), align_corners=True), normal(2, 2, 3))
case("pad_constant", lambda x: F.pad(x, (1, -1, 2, 0), value=3.0), image)
case("pad_reflect", lambda x: F.pad(x, (1, 2, 3, 1), mode="reflect"), image)
case("pad_replicate", lambda x: F.pad(x, (1, 2, 3, 1), mode="replicate"), image)
case("pad_circular", lambda x: F.pad(x, (1, 2, 3, 1), mode="circular"), image)
case("pad_all", lambda x: F.pad(x, (1, 1, 1, 1)), rows)
case("one_hot", lambda i: F.one_hot(i, 6), torch.tensor([[0, 5], [2, 1]]))
case("one_hot_open", lambda i: F.one_hot(i), torch.tensor([3, 0, 1]))
case("normalize", lambda x: F.normalize(x), rows)
case("normalize_p1", lambda x: F.normalize(x, p=1.0, dim=0), rows)
case("cosine_similarity", lambda a, b: F.cosine_similarity(a, b, dim=0), rows, normal(4, 5))
case("pairwise_distance", lambda a, b: F.pairwise_distance(a, b), rows, normal(4, 5))
case("softmax_dtype", lambda x: F.softmax(x, 0, dtype=torch.float32), rows)
case("max_pool2d_indices", lambda x: F.max_pool2d(x, 2, stride=2, padding=1, return_indices=True), image)
case("max_pool1d_indices", lambda x: F.max_pool1d(x, 3, return_indices=True), sequence)
case("max_pool3d_indices", lambda x: F.max_pool3d(x, 2, return_indices=True), volume)
case("adaptive_max_pool2d_indices", lambda x: F.adaptive_max_pool2d(x, (2, 3), return_indices=True), image)
even = normal(2, 3, 6, 4)
pooled, places = F.max_pool2d(even, 2, return_indices=True)
case("max_unpool2d", lambda x, i: F.max_unpool2d(x, i, 2), pooled, places)
pooled, places = F.max_pool1d(normal(2, 3, 8), 2, return_indices=True)
case("max_unpool1d", lambda x, i: F.max_unpool1d(x, i, 2), pooled, places)
case("batch_norm", lambda x: F.batch_norm(x, None, None, training=True), image)
case("instance_norm", lambda x: F.instance_norm(x), image)
case("group_norm", lambda x: F.group_norm(x, 3), image)
case("layer_norm", lambda x: F.layer_norm(x, (5,)), rows)
case("linear", lambda x, w, b: F.linear(x, w, b), rows, normal(2, 5), normal(2))
case("conv1d", lambda x, w: F.conv1d(x, w, stride=2, padding=1, dilation=2), sequence, normal(4, 3, 3))
case("conv2d", lambda x, w, b: F.conv2d(x, w, b), image, normal(4, 3, 2, 3), normal(4))
case("conv2d_same", lambda x, w: F.conv2d(x, w, padding="same"), image, normal(4, 3, 2, 3))
case("conv_transpose2d", lambda x, w: F.conv_transpose2d(x, w, stride=2), image, normal(3, 2, 2, 2))
case("unfold", lambda x: F.unfold(x, 2, dilation=2), image)
case("fold", lambda x: F.fold(x, (4, 5), (2, 2)), normal(2, 8, 12))
case("rrelu", lambda x: F.rrelu(x, 0.2, 0.4), rows)
case("pixel_shuffle", lambda x: F.pixel_shuffle(x, 2), normal(1, 8, 3, 2))

write(__file__, found)
