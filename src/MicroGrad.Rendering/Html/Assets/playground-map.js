// What the network answers over the two axes: one pass over a grid gives the map and every neuron's tile.
const byId = id => document.getElementById(id);
const colours = {};

// The colours of the styles as numbers, and the scale from orange through paper to blue that tiles are painted with.
const readColours = () => {
    const style = getComputedStyle(document.documentElement);
    const hex = name => {
        const text = style.getPropertyValue(name).trim();
        return [1, 3, 5].map(i => parseInt(text.slice(i, i + 2), 16));
    };
    Object.assign(colours, {
        paper: hex('--paper'), plus: hex('--plus'), minus: hex('--minus'), mark: style.getPropertyValue('--mark').trim(),
        halo: style.getPropertyValue('--halo').trim(), ink: style.getPropertyValue('--ink').trim(),
        edge: style.getPropertyValue('--edge').trim(), ring: style.getPropertyValue('--rootline').trim(),
        classes: ['--minus', '--plus', '--third', '--fourth', '--fifth', '--rootline', '--sixth', '--seventh', '--eighth'].map(hex),
    });
    colours.scale = new Uint32Array(513);
    for (let i = 0; i <= 512; i++) {
        colours.scale[i] = packed(mixed(i < 256 ? colours.minus : colours.plus, Math.abs(i - 256) / 256));
    }
};

const mixed = (colour, share) => colours.paper.map((p, i) => Math.round(p + (colour[i] - p) * share));
const packed = ([r, g, b]) => (255 << 24 | b << 16 | g << 8 | r) >>> 0;
const css = ([r, g, b]) => `rgb(${r},${g},${b})`;
const classColour = k => colours.classes[k % colours.classes.length];

// The signs of classes, within a circle of radius 1.
const shapes = [
    'M1,0A1,1 0 1 1 -1,0A1,1 0 1 1 1,0Z',
    'M0,-1.15L1.1,.85H-1.1Z',
    'M-.9,-.9H.9V.9H-.9Z',
    'M0,-1.25L1.15,0L0,1.25L-1.15,0Z',
    'M-.38,-1.1H.38V-.38H1.1V.38H.38V1.1H-.38V.38H-1.1V-.38H-.38Z',
    'M0,1.15L1.1,-.85H-1.1Z',
    'M0,-1.25L.35,-.4L1.2,-.35L.55,.2L.75,1.1L0,.6L-.75,1.1L-.55,.2L-1.2,-.35L-.35,-.4Z',
    'M-.55,-1.05L0,-.5L.55,-1.05L1.05,-.55L.5,0L1.05,.55L.55,1.05L0,.5L-.55,1.05L-1.05,.55L-.5,0L-1.05,-.55Z',
    'M-.55,-1L.55,-1L1.1,0L.55,1L-.55,1L-1.1,0Z',
];
const paths = shapes.map(shape => new Path2D(shape));
const markSvg = k => `<svg class="mark" viewBox="-1.4 -1.4 2.8 2.8" aria-hidden="true"><path d="${shapes[k % shapes.length]}" fill="${css(classColour(k))}"/></svg>`;

// An axis over a feature: numbers with room on both sides, or a strip for each category.
const axisOf = name => {
    const f = columns.findIndex(c => c.name === name);
    if (f < 0) {
        return null;
    }

    const column = columns[f];
    if (column.categories) {
        return { f, column, count: column.width, low: -0.5, high: column.width - 0.5 };
    }

    const room = 0.08 * (column.high - column.low) || 1;
    return { f, column, low: column.low - room, high: column.high + room };
};

const grid = { size: 0, base: new Float64Array(inputCount), tiles: [], outputs: null, x: null, y: null };
const valueAt = (axis, share) => {
    const value = axis.low + share * (axis.high - axis.low);
    return axis.column.categories ? Math.min(axis.count - 1, Math.max(0, Math.round(value))) : value;
};

// The inputs of all features at their held values.
const readHeld = () => columns.forEach((column, f) => encode(column, state.held[f], grid.base));

