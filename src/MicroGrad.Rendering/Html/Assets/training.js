// A network and, where there is one, the history of its training: weights and loss epoch by epoch.
const by = id => document.getElementById(id);
const number = x => format(x, data.precision);
const frames = data.frames.map(f => ({ ...f, weights: f.weights.map(Number), biases: f.biases.map(Number), parameters: f.parameters?.map(Number) }));
let lines = [];
let places = new Map();

// One scale for all epochs, so that growth shows.
const largest = Math.max(...frames.map(f => f.weights.reduce((m, w) => Number.isFinite(w) ? Math.max(m, Math.abs(w)) : m, 0)));
const share = w => !Number.isFinite(w) ? 1 : largest > 0 ? Math.abs(w) / largest : 0;

let now = 0;
function draw(to) {
  now = to;
  const frame = frames[to];
  lines.forEach((line, i) => {
    const w = frame.weights[i];
    line.classList.toggle('m', w < 0);
    line.classList.toggle('p', w >= 0);
    line.classList.toggle('nan', Number.isNaN(w));
    line.setAttribute('stroke-width', 0.75 + 3.25 * share(w));
    line.firstElementChild.textContent = String(w);
  });
  map?.draw(frame.parameters, places);
  if (frames.length > 1 || frame.epoch > 0) {
    const rows = [['epoch', frame.epoch], ['loss', frame.loss], ['validation loss', frame.validationLoss],
      ['accuracy', frame.accuracy], ['validation accuracy', frame.validationAccuracy]].filter(r => r[1] !== null && r[1] !== undefined);
    table('epoch', rows.map(([k, v]) => [k, k === 'epoch' ? String(v) : number(Number(v))]));
    if (by('where')) by('where').textContent = `epoch ${frame.epoch}`;
    cursor(frame.epoch);
  }
  lights.refresh();
}

// The line through the loss curve at the epoch shown.
function cursor(epoch) {
  const mark = by('cursor');
  if (!mark) return;
  const [left, right, first, last] = mark.dataset.scale.split(' ').map(Number);
  const x = last > first ? left + (epoch - first) / (last - first) * (right - left) : left;
  mark.setAttribute('x1', x);
  mark.setAttribute('x2', x);
}

const lights = lighting(
  id => [[places.get(id), 'self'], ...data.edges.flatMap(([layer, neuron, input], i) => {
    const [from, to] = [`${layer}/${input}`, `${layer + 1}/${neuron}`];
    return to === id ? [[lines[i], 'on'], [places.get(from), 'input']] : from === id ? [[lines[i], 'on'], [places.get(to), 'user']] : [];
  })],
  id => {
    const [layer, neuron] = id.split('/').map(Number);
    const rows = [['neuron', layer === 0 ? data.inputs[neuron] : `${neuron + 1} of ${data.sizes[layer]}`]];
    if (layer > 0) {
      rows.push(['activation', data.activations[layer - 1]]);
      const bias = data.neurons.findIndex(([l, n]) => l === layer && n === neuron);
      if (frames[now].biases.length) rows.push([`b${layer}[${neuron + 1}]`, number(frames[now].biases[bias])]);
      data.edges.forEach(([l, n, input], i) => {
        if (l === layer - 1 && n === neuron) {
          rows.push([`W${layer}[${neuron + 1},${input + 1}]${l === 0 ? ` of ${data.inputs[input]}` : ''}`, number(frames[now].weights[i])]);
        }
      });
    }
    table('facts', rows);
  });

by('largest').textContent = `largest |w| ${number(largest)}`;
let isReady = false;
view.attach(svg => {
  lines = [...svg.querySelectorAll('[data-w]')];
  places = new Map([...svg.querySelectorAll('[data-node]')].map(circle => [circle.dataset.node, circle]));
  for (const [id, circle] of places) {
    if (!circle.hasAttribute('tabindex')) lights.add(circle, id);
  }
  if (isReady) draw(now);
});
isReady = true;
let steering = null;
if (frames.length > 1) {
  steering = player(frames.length, draw, () => Math.max(30, Number(by('speed').value)));
  steering.start();
} else {
  draw(0);
}
window.training = { frames, map, go: steering?.go, get now() { return now; } };
