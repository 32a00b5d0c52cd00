"""Layers of PyTorch: outputs and gradients with random weights, and the weights that seed 0 draws.

Run with Debian's python3-torch (PyTorch 1.13.1): /usr/bin/python3 layers.py
Writes layers.safetensors. Of each case: the state, the inputs, the output, the cotangent, the gradients, the buffers
after the call, all float64 (so that the order of summation, which differs between processors, shows only in the last
digits); and the state that the layer has after manual_seed(0), float32.
"""
import torch
from torch import nn

from tensors import record, write

torch.set_num_threads(1)
found = {}


def case(name, layer, *inputs, train=True):
    torch.manual_seed(0)
    made = layer()
    for key, tensor in made.state_dict().items():
        found[f"{name}/init/{key}"] = tensor.clone()
    torch.manual_seed(1)
    made.double().train(train)
    with torch.no_grad():
        for key, tensor in made.state_dict().items():
            if tensor.is_floating_point():
                tensor.copy_(torch.rand_like(tensor) + 0.5 if "var" in key else torch.randn_like(tensor))
    for key, tensor in made.state_dict().items():
        found[f"{name}/state/{key}"] = tensor.clone()
    torch.manual_seed(2)
    record(found, name, made, [i() for i in inputs], list(made.named_parameters()))
    for key, tensor in made.named_buffers():
        found[f"{name}/after/{key}"] = tensor.clone()


def normal(*shape):
    return lambda: torch.randn(*shape, dtype=torch.float64)


def indices(high, *shape):
    return lambda: torch.randint(0, high, shape)


image = normal(2, 4, 7, 6)
volume = normal(2, 2, 4, 5, 6)
sequence = normal(2, 4, 9)
rows = normal(3, 6)

case("Linear", lambda: nn.Linear(6, 5), rows)
case("Linear_no_bias", lambda: nn.Linear(6, 5, bias=False), rows)
case("Conv1d", lambda: nn.Conv1d(4, 3, 3, stride=2, padding=1), sequence)
case("Conv2d", lambda: nn.Conv2d(4, 3, 3, padding=1), image)
case("Conv2d_groups", lambda: nn.Conv2d(4, 6, (3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2), groups=2, bias=False), image)
case("Conv2d_same", lambda: nn.Conv2d(4, 3, (4, 3), padding="same"), image)
case("Conv2d_valid", lambda: nn.Conv2d(4, 3, 3, padding="valid"), image)
case("Conv2d_reflect", lambda: nn.Conv2d(4, 3, (3, 5), padding=(1, 2), padding_mode="reflect"), image)
case("Conv2d_circular", lambda: nn.Conv2d(4, 3, 3, padding=1, padding_mode="circular"), image)
case("Conv2d_replicate_same", lambda: nn.Conv2d(4, 3, 3, padding="same", padding_mode="replicate"), image)
case("Conv2d_unbatched", lambda: nn.Conv2d(4, 3, 3), normal(4, 7, 6))
case("Conv3d", lambda: nn.Conv3d(2, 3, (2, 3, 2)), volume)
case("ConvTranspose1d", lambda: nn.ConvTranspose1d(4, 3, 3, stride=2, output_padding=1), sequence)
case("ConvTranspose2d", lambda: nn.ConvTranspose2d(4, 3, 2, stride=2), image)
case("ConvTranspose2d_groups", lambda: nn.ConvTranspose2d(4, 6, (3, 4), stride=(2, 3), padding=(1, 0), output_padding=1, groups=2), image)
case("ConvTranspose3d", lambda: nn.ConvTranspose3d(2, 2, 2, stride=2), normal(1, 2, 2, 3, 2))

