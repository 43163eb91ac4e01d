// A network and, where there is one, the history of its training: weights and loss epoch by epoch.
const data = JSON.parse(document.getElementById('data').textContent);
const by = id => document.getElementById(id);
const number = x => format(x, data.precision);
const frames = data.frames.map(f => ({ ...f, weights: f.weights.map(Number), biases: f.biases.map(Number) }));
const lines = [...view.svg.querySelectorAll('[data-w]')];
const circles = [...view.svg.querySelectorAll('[data-node]')];
const place = id => document.querySelector(`[data-node="${id}"]`);

// One scale for all epochs, so that growth shows.
const largest = Math.max(...frames.map(f => f.weights.reduce((m, w) => Number.isFinite(w) ? Math.max(m, Math.abs(w)) : m, 0)));
const share = w => !Number.isFinite(w) ? 1 : largest > 0 ? Math.abs(w) / largest : 0;
by('largest').textContent = `largest |w| ${number(largest)}`;

let now = 0;
function draw(to) {
  now = to;
  const frame = frames[to];
  lines.forEach((line, i) => {
    const w = frame.weights[i];
    line.classList.toggle('m', w < 0);
    line.classList.toggle('p', w >= 0);
    line.classList.toggle('nan', Number.isNaN(w));
    line.setAttribute('stroke-width', 0.25 + 2.75 * share(w));
    line.setAttribute('stroke-opacity', 0.15 + 0.85 * Math.sqrt(share(w)));
    line.firstElementChild.textContent = String(w);
  });
  if (frames.length > 1 || frame.epoch > 0) {
    const rows = [['epoch', frame.epoch], ['loss', frame.loss], ['validation loss', frame.validationLoss],
      ['accuracy', frame.accuracy], ['validation accuracy', frame.validationAccuracy]].filter(r => r[1] !== null && r[1] !== undefined);
    table('epoch', rows.map(([k, v]) => [k, k === 'epoch' ? String(v) : number(Number(v))]));
    by('where').textContent = `epoch ${frame.epoch}`;
    cursor(frame.epoch);
  }
  if (shown !== null) facts(shown);
}

function table(id, rows) {
  by(id).replaceChildren(...rows.map(cells => {
    const line = document.createElement('tr');
    line.append(...cells.map(text => { const cell = document.createElement('td'); cell.textContent = text; return cell; }));
    return line;
  }));
}

// The line through the loss curve at the epoch shown.
function cursor(epoch) {
  const mark = document.getElementById('cursor');
  if (!mark) return;
  const [left, right, first, last] = mark.dataset.scale.split(' ').map(Number);
  const x = last > first ? left + (epoch - first) / (last - first) * (right - left) : left;
  mark.setAttribute('x1', x);
  mark.setAttribute('x2', x);
}

let lit = [];
let shown = null;
function light(id) {
  lit.forEach(([target, kind]) => target.classList.remove(kind));
  lit = [];
  shown = id;
  view.svg.classList.toggle('lit', id !== null);
  by('node').hidden = id === null;
  if (id === null) return;
  const add = (target, kind) => { if (target) { target.classList.add(kind); lit.push([target, kind]); } };
  add(place(id), 'self');
  data.edges.forEach(([layer, neuron, input], i) => {
    const [from, to] = [`${layer}/${input}`, `${layer + 1}/${neuron}`];
    if (to === id) { add(lines[i], 'on'); add(place(from), 'input'); }
    if (from === id) { add(lines[i], 'on'); add(place(to), 'user'); }
  });
  facts(id);
}
function facts(id) {
  const [layer, neuron] = id.split('/').map(Number);
  const rows = [['neuron', layer === 0 ? data.inputs[neuron] : `${neuron + 1} of ${data.sizes[layer]}`]];
  if (layer > 0) {
    rows.push(['activation', data.activations[layer - 1]]);
    const bias = data.neurons.findIndex(([l, n]) => l === layer && n === neuron);
    if (frames[now].biases.length) rows.push(['bias', number(frames[now].biases[bias])]);
    data.edges.forEach(([l, n, input], i) => {
      if (l === layer - 1 && n === neuron) rows.push([`weight of ${l === 0 ? data.inputs[input] : input + 1}`, number(frames[now].weights[i])]);
    });
  }
  table('facts', rows);
}
circles.forEach(circle => {
  const id = circle.dataset.node;
  circle.setAttribute('tabindex', '0');
  circle.addEventListener('pointerenter', () => light(id));
  circle.addEventListener('pointerleave', () => light(null));
  circle.addEventListener('focus', () => light(id));
  circle.addEventListener('blur', () => light(null));
});

let steering = null;
if (frames.length > 1) {
  steering = player(frames.length, draw, () => Math.max(30, Number(by('speed').value)));
  const wanted = /#step=(\d+|end)$/.exec(location.hash);
  steering.go(wanted && wanted[1] !== 'end' ? Number(wanted[1]) : wanted ? frames.length - 1 : 0);
} else {
  draw(0);
}
window.training = { frames, go: steering?.go, get now() { return now; } };
