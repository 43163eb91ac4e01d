// The state of the page: the rows and the model of the file, the settings, the training, and the edits that can be undone.
const file = data.model;
const schema = file.schema;
const features = schema.features;
const classNames = data.classes;
const isTwoValued = classNames !== null && classNames.length === 2;
const outputNames = data.outputs;

const rates = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
const limits = { layers: 6, neurons: 32, held: 20, undo: 50, history: 10000 };
const speeds = ['slow', '1', '10', 'fast'];

const fileParameters = file.layers.flatMap(layer => layer.weights.flatMap((w, n) => file.hasBias ? [...w, layer.biases[n]] : w));
const outputCount = file.layerSizes[file.layerSizes.length - 1];

// Dates are microseconds since the beginning of 2000. The phases of their parts, from 0 to 1:
const day = 864e8;
const dateOf = value => new Date(Date.UTC(2000, 0, 1) + value / 1000);
const phases = {
    Hour: value => (value - Math.floor(value / day) * day) / day,
    Weekday: value => Math.floor(value / day) / 7 - Math.floor(Math.floor(value / day) / 7),
    DayOfYear: value => {
        const date = dateOf(value);
        const [first, next] = [0, 1].map(years => Date.UTC(date.getUTCFullYear() + years, 0, 1));
        return Math.floor((date - first) / 864e5) * 864e5 / (next - first);
    },
};

// A feature of the rows: how it becomes inputs, and what it is held at where no axis shows it.
let firstInput = 0;
const columns = features.map((feature, f) => {
    const known = data.rows.features[f].map(Number).filter(x => x >= 0 || (x < 0 && !feature.categories));
    const mean = known.reduce((sum, x) => sum + x / known.length, 0);
    const counts = (feature.categories ?? []).map((_, k) => known.filter(x => x === k).length);
    const parts = feature.dateParts ?? null;
    const column = {
        name: feature.name,
        categories: feature.categories ?? null,
        parts,
        origin: parts && (Date.parse(feature.origin) - Date.UTC(2000, 0, 1)) * 1000,
        mean: feature.mean ?? 0,
        scale: feature.scale ?? 1,
        fill: feature.fill ?? NaN,
        at: firstInput,
        width: feature.categories?.length ?? parts?.reduce((sum, part) => sum + (part === 'Trend' ? 1 : 2), 0) ?? 1,
        center: feature.categories ? Math.max(0, counts.indexOf(Math.max(...counts))) : mean,
        deviation: Math.sqrt(known.reduce((sum, x) => sum + (x - mean) * (x - mean) / known.length, 0)),
        low: known.reduce((a, b) => Math.min(a, b), Infinity),
        high: known.reduce((a, b) => Math.max(a, b), -Infinity),
    };
    firstInput += column.width;
    return column;
});
const inputCount = firstInput;
const inputNames = data.inputNames;
const columnOfInput = columns.flatMap(column => Array(column.width).fill(column));

// Writes a feature's value into a row of inputs: a number, the place of a category (below 0 for none), a date; NaN for nothing.
const encode = (column, value, inputs, at = 0) => {
    let i = at + column.at;
    if (column.categories) {
        for (let k = 0; k < column.width; k++) {
            inputs[i + k] = k === value ? 1 : 0;
        }
    } else if (Number.isNaN(value)) {
        inputs.fill(0, i, i + column.width);
        if (!column.parts || column.parts[0] === 'Trend') {
            inputs[i] = (column.fill - column.mean) / column.scale;
        }
    } else if (!column.parts) {
        inputs[i] = (value - column.mean) / column.scale;
    } else {
        for (const part of column.parts) {
            if (part === 'Trend') {
                inputs[i++] = ((value - column.origin) / day - column.mean) / column.scale;
            } else {
                const angle = 2 * Math.PI * phases[part](value);
                inputs[i++] = Math.sin(angle);
                inputs[i++] = Math.cos(angle);
            }
        }
    }
};

// A feature's value in words, and back.
const textOf = (column, value) => Number.isNaN(value) ? 'none'
    : column.categories ? column.categories[value] ?? 'none'
    : column.parts ? dateOf(value).toISOString().slice(0, column.parts.includes('Hour') ? 16 : 10).replace('T', ' ')
    : short(value);
const valueOf = (column, text) => column.parts ? (Date.parse(`${text.trim().replace(' ', 'T')}${text.trim().length > 10 ? 'Z' : ''}`) - Date.UTC(2000, 0, 1)) * 1000 : Number(text);