case("BatchNorm1d", lambda: nn.BatchNorm1d(6), rows)
case("BatchNorm1d_sequence", lambda: nn.BatchNorm1d(4), sequence)
case("BatchNorm2d", lambda: nn.BatchNorm2d(4), image)
case("BatchNorm2d_eval", lambda: nn.BatchNorm2d(4), image, train=False)
case("BatchNorm2d_momentum", lambda: nn.BatchNorm2d(4, eps=1e-3, momentum=0.3), image)
case("BatchNorm2d_no_stats", lambda: nn.BatchNorm2d(4, track_running_stats=False), image, train=False)
case("BatchNorm2d_no_affine", lambda: nn.BatchNorm2d(4, affine=False), image)
case("BatchNorm3d", lambda: nn.BatchNorm3d(2), volume)
case("InstanceNorm1d", lambda: nn.InstanceNorm1d(4), sequence)
case("InstanceNorm2d", lambda: nn.InstanceNorm2d(4), image)
case("InstanceNorm2d_affine", lambda: nn.InstanceNorm2d(4, affine=True, track_running_stats=True), image)
case("InstanceNorm2d_eval", lambda: nn.InstanceNorm2d(4, affine=True, track_running_stats=True), image, train=False)
case("InstanceNorm2d_unbatched", lambda: nn.InstanceNorm2d(4), normal(4, 7, 6))
case("InstanceNorm3d", lambda: nn.InstanceNorm3d(2), volume)
case("LayerNorm", lambda: nn.LayerNorm(6), rows)
case("LayerNorm_two", lambda: nn.LayerNorm((7, 6), eps=1e-3), image)
case("LayerNorm_no_affine", lambda: nn.LayerNorm(6, elementwise_affine=False), rows)
case("GroupNorm", lambda: nn.GroupNorm(2, 4), image)
case("GroupNorm_no_affine", lambda: nn.GroupNorm(4, 4, affine=False), image)
case("LocalResponseNorm", lambda: nn.LocalResponseNorm(3, alpha=0.1, beta=0.6, k=2.0), image)

case("MaxPool1d", lambda: nn.MaxPool1d(3, stride=2, padding=1), sequence)
case("MaxPool2d", lambda: nn.MaxPool2d(2), image)
case("MaxPool2d_ceil", lambda: nn.MaxPool2d((3, 2), stride=(2, 3), padding=(1, 0), dilation=(1, 2), ceil_mode=True), image)
case("MaxPool3d", lambda: nn.MaxPool3d(2), volume)
case("AvgPool1d", lambda: nn.AvgPool1d(3, stride=2, padding=1), sequence)
case("AvgPool2d", lambda: nn.AvgPool2d(2), image)
case("AvgPool2d_no_pad", lambda: nn.AvgPool2d((3, 2), stride=(2, 1), padding=(1, 1), ceil_mode=True, count_include_pad=False), image)
case("AvgPool2d_divisor", lambda: nn.AvgPool2d(2, divisor_override=3), image)
case("AvgPool3d", lambda: nn.AvgPool3d(2), volume)
case("AdaptiveAvgPool1d", lambda: nn.AdaptiveAvgPool1d(4), sequence)
case("AdaptiveAvgPool2d", lambda: nn.AdaptiveAvgPool2d((1, 1)), image)
case("AdaptiveAvgPool2d_uneven", lambda: nn.AdaptiveAvgPool2d((3, 5)), image)
case("AdaptiveAvgPool3d", lambda: nn.AdaptiveAvgPool3d(2), volume)
case("AdaptiveMaxPool1d", lambda: nn.AdaptiveMaxPool1d(4), sequence)
case("AdaptiveMaxPool2d", lambda: nn.AdaptiveMaxPool2d((3, 5)), image)
case("LPPool1d", lambda: nn.LPPool1d(4, 3, stride=2), sequence)
case("LPPool2d", lambda: nn.LPPool2d(2, 2), image)

case("ReLU", lambda: nn.ReLU(), rows)
case("ReLU_inplace", lambda: nn.ReLU(inplace=True), rows)
case("ReLU6", lambda: nn.ReLU6(), lambda: 5 * torch.randn(3, 6, dtype=torch.float64))
case("LeakyReLU", lambda: nn.LeakyReLU(0.2), rows)
case("PReLU", lambda: nn.PReLU(), rows)
case("PReLU_channels", lambda: nn.PReLU(4, init=0.1), image)
case("ELU", lambda: nn.ELU(0.7), rows)
case("CELU", lambda: nn.CELU(0.7), rows)
case("SELU", lambda: nn.SELU(), rows)
case("GELU", lambda: nn.GELU(), rows)
case("SiLU", lambda: nn.SiLU(), rows)
case("Mish", lambda: nn.Mish(), rows)
case("Hardswish", lambda: nn.Hardswish(), lambda: 3 * torch.randn(3, 6, dtype=torch.float64))
case("Hardsigmoid", lambda: nn.Hardsigmoid(), lambda: 3 * torch.randn(3, 6, dtype=torch.float64))
case("Hardshrink", lambda: nn.Hardshrink(0.4), rows)
case("Softshrink", lambda: nn.Softshrink(0.4), rows)
case("Softplus", lambda: nn.Softplus(2.0, 1.0), rows)
case("Softsign", lambda: nn.Softsign(), rows)
case("Sigmoid", lambda: nn.Sigmoid(), rows)
case("LogSigmoid", lambda: nn.LogSigmoid(), rows)
case("Tanh", lambda: nn.Tanh(), rows)
case("Tanhshrink", lambda: nn.Tanhshrink(), rows)
case("Threshold", lambda: nn.Threshold(0.1, 7.0), rows)
case("GLU", lambda: nn.GLU(1), rows)
case("Softmax", lambda: nn.Softmax(1), rows)
case("Softmin", lambda: nn.Softmin(1), rows)
case("Softmax2d", lambda: nn.Softmax2d(), image)
case("LogSoftmax", lambda: nn.LogSoftmax(1), rows)

