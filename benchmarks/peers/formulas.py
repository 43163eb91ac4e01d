"""What the peers in Python share: the numbers of TrainingWorkload.cs, a network in NumPy and one in PyTorch, each as fast
as it can be written by hand, and how a step is timed and told.

A layer's weights are an array with a row for each input and the biases as its last row. In NumPy all values carry a column
of ones, so that a bias costs no call of its own: for small arrays calls are what takes the time.
"""

import json
import sys
import time

import numpy as np
from threadpoolctl import threadpool_limits

PRECISIONS = {"double": np.float64, "single": np.float32}


def first_parameters(sizes, dtype=np.float64):
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        i = np.arange(outputs * (inputs + 1)).reshape(outputs, inputs + 1)
        weights = np.sin(12.9898 * (i + 1)) / np.sqrt(inputs)
        weights[:, -1] = 0
        layers.append(np.ascontiguousarray(weights.T.astype(dtype)))
    return layers


def with_ones(x):
    return np.hstack([x, np.ones((len(x), 1), x.dtype)])


class NumpyNetwork:
    """Forward and backward through a network. Parameters and gradients are one flat array each; nothing is allocated in a
    step."""

    def __init__(self, sizes, batch, activation, dtype=np.float64, output_activation=None):
        layers = first_parameters(sizes, dtype)
        self.parameters = np.concatenate([layer.ravel() for layer in layers])
        self.gradients = np.zeros_like(self.parameters)
        ends = np.cumsum([layer.size for layer in layers])
        self._weights, self._weight_gradients = (
            [part.reshape(layer.shape) for part, layer in zip(np.split(array, ends[:-1]), layers)]
            for array in (self.parameters, self.gradients)
        )
        self._transposed = [weights[:-1].T for weights in self._weights]
        self._activations = [activation] * (len(layers) - 1) + [output_activation]
        self._sums, self._deltas = ([np.empty((batch, n), dtype) for n in sizes[1:]] for _ in range(2))
        self._masks = [np.empty((batch, n), bool) for n in sizes[1:]]
        values = [np.ones((batch, n + 1), dtype) for n in sizes[1:-1]]
        self._values = [None] + values
        self._values_transposed = [None] + [value.T for value in values]
        # What an activation writes to: values without the ones, and the output's sums themselves.
        self._outputs = [value[:, :-1] for value in values] + self._sums[-1:]

    def forward(self, x):
        """The outputs for rows that have a column of ones; they may be overwritten."""
        self._values[0] = x
        self._values_transposed[0] = x.T
        for weights, value, total, out, activation in zip(
            self._weights, self._values, self._sums, self._outputs, self._activations
        ):
            np.dot(value, weights, out=total)
            if activation == "tanh":
                np.tanh(total, out=out)
            elif activation == "relu":
                np.maximum(total, 0, out=out)
        return self._outputs[-1]

    @property
    def output_delta(self):
        """Where the derivatives of the loss by the outputs go before the way back."""
        return self._deltas[-1]

    def backward(self):
        for l in range(len(self._weights) - 1, -1, -1):
            delta, total = self._deltas[l], self._sums[l]
            if self._activations[l] == "tanh":
                np.multiply(self._outputs[l], self._outputs[l], out=total)
                np.subtract(1, total, out=total)
                delta *= total
            elif self._activations[l] == "relu":
                delta *= np.greater(total, 0, out=self._masks[l])
            np.dot(self._values_transposed[l], delta, out=self._weight_gradients[l])
            if l > 0:
                np.dot(delta, self._transposed[l], out=self._deltas[l - 1])


class TorchNetwork:
    """The same by PyTorch's functions, without the modules' own cost."""

    def __init__(self, sizes, activation, dtype=np.float64, output_activation=None):
        import torch

        layers = first_parameters(sizes, dtype)
        functions = {"tanh": torch.tanh, "relu": torch.relu, None: None}
        self.parameters = [
            torch.from_numpy(part.copy()).requires_grad_() for layer in layers for part in (layer[:-1].T, layer[-1])
        ]
        self._linear = torch.nn.functional.linear
        self._steps = [
            (weights, biases, functions[activation if l < len(layers) - 1 else output_activation])
            for l, (weights, biases) in enumerate(zip(self.parameters[::2], self.parameters[1::2]))
        ]

    def forward(self, x):
        for weights, biases, activation in self._steps:
            x = self._linear(x, weights, biases)
            if activation:
                x = activation(x)
        return x


def measure(step, seconds):
    """The least and the median time of a step in microseconds, over groups of steps that fill some seconds."""
    warm = time.perf_counter() + seconds / 4
    steps, start = 0, time.perf_counter()
    while time.perf_counter() < warm or steps < 3:
        step()
        steps += 1
    group = max(1, int(steps * 0.005 / (time.perf_counter() - start)))
    times = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 5:
        start = time.perf_counter()
        for _ in range(group):
            step()
        times.append((time.perf_counter() - start) / group * 1e6)
    times.sort()
    return times[0], times[len(times) // 2]


def tell(workload, peer, precision, threads, times, result):
    print(json.dumps({
        "workload": workload, "peer": peer, "precision": precision, "threads": threads, "unit": "us",
        "least": times[0], "median": times[1], "result": float(result),
    }), flush=True)


class Arguments:
    """What a program is called with: PEER THREADS SECONDS [WORKLOAD ...]."""

    def __init__(self):
        self.peer, self.threads, self.seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
        self._chosen = sys.argv[4:]
        self._limits = threadpool_limits(limits=self.threads)
        if self.peer == "torch":
            import torch

            torch.set_num_threads(self.threads)

    def chosen(self, workloads):
        return {name: entry for name, entry in workloads.items() if not self._chosen or name in self._chosen}
