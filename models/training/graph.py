"""An ONNX model as a torch module that can be trained on and written back with its own graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional

FEWEST_TRAINED = 2
"""Initialisers of fewer dimensions and of one value are constants of the graph (shapes, epsilons), not weights."""


class OnnxModule(nn.Module):
    """Runs the graph of an ONNX model operator by operator; its float weights are parameters.

    Normalisation uses the stored statistics, so that the trained model says what it says when it reads.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.model = _widened(onnx.load(str(path)))
        self.constants: dict[str, Tensor] = {}
        self.names: dict[str, str] = {}
        self.weights = nn.ParameterDict()
        statistics = {
            name for node in self.model.graph.node if node.op_type == "BatchNormalization" for name in node.input[3:]
        }
        for stored in self.model.graph.initializer:
            value = torch.from_numpy(numpy_helper.to_array(stored).copy())
            if value.is_floating_point() and value.numel() >= FEWEST_TRAINED and stored.name not in statistics:
                key = f"w{len(self.names)}"
                self.names[stored.name] = key
                self.weights[key] = nn.Parameter(value)
            else:
                self.constants[stored.name] = value
        self.attributes = [_attributes(node) for node in self.model.graph.node]

    def forward(self, pixels: Tensor, output: str = "") -> Tensor:
        """Return the model's output, or that of the inner place `output`."""
        values: dict[str, Any] = {**self.constants, "": None}
        values |= {name: self.weights[key] for name, key in self.names.items()}
        values[self.model.graph.input[0].name] = pixels
        wanted = output or self.model.graph.output[0].name
        for node, given in zip(self.model.graph.node, self.attributes, strict=True):
            values[node.output[0]] = OPERATORS[node.op_type]([values[name] for name in node.input], given)
            if node.output[0] == wanted:
                break
        return values[wanted]

    def before_softmax(self) -> str:
        """Return the name of the logits."""
        last = self.model.graph.node[-1]
        if last.op_type != "Softmax":
            raise ValueError("the last operator is no softmax")
        return str(last.input[0])

    def written(self, weights: Mapping[str, np.ndarray]) -> onnx.ModelProto:
        """Return the model with these weights, by initialiser name, kept as float16 and read as float32."""
        model = onnx.ModelProto()
        model.CopyFrom(self.model)
        casts = []
        for stored in model.graph.initializer:
            if stored.name in weights:
                half = numpy_helper.from_array(weights[stored.name].astype(np.float16), f"{stored.name}/half")
                casts.append(onnx.helper.make_node("Cast", [half.name], [stored.name], to=onnx.TensorProto.FLOAT))
                stored.CopyFrom(half)
        nodes = [*casts, *model.graph.node]
        del model.graph.node[:]
        model.graph.node.extend(nodes)
        onnx.checker.check_model(model)
        return model