const rows = data.rows.features[0].map((_, r) => ({
    raw: columns.map((_, f) => Number(data.rows.features[f][r])),
    class: data.rows.classes?.[r] ?? -1,
    targets: data.rows.targets?.[r] ?? null,
    place: r,
    missing: data.rows.missing.flatMap((places, f) => places.includes(r) ? [f] : []),
}));

const start = {
    ...data.settings,
    act: file.layerSizes.slice(0, -1).map(() => file.activation),
    net: file.layerSizes.slice(0, -1),
    seed: null,
    l1: 0,
    noise: 0,
    x: columns[Math.max(0, columns.findIndex(c => !c.categories))].name,
    y: null,
    speed: '10',
    stop: 1000,
    below: null,
    patience: null,
    log: false,
    big: false,
    hide: data.hide,
};
start.y = columns.find(c => !c.categories && c.name !== start.x)?.name ?? columns.find(c => c.name !== start.x)?.name ?? null;

// Trainer and drawing read the settings at any time; lists are replaced, never changed.
const settings = { ...start };
const state = {
    name: 'Ready',
    reason: '',
    trainer: null,
    history: [],
    every: 1,
    lastGood: null,
    edited: false,
    rowsChanged: false,
    changed: new Set(),
    undo: [],
    redo: [],
    held: columns.map(c => c.center),
    pointed: null,
    stopsAt: {},
    best: null,
};

const kinds = () => [...settings.act, file.outputActivation];
const sizes = () => [inputCount, ...settings.net, outputCount];
const isFileShape = () => settings.seed === null;

// Rows as they are trained on: encoded, with noise where it is asked for.
const encodeRows = () => {
    const random = settings.noise > 0 ? new PythonRandom(settings.orderSeed) : null;
    for (const row of rows) {
        row.inputs = new Float64Array(inputCount);
        row.shown = row.raw.map((x, f) => random && !columns[f].categories
            ? x + settings.noise / 100 * columns[f].deviation * random.gauss()
            : x);
        columns.forEach((column, f) => encode(column, row.shown[f], row.inputs));
    }
};

// The rows held out: drawn in the engine for every share on offer.
const markHeld = () => {
    const held = data.splits[settings.validation] ?? '';
    for (const row of rows) {
        row.held = held[row.place] === '1';
    }
};

const makeSamples = () => {
    markHeld();
    encodeRows();
    const places = rows.map((_, i) => i);
    const of = list => new Samples(rows, list, settings.loss, inputCount, outputCount);
    return [of(places.filter(i => !rows[i].held)), of(places.filter(i => rows[i].held))];
};

const remakeSamples = () => state.trainer.setSamples(...makeSamples());

const firstNetwork = () => isFileShape()
    ? new Network(sizes(), kinds(), file.hasBias, fileParameters)
    : Network.draw(sizes(), kinds(), file.hasBias, settings.seed);

// Back to the first weights, with the settings as they are.
const restart = () => {
    state.trainer = new Trainer(firstNetwork(), ...makeSamples(), settings);
    state.history = [];
    state.every = 1;
    state.lastGood = Float64Array.from(state.trainer.network.parameters);
    state.edited = false;
    state.changed.clear();
    state.undo = state.undo.filter(edit => edit.isOfRows);
    state.redo = [];
    state.best = null;
    measure();
    setState('Ready');
};

const setState = (name, reason = '') => {
    state.name = name;
    state.reason = reason;
};

// The present figures of the network: those before any training, and those of numbers.
const measure = () => {
    const { trainer } = state;
    const all = new Float64Array(trainer.training.count * outputCount);
    state.answers = { training: all };
    state.now = trainer.training.measure(trainer.network, settings.loss, all);
    state.answers.held = new Float64Array(trainer.validation.count * outputCount);
    state.heldNow = trainer.validation.measure(trainer.network, settings.loss, state.answers.held);
};

// 1 - residual / total sum of squares, averaged over the outputs.
const coefficient = () => {
    const { targets, count } = state.trainer.training;
    const answers = state.answers.training;
    let sum = 0;
    for (let t = 0; t < outputCount; t++) {
        let [average, residual, total] = [0, 0, 0];
        for (let r = 0; r < count; r++) {
            average += targets[r * outputCount + t] / count;
        }

        for (let r = 0; r < count; r++) {
            const i = r * outputCount + t;
            residual += (answers[i] - targets[i]) ** 2;
            total += (targets[i] - average) ** 2;
        }

        sum += total > 0 ? 1 - residual / total : residual === 0 ? 1 : 0;
    }

    return sum / outputCount;
};

