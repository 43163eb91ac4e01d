"""The training workloads of MicroGrad.Benchmarks in NumPy and PyTorch, by the same formulas: see TrainingWorkload.cs.

    training.py numpy|torch SECONDS [WORKLOAD ...]

Prints a line of JSON for each workload, precision and number of threads, in the same form as MicroGrad.Benchmarks.
"""

import json
import sys
import time

import numpy as np

BATCHES = 8

# The step whose loss is compared: later ones differ in single precision, as rounding grows from step to step.
COMPARED_STEPS = 5
WORKLOADS = {
    "C1": ([2, 16, 16, 1], 32, "tanh"),
    "C2": ([64, 128, 64, 10], 64, "relu"),
    "C3": ([784, 512, 256, 10], 128, "relu"),
}


def first_parameters(sizes, dtype):
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        i = np.arange(outputs * (inputs + 1)).reshape(outputs, inputs + 1)
        weights = np.sin(12.9898 * (i + 1)) / np.sqrt(inputs)
        layers.append((np.ascontiguousarray(weights[:, :-1].T.astype(dtype)), np.zeros(outputs, dtype)))
    return layers


def batches(sizes, batch, dtype):
    r = np.arange(BATCHES * batch)
    x = np.sin(1 + 0.7 * r[:, None] + 1.3 * np.arange(sizes[0]))
    if sizes[-1] > 1:
        y = np.eye(sizes[-1])[r % sizes[-1]]
    else:
        y = (np.sin(x[:, 0]) + 0.5 * x[:, 1])[:, None]
    return [
        (np.ascontiguousarray(x[b : b + batch].astype(dtype)), np.ascontiguousarray(y[b : b + batch].astype(dtype)))
        for b in range(0, len(r), batch)
    ]


def numpy_step(sizes, batch, activation, dtype):
    """One flat list of parameters, so that Adam is a few calls over all of them; no array is made in a step but by need."""
    layers = first_parameters(sizes, dtype)
    count = sum(w.size + b.size for w, b in layers)
    parameters, gradients, mean, square, scratch = (np.zeros(count, dtype) for _ in range(5))
    views, at = [], 0
    for w, b in layers:
        own = []
        for array in (w, b):
            part = slice(at, at + array.size)
            parameters[part] = array.ravel()
            own.append((parameters[part].reshape(array.shape), gradients[part].reshape(array.shape)))
            at += array.size
        views.append(own)
    data = batches(sizes, batch, dtype)
    sums = [np.empty((batch, n), dtype) for n in sizes[1:]]
    deltas = [np.empty((batch, n), dtype) for n in sizes[1:]]
    one = dtype(1)
    rows = np.arange(batch)
    state = {"step": 0}

    def step():
        x, y = data[state["step"] % BATCHES]
        state["step"] += 1
        values = [x]
        for l, ((w, _), (b, _)) in enumerate(views):
            z = np.matmul(values[-1], w, out=sums[l])
            z += b
            if l < len(views) - 1:
                if activation == "tanh":
                    np.tanh(z, out=z)
                else:
                    np.maximum(z, 0, out=z)
            values.append(z)
        out = values[-1]
        delta = deltas[-1]
        if sizes[-1] > 1:
            out -= out.max(axis=1, keepdims=True)
            picked = (out * y).sum(axis=1)
            np.exp(out, out=delta)
            total = delta.sum(axis=1, keepdims=True)
            loss = (np.log(total[:, 0]) - picked).mean()
            delta /= total
            delta -= y
            delta *= dtype(1 / batch)
        else:
            np.subtract(out, y, out=delta)
            loss = np.vdot(delta, delta) / batch
            delta *= dtype(2 / batch)
        for l in range(len(views) - 1, -1, -1):
            (w, gw), (_, gb) = views[l]
            np.matmul(values[l].T, delta, out=gw)
            np.add.reduce(delta, axis=0, out=gb)
            if l > 0:
                below = np.matmul(delta, w.T, out=deltas[l - 1])
                if activation == "tanh":
                    value = values[l]
                    value *= value
                    below *= np.subtract(one, value, out=value)
                else:
                    below *= values[l] > 0
                delta = below
        t = state["step"]
        mean.__imul__(dtype(0.9))
        np.multiply(gradients, dtype(0.1), out=scratch)
        mean.__iadd__(scratch)
        square.__imul__(dtype(0.999))
        np.multiply(gradients, gradients, out=gradients)
        gradients.__imul__(dtype(0.001))
        square.__iadd__(gradients)
        np.multiply(square, dtype(1 / (1 - 0.999**t)), out=scratch)
        np.sqrt(scratch, out=scratch)
        scratch.__iadd__(dtype(1e-8))
        np.divide(mean, scratch, out=scratch)
        scratch.__imul__(dtype(0.001 / (1 - 0.9**t)))
        parameters.__isub__(scratch)
        return float(loss)

    return step


