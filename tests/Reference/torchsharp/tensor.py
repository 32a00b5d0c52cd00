"""Methods of a tensor and functions of torch: outputs and gradients.

Run with Debian's python3-torch (PyTorch 1.13.1): /usr/bin/python3 tensor.py
Writes tensor.safetensors: of each case the inputs, the outputs, the cotangent of the first and its gradients.
Floating-point values are float64, truth values int64.
"""
import torch

from tensors import record, write

torch.set_num_threads(1)
torch.manual_seed(11)
found = {}


def case(name, call, *inputs):
    torch.manual_seed(12)
    record(found, name, call, inputs)


def normal(*shape):
    return torch.randn(*shape, dtype=torch.float64)


def uniform(*shape):
    return torch.rand(*shape, dtype=torch.float64) * 0.8 + 0.1


a, b = normal(3, 4), normal(3, 4)
row, column = normal(4), normal(3, 1)
inside = uniform(3, 4)  # in (0.1, 0.9): valid for log, sqrt, asin, logit
integers = torch.tensor([[7, -7, 3, 12], [0, 5, -2, 9]])
divisors = torch.tensor([[2, 2, -2, 5], [3, 4, 7, -4]])
cube = normal(2, 3, 4)
square = normal(4, 4)
positive_definite = square @ square.t() + 4 * torch.eye(4, dtype=torch.float64)
batch1, batch2 = normal(2, 3, 4), normal(2, 4, 5)
ties = torch.tensor([[3.0, 1.0, 3.0, 2.0], [0.5, 0.5, -1.0, 4.0]], dtype=torch.float64)
holes = torch.tensor([1.0, float("nan"), float("inf"), -float("inf"), 2.0], dtype=torch.float64)

# Arithmetic
case("add", lambda x, y: x + y, a, b)
case("add_broadcast", lambda x, y: x + y, column, row)
case("add_alpha", lambda x, y: torch.add(x, y, alpha=2.5), a, b)
case("add_number", lambda x: x + 3, a)
case("add_in_place", lambda x, y: x.mul(1).add_(y, alpha=-0.5), a, b)
case("sub", lambda x, y: x - y, a, b)
case("sub_from_number", lambda x: 2.5 - x, a)
case("mul", lambda x, y: x * y, a, b)
case("mul_in_place", lambda x: x.mul(1).mul_(3), a)
case("div", lambda x, y: x / y, a, inside)
case("div_of_number", lambda x: 2 / x, inside)
case("div_floor", lambda x, y: torch.div(x, y, rounding_mode="floor"), a, inside)
case("div_trunc", lambda x, y: torch.div(x, y, rounding_mode="trunc"), a, inside)
case("div_integers", lambda x, y: (x / y).double(), integers, divisors)
case("floor_divide", lambda x, y: torch.div(x, y, rounding_mode="floor"), integers, divisors)
case("remainder", lambda x, y: x % y, integers, divisors)
case("remainder_number", lambda x: x % 3, integers)
case("fmod", lambda x, y: torch.fmod(x, y), integers, divisors)
case("pow_number", lambda x: x ** 3, a)
case("pow_tensor", lambda x, y: x ** y, inside, b)
case("neg", lambda x: -x, a)
case("abs", torch.abs, a)
case("reciprocal", torch.reciprocal, inside)
case("sign", torch.sign, a)
case("square", torch.square, a)
case("addcmul", lambda x, y, z: torch.addcmul(x, y, z, value=0.5), a, b, inside)
case("addcdiv", lambda x, y, z: torch.addcdiv(x, y, z, value=0.5), a, b, inside)
case("lerp", torch.lerp, a, b, inside)
case("gcd", torch.gcd, integers, divisors)
case("hypot", torch.hypot, a, b)

# Rounding and bounds
case("ceil", torch.ceil, a)
case("floor", torch.floor, a)
case("trunc", torch.trunc, a)
case("frac", torch.frac, a)
case("round", torch.round, a * 3)
case("round_decimals", lambda x: torch.round(x, decimals=2), a)
case("clamp", lambda x: x.clamp(-0.5, 0.7), a)
case("clamp_below", lambda x: x.clamp(min=0), a)
case("clamp_tensors", lambda x, lo, hi: torch.clamp(x, lo, hi), a, b, b + 0.5)
case("nan_to_num", lambda x: torch.nan_to_num(x, 0.25, 9, -9), holes)

