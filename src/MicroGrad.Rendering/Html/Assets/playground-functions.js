// Losses and optimizers as the engine has them: a test compares every entry with it. What has a formula comes before, written by
// the engine: activations, and what one output costs against its target.
const elementwise = ({ cost, derivative }) => (outputs, targets, at, gradient) => {
    let sum = 0;
    for (let i = 0; i < outputs.length; i++) {
        sum += cost(outputs[i], targets[at + i]);
        gradient[i] = derivative(outputs[i], targets[at + i]);
    }

    return sum;
};

const crossEntropy = (outputs, targets, at, gradient) => {
    let largest = outputs[0];
    for (const z of outputs) {
        largest = Math.max(largest, z);
    }

    let [sum, saved] = [0, 0];
    for (let i = 0; i < outputs.length; i++) {
        const distance = outputs[i] - largest;
        sum += gradient[i] = Math.exp(distance);
        saved += targets[at + i] === 0 ? 0 : targets[at + i] * distance;
    }

    for (let i = 0; i < outputs.length; i++) {
        gradient[i] = gradient[i] / sum - targets[at + i];
    }

    return Math.log(sum) - saved;
};

// row(outputs, targets, at, gradient) gives a row's cost and writes its derivatives. The loss of a batch is the sum over
// its rows, divided by divisor(rows, outputs).
const mean = (rows, outputs) => rows * outputs;
const losses = {
    MeanSquaredError: { formula: 'mean of (output − target)²', encoding: 'Numbers', row: elementwise(elementwiseLosses.MeanSquaredError), divisor: mean },
    SumSquaredError: { formula: 'sum of (output − target)²', encoding: 'Numbers', row: elementwise(elementwiseLosses.SumSquaredError), divisor: () => 1 },
    MeanAbsoluteError: {
        formula: 'mean of |output − target|',
        encoding: 'Numbers',
        row: elementwise(elementwiseLosses.MeanAbsoluteError),
        divisor: mean,
    },
    Huber: {
        formula: 'd = |output − target|: mean of d² / 2 up to 1, of d − ½ beyond',
        encoding: 'Numbers',
        row: elementwise(elementwiseLosses.Huber),
        divisor: mean,
    },
    Hinge: {
        formula: 'mean of max(0, 1 − target · output), target −1 or 1',
        encoding: 'MinusOneOrOne',
        row: elementwise(elementwiseLosses.Hinge),
        divisor: mean,
    },
    BinaryCrossEntropy: {
        formula: 'mean of log(1 + eᶻ) − target · z, target 0 or 1',
        encoding: 'ZeroOrOne',
        row: elementwise(elementwiseLosses.BinaryCrossEntropy),
        divisor: mean,
    },
    CrossEntropy: { formula: 'mean of −log softmax(z) of the right class', encoding: 'OneHot', row: crossEntropy, divisor: rows => rows },
};

// Each move changes the parameters x by their gradients g; memory holds two numbers a parameter, from 0.
const adam = (x, g, memory, rate, step) => {
    const n = x.length;
    const meanFactor = rate / (1 - Math.pow(0.9, step));
    const squareCorrection = 1 / (1 - Math.pow(0.999, step));
    for (let i = 0; i < n; i++) {
        const average = memory[i] = 0.9 * memory[i] + (1 - 0.9) * g[i];
        const square = memory[n + i] = 0.999 * memory[n + i] + (1 - 0.999) * g[i] * g[i];
        x[i] -= meanFactor * average / (Math.sqrt(square * squareCorrection) + 1e-8);
    }
};
const scaledByRoot = (kept, taken, epsilon) => (x, g, memory, rate) => {
    for (let i = 0; i < x.length; i++) {
        const square = memory[i] = kept * memory[i] + taken * g[i] * g[i];
        x[i] -= rate * g[i] / (Math.sqrt(square) + epsilon);
    }
};
const optimizers = {
    Sgd: (x, g, memory, rate, step, momentum) => {
        for (let i = 0; i < x.length; i++) {
            const velocity = memory[i] = momentum * memory[i] + g[i];
            x[i] -= rate * velocity;
        }
    },
    RmsProp: scaledByRoot(0.99, 1 - 0.99, 1e-8),
    Adagrad: scaledByRoot(1, 1, 1e-10),
    Adam: adam,

    // They differ only by weight decay, which the page lacks.
    AdamW: adam,
};