// Computes size x size answers from the lowest x and the highest y on; of every second point the neurons' outputs too.
const computeMap = (size, withTiles) => {
    const { network } = state.trainer;
    [grid.x, grid.y] = [axisOf(settings.x), settings.y === null ? null : axisOf(settings.y)];
    readHeld();
    const lines = grid.y === null ? 1 : size;
    const columnsOfCurve = grid.y === null ? 180 : size;
    grid.size = columnsOfCurve;
    grid.lines = lines;
    if (grid.outputs?.length !== columnsOfCurve * lines * outputCount) {
        grid.outputs = new Float64Array(columnsOfCurve * lines * outputCount);
    }

    const half = grid.y === null ? columnsOfCurve / 4 : size >> 1;
    if (withTiles) {
        grid.half = half;
        grid.halfLines = grid.y === null ? 1 : half;
        const count = sizes().reduce((sum, n) => sum + n, 0);
        if (grid.tiles.length !== count || grid.tiles[0].length !== half * grid.halfLines) {
            grid.tiles = Array.from({ length: count }, () => new Float64Array(half * grid.halfLines));
        }
    }

    const every = columnsOfCurve / half;
    for (let r = 0; r < lines; r++) {
        if (grid.y !== null) {
            encode(grid.y.column, valueAt(grid.y, 1 - (r + 0.5) / lines), grid.base);
        }

        for (let c = 0; c < columnsOfCurve; c++) {
            encode(grid.x.column, valueAt(grid.x, (c + 0.5) / columnsOfCurve), grid.base);
            const outputs = network.forward(grid.base, 0);
            grid.outputs.set(outputs, (r * columnsOfCurve + c) * outputCount);
            if (withTiles && c % every === 0 && (lines === 1 || r % every === 0)) {
                keepTiles(network, (lines === 1 ? 0 : r / every) * half + c / every);
            }
        }
    }
};

// An input's tile shows how far a number is from the middle of its axis: 0 may be far from all rows.
const middles = columns.flatMap(c => {
    const unit = c.parts ? day : 1;
    const [low, high] = [c.low, c.high].map(x => ((x - (c.origin ?? 0)) / unit - c.mean) / c.scale);
    const isNumber = !c.categories && (!c.parts || c.parts[0] === 'Trend');
    return Array.from({ length: c.width }, (_, i) => i === 0 && isNumber ? [(low + high) / 2, (high - low) / 2 || 1] : [0, 1]);
});

const keepTiles = (network, at) => {
    let t = 0;
    for (let i = 0; i < inputCount; i++) {
        grid.tiles[t++][at] = (grid.base[i] - middles[i][0]) / middles[i][1];
    }

    for (const layer of network.layers) {
        for (let n = 0; n < layer.outputs.length; n++) {
            grid.tiles[t++][at] = layer.outputs[n];
        }
    }
};

// The colours of answers: of numbers by their place between the lowest and the highest target, of classes by how far each
// is ahead.
const encodingNow = () => losses[settings.loss].encoding;
const isOfClasses = () => encodingNow() !== 'Numbers';
const numberRange = t => {
    const all = rows.map(row => row.targets[t]);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    return high > low ? [low, high] : [low - 1, low + 1];
};
const leadOf = (outputs, at, k) => {
    let other = -Infinity;
    for (let i = 0; i < outputCount; i++) {
        other = i === k ? other : Math.max(other, outputs[at + i]);
    }

    return outputs[at + k] - other;
};

// How strong a class's colour is where it is ahead by so much.
const strength = lead => 0.62 * (1 - Math.exp(-lead));

// The colour of an answer.
const colourOf = (outputs, at, range) => {
    if (!isOfClasses()) {
        const share = 2 * (unscaled(outputs[at + state.shownOutput], state.shownOutput) - range[0]) / (range[1] - range[0]) - 1;
        const bounded = Math.max(-1, Math.min(1, share));
        return mixed(bounded < 0 ? colours.minus : colours.plus, 0.7 * Math.abs(bounded));
    }

    if (outputCount === 1) {
        return mixed(classColour(outputs[at] > 0 ? 1 : 0), strength(Math.abs(outputs[at])));
    }

    let best = 0;
    for (let i = 1; i < outputCount; i++) {
        best = outputs[at + i] > outputs[at + best] ? i : best;
    }

    return mixed(classColour(best), strength(leadOf(outputs, at, best)));
};

const raster = document.createElement('canvas');
state.shownOutput = 0;

