// The page itself: what stands where, the loop of training and drawing, and the start.
const loop = { frame: 0, begun: null, drawn: 0, cost: 0, size: 50, withTiles: true, batches: 0 };
const isCalm = () => matchMedia('(prefers-reduced-motion:reduce)').matches;

// Puts the parts where the window has room for them. They move only when necessary, as a moved part loses the focus.
const arrange = () => {
    const narrow = isNarrow();
    const shape = `${narrow} ${settings.big}`;
    if (state.shape !== shape) {
        state.shape = shape;
        moveParts(narrow);
    }

    const hasTabs = !narrow && (settings.big || (classNames?.length ?? 0) > 3);
    byId('tabs').hidden = !hasTabs;
    byId('curvePart').hidden = hasTabs && state.showsErrors === true;
    byId('errorsPart').hidden = hasTabs && state.showsErrors !== true;
    byId('showLoss').setAttribute('aria-pressed', state.showsErrors !== true);
    byId('showErrors').setAttribute('aria-pressed', state.showsErrors === true);
    document.querySelector('footer').style.bottom = narrow ? `${byId('bar').offsetHeight}px` : '';
};

const moveParts = narrow => {
    document.documentElement.classList.toggle('narrow', narrow);
    const focused = document.activeElement;
    const main = document.querySelector('main');
    const [bar, settingsBox] = [byId('bar'), byId('settings')];
    const moved = ['renew', 'speedField', 'share', 'save', 'text', 'help'].map(byId);
    if (narrow) {
        main.append(byId('title'), byId('output'), byId('network'), settingsBox);
        byId('extraButtons').append(...moved);
        byId('numbers').append(byId('lossBox'), byId('qualityBox'));
        document.body.append(document.querySelector('footer'), bar);
    } else {
        main.append(settingsBox, byId('network'), byId('output'));
        settingsBox.prepend(byId('title'));
        byId('figures').append(byId('lossBox'), byId('qualityBox'));
        bar.append(...moved.slice(1));
        byId('reset').after(byId('renew'));
        document.body.prepend(bar);
    }

    byId('extra').hidden = !narrow;
    byId('numbers').hidden = !narrow;
    const isStrip = !narrow && !settings.big;
    (isStrip ? byId('network') : settingsBox)[isStrip ? 'prepend' : 'append'](byId('training'));
    for (const part of document.querySelectorAll('details')) {
        part.open = isStrip || (!narrow && part.id === 'training');
    }

    focused.focus();
};

// Rebuilds everything after a change of shape, window or colours.
const rebuild = () => {
    closeEditor();
    readColours();
    showSettings();
    arrange();
    buildNetwork();
    hideControls();
    refresh();
};

// Shows the present state in full resolution.
const refresh = () => {
    measure();
    showSettings();
    showLegend();
    computeMap(state.name === 'Training' ? loop.size : 100, true);
    showAxes();
    draw(true, true);
    if (state.name !== 'Training') {
        nameTiles();
        describeMap();
    }
};

const draw = (withTiles, withErrors) => {
    drawMap();
    if (withTiles) {
        drawTiles();
    }

    drawLines();
    drawCurve();
    if (withErrors) {
        drawErrors();
    }

    showFigures();
    showState();
};

const showFigures = () => {
    const last = state.history[state.history.length - 1];
    byId('epoch').textContent = state.trainer.epoch;
    byId('loss').textContent = steady(last?.loss ?? state.now.loss);
    byId('qualityName').textContent = isOfClasses() ? 'Accuracy' : 'R²';
    byId('quality').textContent = isOfClasses() ? percent(last?.accuracy ?? state.now.accuracy) : steady(coefficient());
};

// ---- training ----
const play = () => {
    const { trainer } = state;
    state.stopsAt = {
        epoch: settings.stop !== null && trainer.epoch < settings.stop ? settings.stop : null,
        below: settings.below,
    };
    state.best = null;
    Object.assign(loop, { begun: null, batches: 0, size: 50, withTiles: true, slowDraws: 0 });
    setState('Training');
    showState();
    cancelAnimationFrame(loop.frame);
    loop.frame = requestAnimationFrame(frame);
    say('Training.');
};