case("ZeroPad2d", lambda: nn.ZeroPad2d((1, 2, 0, 3)), image)
case("ReflectionPad1d", lambda: nn.ReflectionPad1d((2, 1)), sequence)
case("ReflectionPad2d", lambda: nn.ReflectionPad2d((1, 2, 3, 0)), image)
case("ReplicationPad2d", lambda: nn.ReplicationPad2d(2), image)
case("ReplicationPad3d", lambda: nn.ReplicationPad3d((1, 0, 2, 1, 0, 1)), volume)
case("ConstantPad1d", lambda: nn.ConstantPad1d((1, 3), 2.5), sequence)
case("ConstantPad2d", lambda: nn.ConstantPad2d(1, -1.5), image)

case("Upsample_nearest", lambda: nn.Upsample(scale_factor=2.0), image)
case("Upsample_size", lambda: nn.Upsample(size=(9, 5), mode="nearest"), image)
case("Upsample_bilinear", lambda: nn.Upsample(scale_factor=(2.0, 1.5), mode="bilinear"), image)
case("Upsample_bilinear_aligned", lambda: nn.Upsample(size=(10, 12), mode="bilinear", align_corners=True), image)
case("Upsample_bicubic", lambda: nn.Upsample(scale_factor=2.0, mode="bicubic"), image)
case("Upsample_linear", lambda: nn.Upsample(scale_factor=3.0, mode="linear"), sequence)
case("Upsample_trilinear", lambda: nn.Upsample(scale_factor=2.0, mode="trilinear"), volume)

case("Dropout", lambda: nn.Dropout(0.4), image)
case("Dropout_eval", lambda: nn.Dropout(0.4), image, train=False)
case("Dropout1d", lambda: nn.Dropout1d(0.4), sequence)
case("Dropout2d", lambda: nn.Dropout2d(0.4), image)
case("Dropout3d", lambda: nn.Dropout3d(0.4), volume)
case("AlphaDropout", lambda: nn.AlphaDropout(0.4), image)
case("AlphaDropout_eval", lambda: nn.AlphaDropout(0.4), image, train=False)
case("FeatureAlphaDropout", lambda: nn.FeatureAlphaDropout(0.4), image)

case("Embedding", lambda: nn.Embedding(7, 5), indices(7, 3, 4))
case("Embedding_padding", lambda: nn.Embedding(7, 5, padding_idx=2), indices(7, 3, 4))
case("Flatten", lambda: nn.Flatten(), image)
case("Flatten_inner", lambda: nn.Flatten(1, 2), image)
case("Unflatten", lambda: nn.Unflatten(1, (2, 3)), rows)
case("Identity", lambda: nn.Identity(), rows)
case("PixelShuffle", lambda: nn.PixelShuffle(2), image)
case("PixelUnshuffle", lambda: nn.PixelUnshuffle(2), normal(2, 2, 6, 4))
case("CosineSimilarity", lambda: nn.CosineSimilarity(1), rows, rows)
case("PairwiseDistance", lambda: nn.PairwiseDistance(3.0, keepdim=True), rows, rows)
case("Unfold", lambda: nn.Unfold((3, 2), padding=1, stride=2), image)
case("Fold", lambda: nn.Fold((5, 6), (3, 2), stride=1), normal(2, 12, 15))
case("Sequential", lambda: nn.Sequential(nn.Conv2d(4, 3, 3), nn.BatchNorm2d(3), nn.ReLU(inplace=True), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(12, 2)), image)

write(__file__, found)