def torch_step(sizes, batch, activation, dtype):
    import torch

    kind = torch.float32 if dtype is np.float32 else torch.float64
    modules = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        modules.append(torch.nn.Linear(inputs, outputs).to(kind))
        modules.append(torch.nn.Tanh() if activation == "tanh" else torch.nn.ReLU())
    model = torch.nn.Sequential(*modules[:-1])
    with torch.no_grad():
        for linear, (w, b) in zip(modules[::2], first_parameters(sizes, dtype)):
            linear.weight.copy_(torch.from_numpy(w.T.copy()))
            linear.bias.copy_(torch.from_numpy(b))
    loss_of = torch.nn.CrossEntropyLoss() if sizes[-1] > 1 else torch.nn.MSELoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    data = [
        (torch.from_numpy(x), torch.from_numpy(y).argmax(1) if sizes[-1] > 1 else torch.from_numpy(y))
        for x, y in batches(sizes, batch, dtype)
    ]
    state = {"step": 0}

    def step():
        x, y = data[state["step"] % BATCHES]
        state["step"] += 1
        optimizer.zero_grad()
        loss = loss_of(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def measure(step, seconds):
    """The least and the median time of a step in microseconds, over groups of steps that fill some seconds."""
    loss = 0.0
    for _ in range(COMPARED_STEPS):
        loss = step()
    for _ in range(50):
        step()
    start = time.perf_counter()
    for _ in range(20):
        step()
    group = max(1, int(20 * 0.005 / (time.perf_counter() - start)))
    times = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 5:
        start = time.perf_counter()
        for _ in range(group):
            step()
        times.append((time.perf_counter() - start) / group * 1e6)
    times.sort()
    return times[0], times[len(times) // 2], loss


def main():
    peer, seconds, chosen = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
    from threadpoolctl import threadpool_info, threadpool_limits

    if peer == "torch":
        import torch
    for name, (sizes, batch, activation) in WORKLOADS.items():
        if chosen and name not in chosen:
            continue
        for threads in (1, 2) if name == "C3" else (1,):
            for precision, dtype in (("double", np.float64), ("single", np.float32)):
                with threadpool_limits(limits=threads):
                    if peer == "torch":
                        torch.set_num_threads(threads)
                        step = torch_step(sizes, batch, activation, dtype)
                        label = "PyTorch"
                    else:
                        step = numpy_step(sizes, batch, activation, dtype)
                        label = "NumPy"
                    least, median, loss = measure(step, seconds)
                print(json.dumps({
                    "workload": name, "peer": label, "precision": precision, "threads": threads,
                    "least": least, "median": median, "result": loss,
                }), flush=True)
    kernels = sorted({
        f"{info.get('internal_api')} {info.get('version')} {info.get('architecture', '')}".strip() for info in threadpool_info()
    })
    print(json.dumps({"kernels": kernels}), flush=True)


if __name__ == "__main__":
    main()
