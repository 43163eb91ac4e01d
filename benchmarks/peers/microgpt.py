"""A small GPT over letters, trained on one name at a time with scalar values alone: what a person writes in Python before
reaching for a library. One block, four heads, 16 numbers a letter, 4,192 parameters where the names use 26 letters.

    python3 microgpt.py NAMES STEPS [SEED]

prints a line of JSON: seconds for all steps, the loss of each step, and ten names that the model then makes up.
"""

import json
import math
import random
import sys
import time

WIDTH, HEADS, CONTEXT, SPREAD = 16, 4, 16, 0.08


class Value:
    """A number that knows which numbers it came from, and how it changes with each of them."""

    __slots__ = ("data", "grad", "inputs", "slopes")

    def __init__(self, data, inputs=(), slopes=()):
        self.data, self.grad, self.inputs, self.slopes = data, 0.0, inputs, slopes

    def __add__(self, other):
        if isinstance(other, Value):
            return Value(self.data + other.data, (self, other), (1.0, 1.0))
        return Value(self.data + other, (self,), (1.0,))

    def __mul__(self, other):
        if isinstance(other, Value):
            return Value(self.data * other.data, (self, other), (other.data, self.data))
        return Value(self.data * other, (self,), (other,))

    def power(self, exponent):
        return Value(self.data ** exponent, (self,), (exponent * self.data ** (exponent - 1),))

    def exp(self):
        value = math.exp(self.data)
        return Value(value, (self,), (value,))

    def log(self):
        return Value(math.log(self.data), (self,), (1.0 / self.data,))

    def relu(self):
        return Value(max(0.0, self.data), (self,), (1.0 if self.data > 0 else 0.0,))

    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, is_done = stack.pop()
            if is_done:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                stack.extend((child, False) for child in node.inputs)
        self.grad = 1.0
        for node in reversed(order):
            for child, slope in zip(node.inputs, node.slopes):
                child.grad += slope * node.grad


def total(values):
    result = values[0]
    for value in values[1:]:
        result = result + value
    return result


def linear(weights, x):
    return [total([w * v for w, v in zip(row, x)]) for row in weights]


def normalized(x):
    scale = (total([v * v for v in x]) * (1.0 / len(x)) + 1e-5).power(-0.5)
    return [v * scale for v in x]


def shares(logits):
    largest = max(logit.data for logit in logits)
    powers = [(logit + -largest).exp() for logit in logits]
    scale = total(powers).power(-1.0)
    return [power * scale for power in powers]


class Model:
    def __init__(self, letters):
        def matrix(rows, columns):
            return [[Value(random.gauss(0, SPREAD)) for _ in range(columns)] for _ in range(rows)]

        self.letter, self.place = matrix(letters, WIDTH), matrix(CONTEXT, WIDTH)
        self.query, self.key, self.value, self.mixed = (matrix(WIDTH, WIDTH) for _ in range(4))
        self.wide, self.narrow = matrix(4 * WIDTH, WIDTH), matrix(WIDTH, 4 * WIDTH)
        self.out = matrix(letters, WIDTH)
        self.parameters = [
            value
            for part in (self.letter, self.place, self.query, self.key, self.value, self.mixed, self.wide, self.narrow, self.out)
            for row in part
            for value in row
        ]

    def logits(self, letter, place, keys, values):
        """What comes after a letter at a place; keys and values remember the letters before it."""
        x = normalized([a + b for a, b in zip(self.letter[letter], self.place[place])])
        before, x = x, normalized(x)
        query = linear(self.query, x)
        keys.append(linear(self.key, x))
        values.append(linear(self.value, x))
        joined, size = [], WIDTH // HEADS
        for head in range(0, WIDTH, size):
            part = slice(head, head + size)
            fits = [total([q * k for q, k in zip(query[part], key[part])]) * (1 / size ** 0.5) for key in keys]
            weights = shares(fits)
            joined += [total([w * value[i] for w, value in zip(weights, values)]) for i in range(head, head + size)]
        x = [a + b for a, b in zip(linear(self.mixed, joined), before)]
        before = x
        x = linear(self.narrow, [v.relu() for v in linear(self.wide, normalized(x))])
        return linear(self.out, [a + b for a, b in zip(x, before)])


def main(path, steps, seed=42):
    random.seed(seed)
    with open(path, encoding="utf-8") as file:
        names = file.read().split()
    random.shuffle(names)
    alphabet = sorted(set("".join(names)))
    end = len(alphabet)
    model = Model(end + 1)
    means, squares = [0.0] * len(model.parameters), [0.0] * len(model.parameters)
    losses, start = [], time.perf_counter()
    for step in range(steps):
        name = names[step % len(names)]
        tokens = [end] + [alphabet.index(letter) for letter in name] + [end]
        count = min(CONTEXT, len(tokens) - 1)
        keys, values, costs = [], [], []
        for place in range(count):
            logits = model.logits(tokens[place], place, keys, values)
            costs.append(shares(logits)[tokens[place + 1]].log() * -1.0)
        loss = total(costs) * (1.0 / count)
        loss.backward()
        losses.append(loss.data)

        # Adam, its rate falling to 0 over the steps.
        rate = 0.01 * (1 - step / steps)
        for i, parameter in enumerate(model.parameters):
            means[i] = 0.85 * means[i] + 0.15 * parameter.grad
            squares[i] = 0.99 * squares[i] + 0.01 * parameter.grad ** 2
            mean, square = means[i] / (1 - 0.85 ** (step + 1)), squares[i] / (1 - 0.99 ** (step + 1))
            parameter.data -= rate * mean / (square ** 0.5 + 1e-8)
            parameter.grad = 0.0
    seconds = time.perf_counter() - start

    made_up = []
    for _ in range(10):
        letter, keys, values, name = end, [], [], ""
        for place in range(CONTEXT):
            weights = [share.data for share in shares([logit * 2.0 for logit in model.logits(letter, place, keys, values)])]
            letter = random.choices(range(end + 1), weights)[0]
            if letter == end:
                break
            name += alphabet[letter]
        made_up.append(name)
    print(json.dumps({"seconds": seconds, "losses": losses, "names": made_up}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *map(int, sys.argv[3:]))