const pause = () => {
    if (state.name === 'Training') {
        cancelAnimationFrame(loop.frame);
        setState('Paused');
        refresh();
        say(`Paused at epoch ${state.trainer.epoch}. ${progress()}`);
    }
};

// The trend of the loss over the last epochs.
const progress = () => {
    const { history } = state;
    const last = history[history.length - 1];
    if (!last) {
        return '';
    }

    const before = history[Math.max(0, history.length - 11)];
    const change = before === last || before.loss === 0 ? 0 : (last.loss - before.loss) / Math.abs(before.loss);
    const size = Math.abs(100 * change);
    const over = last.epoch - before.epoch;
    const since = over > 1 ? ` in ${over} epochs` : '';
    return over === 0 ? `The loss is ${steady(last.loss)}.`
        : size < 0.05 ? `The loss stays at ${steady(last.loss)}.`
        : `The loss ${change < 0 ? 'fell' : 'rose'} by ${size >= 10 ? size.toFixed(0) : size.toFixed(1)} %${since}.`;
};

const ruleToStop = result => {
    const { epoch, below } = state.stopsAt;
    const { patience } = settings;
    if (patience !== null && result.validationLoss !== null) {
        if (state.best === null || result.validationLoss < state.best.loss) {
            state.best = { loss: result.validationLoss, epoch: result.epoch };
        }

        if (result.epoch - state.best.epoch >= patience) {
            return `the validation loss has not improved for ${patience} epochs (best ${steady(state.best.loss)} at epoch ${state.best.epoch})`;
        }
    }

    return epoch !== null && result.epoch >= epoch ? `epoch ${epoch} is reached`
        : below !== null && result.loss < below ? `the loss is below ${below}`
        : null;
};

// The last finite weights return, and the sentence names what to change.
const diverge = () => {
    const { trainer } = state;
    const largest = rows[0].targets ? Math.max(...rows.flatMap(row => row.targets.map(Math.abs))) : 0;
    trainer.network.parameters.set(state.lastGood);
    trainer.setOptimizer();
    const cause = 2 * settings.rate * settings.l2 >= 1 || settings.l2 >= 3 ? `L2 (${settings.l2}) is too large for the learning rate: lower one of them`
        : !isOfClasses() && largest > 100 && settings.rate <= 0.1 ? `the target is large (up to ${short(largest)}): scale it, or lower the learning rate (${settings.rate})`
        : `lower the learning rate (${settings.rate})`;
    setState('Diverged', cause);
    refresh();
    say(`Diverged in epoch ${trainer.epoch + 1}: the loss is no longer finite. The last finite weights are back; ${cause}, then Reset.`, true);
};

// Takes an epoch's result. Returns whether training goes on.
const take = result => {
    if (result.diverged) {
        diverge();
        return false;
    }

    state.lastGood.set(state.trainer.network.parameters);
    remember(result);
    const rule = ruleToStop(result);
    if (rule !== null && state.name === 'Training') {
        setState('Stopped', rule);
        refresh();
        say(`Stopped at epoch ${result.epoch}: ${rule}.`, true);
        return false;
    }

    return true;
};

const stepEpoch = () => {
    pause();
    const result = state.trainer.run(() => false);
    if (take(result)) {
        setState('Paused');
        refresh();
        say(`Epoch ${result.epoch}: ${progress()}`);
    }
};

const stepBatch = () => {
    pause();
    const { trainer } = state;
    trainer.runBatch(() => false);
    const [from, to] = [trainer.start, trainer.training.count];
    const result = trainer.nextBatch();
    if (result === null || take(result)) {
        setState('Paused');
        refresh();
        if (!isCalm()) {
            pulseLines();
        }

        say(result === null ? `Epoch ${trainer.epoch + 1}: ${from} of ${to} rows learnt from.` : `Epoch ${result.epoch}: ${progress()}`);
    }
};

