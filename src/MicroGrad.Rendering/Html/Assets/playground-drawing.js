// The network, the loss over epochs, and what is decided right and wrong.
const escaped = text => String(text).replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`);
const short = x => {
    if (x === null || x === undefined) {
        return '–';
    }

    if (!Number.isFinite(x) || x === 0) {
        return String(x);
    }

    const size = Math.abs(x);
    return size >= 1e5 || size < 1e-3 ? x.toExponential(2).replace('e+', 'e') : String(Number(x.toPrecision(4)));
};
const steady = x => x === null || x === undefined || Math.abs(x) >= 1e4 || (x !== 0 && Math.abs(x) < 1e-3) ? short(x) : x.toFixed(4);
const percent = x => x === null || x === undefined ? '–' : `${(100 * x).toFixed(1)} %`;
const isNarrow = () => innerWidth <= 820;
const tall = () => settings.big ? 56 : 44;
const svgNs = 'http://www.w3.org/2000/svg';

const layout = { tiles: [], lines: [], shown: [] };
const mostShown = 16;
// The name of an input beside its tile: where there is no room, its column is cut, not its category.
const inputLabel = i => {
    const name = inputNames[i];
    const column = columnOfInput[i].name;
    return name.startsWith(column) && name !== column
        ? `<span>${escaped(column)}</span><span class="own">${escaped(name.slice(column.length))}</span>`
        : `<span>${escaped(name)}</span>`;
};
const outputName = o => outputNames[o] ?? `y${o + 1}`;

// Builds tiles, lines and the layers' own controls for the network's shape.
const buildNetwork = () => {
    const box = byId('layers');
    const focused = document.activeElement?.closest?.('#layers [id]')?.id;
    const all = sizes();
    const narrow = isNarrow();
    const fontSize = settings.big ? 24 : 15;
    const names = Math.min(104, 14 + Math.max(...inputNames.map(name => name.length)) * fontSize * 0.55);
    const ends = Math.min(112, 14 + Math.max(...outputNames.map(name => name.length)) * fontSize * 0.55);
    // On a phone, buttons stand below each other where the outputs' names would be out of sight otherwise.
    const isWide = names + ends + tall() + (2 * tall() + 14) * (all.length - 1) > byId('scroller').clientWidth;
    const isTight = all.length > 2 && (narrow ? !settings.big && isWide : all.length > 5);
    const head = isTight || settings.big ? 3 * tall() + 8 : 2 * tall() + 6;
    const pitchWanted = settings.big ? 2 * tall() + 14 : isTight ? 54 : narrow ? 2 * tall() + 14 : 2 * tall() + 6;
    const most = Math.min(mostShown, Math.max(...all));
    const pitch = narrow ? 52 : Math.max(20, Math.min(68, (byId('scroller').clientHeight - head - 4) / most));
    const tile = Math.min(isTight ? 44 : 60, Math.max(Math.min(44, pitch - 4), pitch - 8));
    const width = Math.max(byId('scroller').clientWidth, names + ends + tile + pitchWanted * (all.length - 1));
    const height = narrow ? head + most * pitch + 8 : byId('scroller').clientHeight;
    const between = (width - names - ends - tile) / Math.max(1, all.length - 1);
    const x = l => names + tile / 2 + l * between;
    const y = (l, i) => head + (height - head) / 2 + (i - (Math.min(mostShown, all[l]) - 1) / 2) * pitch;
    box.style.width = `${width}px`;
    box.style.height = narrow ? `${height}px` : '100%';

    const parts = [];
    const column = (l, html) => {
        const room = Math.min(between - 4, isTight ? 70 : 150);
        const left = Math.max(0, Math.min(width - room, x(l) - room / 2));
        parts.push(`<div class="layer${isTight ? ' tight' : ''}" style="left:${left}px;top:2px;width:${room}px">${html}</div>`);
    };
    column(0, `<output>${all.length - 2} hidden</output><button id="fewerLayers" data-control="Layers" aria-label="One hidden layer fewer"${all.length <= 2 ? ' disabled' : ''}>−</button><button id="moreLayers" data-control="Layers" aria-label="One hidden layer more"${all.length - 2 >= limits.layers ? ' disabled' : ''}>+</button>`);
    for (let l = 1; l < all.length - 1; l++) {
        const options = Object.keys(activations).map(kind => `<option${kind === settings.act[l - 1] ? ' selected' : ''}>${kind}</option>`);
        column(l, `<select id="act${l}" data-control="Activation" aria-label="Activation of layer ${l}" title="${activations[settings.act[l - 1]].formula}">${options.join('')}</select>`
            + `<button id="fewer${l}" data-control="Neurons" aria-label="One neuron fewer in layer ${l}"${all[l] <= 1 ? ' disabled' : ''}>−</button><button id="more${l}" data-control="Neurons" aria-label="One neuron more in layer ${l}"${all[l] >= limits.neurons ? ' disabled' : ''}>+</button>`);
    }

    column(all.length - 1, `<output title="${activations[file.outputActivation].formula}">${file.outputActivation}</output>`);

    parts.push(`<svg aria-hidden="true"></svg>`);
    layout.tiles = [];
    state.pointed = null;
    let t = 0;
    all.forEach((count, l) => {
        const shown = Math.min(mostShown, count);
        for (let i = 0; i < shown; i++) {
            const [left, top] = [x(l) - tile / 2, y(l, i) - tile / 2];
            layout.tiles.push({ layer: l, neuron: i, values: t + i, x: x(l), y: y(l, i) });
            parts.push(`<button class="tile" id="tile${l}-${i}" tabindex="${l === 0 && i === 0 ? 0 : -1}" style="left:${left}px;top:${top}px;width:${tile}px;height:${tile}px"><canvas></canvas></button>`);
            if (l === 0) {
                parts.push(`<span class="name input" dir="auto" style="right:${width - left + 5}px;max-width:${left - 5}px;top:${y(l, i) - 0.6 * fontSize}px" title="${escaped(inputNames[i])}">${inputLabel(i)}</span>`);
            } else if (l === all.length - 1) {
                parts.push(`<span class="name" dir="auto" style="left:${left + tile + 5}px;max-width:${Math.max(10, width - left - tile - 5)}px;top:${y(l, i) - 0.6 * fontSize}px" title="${escaped(outputName(i))}">${escaped(outputName(i))}</span>`);
            }
        }

        t += count;
    });
    box.innerHTML = parts.join('');
    layout.svg = box.querySelector('svg');
    layout.tiles.forEach(own => {
        own.button = byId(`tile${own.layer}-${own.neuron}`);
        own.canvas = own.button.firstChild;
    });
    buildLines(tile);
    const more = all.map((count, l) => count > mostShown ? `and ${count - mostShown} more in ${l === 0 ? 'the inputs' : l === all.length - 1 ? 'the outputs' : `layer ${l}`}` : '').filter(Boolean);
    byId('more').textContent = byId('more').title = more.join(', ');
    if (focused) {
        byId(focused)?.focus();
    }
};

const buildLines = tile => {
    layout.lines = [];
    const { network } = state.trainer;
    for (const to of layout.tiles.filter(own => own.layer > 0)) {
        const layer = network.layers[to.layer - 1];
        for (const from of layout.tiles.filter(own => own.layer === to.layer - 1)) {
            const line = document.createElementNS(svgNs, 'path');
            line.setAttribute('d', `M${from.x + tile / 2},${from.y}L${to.x - tile / 2},${to.y}`);
            layout.svg.append(line);
            layout.lines.push({
                line, from, to, parameter: layer.start + to.neuron * layer.stride + from.neuron,
                x1: from.x + tile / 2, y1: from.y, x2: to.x - tile / 2, y2: to.y,
            });
        }
    }
};

const widthOf = weight => Math.min(6, 0.6 + 1.5 * Math.abs(weight));

const drawLines = () => {
    const { parameters } = state.trainer.network;
    for (const own of layout.lines) {
        const weight = parameters[own.parameter];
        if (weight === own.drawn) {
            continue;
        }

        own.drawn = weight;
        own.line.setAttribute('class', weight < 0 ? 'w minus' : 'w plus');
        own.line.setAttribute('style', `stroke-width:${widthOf(weight).toFixed(2)}px`);
    }
};

// The lines with the largest gradients of the last batch light up.
const pulseLines = () => {
    const { gradients } = state.trainer;
    const largest = Math.max(...layout.lines.map(own => Math.abs(gradients[own.parameter])));
    for (const own of layout.lines) {
        own.line.classList.toggle('pulse', false);
        if (Math.abs(gradients[own.parameter]) > largest / 3) {
            void own.line.getBoundingClientRect();
            own.line.classList.add('pulse');
        }
    }
};

const drawTiles = () => layout.tiles.forEach(own => drawTile(own.canvas, grid.tiles[own.values]));

const neuronName = (l, i) => l === 0 ? inputNames[i] : l === sizes().length - 1 ? `output ${outputName(i)}` : `layer ${l}, neuron ${i + 1}`;

// Names of tiles for screen readers, updated when nothing moves.
const nameTiles = () => {
    const { network } = state.trainer;
    for (const own of layout.tiles) {
        const values = grid.tiles[own.values];
        const share = values.filter(v => v > 0).length / values.length;
        const sign = share > 0.9 ? 'positive' : share > 0.5 ? 'mostly positive' : share >= 0.1 ? 'mostly negative' : 'negative or 0';
        let name = `input ${neuronName(0, own.neuron)}`;
        if (own.layer > 0) {
            name = `${neuronName(own.layer, own.neuron)}: ${sign}`;
            const layer = network.layers[own.layer - 1];
            const k = layer.start + own.neuron * layer.stride;
            const weights = [...network.parameters.subarray(k, k + layer.inputs)].map(Math.abs);
            name += `, strongest input ${neuronName(own.layer - 1, weights.indexOf(Math.max(...weights)))}`;
        }

        own.button.setAttribute('aria-label', name);
        own.button.title = name;
    }
};

// ---- the loss ----
const niceTicks = (low, high, isLog) => {
    if (isLog) {
        const all = [];
        for (let e = Math.ceil(Math.log10(low) - 1e-9); e <= Math.log10(high) + 1e-9; e++) {
            all.push(10 ** e);
        }

        const every = Math.ceil(all.length / 3);
        return all.length < 2 ? [low, high] : all.filter((_, i) => i % every === 0);
    }

    const step = [1, 2, 5, 10].map(f => f * 10 ** Math.floor(Math.log10((high - low) / 3))).find(s => (high - low) / s <= 3.5);
    const all = [];
    for (let v = Math.ceil(low / step - 1e-9) * step; v <= high + step * 1e-9; v += step) {
        all.push(Math.abs(v) < step * 1e-9 ? 0 : v);
    }

    return all;
};
const tickText = v => v === 0 ? '0' : Math.abs(v) >= 1e5 || Math.abs(v) < 1e-3 ? v.toExponential(0).replace('e+', 'e') : String(Number(v.toPrecision(2)));

const drawCurve = () => {
    const svg = byId('curve');
    const [width, height] = [svg.clientWidth || 358, svg.clientHeight || 112];
    const isLog = settings.log;
    const { history } = state;
    const usable = v => v !== null && Number.isFinite(v) && (!isLog || v > 0);
    const values = history.flatMap(e => [e.loss, e.validationLoss]).filter(usable);
    const font = settings.big ? 24 : 15;
    let high = Math.max(...values);
    let low = isLog ? Math.min(...values) : Math.min(0, ...values);
    if (!values.length) {
        svg.innerHTML = `<text x="${width / 2}" y="${height / 2}" text-anchor="middle">No epoch yet</text>`;
        return;
    }

    if (isLog && high / low < 1.5) {
        [low, high] = [low / 2, high * 2];
    } else if (!(high > low)) {
        high = low + 1;
    }

    const at = v => isLog ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low);
    const ticks = niceTicks(low, high, isLog);
    const left = Math.max(...ticks.map(v => tickText(v).length)) * font * 0.58 + 8;
    const bottom = height - font - 5;
    const first = history[0].epoch;
    const last = history[history.length - 1].epoch;
    const x = e => left + (width - left - 4) * (last > first ? (e - first) / (last - first) : 1);
    const y = v => bottom - (bottom - 6) * at(v);
    const step = Math.max(1, Math.floor(history.length / 700));
    const line = pick => {
        let d = '';
        history.forEach((e, i) => {
            if ((i % step === 0 || i === history.length - 1) && usable(pick(e))) {
                d += `${d ? 'L' : 'M'}${x(e.epoch).toFixed(1)},${y(pick(e)).toFixed(1)}`;
            }
        });
        return d.includes('L') ? d : d + 'h.1';
    };
    svg.innerHTML = ticks.map(v => `<path class="gridline" d="M${left},${y(v).toFixed(1)}H${width}"/><text x="${left - 6}" y="${(y(v) + font * 0.34).toFixed(1)}" text-anchor="end">${tickText(v)}</text>`).join('')
        + `<text x="${left}" y="${height - 2}">${first}</text><text x="${width - 2}" y="${height - 2}" text-anchor="end">epoch ${last}</text>`
        + (state.trainer.validation.count ? `<path class="curve held" d="${line(e => e.validationLoss)}"/>` : '')
        + `<path class="curve" d="${line(e => e.loss)}"/>`;
};

// ---- right and wrong ----
const drawErrors = () => {
    const isHeld = state.trainer.validation.count > 0;
    const samples = isHeld ? state.trainer.validation : state.trainer.training;
    const answers = isHeld ? state.answers.held : state.answers.training;
    const of = isHeld ? 'validation rows' : 'training rows';
    byId('errorsOf').textContent = of;
    byId('errorsName').textContent = isOfClasses() ? 'Confusion' : 'Predictions';
    if (!isOfClasses()) {
        drawPredictions(samples, answers);
        return;
    }

    const count = classNames.map(() => classNames.map(() => 0));
    for (let r = 0; r < samples.count; r++) {
        count[samples.classes[r]][classOf(answers.subarray(r * outputCount, (r + 1) * outputCount))]++;
    }

    const most = Math.max(1, ...count.flat());
    const cell = (n, k, j) => `<td class="${k === j ? 'right' : ''}" style="background:${css(mixed(k === j ? colours.plus : colours.minus, 0.3 * n / most))}">${n}</td>`;
    byId('errors').innerHTML = `<table><thead><tr><th>is ↓ taken for →</th>${classNames.map((name, k) => `<th title="${escaped(name)}" aria-label="${escaped(name)}">${markSvg(k)}</th>`).join('')}</tr></thead><tbody>`
        + classNames.map((name, k) => `<tr><th dir="auto" title="${escaped(name)}">${markSvg(k)} ${escaped(name)}</th>${count[k].map((n, j) => cell(n, k, j)).join('')}</tr>`).join('')
        + '</tbody></table>';
};

const drawPredictions = (samples, answers) => {
    const box = byId('errors');
    const t = state.shownOutput;
    const [low, high] = numberRange(t);
    const [width, height, font] = [byId('curve').clientWidth || 358, 112, settings.big ? 24 : 15];
    const ticks = niceTicks(low, high, false);
    const left = Math.max(...ticks.map(v => tickText(v).length)) * font * 0.58 + 8;
    const bottom = height - font - 5;
    const x = v => left + (width - left - 8) * (v - low) / (high - low);
    const y = v => Math.max(2, Math.min(bottom, bottom - (bottom - 6) * (v - low) / (high - low)));
    const step = Math.max(1, Math.floor(samples.count / 400));
    let dots = '';
    for (let r = 0; r < samples.count; r += step) {
        const i = r * outputCount + t;
        dots += `<circle cx="${x(unscaled(samples.targets[i], t)).toFixed(1)}" cy="${y(unscaled(answers[i], t)).toFixed(1)}" r="3" fill="${css(colours.plus)}" fill-opacity=".7"/>`;
    }

    box.innerHTML = `<svg role="img" aria-label="Predictions over targets"><path class="diagonal" d="M${x(low)},${y(low)}L${x(high)},${y(high)}"/>`
        + ticks.map(v => `<text x="${left - 6}" y="${(y(v) + font * 0.34).toFixed(1)}" text-anchor="end">${tickText(v)}</text>`).join('')
        + `<text x="${left}" y="${height - 2}">${tickText(low)}</text><text x="${width - 2}" y="${height - 2}" text-anchor="end">target ${tickText(high)}</text>${dots}</svg>`;
};

// A coarse table of the map, for screen readers.
const describeMap = () => {
    const { size, lines } = grid;
    const say = at => {
        const outputs = grid.outputs.subarray(at * outputCount, (at + 1) * outputCount);
        return isOfClasses() ? classNames[classOf(outputs)] : short(unscaled(outputs[state.shownOutput], state.shownOutput));
    };
    const places = [0.1, 0.3, 0.5, 0.7, 0.9];
    const name = (axis, share) => textOf(axis.column, valueAt(axis, share));
    const lineAt = share => Math.min(lines - 1, Math.floor((1 - share) * lines));
    const all = grid.y === null ? [0.5] : [...places].reverse();
    byId('mapTable').innerHTML = `<caption>Answers over the axes</caption><tr><th></th>${places.map(p => `<th>${escaped(settings.x)} ${escaped(name(grid.x, p))}</th>`).join('')}</tr>`
        + all.map(q => `<tr><th>${grid.y === null ? '' : `${escaped(settings.y)} ${escaped(name(grid.y, q))}`}</th>${places.map(p => `<td>${escaped(say(lineAt(q) * size + Math.floor(p * size)))}</td>`).join('')}</tr>`).join('');
    byId('map').setAttribute('aria-label', isOfClasses()
        ? `Map of the decided class over ${settings.x}${settings.y === null ? '' : ` and ${settings.y}`}`
        : `Predicted ${outputName(state.shownOutput)} over ${settings.x}${settings.y === null ? '' : ` and ${settings.y}`}`);
};