# Exponentials, logarithms, trigonometry
for name in "exp exp2 expm1 log log10 log1p log2 sqrt rsqrt erf erfc erfinv lgamma digamma sin cos tan asin acos atan sinh cosh tanh asinh atanh sinc sigmoid logit deg2rad rad2deg".split():
    case(name, getattr(torch, name), inside)
case("acosh", torch.acosh, inside + 1.5)
case("atan2", torch.atan2, a, b)
case("logaddexp", torch.logaddexp, a, b)
case("logcumsumexp", lambda x: torch.logcumsumexp(x, 1), a)
case("logsumexp", lambda x: torch.logsumexp(x, 1, keepdim=True), a)
case("xlogy", torch.xlogy, a, inside)

# Activations
for name in "relu relu6 selu silu gelu hardswish hardsigmoid logsigmoid softplus".split():
    case(name, getattr(torch.nn.functional, name), a * 3)
case("leaky_relu", lambda x: torch.nn.functional.leaky_relu(x, 0.2), a)
case("elu", lambda x: torch.nn.functional.elu(x, 1.3), a)
case("celu", lambda x: torch.nn.functional.celu(x, 0.7), a)
case("hardtanh", lambda x: torch.nn.functional.hardtanh(x, -0.4, 0.6), a)
case("prelu", lambda x, w: torch.prelu(x, w), a, torch.tensor([0.3], dtype=torch.float64))
case("glu", lambda x: torch.nn.functional.glu(x, 1), a)
case("threshold", lambda x: torch.threshold(x, 0.1, 2.0), a)
case("softmax", lambda x: torch.softmax(x, 1), a)
case("log_softmax", lambda x: torch.log_softmax(x, 0), a)

# Comparison and logic
for name in "eq ne lt le gt ge".split():
    case(name, lambda x, y, f=getattr(torch, name): f(x, y).long(), integers, divisors)
case("gt_number", lambda x: (x > 0.25).long(), a)
case("maximum", torch.maximum, a, b)
case("minimum", torch.minimum, a, b)
case("isclose", lambda x, y: torch.isclose(x, y, rtol=0.5, atol=0.1).long(), a, b)
case("isfinite", lambda x: torch.isfinite(x).long(), holes)
case("isnan", lambda x: torch.isnan(x).long(), holes)
case("isinf", lambda x: torch.isinf(x).long(), holes)
case("isin", lambda x, y: torch.isin(x, y).long(), integers, divisors)
case("logical_and", lambda x, y: torch.logical_and(x, y).long(), integers, divisors)
case("logical_not", lambda x: torch.logical_not(x).long(), integers)
case("logical_xor", lambda x, y: torch.logical_xor(x, y).long(), integers, divisors)
case("bitwise_and", lambda x, y: x & y, integers, divisors)
case("bitwise_or", lambda x, y: x | y, integers, divisors)
case("bitwise_xor", lambda x, y: x ^ y, integers, divisors)
case("bitwise_not", lambda x: ~x, integers)
case("where", lambda x, y: torch.where(x > y, x, y * 2), a, b)

# Reductions
case("sum", lambda x: x.sum(), cube)
case("sum_dim", lambda x: x.sum(1), cube)
case("sum_dims", lambda x: x.sum((0, 2), keepdim=True), cube)
case("sum_bool", lambda x: (x > 0).sum(), a)
case("prod", lambda x: x.prod(), a)
case("prod_dim", lambda x: x.prod(1, keepdim=True), a)
case("cumsum", lambda x: x.cumsum(1), a)
case("cumprod", lambda x: x.cumprod(0), a)
case("mean", lambda x: x.mean(), cube)
case("mean_dims", lambda x: x.mean((1, 2)), cube)
case("nansum", lambda x: torch.nansum(x), holes[[0, 1, 4]])
case("nanmean", lambda x: torch.nanmean(x), holes[[0, 1, 4]])
case("median", lambda x: x.median(), a)
case("quantile", lambda x, q: torch.quantile(x, q, dim=1), a, torch.tensor([0.25, 0.6], dtype=torch.float64))
case("mode", lambda x: tuple(torch.mode(x, 1)), ties)
case("std", lambda x: x.std(), cube)
case("std_dim_biased", lambda x: x.std(1, unbiased=False, keepdim=True), cube)
case("var_dims", lambda x: x.var((0, 2)), cube)
case("var_mean", lambda x: torch.var_mean(x, 1), a)
case("std_mean", lambda x: torch.std_mean(x, (0, 1)), a)
case("all", lambda x: (x > -3).all(1).long(), a)
case("any", lambda x: (x > 1).any(0, keepdim=True).long(), a)
case("count_nonzero", lambda x: torch.count_nonzero(x, (1,)), integers)
case("max", lambda x: x.max(), a)
case("max_dim", lambda x: tuple(x.max(1)), a)
case("min_dim", lambda x: tuple(x.min(0, keepdim=True)), a)
case("amax", lambda x: x.amax((1, 2)), cube)
case("amin", lambda x: x.amin((0,), keepdim=True), cube)
case("aminmax", lambda x: tuple(torch.aminmax(x.detach(), dim=1)), a)
case("cummax", lambda x: tuple(torch.cummax(x, 1)), a)
case("argmax", lambda x: x.argmax(), a)
case("argmax_dim", lambda x: x.argmax(1, keepdim=True), a)
case("argmin_dim", lambda x: x.argmin(0), a)
case("norm", lambda x: x.norm(), a)
case("norm_dim", lambda x: x.norm(3, 1, keepdim=True), a)
case("dist", lambda x, y: torch.dist(x, y, 1), a, b)
case("trapezoid", lambda x: torch.trapezoid(x, dx=0.5), a)

