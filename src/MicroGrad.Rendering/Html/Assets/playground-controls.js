// Input: buttons, fields, keys, the map, the editor.
const messages = { said: 0, waiting: '' };

// The sentence at the foot; to screen readers at most one in five seconds.
const say = (text, isUrgent = false) => {
    byId('now').textContent = text;
    messages.waiting = text;
    if (isUrgent || performance.now() - messages.said > 5000) {
        speak();
    }
};
const speak = () => {
    if (messages.waiting !== '' && performance.now() - messages.said >= 5000 || messages.said === 0) {
        messages.said = performance.now();
        byId('spoken').textContent = messages.waiting;
        messages.waiting = '';
    }
};
setInterval(speak, 1000);

const fillSelect = (id, options, value) => {
    byId(id).innerHTML = options.map(([v, name, tip]) => `<option value="${escaped(v)}"${tip ? ` title="${escaped(tip)}"` : ''}>${escaped(name)}</option>`).join('');
    byId(id).value = value;
};
const withOwn = (list, value) => [...new Set([...list, value])].sort((a, b) => a - b);

// Shows the settings in their fields.
const showSettings = () => {
    const s = settings;
    fillSelect('validation', Object.keys(data.splits).map(Number).sort((a, b) => a - b).map(v => [v, v === 0 ? 'none' : `${Math.round(100 * v)} %`]), s.validation);
    fillSelect('noise', withOwn([0, 5, 10, 20, 30, 40, 50], s.noise).map(v => [v, v === 0 ? 'none' : `${v} %`]), s.noise);
    const choices = isOfClasses() || isTwoValued ? classNames.map((name, k) => [`add${k}`, `adds a ${name}`]) : [['add', 'adds a row']];
    const kept = byId('click').value || 'look';
    fillSelect('click', [['look', 'picks a row'], ...choices, ['remove', 'takes a row away']], kept);
    fillSelect('x', columns.map(c => [c.name, c.name]), s.x);
    fillSelect('y', columns.length > 1 ? columns.map(c => [c.name, c.name]) : [['', '–']], s.y ?? '');
    byId('y').disabled = columns.length === 1;
    fillSelect('optimizer', data.optimizers.map(v => [v, v]), s.optimizer);
    fillSelect('momentum', withOwn([0, 0.5, 0.9, 0.95, 0.99], s.momentum).map(v => [v, v]), s.momentum);
    byId('momentum').disabled = s.optimizer !== 'Sgd';
    const sizesOfBatch = withOwn([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024].filter(v => v < rows.length), s.batch).filter(v => v > 0);
    fillSelect('batch', [...sizesOfBatch.map(v => [v, v]), [0, 'all']], s.batch);
    fillSelect('lossName', data.losses.map(v => [v, v, losses[v].formula]), s.loss);
    byId('lossName').title = losses[s.loss].formula;
    for (const id of ['l1', 'l2']) {
        fillSelect(id, withOwn([0, ...rates], s[id]).map(v => [v, v]), s[id]);
    }

    byId('rate').value = s.rate;
    byId('speed').value = s.speed;
    byId('stopEpoch').value = s.stop ?? '';
    byId('stopLoss').value = s.below ?? '';
    byId('patience').value = s.patience ?? '';
    byId('log').setAttribute('aria-pressed', s.log);
    byId('text').setAttribute('aria-pressed', s.big);
    document.documentElement.classList.toggle('big', s.big);
    showHeld();
    hideControls();
};

// Fields for the features that no axis shows.
const showHeld = () => {
    const box = byId('held');
    const focused = document.activeElement.dataset.held;
    const others = columns.map((c, f) => [c, f]).filter(([c]) => c.name !== settings.x && c.name !== settings.y);
    box.innerHTML = others.slice(0, limits.held).map(([c, f]) => {
        const field = c.categories
            ? `<select data-held="${f}">${c.categories.map((k, i) => `<option value="${i}"${i === state.held[f] ? ' selected' : ''}>${escaped(k)}</option>`).join('')}</select>`
            : `<input data-held="${f}" inputmode="${c.parts ? 'text' : 'decimal'}" value="${textOf(c, state.held[f])}">`;
        return `<label class="field" data-control="Axes"><span title="${escaped(c.name)}" dir="auto">${escaped(c.name)}</span>${field}</label>`;
    }).join('') + (others.length > limits.held ? `<span class="wide">and ${others.length - limits.held} more</span>` : '');
    box.querySelector(`[data-held="${focused}"]`)?.focus();
};

