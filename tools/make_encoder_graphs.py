"""Write the encoder's graphs without weights beside vectorstore/embedding/encoder.py (needs the package onnx)."""

import sys
from pathlib import Path

import onnx
from onnx import TensorProto, helper

LAYERS, HIDDEN, HEADS, INNER, EPSILON = 12, 384, 12, 1536, 1e-12
MICROSOFT = "com.microsoft"
TARGET = Path(__file__).parent.parent / "vectorstore" / "embedding"


class Graph:
    """Collects nodes, and initializers that stay outside the file."""

    def __init__(self, int8: bool) -> None:
        self.int8 = int8
        self.nodes: list[onnx.NodeProto] = []
        self.outside: list[onnx.TensorProto] = []

    def node(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        outputs = output.split()
        self.nodes.append(helper.make_node(operator, inputs, outputs, domain=domain, **attributes))
        return outputs[0]

    def array(self, name: str, shape: list[int], kind: int = TensorProto.FLOAT) -> str:
        tensor = TensorProto(name=name, data_type=kind, dims=shape, data_location=TensorProto.EXTERNAL)
        tensor.external_data.add(key="location", value="weights")
        self.outside.append(tensor)
        return name

    def linear(self, x: str, name: str, shape: list[int], bias: bool, exact: bool = False) -> str:
        biases = [self.array(f"{name}.bias", shape[1:])] if bias else []
        if self.int8 and not exact:
            weight = self.array(f"{name}.weight", shape, TensorProto.INT8)
            steps = self.array(f"{name}.steps", shape[1:])
            inputs = [x, weight, steps, *(["", *biases] if bias else [])]
            return self.node("DynamicQuantizeMatMul", inputs, f"{name}.out", MICROSOFT)
        product = self.node("MatMul", [x, self.array(f"{name}.weight", shape)], f"{name}.product")
        return self.node("Add", [product, *biases], f"{name}.out") if bias else product

    def norm(self, x: str, name: str) -> str:
        arrays = [self.array(f"{name}.scale", [HIDDEN]), self.array(f"{name}.shift", [HIDDEN])]
        return self.node("LayerNormalization", [x, *arrays], f"{name}.norm", axis=-1, epsilon=EPSILON)

    def layer(self, x: str, number: int) -> str:
        at = f"{number}."
        triple = self.linear(x, at + "attention", [HIDDEN, 3 * HIDDEN], bias=True)
        self.node("Split", [triple], f"{at}q {at}k {at}v", axis=2, num_outputs=3)
        seen = self.node("MultiHeadAttention", [at + "q", at + "k", at + "v"], at + "seen", MICROSOFT, num_heads=HEADS)
        merged = self.linear(seen, at + "merge", [HIDDEN, HIDDEN], bias=True)
        x = self.norm(self.node("Add", [merged, x], at + "merge.sum"), at + "merge")
        wide = self.linear(x, at + "widen", [HIDDEN, INNER], bias=False)
        active = self.node("BiasGelu", [wide, self.array(at + "widen.bias", [INNER])], at + "active", MICROSOFT)
        narrow = self.linear(active, at + "narrow", [INNER, HIDDEN], bias=True, exact=True)
        return self.norm(self.node("Add", [narrow, x], at + "narrow.sum"), at + "narrow")


def make_graph(int8: bool) -> bytes:
    """Build the encoder: embedded tokens [1, tokens, 384] to their mean after twelve layers [1, 384]."""
    graph = Graph(int8)
    x = graph.norm("embedded", "embedding")
    for number in range(LAYERS):
        x = graph.layer(x, number)
    graph.node("ReduceMean", [x, "tokens_axis"], "mean", keepdims=0)
    axis = helper.make_tensor("tokens_axis", TensorProto.INT64, [1], [1])
    made = helper.make_graph(
        graph.nodes,
        "multilingual-e5-small",
        [helper.make_tensor_value_info("embedded", TensorProto.FLOAT, [1, "tokens", HIDDEN])],
        [helper.make_tensor_value_info("mean", TensorProto.FLOAT, [1, HIDDEN])],
        [axis, *graph.outside],
    )
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=10).SerializeToString(deterministic=True)


def main() -> int:
    """Write both graphs."""
    for name, int8 in (("encoder.onnx", False), ("encoder_int8.onnx", True)):
        (TARGET / name).write_bytes(make_graph(int8))
    return 0


if __name__ == "__main__":
    sys.exit(main())