# Order
case("sort", lambda x: tuple(x.sort(1, descending=True)), a)
case("sort_stable", lambda x: tuple(torch.sort(x, stable=True, dim=1)), ties)
case("argsort", lambda x: x.argsort(1), a)
case("topk", lambda x: tuple(x.topk(2, 1)), a)
case("topk_smallest", lambda x: tuple(x.topk(2, 0, largest=False)), a)
case("kthvalue", lambda x: tuple(x.kthvalue(2, 1)), a)
case("unique", lambda x: torch.unique(x, return_inverse=True, return_counts=True), torch.tensor([3, 1, 3, 2, 1, 3]))
case("unique_dim", lambda x: torch.unique(x, dim=0), torch.tensor([[1, 2], [0, 5], [1, 2]]))
case("unique_consecutive", lambda x: torch.unique_consecutive(x, return_counts=True), torch.tensor([3, 3, 1, 1, 1, 3]))
case("bincount", lambda x: torch.bincount(x, minlength=6), torch.tensor([0, 3, 3, 1]))
case("bincount_weights", lambda x, w: torch.bincount(x, w.detach()), torch.tensor([0, 3, 3, 1]), row)
case("histc", lambda x: torch.histc(x.detach(), 5, -2, 2), a)
case("bucketize", lambda x, e: torch.bucketize(x, e, right=True), a, torch.tensor([-1.0, 0.0, 1.0], dtype=torch.float64))
case("searchsorted", lambda e, x: torch.searchsorted(e, x), torch.tensor([-1.0, 0.0, 1.0], dtype=torch.float64), a)

# Shape
case("view", lambda x: x.view(4, -1), cube)
case("reshape", lambda x: x.transpose(0, 2).reshape(-1), cube)
case("flatten", lambda x: x.flatten(1), cube)
case("unflatten", lambda x: x.unflatten(1, (2, 2)), a)
case("permute", lambda x: x.permute(2, 0, 1), cube)
case("transpose", lambda x: x.transpose(0, 2), cube)
case("movedim", lambda x: x.movedim((0, 1), (2, 0)), cube)
case("reversed_dimensions", lambda x: x.permute(2, 1, 0), cube)
case("squeeze", lambda x: x.squeeze(), normal(1, 3, 1))
case("squeeze_dim", lambda x: x.squeeze(0), normal(1, 3, 1))
case("unsqueeze", lambda x: x.unsqueeze(-1), a)
case("expand", lambda x: x.expand(3, -1), row)
case("repeat", lambda x: x.repeat(2, 1, 2), a)
case("repeat_interleave", lambda x: x.repeat_interleave(2, 1), a)
case("tile", lambda x: x.tile((2,)), a)
case("flip", lambda x: x.flip(0, 2), cube)
case("rot90", lambda x: x.rot90(1, (1, 2)), cube)
case("roll", lambda x: x.roll(1), a)
case("roll_dims", lambda x: x.roll((1, -2), (0, 1)), a)
case("cat", lambda x, y: torch.cat([x, y], 1), a, b)
case("stack", lambda x, y: torch.stack([x, y], -1), a, b)
case("hstack", lambda x, y: torch.hstack([x, y]), a, b)
case("vstack", lambda x, y: torch.vstack([x, y]), a, b)
case("split", lambda x: x.split(3, 1), a)
case("split_sizes", lambda x: x.split([1, 3], 1), a)
case("chunk", lambda x: x.chunk(2, 0), a)
case("unbind", lambda x: x.unbind(1), a)
case("tensor_split", lambda x: x.tensor_split((1, 2), 1), a)
case("meshgrid", lambda x, y: torch.meshgrid(x, y, indexing="xy"), row, column.flatten())
case("unfold", lambda x: x.unfold(1, 2, 1), a)
case("as_strided", lambda x: x.as_strided((2, 2), (1, 3), 1), a)
case("diff", lambda x: x.diff(dim=1), a)

