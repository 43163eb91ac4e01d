"""The training workloads of TrainingWorkload.cs, step by step in NumPy and PyTorch, and whole trainings by scikit-learn.

    training.py numpy|torch|sklearn THREADS SECONDS [WORKLOAD ...]

Prints a line of JSON for each workload and precision, in the same form as MicroGrad.Benchmarks.
"""

import numpy as np

from formulas import PRECISIONS, Arguments, NumpyNetwork, TorchNetwork, first_parameters, measure, tell, with_ones

BATCHES = 8

# The step, or epoch, whose loss is compared: later ones differ in single precision, as rounding grows from step to step.
COMPARED_STEPS = 5
COMPARED_EPOCH = 2
WORKLOADS = {
    "C1": ([2, 16, 16, 1], 32, "tanh", 100),
    "C2": ([64, 128, 64, 10], 64, "relu", 50),
    "C3": ([784, 512, 256, 10], 128, "relu", 4),
}


def rows(sizes, batch, dtype):
    r = np.arange(BATCHES * batch)
    x = np.sin(1 + 0.7 * r[:, None] + 1.3 * np.arange(sizes[0]))
    if sizes[-1] > 1:
        y = np.eye(sizes[-1])[r % sizes[-1]]
    else:
        y = (np.sin(x[:, 0]) + 0.5 * x[:, 1])[:, None]
    return x.astype(dtype), y.astype(dtype)


def batches(sizes, batch, dtype):
    x, y = rows(sizes, batch, dtype)
    return [(x[b : b + batch], y[b : b + batch]) for b in range(0, len(x), batch)]


def numpy_step(sizes, batch, activation, dtype):
    """Adam is a few calls over all parameters at once."""
    network = NumpyNetwork(sizes, batch, activation, dtype)
    parameters, gradients = network.parameters, network.gradients
    mean, square, scratch = (np.zeros_like(parameters) for _ in range(3))
    data = [(with_ones(x), y) for x, y in batches(sizes, batch, dtype)]
    delta = network.output_delta
    taken = 0

    def step():
        nonlocal taken, mean, square
        x, y = data[taken % BATCHES]
        taken += 1
        out = network.forward(x)
        if sizes[-1] > 1:
            out -= out.max(axis=1, keepdims=True)
            picked = np.vdot(out, y)
            np.exp(out, out=delta)
            total = delta.sum(axis=1, keepdims=True)
            loss = (np.log(total).sum() - picked) / batch
            np.divide(delta, total, out=delta)
            np.subtract(delta, y, out=delta)
            np.multiply(delta, dtype(1 / batch), out=delta)
        else:
            np.subtract(out, y, out=delta)
            loss = np.vdot(delta, delta) / batch
            np.multiply(delta, dtype(2 / batch), out=delta)
        network.backward()
        mean *= dtype(0.9)
        np.multiply(gradients, dtype(0.1), out=scratch)
        mean += scratch
        square *= dtype(0.999)
        np.multiply(gradients, gradients, out=gradients)
        np.multiply(gradients, dtype(0.001), out=gradients)
        square += gradients
        np.multiply(square, dtype(1 / (1 - 0.999**taken)), out=scratch)
        np.sqrt(scratch, out=scratch)
        np.add(scratch, dtype(1e-8), out=scratch)
        np.divide(mean, scratch, out=scratch)
        np.multiply(scratch, dtype(0.001 / (1 - 0.9**taken)), out=scratch)
        np.subtract(parameters, scratch, out=parameters)
        return float(loss)

    return step


def torch_step(sizes, batch, activation, dtype):
    import torch

    network = TorchNetwork(sizes, activation, dtype)
    loss_of = torch.nn.functional.cross_entropy if sizes[-1] > 1 else torch.nn.functional.mse_loss
    # All parameters in one call, which is faster for many small ones.
    optimizer = torch.optim.Adam(network.parameters, lr=0.001, foreach=True)
    data = [
        (torch.from_numpy(x), torch.from_numpy(y).argmax(1) if sizes[-1] > 1 else torch.from_numpy(y))
        for x, y in batches(sizes, batch, dtype)
    ]
    taken = 0

    def step():
        nonlocal taken
        x, y = data[taken % BATCHES]
        taken += 1
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(network.forward(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def sklearn_training(sizes, batch, activation, dtype, epochs):
    """A training from given weights: scikit-learn takes them from an estimator that is fitted already."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    warnings.filterwarnings("ignore", category=ConvergenceWarning)
    x, y = rows(sizes, batch, dtype)
    is_classifier = sizes[-1] > 1
    targets = y.argmax(1) if is_classifier else y[:, 0]
    estimator = (MLPClassifier if is_classifier else MLPRegressor)(
        hidden_layer_sizes=sizes[1:-1], activation=activation, solver="adam", alpha=0, batch_size=batch,
        learning_rate_init=0.001, epsilon=1e-20, max_iter=epochs, shuffle=False, tol=0, n_iter_no_change=epochs + 1,
        warm_start=True,
    )
    estimator.max_iter = 1
    estimator.fit(x, targets)
    estimator.max_iter = epochs
    layers = first_parameters(sizes, dtype)

    def train():
        estimator.coefs_ = [layer[:-1].copy() for layer in layers]
        estimator.intercepts_ = [layer[-1].copy() for layer in layers]
        estimator.loss_curve_ = []
        estimator.fit(x, targets)
        # Its loss of a regression is half the mean of squares.
        return estimator.loss_curve_[COMPARED_EPOCH - 1] * (1 if is_classifier else 2)

    return train


def main():
    arguments = Arguments()
    workloads = WORKLOADS
    if arguments.peer == "sklearn":
        workloads = {f"{name}, whole training of {entry[-1]} epochs": entry for name, entry in WORKLOADS.items()}
    for name, (sizes, batch, activation, epochs) in arguments.chosen(workloads).items():
        for precision, dtype in PRECISIONS.items():
            if arguments.peer == "sklearn":
                train = sklearn_training(sizes, batch, activation, dtype, epochs)
                result = train()
                times = measure(train, arguments.seconds)
                tell(name, "scikit-learn", precision, arguments.threads, times, result)
                continue
            make, peer = (torch_step, "PyTorch") if arguments.peer == "torch" else (numpy_step, "NumPy")
            step = make(sizes, batch, activation, dtype)
            for _ in range(COMPARED_STEPS):
                result = step()
            tell(name, peer, precision, arguments.threads, measure(step, arguments.seconds), result)


if __name__ == "__main__":
    main()