// Trains to an epoch without drawing, up to a time limit. Returns the epoch reached.
const trainTo = (epoch, milliseconds) => {
    const end = performance.now() + milliseconds;
    while (state.trainer.epoch < epoch && performance.now() < end) {
        const result = state.trainer.run(() => performance.now() >= end);
        if (result !== null && !take(result)) {
            break;
        }
    }

    if (state.name === 'Ready' && state.trainer.epoch > 0) {
        setState('Paused');
    }

    return state.trainer.epoch;
};

const frame = now => {
    loop.frame = requestAnimationFrame(frame);
    const { trainer } = state;
    loop.begun ??= { at: now, epoch: trainer.epoch };
    const before = trainer.epoch;
    if (settings.speed === 'slow') {
        if (now - loop.begun.at < 1000 * loop.batches) {
            return;
        }

        loop.batches++;
        trainer.runBatch(() => false);
        const result = trainer.nextBatch();
        if (result !== null && !take(result)) {
            cancelAnimationFrame(loop.frame);
            return;
        }

        showProgress(now, true);
        if (!isCalm()) {
            pulseLines();
        }

        say(`Epoch ${trainer.epoch + 1}: ${trainer.order === null ? 0 : trainer.start} of ${trainer.training.count} rows learnt from; ringed: the rows of the next batch.`);
        return;
    }

    // At a speed, the epochs due by now; drawing costs of the last frame are taken off.
    const isFastest = settings.speed === 'fast';
    const isDrawing = now - loop.drawn >= (isCalm() ? 500 : 50);
    const due = isFastest ? Infinity : loop.begun.epoch + Math.floor((now - loop.begun.at) / 1000 * Number(settings.speed)) + 1;
    const end = performance.now() + Math.max(2, (isFastest ? 10 : 8) - (isDrawing ? loop.cost : 0));
    while (trainer.epoch < due && performance.now() < end) {
        const result = trainer.run(() => performance.now() >= end);
        if (result !== null && !take(result)) {
            cancelAnimationFrame(loop.frame);
            return;
        }
    }

    if (!isFastest && trainer.epoch < due - 2) {
        loop.begun = { at: now, epoch: trainer.epoch };
    }

    if (isDrawing && (trainer.epoch > before || loop.isStale)) {
        showProgress(now, false);
        loop.isStale = false;
    } else if (trainer.epoch > before) {
        loop.isStale = true;
    }
};

// Draws the running training, coarser where it takes too long: first without tiles, then with every second point.
const showProgress = (now, isSlow) => {
    const began = performance.now();
    const isMeasured = isSlow || now - (loop.measured ?? 0) > 250;
    if (isMeasured) {
        loop.measured = now;
        measure();
    }

    loop.round = (loop.round ?? 0) + 1;
    const withTiles = loop.withTiles || loop.round % 5 === 0;
    computeMap(loop.size, withTiles);
    draw(withTiles, isMeasured);
    loop.drawn = now;
    loop.cost = performance.now() - began;
    if (loop.cost > 6) {
        loop.slowDraws = (loop.slowDraws ?? 0) + 1;
    } else {
        loop.slowDraws = 0;
    }

    if (loop.slowDraws > 3) {
        loop.slowDraws = 0;
        if (loop.withTiles) {
            loop.withTiles = false;
        } else {
            loop.size = Math.max(12, loop.size >> 1);
        }
    }

    if (!isSlow && state.history.length && now - (loop.told ?? 0) > 1000) {
        loop.told = now;
        say(`Epoch ${state.trainer.epoch}: ${progress()}`);
    }
};

byId('title').textContent = data.title;
state.nextPlace = rows.length;
state.picked = -1;
listen();
open(location.hash, true);
document.body.dataset.ready = 'true';

// For tests and the console.
const playground = { state, settings, rows, grid, loop, addressText, modelText, commandText, differences, open };