# Selection
case("select", lambda x: x.select(1, -1), cube)
case("narrow", lambda x: x.narrow(2, 1, 2), cube)
case("index_select", lambda x, i: x.index_select(1, i), a, torch.tensor([2, 0, 2]))
case("gather", lambda x, i: x.gather(1, i), a, torch.tensor([[0, 3], [2, 2], [1, 0]]))
case("take", lambda x, i: x.take(i), a, torch.tensor([5, 0, 11]))
case("take_along_dim", lambda x, i: torch.take_along_dim(x, i, 1), a, torch.tensor([[0], [2], [1]]))
case("scatter", lambda x, i, s: x.scatter(1, i, s), a, torch.tensor([[0, 3], [2, 1], [1, 0]]), normal(3, 2))
case("scatter_add", lambda x, i, s: x.scatter_add(1, i, s), a, torch.tensor([[0, 0], [2, 1], [1, 1]]), normal(3, 2))
case("index_add", lambda x, i, s: x.index_add(0, i, s, alpha=2), a, torch.tensor([2, 2]), normal(2, 4))
case("index_copy", lambda x, i, s: x.index_copy(0, i, s), a, torch.tensor([2, 0]), normal(2, 4))
case("index_fill", lambda x, i: x.index_fill(1, i, -1.5), a, torch.tensor([0, 2]))
case("masked_fill", lambda x: x.masked_fill(x > 0, 0.5), a)
case("masked_select", lambda x: x.masked_select(x > 0), a)
case("nonzero", lambda x: x.nonzero(), integers)
case("diag", lambda x: x.diag(1), square)
case("diagonal", lambda x: x.diagonal(0, 1, 2), cube)
case("diag_embed", lambda x: x.diag_embed(), a)
case("tril", lambda x: x.tril(-1), square)
case("triu", lambda x: x.triu(1), square)

# Indexing
case("index_numbers", lambda x: x[1, 2], cube)
case("index_negative", lambda x: x[-1, -2, -3], cube)
case("index_slice", lambda x: x[:, 1:, ::2], cube)
case("index_ellipsis", lambda x: x[..., 1:3], cube)
case("index_none", lambda x: x[:, None, 0], cube)
case("index_mask", lambda x: x[x > 0], cube)
case("index_mask_rows", lambda x, m: x[m > 0], a, torch.tensor([1, 0, 1]))
case("index_tensor", lambda x, i: x[i], cube, torch.tensor([1, 0, 1]))
case("index_tensors", lambda x, i, j: x[i, j], cube, torch.tensor([1, 0]), torch.tensor([2, 2]))
case("index_mixed", lambda x, i: x[0, :, i], cube, torch.tensor([3, 0]))
case("index_apart", lambda x, i: x[i, :, i], cube, torch.tensor([1, 0]))
case("index_mask_two_dims", lambda x, m: x[m > 0], cube, torch.tensor([[1, 0, 1], [0, 0, 1]]))
case("index_true", lambda x: x[True], a)


def put(change):
    def call(x, *rest):
        x = x.mul(1)
        change(x, *rest)
        return x
    return call


def put_number(x):
    x[1, 2] = 7


def put_slice(x, value):
    x[:, 1:, ::2] = value


def put_mask(x):
    x[x > 0] = -1


def put_tensor(x, index, value):
    x[:, index] = value


def put_broadcast(x, value):
    x[0] = value[None]


case("put_number", put(put_number), cube)
case("put_slice", put(put_slice), cube, normal(2, 2))
case("put_mask", put(put_mask), cube)
case("put_tensor", put(put_tensor), cube, torch.tensor([2, 0]), normal(2, 4))
case("put_broadcast", put(put_broadcast), cube, row)
case("put_accumulate", lambda x, i, v: x.index_put((i,), v, accumulate=True), row, torch.tensor([1, 1, 3]), normal(3))