// The figures of hidden controls stay.
const hideControls = () => {
    for (const part of document.querySelectorAll('[data-control]')) {
        const isHidden = settings.hide.includes(part.dataset.control);
        if (!part.classList.contains('field')) {
            part.hidden = isHidden;
            continue;
        }

        const field = part.querySelector('select,input');
        part.querySelector('output.figure')?.remove();
        (field.closest('.rate>div') ?? field).hidden = isHidden;
        if (isHidden) {
            const figure = document.createElement('output');
            figure.className = 'figure';
            figure.textContent = field.selectedOptions?.[0]?.textContent ?? (field.value || '–');
            part.append(figure);
        }
    }
};

const showLegend = () => {
    const { training, validation } = state.trainer;
    byId('counts').textContent = `${training.count} rows${validation.count ? `, ${validation.count} to validate` : ''}`
        + (data.sampledFrom === null ? '' : ` (of ${data.sampledFrom})`);
    byId('legend').innerHTML = classNames === null
        ? columns.length && outputNames.map((name, t) => {
            const [low, high] = numberRange(t);
            return `<li style="grid-column:1/-1"><span dir="auto">${escaped(name)}</span><b>${short(low)} <svg width="60" height="10" aria-hidden="true"><defs><linearGradient id="ramp${t}"><stop stop-color="${css(colours.minus)}"/><stop offset=".5" stop-color="${css(colours.paper)}"/><stop offset="1" stop-color="${css(colours.plus)}"/></linearGradient></defs><rect width="60" height="10" fill="url(#ramp${t})" stroke="var(--edge)"/></svg> ${short(high)}</b></li>`;
        }).join('')
        : classNames.map((name, k) => `<li title="${escaped(name)}">${markSvg(k)}<span dir="auto">${escaped(name)}</span><b>${rows.filter(row => row.class === k).length}</b></li>`).join('');
    byId('legend').classList.toggle('single', (classNames ?? []).length <= 4 && (classNames ?? []).some(name => name.length > 8));
    byId('heldKey').hidden = validation.count === 0;
};

const showAxes = () => {
    const [x, y] = [axisOf(settings.x), settings.y === null ? null : axisOf(settings.y)];
    const ends = axis => axis.column.categories ? [axis.column.categories[0], axis.column.categories[axis.count - 1]] : [textOf(axis.column, axis.low), textOf(axis.column, axis.high)];
    const vertical = y === null ? curveValues() : null;
    byId('xName').innerHTML = `<span dir="auto">${escaped(ends(x)[0])}</span><b dir="auto">${escaped(settings.x)} →</b><span dir="auto">${escaped(ends(x)[1])}</span>`;
    byId('yName').innerHTML = y === null
        ? `<b>↑ ${escaped(!isOfClasses() ? outputName(state.shownOutput) : settings.loss === 'Hinge' ? 'score' : outputCount === 1 ? `probability of ${classNames[1]}` : 'probability')}</b><span>${short(vertical.low)} to ${short(vertical.high)}</span>`
        : `<b dir="auto">↑ ${escaped(settings.y)}</b><span dir="auto">${escaped(ends(y)[0])} to ${escaped(ends(y)[1])}</span>`;
};

const showState = () => {
    const isPlaying = state.name === 'Training';
    byId('play').textContent = isPlaying ? '❚❚ Pause' : '▶ Play';
    document.body.dataset.state = state.name;
    byId('undo').disabled = state.undo.length === 0;
    byId('redo').disabled = state.redo.length === 0;
    const found = differences();
    byId('sameness').textContent = found.length === 0 ? '= the command' : '≠ the command';
    byId('sameness').title = found.length === 0 ? 'Start-MlpTraining gives the same numbers' : `Start-MlpTraining gives other numbers: ${found.join('; ')}`;
};

