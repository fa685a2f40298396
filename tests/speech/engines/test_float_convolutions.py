"""Tests of reader.speech.engines.float_convolutions, with a small model run by onnxruntime."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from reader.speech.engines.float_convolutions import with_float_convolutions
from reader.speech.engines.onnx_graph import UnreadableModel
from reader.speech.engines.protobuf import field, number_field

_FLOAT, _UINT8, _INT32, _INT64 = 1, 2, 6, 7  # TensorProto.DataType
_WEIGHTS = np.array([[[200, 100, 150]], [[128, 255, 0]]], np.uint8)
_BIAS = np.array([0.5, -1.0], np.float32)
_ZERO_POINT, _SCALE = np.array(128, np.uint8), np.array(0.01, np.float32)


def _node(operation: str, inputs: Sequence[str], outputs: Sequence[str], *more: bytes) -> bytes:
    written = [field(1, name.encode()) for name in inputs]
    written += [field(2, name.encode()) for name in outputs]
    return field(
        1, b"".join([*written, field(4, operation.encode()), *(field(5, a) for a in more)])
    )


def _numbers(name: str, *values: int) -> bytes:
    packed = b"".join(number_field(8, value) for value in values)  # AttributeProto.ints
    return field(1, name.encode()) + packed + number_field(20, 7)


def _number(name: str, value: int) -> bytes:
    return field(1, name.encode()) + number_field(3, value) + number_field(20, 2)


def _tensor(name: str, values: NDArray[np.generic], kind: int) -> bytes:
    dims = b"".join(number_field(1, size) for size in values.shape)
    return field(
        5, dims + number_field(2, kind) + field(8, name.encode()) + field(9, values.tobytes())
    )


def _value(number: int, name: str, *sizes: int) -> bytes:
    shape = b"".join(field(1, number_field(1, size)) for size in sizes)
    tensor = number_field(1, _FLOAT) + field(2, shape)
    return field(number, field(1, name.encode()) + field(2, field(1, tensor)))


def _model(*, has_bias: bool, end: str = "Mul") -> bytes:
    """Return a quantised convolution of x [1, 1, 8], as quantize_dynamic writes it, and a sum."""
    bias = [
        _node("Mul", ["x_scale", "w_scale"], ["bias_scale"]),
        _node("Div", ["bias", "bias_scale"], ["bias_div"]),
        _node("Floor", ["bias_div"], ["bias_floor"]),
        _node("Cast", ["bias_floor"], ["bias_int"], _number("to", _INT32)),
        _node("Reshape", ["bias_int", "bias_shape"], ["bias_reshaped"]),
        _node("Add", ["part/conv_int", "bias_reshaped"], ["part/conv_sum"]),
    ]
    graph = b"".join(
        [
            _node("DynamicQuantizeLinear", ["x"], ["x_int", "x_scale", "x_zero"]),
            _node(
                "ConvInteger",
                ["x_int", "w", "x_zero", "w_zero"],
                ["part/conv_int"],
                _numbers("pads", 1, 1),
                _numbers("kernel_shape", 3),
            ),
            *(bias if has_bias else []),
            _node(
                "Cast",
                ["part/conv_sum" if has_bias else "part/conv_int"],
                ["float"],
                _number("to", _FLOAT),
            ),
            _node("Mul", ["x_scale", "w_scale"], ["scales"]),
            _node(end, ["float", "scales"], ["y"]),
            _node("Relu", ["y"], ["z"]),
            field(2, b"test"),
            _tensor("w", _WEIGHTS, _UINT8),
            _tensor("w_zero", _ZERO_POINT, _UINT8),
            _tensor("w_scale", _SCALE, _FLOAT),
            _tensor("bias", _BIAS, _FLOAT),
            _tensor("bias_shape", np.array([1, 2, 1], np.int64), _INT64),
            _value(11, "x", 1, 1, 8),
            _value(12, "y", 1, 2, 8),
            _value(12, "z", 1, 2, 8),
        ]
    )
    return number_field(1, 8) + field(7, graph) + field(8, number_field(2, 13))


def _run(model: bytes) -> NDArray[np.float32]:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    x = np.linspace(-1.0, 1.0, 8, dtype=np.float32).reshape(1, 1, 8)
    answer: NDArray[np.float32] = session.run(["y"], {"x": x})[0]
    return answer


def _exact(*, has_bias: bool) -> NDArray[np.float32]:
    x = np.pad(np.linspace(-1.0, 1.0, 8, dtype=np.float32), 1)
    weights = (_WEIGHTS.astype(np.float32) - 128) * 0.01
    rows = [np.convolve(x, kernel[0][::-1], "valid") for kernel in weights]
    exact = np.stack(rows)[None] + (_BIAS[None, :, None] if has_bias else 0)
    return exact.astype(np.float32)


@pytest.mark.parametrize("has_bias", [True, False])
def test_a_quantised_convolution_is_computed_in_floats(has_bias: bool) -> None:
    model = _model(has_bias=has_bias)
    rewritten = b"".join(with_float_convolutions(model, "part/", "y"))
    assert b"ConvInteger" in model
    for gone in (b"ConvInteger", b"DynamicQuantizeLinear", b"Reshape"):
        assert gone not in rewritten
    exact = _exact(has_bias=has_bias)
    assert np.abs(_run(model) - exact).max() > 1e-4
    np.testing.assert_allclose(_run(rewritten), exact, atol=1e-5)


@pytest.mark.parametrize(
    ("model", "prefix"),
    [
        pytest.param(_model(has_bias=True), "elsewhere/", id="not among those wanted"),
        pytest.param(_model(has_bias=True, end="Add"), "part/", id="in another form"),
    ],
)
def test_what_is_not_meant_stays_as_it_is(model: bytes, prefix: str) -> None:
    rewritten = b"".join(with_float_convolutions(model, prefix, "y"))
    assert b"ConvInteger" in rewritten
    np.testing.assert_array_equal(_run(rewritten), _run(model))


def test_what_is_no_model_is_refused() -> None:
    for content in (b"", b"<html>", _model(has_bias=True)[:-9]):
        with pytest.raises(UnreadableModel):
            with_float_convolutions(content, "", "y")