const remember = result => {
    const { history } = state;
    if (result.epoch % state.every === 0) {
        history.push(result);
    }

    if (history.length > limits.history) {
        state.every *= 2;
        state.history = history.filter(entry => entry.epoch % state.every === 0);
    }
};

// Why this run has other numbers than the command; empty where it has the same.
const differences = () => {
    const found = [];
    const because = (holds, reason) => holds && found.push(reason);
    because(state.edited, 'weights edited by hand');
    because(state.rowsChanged, 'rows edited by hand');
    because(settings.l1 > 0, 'L1');
    because(settings.noise > 0, 'noise');
    because(state.changed.size > 0, `changed on the way: ${[...state.changed].join(', ')}`);
    because(settings.act.some(kind => kind !== settings.act[0]), 'several activations');
    because(isFileShape() && settings.act[0] !== start.act[0], 'another activation over the file’s weights');
    because(!isFileShape() && !file.hasBias, 'new weights without biases');
    because(data.command.isScaled && settings.validation !== start.validation, 'scaling of other rows');
    because((encodingNow() === 'Numbers') !== (losses[start.loss].encoding === 'Numbers') && (data.command.isScaled || settings.validation > 0), 'scaling and validation rows of another kind of target');
    because(data.sampledFrom !== null, `a sample of ${data.sampledFrom} rows`);
    return found;
};

const commandText = () => {
    const s = settings;
    const made = isFileShape() ? [] : [
        `$model = New-Mlp -InputCount ${inputCount} -LayerSize ${[...s.net, outputCount].join(', ')}`
        + (s.net.length ? ` -Activation ${s.act[0]}` : '') + ` -OutputActivation ${file.outputActivation} -Seed ${s.seed}`,
    ];
    const held = s.validation > 0 ? ` -ValidationFraction ${s.validation}` : '';
    const momentum = s.optimizer === 'Sgd' && s.momentum > 0 ? ` -Momentum ${s.momentum}` : '';
    const l2 = s.l2 > 0 ? ` -L2 ${s.l2}` : '';
    return [
        ...made,
        `$rows | Start-MlpTraining -Model $model ${data.command.rows}${held} -Loss ${s.loss}`
        + ` -Optimizer ${s.optimizer}${momentum} -LearningRate ${s.rate}${l2} -BatchSize ${s.batch} -Seed ${s.orderSeed}`
        + ` -Epoch ${Math.max(1, state.trainer.epoch)}`,
    ].join('\n');
};

// The file of Export-Mlp: the model of the page with the present weights and training.
const modelText = () => {
    const { network } = state.trainer;
    const last = state.history[state.history.length - 1];
    const saved = structuredClone(file);
    saved.layerSizes = sizes().slice(1);
    saved.activation = settings.act[0] ?? file.outputActivation;
    saved.schema.loss = settings.loss;
    saved.schema.encoding = losses[settings.loss].encoding;
    saved.schema.classes = saved.schema.encoding === 'Numbers' ? [] : classNames;
    saved.schema.hasNumericClasses = saved.schema.encoding !== 'Numbers' && data.hasNumericClasses;
    if (state.trainer.epoch > 0 || state.edited || !isFileShape()) {
        delete saved.training;
    }

    if (last) {
        saved.training = {
            epoch: last.epoch,
            rows: state.trainer.training.count,
            loss: last.loss,
            ...last.accuracy === null ? {} : { accuracy: last.accuracy },
            ...last.validationLoss === null ? {} : { validationLoss: last.validationLoss },
            ...last.validationAccuracy === null ? {} : { validationAccuracy: last.validationAccuracy },
            optimizer: settings.optimizer,
            learningRate: settings.rate,
            batchSize: settings.batch === 0 ? state.trainer.training.count : Math.min(settings.batch, state.trainer.training.count),
            seed: settings.orderSeed,
        };
    }

    delete saved.layers;
    saved.layers = network.layers.map(layer => {
        const neurons = Array.from(layer.outputs, (_, n) => layer.start + n * layer.stride);
        const weights = neurons.map(k => [...network.parameters.subarray(k, k + layer.inputs)]);
        return file.hasBias ? { weights, biases: neurons.map(k => network.parameters[k + layer.inputs]) } : { weights };
    });
    return JSON.stringify(saved, null, 2) + '\n';
};