// ---- changes ----
const note = name => {
    if (state.trainer.epoch > 0 || state.trainer.order !== null) {
        state.changed.add(name);
    }
};

// A setting that training goes on with.
const change = (name, key, value) => {
    if (value === undefined || JSON.stringify(settings[key]) === JSON.stringify(value)) {
        showSettings();
        return;
    }

    note(name);
    settings[key] = value;
    if (key === 'optimizer') {
        state.trainer.setOptimizer();
    }

    if (['loss', 'noise', 'validation'].includes(key)) {
        remakeSamples();
    }

    refresh();
};

// A change of the network draws new weights.
const reshape = (net, act) => {
    pause();
    Object.assign(settings, { net, act, seed: settings.seed ?? Number(start.orderSeed) });
    restart();
    rebuild();
    say(`New network ${sizes().join('-')}: new weights of seed ${settings.seed}.`);
};

const renew = () => {
    settings.seed = (settings.seed ?? Number(start.orderSeed)) + 1;
    const wasPlaying = state.name === 'Training';
    restart();
    rebuild();
    if (wasPlaying) {
        play();
    }

    say(`New weights of seed ${settings.seed}.`);
};

const reset = () => {
    pause();
    restart();
    rebuild();
    say('Ready: the first weights.');
};

const record = edit => {
    state.undo.push(edit);
    state.redo = [];
    if (state.undo.length > limits.undo) {
        state.undo.shift();
    }

    edit.apply();
    refresh();
};
const undoLast = (from, to, way) => {
    const edit = state[from].pop();
    if (edit) {
        state[to].push(edit);
        edit[way]();
        refresh();
        say(way === 'revert' ? `Undone: ${edit.name}.` : `Done again: ${edit.name}.`);
    }
};
const setParameter = (place, value, name) => {
    const before = state.trainer.network.parameters[place];
    if (!Number.isFinite(value) || value === before) {
        return;
    }

    const set = to => {
        state.trainer.network.parameters[place] = to;
        state.edited = true;
        state.lastGood[place] = to;
    };
    record({ name, apply: () => set(value), revert: () => set(before) });
    say(`${name}: ${short(value)}. Training goes on from here.`);
};
const changeRows = (name, change, back) => {
    const redo = way => () => {
        way();
        state.rowsChanged = true;
        state.picked = -1;
        remakeSamples();
    };
    record({ name, isOfRows: true, apply: redo(change), revert: redo(back) });
    const gone = isOfClasses() ? classNames.filter((_, k) => !rows.some(row => row.class === k)) : [];
    say(`${name}: ${rows.length} rows.${gone.length ? ` No row is ${gone.join(' or ')} any more: the network can't learn it.` : ''}`);
};

// ---- the editor of weights ----
const openEditor = (layer, neuron, only) => {
    if (settings.hide.includes('Weights') || layer === 0) {
        return;
    }

    const { network } = state.trainer;
    const own = network.layers[layer - 1];
    const k = own.start + neuron * own.stride;
    const names = [...file.hasBias ? [[k + own.inputs, 'bias']] : [], ...Array.from({ length: own.inputs }, (_, i) => [k + i, `weight of ${neuronName(layer - 1, i)}`])];
    const shown = names.filter(([place]) => only === undefined || place === only);
    const box = byId('editor');
    box.innerHTML = `<h2></h2><div class="scroll">${shown.map(([place, name]) => {
        const value = network.parameters[place];
        const range = Math.max(5, Math.ceil(2 * Math.abs(value)));
        return `<div class="line"><label for="p${place}" dir="auto">${escaped(name)}</label><input id="p${place}" data-place="${place}" inputmode="decimal" value="${short(value)}"><input type="range" data-place="${place}" min="${-range}" max="${range}" step="0.01" value="${value}" aria-label="${escaped(name)}"></div>`;
    }).join('')}</div><p><button class="close">Close</button></p>`;
    box.firstChild.textContent = neuronName(layer, neuron);
    const tile = layout.tiles.find(t => t.layer === layer && t.neuron === neuron);
    const at = (tile?.button ?? byId('layers')).getBoundingClientRect();
    box.show();
    box.style.left = `${Math.max(8, Math.min(innerWidth - box.offsetWidth - 8, at.right + 10))}px`;
    box.style.top = `${Math.max(8, Math.min(innerHeight - box.offsetHeight - 8, at.top - 20))}px`;
    box.dataset.name = neuronName(layer, neuron);
    box.opener = tile?.button;
    box.querySelector('input').focus();
    box.querySelector('input').select();
};

const closeEditor = () => {
    const box = byId('editor');
    if (box.open) {
        box.close();
        box.opener?.focus();
    }
};

const listenToEditor = () => {
    const box = byId('editor');
    const nameOf = field => `${box.dataset.name}, ${box.querySelector(`label[for=p${field.dataset.place}]`).textContent}`;
    box.addEventListener('change', event => {
        const { place } = event.target.dataset;
        const text = event.target.value.trim();
        if (event.target.type === 'range') {
            // The drag itself has moved the weight: one edit from where it began.
            const value = Number(text);
            state.trainer.network.parameters[place] = state.dragFrom ?? state.trainer.network.parameters[place];
            state.dragFrom = null;
            setParameter(Number(place), value, nameOf(event.target));
        } else if (text !== '' && Number.isFinite(Number(text))) {
            setParameter(Number(place), Number(text), nameOf(event.target));
            box.querySelector(`[type=range][data-place="${place}"]`).value = text;
        } else {
            event.target.value = short(state.trainer.network.parameters[place]);
        }
    });
    box.addEventListener('input', event => {
        if (event.target.type === 'range') {
            const { place, value } = { place: Number(event.target.dataset.place), value: Number(event.target.value) };
            state.dragFrom ??= state.trainer.network.parameters[place];
            state.trainer.network.parameters[place] = value;
            state.edited = true;
            byId(`p${place}`).value = short(value);
            refresh();
        }
    });
};

// ---- the map ----
const placeOfPointer = event => {
    const box = byId('map').getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height];
};
const nearestRow = (u, v, most) => {
    let [best, distance] = [-1, most];
    rows.forEach((row, i) => {
        const d = Math.hypot(placeOn(grid.x, row) - u, (grid.y === null ? row.onCurve : placeOn(grid.y, row)) - v);
        if (d < distance) {
            [best, distance] = [i, d];
        }
    });
    return best;
};
const describeRow = row => columns
    .map((c, f) => `${c.name} ${row.missing.includes(f) ? 'missing, taken as ' : ''}${textOf(c, row.raw[f])}`).join(', ');

