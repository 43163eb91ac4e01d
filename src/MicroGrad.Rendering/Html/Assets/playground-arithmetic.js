// A network over plain numbers, one row at a time. Parameters stand layer by layer and neuron by neuron: weights, then
// the bias.
class Network {
    constructor(sizes, kinds, hasBias, parameters) {
        this.sizes = sizes;
        this.kinds = kinds;
        this.hasBias = hasBias;
        this.layers = [];
        let start = 0;
        for (let l = 1; l < sizes.length; l++) {
            const stride = sizes[l - 1] + (hasBias ? 1 : 0);
            this.layers.push({
                start,
                stride,
                inputs: sizes[l - 1],
                sums: new Float64Array(sizes[l]),
                outputs: new Float64Array(sizes[l]),
                deltas: new Float64Array(sizes[l]),
                kind: kinds[l - 1],
            });
            start += stride * sizes[l];
        }

        this.parameters = parameters ? Float64Array.from(parameters) : new Float64Array(start);
    }

    // The draws that the engine makes for a network of this shape.
    static draw(sizes, kinds, hasBias, seed) {
        const network = new Network(sizes, kinds, hasBias);
        const random = new PythonRandom(seed);
        for (const layer of network.layers) {
            const isEven = ['Identity', 'Tanh', 'Sigmoid'].includes(layer.kind);
            const limit = Math.sqrt(6 / (layer.inputs + layer.outputs.length));
            const deviation = Math.sqrt(2 / layer.inputs);
            for (let n = 0; n < layer.outputs.length; n++) {
                for (let i = 0; i < layer.inputs; i++) {
                    network.parameters[layer.start + n * layer.stride + i] =
                        isEven ? random.uniform(-limit, limit) : deviation * random.gauss();
                }
            }
        }

        return network;
    }

    // The outputs over a row that begins at a place of a list.
    forward(rows, at) {
        const p = this.parameters;
        let inputs = rows;
        let from = at;
        for (const layer of this.layers) {
            const { sums, outputs, stride } = layer;
            const count = layer.inputs;
            const value = activations[layer.kind].value;
            let k = layer.start;
            for (let n = 0; n < outputs.length; n++, k += stride) {
                let sum = this.hasBias ? p[k + count] : 0;
                for (let i = 0; i < count; i++) {
                    sum += p[k + i] * inputs[from + i];
                }

                sums[n] = sum;
                outputs[n] = value(sum);
            }

            inputs = outputs;
            from = 0;
        }

        return inputs;
    }

    // Adds a row's gradient, after its forward pass. The derivatives by the outputs stand in the last layer's deltas.
    backward(rows, at, gradients) {
        const p = this.parameters;
        for (let l = this.layers.length - 1; l >= 0; l--) {
            const layer = this.layers[l];
            const below = l > 0 ? this.layers[l - 1] : null;
            const { sums, outputs, deltas, stride } = layer;
            const count = layer.inputs;
            const inputs = below ? below.outputs : rows;
            const from = below ? 0 : at;
            const derivative = activations[layer.kind].derivative;
            if (below) {
                below.deltas.fill(0);
            }

            let k = layer.start;
            for (let n = 0; n < outputs.length; n++, k += stride) {
                const delta = deltas[n] * derivative(sums[n], outputs[n]);
                for (let i = 0; i < count; i++) {
                    gradients[k + i] += delta * inputs[from + i];
                }

                if (this.hasBias) {
                    gradients[k + count] += delta;
                }

                if (below) {
                    for (let i = 0; i < count; i++) {
                        below.deltas[i] += delta * p[k + i];
                    }
                }
            }
        }
    }
}

const allFinite = numbers => numbers.every(Number.isFinite);

// Which class outputs decide for: the largest of many, or whether a single one is above 0.
const classOf = outputs => {
    if (outputs.length === 1) {
        return outputs[0] > 0 ? 1 : 0;
    }

    let best = 0;
    for (let i = 1; i < outputs.length; i++) {
        best = outputs[i] > outputs[best] ? i : best;
    }

    return best;
};

// Rows ready for the arithmetic, of those given by their places.
class Samples {
    constructor(rows, places, lossName, inputCount, outputCount) {
        const encoding = losses[lossName].encoding;
        this.count = places.length;
        this.places = places;
        this.inputCount = inputCount;
        this.outputCount = outputCount;
        this.inputs = new Float64Array(places.length * inputCount);
        this.targets = new Float64Array(places.length * outputCount);
        this.classes = encoding === 'Numbers' ? null : places.map(r => rows[r].class);
        places.forEach((r, i) => {
            const { inputs, targets, class: k } = rows[r];
            this.inputs.set(inputs, i * inputCount);
            const own = encoding === 'Numbers' ? targets.map(scaled)
                : encoding === 'OneHot' ? Array.from({ length: outputCount }, (_, c) => c === k ? 1 : 0)
                : [encoding === 'ZeroOrOne' ? k : k === 0 ? -1 : 1];
            this.targets.set(own, i * outputCount);
        });
    }