# Linear algebra
case("matmul", lambda x, y: x @ y, batch1, batch2)
case("mm", lambda x, y: x.mm(y), a, square)
case("bmm", lambda x, y: x.bmm(y), batch1, batch2)
case("mv", lambda x, y: x.mv(y), a, row)
case("dot", lambda x, y: x.dot(y), row, normal(4))
case("outer", lambda x, y: x.outer(y), row, column.flatten())
case("inner", lambda x, y: x.inner(y), a, row)
case("kron", torch.kron, normal(2, 2), normal(2, 1))
case("addmm", lambda c, x, y: torch.addmm(c, x, y, beta=0.5, alpha=2), a, a, square)
case("baddbmm", lambda c, x, y: torch.baddbmm(c, x, y), normal(2, 3, 5), batch1, batch2)
case("einsum", lambda x, y: torch.einsum("bij,bjk->ik", x, y), batch1, batch2)
case("tensordot", lambda x, y: torch.tensordot(x, y, 1), a, square)
case("trace", lambda x: x.trace(), square)
case("det", torch.det, square)
case("inverse", torch.inverse, square)
case("logdet", torch.logdet, positive_definite)
case("cholesky", torch.linalg.cholesky, positive_definite)
case("solve", torch.linalg.solve, square, normal(4, 2))
case("solve_triangular", lambda x, y: torch.linalg.solve_triangular(x, y, upper=False), positive_definite.tril(), normal(4, 2))
case("eigvalsh", torch.linalg.eigvalsh, positive_definite)
case("eigh_values", lambda x: torch.linalg.eigh(x)[0], positive_definite)
case("svdvals", torch.linalg.svdvals, a)
case("svd_product", lambda x: (lambda u, s, v: u @ torch.diag(s) @ v)(*torch.linalg.svd(x, full_matrices=False)), a)
case("qr_product", lambda x: (lambda q, r: q @ r)(*torch.linalg.qr(x)), square)
case("slogdet", lambda x: torch.linalg.slogdet(x)[1], square)
case("pinv", torch.linalg.pinv, a)
case("matrix_power", lambda x: torch.linalg.matrix_power(x, 3), square)
case("matrix_exp", torch.matrix_exp, square)
case("matrix_rank", torch.linalg.matrix_rank, a)
case("linalg_norm", torch.linalg.norm, a)
case("linalg_norm_order", lambda x: torch.linalg.norm(x, 1, dim=(0, 1)), a)
case("vector_norm", lambda x: torch.linalg.vector_norm(x, 3, dim=(1,)), a)
case("matrix_norm_nuclear", lambda x: torch.linalg.matrix_norm(x, "nuc"), a)
case("cross", lambda x, y: torch.linalg.cross(x, y), normal(2, 3), normal(2, 3))
case("cdist", torch.cdist, normal(3, 2), normal(4, 2))
case("cov", torch.cov, a)
case("lstsq", lambda x, y: torch.linalg.lstsq(x, y)[0], normal(5, 3), normal(5, 2))

# Factories
case("arange", lambda: torch.arange(2, 11, 3))
case("arange_float", lambda: torch.arange(0.5, 2, 0.25, dtype=torch.float64))
case("linspace", lambda: torch.linspace(-1, 2, 7, dtype=torch.float64))
case("logspace", lambda: torch.logspace(0, 2, 5, dtype=torch.float64))
case("eye", lambda: torch.eye(2, 3, dtype=torch.float64))
case("full", lambda: torch.full((2, 3), 1.5, dtype=torch.float64))
case("tril_indices", lambda: torch.tril_indices(3, 4, 1))
case("hann_window", lambda: torch.hann_window(6, dtype=torch.float64))

# Random numbers: the same generator gives the same numbers
case("randn", lambda: torch.randn(2, 3, dtype=torch.float64))
case("rand", lambda: torch.rand(20, dtype=torch.float64))
case("randint", lambda: torch.randint(-5, 6, (10,)))
case("randperm", lambda: torch.randperm(9))
case("normal_", lambda x: torch.empty_like(x).normal_(2, 0.5), a)
case("uniform_", lambda x: torch.empty_like(x).uniform_(-2, 3), a)
case("bernoulli_", lambda x: torch.empty_like(x).bernoulli_(0.3), a)
case("exponential_", lambda x: torch.empty_like(x).exponential_(2), a)
case("multinomial", lambda x: torch.multinomial(x, 5, replacement=True), inside)
case("bernoulli", lambda x: torch.bernoulli(x), inside)

write(__file__, found)