const addRow = (u, v, k) => {
    const raw = [...state.held];
    raw[grid.x.f] = valueAt(grid.x, u);
    let numbers = null;
    if (grid.y !== null) {
        raw[grid.y.f] = valueAt(grid.y, v);
    }

    if (rows[0].targets !== null) {
        const { low, high } = curveValues();
        numbers = outputNames.map((_, t) => k >= 0 ? data.classNumbers[k]
            : grid.y === null ? low + v * (high - low) : rows.reduce((sum, row) => sum + row.targets[t] / rows.length, 0));
    }

    const row = { raw, class: k, targets: numbers, place: state.nextPlace++, held: false, missing: [] };
    changeRows('Row added', () => rows.push(row), () => rows.splice(rows.indexOf(row), 1));
};
const removeRow = i => {
    const row = rows[i];
    if (row && state.trainer.training.count - (row.held ? 0 : 1) >= 1) {
        changeRows('Row taken away', () => rows.splice(rows.indexOf(row), 1), () => rows.splice(i, 0, row));
    }
};

const clickMap = event => {
    const [u, v] = placeOfPointer(event);
    const way = byId('click').value;
    if (settings.hide.includes('Rows')) {
        return;
    }

    if (event.shiftKey || way === 'remove') {
        removeRow(nearestRow(u, v, 0.06));
        return;
    }

    if (way.startsWith('add')) {
        addRow(u, v, way === 'add' ? -1 : Number(way.slice(3)));
        return;
    }

    state.picked = nearestRow(u, v, 0.05);
    if (state.picked >= 0) {
        const row = rows[state.picked];
        state.held = [...row.raw];
        const answer = state.trainer.network.forward(row.inputs, 0);
        const decided = isOfClasses() ? `taken for ${classNames[classOf(answer)]}` : `predicted ${short(unscaled(answer[state.shownOutput], state.shownOutput))}`;
        const is = row.class >= 0 ? classNames[row.class] : short(row.targets[state.shownOutput]);
        showHeld();
        refresh();
        say(`Row ${state.picked + 1}: ${describeRow(row)}; is ${is}, ${decided}.`);
    } else {
        state.held = columns.map(c => c.center);
        showHeld();
        refresh();
        say('No row there: the other features are held at their mean.');
    }
};

