"""Loss and gradient of the problems in ScalarProblems.cs, by hand in NumPy and by PyTorch.

    losses.py numpy|torch THREADS SECONDS [WORKLOAD ...]
"""

import numpy as np

from formulas import Arguments, NumpyNetwork, TorchNetwork, measure, tell, with_ones

MOONS_SIZES = [2, 16, 16, 1]
MOONS_ROWS = 100
LECTURE_SIZES = [3, 4, 4, 1]
LECTURE_RATE = 0.05
LECTURE_INPUTS = np.array([[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]])
LECTURE_TARGETS = np.array([[1.0], [-1], [-1], [1]])

# The step of the lecture whose loss is compared.
COMPARED_STEPS = 20


def moons_rows():
    r = np.arange(MOONS_ROWS)
    x = np.stack([np.sin(1 + 0.7 * r), np.sin(2.3 + 0.7 * r)], axis=1)
    y = np.where(r % 2 == 0, 1.0, -1.0)[:, None]
    return x, y


def numpy_moons():
    x, y = moons_rows()
    network = NumpyNetwork(MOONS_SIZES, MOONS_ROWS, "relu")
    x, minus_y, share, delta = with_ones(x), -y, -y / MOONS_ROWS, network.output_delta
    ones, mask = np.ones(MOONS_ROWS), np.empty(y.shape, bool)

    def step():
        margin = network.forward(x)
        np.multiply(margin, minus_y, out=margin)
        np.add(margin, 1, out=margin)
        np.maximum(margin, 0, out=margin)
        np.multiply(np.greater(margin, 0, out=mask), share, out=delta)
        loss = ones.dot(margin)[0] / MOONS_ROWS
        network.backward()
        return loss

    return step, lambda: step() + np.linalg.norm(network.gradients)


def torch_moons():
    import torch

    x, y = map(torch.from_numpy, moons_rows())
    network = TorchNetwork(MOONS_SIZES, "relu")
    minus_y = -y

    def step():
        loss = torch.relu(torch.addcmul(one, network.forward(x), minus_y)).mean()
        return loss.detach(), torch.autograd.grad(loss, network.parameters)

    def result():
        loss, gradients = step()
        return loss.item() + np.sqrt(sum((g * g).sum().item() for g in gradients))

    one = torch.ones_like(y)
    return step, result


def numpy_lecture():
    network = NumpyNetwork(LECTURE_SIZES, len(LECTURE_INPUTS), "tanh", output_activation="tanh")
    x, delta, targets = with_ones(LECTURE_INPUTS), network.output_delta, LECTURE_TARGETS
    parameters, gradients = network.parameters, network.gradients

    def step():
        np.subtract(network.forward(x), targets, out=delta)
        loss = np.vdot(delta, delta)
        np.multiply(delta, 2, out=delta)
        network.backward()
        np.multiply(gradients, LECTURE_RATE, out=gradients)
        np.subtract(parameters, gradients, out=parameters)
        return loss

    return step, lambda: [step() for _ in range(COMPARED_STEPS)][-1]


def torch_lecture():
    import torch

    network = TorchNetwork(LECTURE_SIZES, "tanh", output_activation="tanh")
    x, y = torch.from_numpy(LECTURE_INPUTS), torch.from_numpy(LECTURE_TARGETS)

    def step():
        loss = torch.nn.functional.mse_loss(network.forward(x), y, reduction="sum")
        gradients = torch.autograd.grad(loss, network.parameters)
        with torch.no_grad():
            torch._foreach_add_(network.parameters, gradients, alpha=-LECTURE_RATE)
        return loss.detach()

    return step, lambda: [step() for _ in range(COMPARED_STEPS)][-1]


WORKLOADS = {
    "moons, compiled": {"numpy": numpy_moons, "torch": torch_moons},
    "lecture step, compiled": {"numpy": numpy_lecture, "torch": torch_lecture},
}


def main():
    arguments = Arguments()
    label = {"numpy": "NumPy", "torch": "PyTorch"}[arguments.peer]
    for name, makers in arguments.chosen(WORKLOADS).items():
        step, compute = makers[arguments.peer]()
        result = compute()
        tell(name, label, "double", arguments.threads, measure(step, arguments.seconds), result)


if __name__ == "__main__":
    main()