const drawMap = () => {
    const canvas = byId('map');
    const context = canvas.getContext('2d');
    const { size, lines } = grid;
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (grid.y === null) {
        drawFunction(context, canvas.width);
        return;
    }

    if (state.pointed) {
        drawPointed(context, canvas.width);
        return;
    }

    [raster.width, raster.height] = [size, lines];
    const pixels = new ImageData(size, lines);
    const numbers = new Uint32Array(pixels.data.buffer);
    const range = isOfClasses() ? null : numberRange(state.shownOutput);
    for (let i = 0; i < numbers.length; i++) {
        numbers[i] = packed(colourOf(grid.outputs, i * outputCount, range));
    }

    raster.getContext('2d').putImageData(pixels, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(raster, 0, 0, canvas.width, canvas.height);
    drawEdges(context, canvas.width);
    drawRows(context, canvas.width);
};

// A neuron's tile in place of the map, while it is pointed at.
const drawPointed = (context, width) => {
    drawTile(raster, grid.tiles[state.pointed.values]);
    context.imageSmoothingEnabled = false;
    context.drawImage(raster, 0, 0, width, width);
    drawRows(context, width);
    context.save();
    context.font = `600 ${width * (settings.big ? 24 : 15) / byId('map').clientWidth}px system-ui, "Segoe UI", Helvetica, Arial, sans-serif`;
    context.textBaseline = 'top';
    context.lineWidth = 8;
    context.lineJoin = 'round';
    context.strokeStyle = css(colours.paper);
    context.fillStyle = colours.ink;
    const name = neuronName(state.pointed.layer, state.pointed.neuron);
    context.strokeText(name, 14, 12);
    context.fillText(name, 14, 12);
    context.restore();
};

// The lines on which a class is as far ahead as the next: dark on a light halo.
const drawEdges = (context, width) => {
    const levels = [];
    if (isOfClasses()) {
        const classes = outputCount === 1 ? [0] : Array.from({ length: outputCount === 2 ? 1 : outputCount }, (_, k) => k);
        levels.push(...classes.map(k => i => outputCount === 1 ? grid.outputs[i] : leadOf(grid.outputs, i * outputCount, k)));
    } else if (isTwoValued) {
        const [low, high] = numberRange(0);
        levels.push(i => unscaled(grid.outputs[i * outputCount], 0) - (low + high) / 2);
    }

    const edge = new Path2D();
    const step = width / grid.size;
    for (const level of levels) {
        for (let r = 0; r + 1 < grid.lines; r++) {
            for (let c = 0; c + 1 < grid.size; c++) {
                addEdge(edge, level, r, c, step);
            }
        }
    }

    context.lineCap = 'round';
    context.strokeStyle = colours.halo;
    context.lineWidth = 9;
    context.stroke(edge);
    context.strokeStyle = colours.ink;
    context.lineWidth = 4;
    context.stroke(edge);
};

const addEdge = (edge, level, r, c, step) => {
    const at = r * grid.size + c;
    const corners = [[c, r, level(at)], [c + 1, r, level(at + 1)], [c + 1, r + 1, level(at + grid.size + 1)], [c, r + 1, level(at + grid.size)]];
    const ends = [];
    for (let i = 0; i < 4; i++) {
        const [x, y, a] = corners[i];
        const [u, v, b] = corners[(i + 1) % 4];
        if (a > 0 !== b > 0) {
            const share = a / (a - b);
            ends.push([(x + share * (u - x) + 0.5) * step, (y + share * (v - y) + 0.5) * step]);
        }
    }

    for (let i = 0; i + 1 < ends.length; i += 2) {
        edge.moveTo(...ends[i]);
        edge.lineTo(...ends[i + 1]);
    }
};

// Where a value stands on an axis, from 0 to 1; rows of a category are spread over its strip.
const placeOn = (axis, row) => {
    const value = row.shown[axis.f];
    const spread = axis.column.categories ? ((row.place * 0.618034 + axis.f * 0.37) % 1 - 0.5) * 0.7 : 0;
    return (value + spread - axis.low) / (axis.high - axis.low);
};

const drawMark = (context, x, y, k, radius, isHeld, fill) => {
    context.save();
    context.translate(x, y);
    context.scale(radius, radius);
    context.lineWidth = isHeld ? 0.45 : 0.28;
    context.fillStyle = isHeld ? css(colours.paper) : fill;
    context.fill(paths[k % paths.length]);
    context.strokeStyle = isHeld ? fill : colours.mark;
    if (isHeld) {
        context.lineWidth = 0.8;
        context.strokeStyle = colours.mark;
        context.stroke(paths[k % paths.length]);
        context.lineWidth = 0.42;
        context.strokeStyle = fill;
    }

    context.stroke(paths[k % paths.length]);
    context.restore();
};

const radiusOfRows = () => rows.length > 1500 ? 4 : rows.length > 500 ? 6 : rows.length > 150 ? 8 : 10;

const fillOf = row => {
    if (row.class >= 0) {
        return css(classColour(row.class));
    }

    const [low, high] = numberRange(state.shownOutput);
    const share = 2 * (row.targets[state.shownOutput] - low) / (high - low) - 1;
    return css(mixed(share < 0 ? colours.minus : colours.plus, Math.abs(share)));
};

const drawRows = (context, width) => {
    const now = new Set(settings.speed === 'slow' && state.name === 'Training' ? state.trainer.batch : []);
    rows.forEach((row, i) => {
        const [x, y] = [placeOn(grid.x, row) * width, (1 - (grid.y === null ? row.onCurve : placeOn(grid.y, row))) * width];
        drawMark(context, x, y, Math.max(0, row.class), radiusOfRows(), row.held, fillOf(row));
        if (now.has(i) || i === state.picked) {
            context.beginPath();
            context.arc(x, y, radiusOfRows() + 7, 0, 2 * Math.PI);
            context.strokeStyle = colours.ring;
            context.lineWidth = 4;
            context.stroke();
        }
    });
};

// What the curve of one feature shows: a number, a score, or probabilities.
const curveValues = () => {
    if (!isOfClasses()) {
        const [low, high] = numberRange(state.shownOutput);
        const room = 0.1 * (high - low);
        return { low: low - room, high: high + room, lines: [{ k: null, at: i => unscaled(grid.outputs[i * outputCount + state.shownOutput], state.shownOutput) }] };
    }

    if (settings.loss === 'Hinge') {
        return { low: -2.4, high: 2.4, lines: [{ k: 1, at: i => grid.outputs[i] }] };
    }

    if (outputCount === 1) {
        return { low: -0.1, high: 1.1, lines: [{ k: 1, at: i => activations.Sigmoid.value(grid.outputs[i]) }] };
    }

    const share = k => i => {
        let sum = 0;
        for (let j = 0; j < outputCount; j++) {
            sum += Math.exp(grid.outputs[i * outputCount + j] - grid.outputs[i * outputCount + k]);
        }

        return 1 / sum;
    };
    return { low: -0.1, high: 1.1, lines: classNames.map((_, k) => ({ k, at: share(k) })) };
};

const drawFunction = (context, width) => {
    const { low, high, lines } = curveValues();
    const up = value => width * (1 - (value - low) / (high - low));
    for (let c = 0; c < grid.size && isOfClasses(); c++) {
        context.fillStyle = css(colourOf(grid.outputs, c * outputCount, null));
        context.fillRect(c * width / grid.size, 0, width / grid.size + 1, width);
    }

    for (const row of rows) {
        const target = !isOfClasses() ? row.targets[state.shownOutput]
            : settings.loss === 'Hinge' ? 2 * row.class - 1
            : outputCount === 1 ? row.class : 1;
        row.onCurve = (target - low) / (high - low);
    }

    for (const { k, at } of lines) {
        const line = new Path2D();
        for (let c = 0; c < grid.size; c++) {
            const y = Math.max(-20, Math.min(width + 20, up(at(c))));
            line[c === 0 ? 'moveTo' : 'lineTo']((c + 0.5) * width / grid.size, y);
        }

        context.strokeStyle = colours.halo;
        context.lineWidth = 11;
        context.stroke(line);
        context.strokeStyle = outputCount > 1 && k !== null ? css(classColour(k)) : colours.ink;
        context.lineWidth = 5;
        context.stroke(line);
    }

    drawRows(context, width);
};

// ---- tiles ----
const drawTile = (canvas, values) => {
    const { half, halfLines } = grid;
    if (canvas.width !== half || canvas.height !== halfLines) {
        [canvas.width, canvas.height] = [half, halfLines];
    }

    let largest = 1;
    for (let i = 0; i < values.length; i++) {
        largest = Math.max(largest, Math.abs(values[i]));
    }

    const pixels = new ImageData(half, halfLines);
    const numbers = new Uint32Array(pixels.data.buffer);
    for (let i = 0; i < numbers.length; i++) {
        numbers[i] = colours.scale[256 + Math.round(256 * values[i] / largest)];
    }

    canvas.getContext('2d').putImageData(pixels, 0, 0);
};