// ---- sharing and saving ----
const copy = async (field, button) => {
    field.select();
    let isCopied = true;
    try {
        await navigator.clipboard.writeText(field.value);
    } catch {
        isCopied = document.execCommand('copy');
    }

    button.textContent = isCopied ? 'Copied' : 'Press Ctrl+C';
};
const share = () => {
    const found = differences();
    const isOnDisk = location.protocol === 'file:';
    byId('address').value = isOnDisk ? addressText() : location.href.replace(/#.*$/, '') + addressText();
    byId('sharingNote').textContent = (isOnDisk ? 'The file is on a disk: hand on the file, and this part of its address.' : 'Whoever opens this address sees this state.')
        + (state.edited ? ' Weights edited by hand are not in it: save the model for them.' : '')
        + (state.rowsChanged ? ' Rows edited by hand are not in it.' : '');
    byId('commandNote').textContent = found.length === 0 ? 'The command with the same numbers' : `The command; its numbers differ (${found.join('; ')})`;
    byId('command').value = commandText();
    byId('copyAddress').textContent = 'Copy the address';
    byId('copyCommand').textContent = 'Copy the command';
    byId('sharing').showModal();
};
const save = () => {
    if (settings.act.some(kind => kind !== settings.act[0])) {
        say('A model file has one activation for all hidden layers: choose the same for each, then save.', true);
        return;
    }

    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([modelText()], { type: 'application/json' }));
    link.download = `${(data.title || 'model').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'model'}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    say(`Saved ${link.download}: Import-Mlp reads it.`);
};

const open = (text, isFirst = false) => {
    pause();
    const { wrong, epoch } = readAddress(text);
    restart();
    rebuild();
    const ignored = wrong.length ? ` Ignored in the address: ${wrong.join(', ')}.` : '';
    if (epoch > 0) {
        const reached = trainTo(epoch, 3000);
        rebuild();
        say((reached === epoch ? `Epoch ${epoch}, as the address asks.` : `Epoch ${reached} of the ${epoch} that the address asks for: press Play to go on.`) + ignored, true);
    } else if (ignored !== '' || !isFirst) {
        say(`Ready.${ignored}`, ignored !== '');
    } else {
        say('Ready: press Play.');
    }
};

// ---- listening ----
const numberOr = (text, otherwise, holds) => text.trim() === '' ? null : Number.isFinite(Number(text)) && holds(Number(text)) ? Number(text) : otherwise;
const stepRate = by => {
    const at = by > 0 ? rates.find(r => r > settings.rate * 1.0001) : rates.findLast(r => r < settings.rate * 0.9999);
    change('learning rate', 'rate', at ?? settings.rate);
};
const setSpeed = speed => {
    settings.speed = speed;
    byId('speed').value = speed;
    loop.begun = null;
    refresh();
};
const toggleText = () => {
    settings.big = !settings.big;
    rebuild();
};

const listen = () => {
    const on = (id, type, act) => byId(id).addEventListener(type, act);
    const click = (id, act) => on(id, 'click', act);
    click('play', () => state.name === 'Training' ? pause() : play());
    click('step', stepEpoch);
    click('reset', reset);
    click('renew', renew);
    click('share', share);
    click('save', save);
    click('text', toggleText);
    click('help', () => byId('keys').showModal());
    click('undo', () => undoLast('undo', 'redo', 'revert'));
    click('redo', () => undoLast('redo', 'undo', 'apply'));
    click('slower', () => stepRate(-1));
    click('faster', () => stepRate(1));
    click('log', () => {
        settings.log = !settings.log;
        refresh();
        byId('log').setAttribute('aria-pressed', settings.log);
    });
    click('copyAddress', event => copy(byId('address'), event.target));
    click('copyCommand', event => copy(byId('command'), event.target));
    click('applyPasted', () => {
        byId('sharing').close();
        open(byId('pasted').value);
    });
    for (const [id, name] of [['showLoss', false], ['showErrors', true]]) {
        click(id, () => {
            state.showsErrors = name;
            arrange();
            refresh();
        });
    }

    on('speed', 'change', event => setSpeed(event.target.value));
    const selects = {
        optimizer: ['optimizer', 'optimizer', String], momentum: ['momentum', 'momentum', Number], batch: ['batch size', 'batch', Number],
        lossName: ['loss', 'loss', String], l1: ['L1', 'l1', Number], l2: ['L2', 'l2', Number],
        validation: ['validation', 'validation', Number], noise: ['noise', 'noise', Number],
    };
    for (const [id, [name, key, read]] of Object.entries(selects)) {
        on(id, 'change', event => change(name, key, read(event.target.value)));
    }

    on('rate', 'change', event => change('learning rate', 'rate', parts.lr.read(event.target.value)));
    on('rate', 'keydown', event => {
        if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
            event.preventDefault();
            stepRate(event.key === 'ArrowUp' ? 1 : -1);
        }
    });
    on('stopEpoch', 'change', event => { settings.stop = numberOr(event.target.value, settings.stop, v => Number.isInteger(v) && v > 0); showSettings(); });
    on('stopLoss', 'change', event => { settings.below = numberOr(event.target.value, settings.below, () => true); showSettings(); });
    on('patience', 'change', event => { settings.patience = numberOr(event.target.value, settings.patience, v => Number.isInteger(v) && v > 0); showSettings(); });
    for (const [own, other] of [['x', 'y'], ['y', 'x']]) {
        on(own, 'change', event => {
            if (settings[other] === event.target.value) {
                settings[other] = settings[own];
            }

            settings[own] = event.target.value;
            refresh();
        });
    }

    on('held', 'change', event => {
        const f = Number(event.target.dataset.held);
        const value = valueOf(columns[f], event.target.value);
        state.held = state.held.map((old, i) => i === f && Number.isFinite(value) ? value : old);
        refresh();
    });
    on('map', 'click', clickMap);
    listenToNetwork();
    listenToEditor();
    document.addEventListener('click', event => {
        if (event.target.classList.contains('close')) {
            event.target.closest('dialog') === byId('editor') ? closeEditor() : event.target.closest('dialog').close();
        }
    });
    document.addEventListener('keydown', pressKey);
    addEventListener('hashchange', () => open(location.hash));
    addEventListener('resize', () => rebuild());
    document.addEventListener('visibilitychange', () => {
        if (document.hidden && state.name === 'Training') {
            pause();
            say('Paused: the tab was hidden.');
        }
    });
    matchMedia('(prefers-color-scheme:dark)').addEventListener('change', rebuild);
};

const listenToNetwork = () => {
    const box = byId('layers');
    box.addEventListener('click', event => {
        const button = event.target.closest('button');
        const id = button?.id ?? '';
        const { net, act } = settings;
        const layer = Number(id.replace(/\D+/, ''));
        if (id.startsWith('tile')) {
            const [l, i] = id.slice(4).split('-').map(Number);
            if (l === sizes().length - 1 && outputCount > 1 && !isOfClasses()) {
                state.shownOutput = i;
                refresh();
            }

            openEditor(l, i);
        } else if (id === 'fewerLayers') {
            reshape(net.slice(0, -1), act.slice(0, -1));
        } else if (id === 'moreLayers') {
            reshape([...net, net[net.length - 1] ?? 4], [...act, act[act.length - 1] ?? file.activation]);
        } else if (id.startsWith('fewer')) {
            reshape(net.map((n, i) => i === layer - 1 ? n - 1 : n), act);
        } else if (id.startsWith('more')) {
            reshape(net.map((n, i) => i === layer - 1 ? n + 1 : n), act);
        } else if (!event.target.closest('select')) {
            const near = nearestLine(event);
            if (near) {
                openEditor(near.to.layer, near.to.neuron, near.parameter);
            }
        }
    });
    box.addEventListener('change', event => {
        const layer = Number(event.target.id.slice(3));
        const act = settings.act.map((kind, i) => i === layer - 1 ? event.target.value : kind);
        note('activation');
        settings.act = act;
        state.trainer.network.layers.forEach((own, l) => { own.kind = kinds()[l]; });
        rebuild();
    });
    box.addEventListener('keydown', event => {
        const tile = event.target.closest('.tile');
        const by = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
        if (tile && by) {
            event.preventDefault();
            event.stopPropagation();
            const [l, i] = tile.id.slice(4).split('-').map(Number);
            const layer = Math.max(0, Math.min(sizes().length - 1, l + by[0]));
            const last = Math.min(mostShown, sizes()[layer]) - 1;
            const next = byId(`tile${layer}-${Math.max(0, Math.min(last, i + by[1]))}`);
            tile.tabIndex = -1;
            next.tabIndex = 0;
            next.focus();
        }
    });
    const point = event => {
        const tile = event.type === 'focusin' && !event.target.matches(':focus-visible') ? null : event.target.closest('.tile');
        const own = tile ? layout.tiles.find(t => t.button === tile) : null;
        if (own !== state.pointed) {
            state.pointed = own;
            drawMap();
        }
    };
    const leave = () => {
        state.pointed = null;
        drawMap();
    };
    box.addEventListener('pointerover', point);
    box.addEventListener('focusin', point);
    box.addEventListener('pointerleave', leave);
    box.addEventListener('focusout', leave);
    box.addEventListener('pointermove', event => {
        const near = nearestLine(event);
        box.style.cursor = near && !settings.hide.includes('Weights') ? 'pointer' : '';
        box.title = near && !event.target.closest('button,select') ? `weight ${short(state.trainer.network.parameters[near.parameter])}` : '';
    });
};

const nearestLine = event => {
    const box = byId('layers').getBoundingClientRect();
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    let [best, distance] = [null, 8];
    for (const own of layout.lines) {
        if (px >= own.x1 && px <= own.x2) {
            const [dx, dy] = [own.x2 - own.x1, own.y2 - own.y1];
            const d = Math.abs(dy * (px - own.x1) - dx * (py - own.y1)) / Math.hypot(dx, dy);
            if (d < distance) {
                [best, distance] = [own, d];
            }
        }
    }

    return best;
};

const pressKey = event => {
    if (event.key === 'Escape') {
        closeEditor();
        return;
    }

    const isTyping = event.target.closest?.('input,textarea,select');
    const isZ = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !isTyping && (isZ === 'z' || isZ === 'y')) {
        event.preventDefault();
        isZ === 'y' || event.shiftKey ? undoLast('redo', 'undo', 'apply') : undoLast('undo', 'redo', 'revert');
        return;
    }

    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog:modal')) {
        return;
    }

    // Space belongs to a focused button.
    const isButton = event.target.closest?.('button,summary');
    const keys = {
        ' ': () => isButton ? undefined : state.name === 'Training' ? pause() : play(),
        ArrowRight: () => event.shiftKey ? stepBatch() : stepEpoch(),
        r: reset,
        n: () => settings.hide.includes('NewWeights') ? undefined : renew(),
        b: toggleText,
        1: () => setSpeed('slow'),
        2: () => setSpeed('1'),
        3: () => setSpeed('10'),
        4: () => setSpeed('fast'),
        '?': () => byId('keys').showModal(),
    };
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (Object.hasOwn(keys, key) && !(key === ' ' && isButton)) {
        event.preventDefault();
        keys[key]();
    }
};