def _widened(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return a model whose weights are kept as float16 with float32 ones and without the casts."""
    stored = {one.name: one for one in model.graph.initializer}
    casts = [n for n in model.graph.node if n.op_type == "Cast" and n.input[0] in stored]
    for cast in casts:
        half = stored[cast.input[0]]
        half.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(half).astype(np.float32), cast.output[0]))
        model.graph.node.remove(cast)
    return model


def _attributes(node: onnx.NodeProto) -> dict[str, Any]:
    found = {one.name: onnx.helper.get_attribute_value(one) for one in node.attribute}
    if node.op_type == "Constant":
        found["value"] = torch.from_numpy(numpy_helper.to_array(found["value"]).copy())
    return found


def _conv(values: Sequence[Tensor], given: Mapping[str, Any]) -> Tensor:
    x, weight, *bias = values
    x = _padded(x, given, weight.shape[2:], 0.0)
    return functional.conv2d(
        x,
        weight,
        bias[0] if bias else None,
        given.get("strides", [1, 1]),
        0,
        given.get("dilations", [1, 1]),
        given.get("group", 1),
    )


def _padded(x: Tensor, given: Mapping[str, Any], kernel: Sequence[int], value: float) -> Tensor:
    """Return the picture with the border that the operator asks for."""
    if given.get("auto_pad", b"NOTSET") == b"SAME_UPPER":
        steps = given.get("strides", [1, 1])
        need = [max((-(-n // s) - 1) * s + k - n, 0) for n, s, k in zip(x.shape[2:], steps, kernel, strict=True)]
        top, left, bottom, right = need[0] // 2, need[1] // 2, need[0] - need[0] // 2, need[1] - need[1] // 2
    else:
        top, left, bottom, right = given.get("pads", [0, 0, 0, 0])
    return functional.pad(x, (left, right, top, bottom), value=value) if top + left + bottom + right else x


def _max_pool(values: Sequence[Tensor], given: Mapping[str, Any]) -> Tensor:
    x = _padded(values[0], given, given["kernel_shape"], -torch.inf)
    return functional.max_pool2d(x, given["kernel_shape"], given.get("strides", [1, 1]))


def _slice(values: Sequence[Tensor], given: Mapping[str, Any]) -> Tensor:
    x, starts, ends, *rest = values
    axes = rest[0].tolist() if rest else range(len(starts))
    steps = rest[1].tolist() if len(rest) > 1 else [1] * len(starts)
    place = [slice(None)] * x.ndim
    for axis, start, end, step in zip(axes, starts.tolist(), ends.tolist(), steps, strict=True):
        place[axis] = slice(start, end, step)
    return x[tuple(place)]


def _reshape(values: Sequence[Tensor], given: Mapping[str, Any]) -> Tensor:
    shape = values[1].tolist()
    return values[0].reshape([values[0].shape[i] if size == 0 else size for i, size in enumerate(shape)])


def _squeeze(values: Sequence[Tensor], given: Mapping[str, Any]) -> Tensor:
    for axis in sorted(given["axes"], reverse=True):
        values = [values[0].squeeze(axis)]
    return values[0]


def _unsqueeze(values: Sequence[Tensor], given: Mapping[str, Any]) -> Tensor:
    for axis in sorted(given["axes"]):
        values = [values[0].unsqueeze(axis)]
    return values[0]


OPERATORS: Mapping[str, Callable[[Sequence[Any], Mapping[str, Any]], Tensor]] = {
    "Add": lambda v, a: v[0] + v[1],
    "Sub": lambda v, a: v[0] - v[1],
    "Mul": lambda v, a: v[0] * v[1],
    "Div": lambda v, a: v[0] / v[1],
    "Pow": lambda v, a: v[0] ** v[1],
    "Sqrt": lambda v, a: v[0].sqrt(),
    "Erf": lambda v, a: v[0].erf(),
    "Relu": lambda v, a: v[0].relu(),
    "Sigmoid": lambda v, a: v[0].sigmoid(),
    "HardSigmoid": lambda v, a: (v[0] * a.get("alpha", 0.2) + a.get("beta", 0.5)).clamp(0, 1),
    "Softmax": lambda v, a: v[0].softmax(a["axis"]),
    "MatMul": lambda v, a: v[0] @ v[1],
    "Identity": lambda v, a: v[0],
    "Constant": lambda v, a: a["value"],
    "Cast": lambda v, a: v[0].float() if a["to"] == onnx.TensorProto.FLOAT else v[0].long(),
    "Concat": lambda v, a: torch.cat(list(v), a["axis"]),
    "Transpose": lambda v, a: v[0].permute(a["perm"]),
    "Shape": lambda v, a: torch.tensor(v[0].shape),
    "ReduceMean": lambda v, a: v[0].mean(a["axes"], keepdim=bool(a.get("keepdims", 1))),
    "AveragePool": lambda v, a: functional.avg_pool2d(v[0], a["kernel_shape"], a["strides"]),
    "BatchNormalization": lambda v, a: functional.batch_norm(v[0], v[3], v[4], v[1], v[2], False, 0.0, a["epsilon"]),
    "MaxPool": _max_pool,
    "Conv": _conv,
    "Slice": _slice,
    "Reshape": _reshape,
    "Squeeze": _squeeze,
    "Unsqueeze": _unsqueeze,
}
"""What each operator of the models does, for opset 11."""