// ---- the address ----
const isNumber = (text, low, high) => text.trim() !== '' && Number(text) >= low && Number(text) <= high;
const oneOf = (list, text) => list.includes(text) ? text : undefined;
const numberIn = (low, high) => text => isNumber(text, low, high) ? Number(text) : undefined;
const wholeIn = (low, high) => text => /^\d+$/.test(text) ? numberIn(low, high)(text) : undefined;
const named = list => text => oneOf(list, text) ?? list.find(name => name.toLowerCase() === text.toLowerCase());
const listOf = read => text => {
    const all = text.split(',').map(read);
    return all.includes(undefined) ? undefined : all;
};
const flag = text => text === '1' ? true : text === '0' ? false : undefined;

// Each part of an address: how it is read (undefined where it can't be), and written.
const parts = {
    lr: { of: 'rate', read: text => Number(text) > 0 ? numberIn(0, 1e9)(text) : undefined },
    loss: { of: 'loss', read: named(data.losses) },
    opt: { of: 'optimizer', read: named(data.optimizers) },
    mom: { of: 'momentum', read: text => Number(text) < 1 ? numberIn(0, 1)(text) : undefined },
    batch: { of: 'batch', read: wholeIn(0, 1e9) },
    l2: { of: 'l2', read: numberIn(0, 10) },
    l1: { of: 'l1', read: numberIn(0, 10) },
    net: {
        of: 'net',
        read: text => {
            const all = text === '' ? [] : text.split('-').map(wholeIn(1, limits.neurons));
            return all.includes(undefined) || all.length > limits.layers ? undefined : all;
        },
        write: value => value.join('-'),
    },
    act: { of: 'act', read: listOf(named(Object.keys(activations))), write: value => value.join(',').toLowerCase() },
    seed: { of: 'seed', read: wholeIn(0, 1e15) },
    noise: { of: 'noise', read: numberIn(0, 50) },
    val: { of: 'validation', read: text => text in data.splits ? Number(text) : undefined },
    x: { of: 'x', read: named(columns.map(c => c.name)) },
    y: { of: 'y', read: named(columns.map(c => c.name)) },
    speed: { of: 'speed', read: named(speeds) },
    stop: { of: 'stop', read: wholeIn(1, 1e9) },
    below: { of: 'below', read: numberIn(-1e300, 1e300) },
    patience: { of: 'patience', read: wholeIn(1, 1e9) },
    log: { of: 'log', read: flag, write: Number },
    big: { of: 'big', read: flag, write: Number },
    hide: { of: 'hide', read: listOf(named(data.controls)), write: value => value.join(',').toLowerCase() },
};

const written = (name, value) => (parts[name].write ?? String)(value);

// What differs from the file, as the part of an address behind the #.
const addressText = () => {
    const all = Object.keys(parts)
        .filter(name => JSON.stringify(settings[parts[name].of]) !== JSON.stringify(start[parts[name].of]))
        .map(name => [name, written(name, settings[parts[name].of])]);
    if (state.trainer.epoch > 0) {
        all.push(['epoch', state.trainer.epoch]);
    }

    return '#' + all.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`).join('&');
};

// Applies an address: its settings replace those of the file. Parts that can't be read are named.
const readAddress = text => {
    const wrong = [];
    const asked = { ...start };
    let epoch = 0;
    for (const part of text.replace(/^[^#]*#?/, '').split('&').filter(p => p !== '')) {
        const [name, ...rest] = part.split('=');
        let value;
        try {
            value = decodeURIComponent(rest.join('='));
        } catch {
            wrong.push(part);
            continue;
        }

        const known = Object.hasOwn(parts, name) ? parts[name] : null;
        const read = name === 'epoch' ? wholeIn(0, 1e7)(value) : known?.read(value);
        if (read === undefined) {
            wrong.push(part);
        } else if (name === 'epoch') {
            epoch = read;
        } else {
            asked[known.of] = read;
        }
    }

    const isOtherShape = asked.net.join() !== start.net.join();
    if (asked.act.length !== asked.net.length) {
        const isOne = asked.act.length === 1 || asked.act === start.act;
        if (!isOne) {
            wrong.push(`act=${written('act', asked.act)}`);
        }

        asked.act = asked.net.map(() => (isOne ? asked.act[0] : start.act[0]) ?? 'Tanh');
    }

    if (isOtherShape && asked.seed === null) {
        asked.seed = Number(start.orderSeed);
    }

    if (asked.x === asked.y && columns.length > 1) {
        asked.y = columns.find(c => c.name !== asked.x).name;
    }

    Object.assign(settings, asked);
    return { wrong, epoch };
};
