// The tables of formulas, each the engine's own: a test compares every entry with it.
const sigmoid = x => {
    if (x >= 0) {
        return 1 / (1 + Math.exp(-x));
    }

    const e = Math.exp(x);
    return e / (1 + e);
};
const softplus = x => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

// erfc as the engine has it: a Chebyshev series, whose coefficients come with the page.
const erfc = x => {
    const z = Math.abs(x);
    const t = 2 / (2 + z);
    const s = 2 * t - 1;
    let [next, afterNext] = [0, 0];
    for (let j = data.erfc.length - 1; j > 0; j--) {
        [next, afterNext] = [2 * s * next - afterNext + data.erfc[j], next];
    }

    const tail = t * Math.exp(-z * z + s * next - afterNext + data.erfc[0]);
    return x >= 0 ? tail : 2 - tail;
};
const normalShare = x => 0.5 * erfc(-x * Math.SQRT1_2);
const normalDensity = x => 0.3989422804014327 * Math.exp(-0.5 * x * x);

// value(x), and derivative(x, y) where y is the value at x.
const activations = {
    Identity: { formula: 'x', value: x => x, derivative: () => 1 },
    Tanh: { formula: 'tanh x', value: Math.tanh, derivative: (x, y) => 1 - y * y },
    Sigmoid: { formula: '1 / (1 + e⁻ˣ)', value: sigmoid, derivative: (x, y) => y * (1 - y) },
    Relu: { formula: 'max(0, x)', value: x => x <= 0 ? 0 : x, derivative: x => x <= 0 ? 0 : x > 0 ? 1 : NaN },
    LeakyRelu: {
        formula: 'x, or 0.01 x below 0',
        value: x => x > 0 ? x : 0.01 * x,
        derivative: x => x > 0 ? 1 : x <= 0 ? 0.01 : NaN,
    },
    Elu: { formula: 'x, or eˣ − 1 below 0', value: x => x > 0 ? x : Math.expm1(x), derivative: x => x > 0 ? 1 : Math.exp(x) },
    Gelu: {
        formula: 'x Φ(x)',
        value: x => x * normalShare(x),
        derivative: x => normalShare(x) + x * normalDensity(x),
    },
    Silu: {
        formula: 'x / (1 + e⁻ˣ)',
        value: x => x * sigmoid(x),
        derivative: x => {
            const s = sigmoid(x);
            return s * (1 + x * (1 - s));
        },
    },
    Softplus: { formula: 'log(1 + eˣ)', value: softplus, derivative: sigmoid },
};

// What one output z costs against its target t, and the derivative by z.
const elementwise = (cost, derivative) => (outputs, targets, at, gradient) => {
    let sum = 0;
    for (let i = 0; i < outputs.length; i++) {
        sum += cost(outputs[i], targets[at + i]);
        gradient[i] = derivative(outputs[i], targets[at + i]);
    }

    return sum;
};
const squared = elementwise((z, t) => (z - t) * (z - t), (z, t) => 2 * (z - t));

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
    MeanSquaredError: { formula: 'mean of (output − target)²', encoding: 'Numbers', row: squared, divisor: mean },
    SumSquaredError: { formula: 'sum of (output − target)²', encoding: 'Numbers', row: squared, divisor: () => 1 },
    MeanAbsoluteError: {
        formula: 'mean of |output − target|',
        encoding: 'Numbers',
        row: elementwise((z, t) => Math.abs(z - t), (z, t) => z > t ? 1 : z < t ? -1 : z - t),
        divisor: mean,
    },
    Huber: {
        formula: 'd = |output − target|: mean of d² / 2 up to 1, of d − ½ beyond',
        encoding: 'Numbers',
        row: elementwise(
            (z, t) => Math.abs(z - t) <= 1 ? 0.5 * (z - t) * (z - t) : Math.abs(z - t) - 0.5,
            (z, t) => Math.min(1, Math.max(-1, z - t))),
        divisor: mean,
    },
    Hinge: {
        formula: 'mean of max(0, 1 − target · output), target −1 or 1',
        encoding: 'MinusOneOrOne',
        row: elementwise((z, t) => 1 - t * z <= 0 ? 0 : 1 - t * z, (z, t) => 1 - t * z <= 0 ? 0 : 1 - t * z > 0 ? -t : NaN),
        divisor: mean,
    },
    BinaryCrossEntropy: {
        formula: 'mean of log(1 + eᶻ) − target · z, target 0 or 1',
        encoding: 'ZeroOrOne',
        row: elementwise((z, t) => softplus(z) - t * z, (z, t) => sigmoid(z) - t),
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