    // Loss and rows decided right, without learning; all outputs go to a list where there is one.
    measure(network, lossName, all) {
        const loss = losses[lossName];
        const gradient = new Float64Array(this.outputCount);
        let [sum, right] = [0, 0];
        for (let r = 0; r < this.count; r++) {
            const outputs = network.forward(this.inputs, r * this.inputCount);
            sum += loss.row(outputs, this.targets, r * this.outputCount, gradient);
            right += this.classes !== null && classOf(outputs) === this.classes[r] ? 1 : 0;
            all?.set(outputs, r * this.outputCount);
        }

        return {
            loss: this.count ? sum / loss.divisor(this.count, this.outputCount) : null,
            accuracy: this.classes !== null && this.count ? right / this.count : null,
        };
    }
}

// Trains a network as the engine does. Settings are read at every batch, so that they can change during training.
class Trainer {
    constructor(network, training, validation, settings) {
        this.network = network;
        this.settings = settings;
        this.gradients = new Float64Array(network.parameters.length);
        this.epoch = 0;
        this.steps = 0;
        this.setSamples(training, validation);
        this.setOptimizer();
    }

    setSamples(training, validation) {
        this.training = training;
        this.validation = validation;
        this.order = null;
    }

    setOptimizer() {
        this.memory = new Float64Array(2 * this.network.parameters.length);
        this.steps = 0;
    }

    // The places of the rows of the batch that comes next or is under way.
    get batch() {
        return this.order === null ? [] : this.order.slice(this.start, this.end).map(i => this.training.places[i]);
    }

    beginEpoch() {
        const count = this.training.count;
        this.order = Array.from({ length: count }, (_, i) => i);
        this.size = this.settings.batch === 0 ? count : Math.min(this.settings.batch, count);
        if (this.size < count) {
            new PythonRandom((BigInt(this.settings.orderSeed) << 32n) + BigInt(this.epoch + 1)).shuffle(this.order);
        }

        [this.start, this.lossSum, this.right] = [0, 0, 0];
        this.beginBatch();
    }

    beginBatch() {
        this.end = Math.min(this.start + this.size, this.training.count);
        this.at = this.start;
        this.costs = 0;
        this.gradients.fill(0);
    }

    // Goes through rows until the batch is done (true) or the time is over (false).
    runBatch(isOver) {
        if (this.order === null) {
            this.beginEpoch();
        }

        const { network, training, gradients, settings } = this;
        const loss = losses[settings.loss];
        const outputs = training.outputCount;
        const scale = 1 / loss.divisor(this.end - this.start, outputs);
        const deltas = network.layers[network.layers.length - 1].deltas;
        for (; this.at < this.end; this.at++) {
            if ((this.at & 15) === 0 && this.at > this.start && isOver()) {
                return false;
            }

            const r = this.order[this.at];
            const answer = network.forward(training.inputs, r * training.inputCount);
            this.right += training.classes !== null && classOf(answer) === training.classes[r] ? 1 : 0;
            this.costs += loss.row(answer, training.targets, r * outputs, deltas);
            for (let i = 0; i < outputs; i++) {
                deltas[i] *= scale;
            }

            network.backward(training.inputs, r * training.inputCount, gradients);
        }

        this.endBatch(scale);
        return true;
    }

    endBatch(scale) {
        const { l1, l2, rate, momentum, optimizer } = this.settings;
        const x = this.network.parameters;
        let [squares, sizes] = [0, 0];
        for (let i = 0; i < x.length && (l1 > 0 || l2 > 0); i++) {
            squares += x[i] * x[i];
            sizes += Math.abs(x[i]);
            this.gradients[i] += 2 * l2 * x[i] + l1 * Math.sign(x[i]);
        }

        const loss = this.costs * scale + l2 * squares + l1 * sizes;
        this.isFinite = Number.isFinite(loss);
        this.lossSum += loss * (this.end - this.start);
        optimizers[optimizer](x, this.gradients, this.memory, rate, ++this.steps, momentum);
        this.start = this.end;
    }

    // Goes on with the epoch. Gives its result once it is done, { diverged: true }, or null where the time was over.
    run(isOver) {
        do {
            if (!this.runBatch(isOver)) {
                return null;
            }

            const result = this.nextBatch();
            if (result !== null) {
                return result;
            }
        } while (!isOver());
        return null;
    }

    // After a batch: the result of the epoch where it was the last, else null.
    nextBatch() {
        const isLast = this.start >= this.training.count;
        if (!this.isFinite || (isLast && !allFinite(this.network.parameters))) {
            this.order = null;
            return { diverged: true };
        }

        if (!isLast) {
            this.beginBatch();
            return null;
        }

        this.order = null;
        this.epoch++;
        const count = this.training.count;
        const held = this.validation.count ? this.validation.measure(this.network, this.settings.loss) : null;
        return {
            epoch: this.epoch,
            loss: this.lossSum / count,
            accuracy: this.training.classes === null ? null : this.right / count,
            validationLoss: held?.loss ?? null,
            validationAccuracy: held?.accuracy ?? null,
        };
    }
}
