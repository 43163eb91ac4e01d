// A computation graph, step by step: forward one value at a time, back one use of the chain rule at a time.
const data = JSON.parse(document.getElementById('data').textContent);
const nodes = data.nodes.map(n => ({ ...n, data: Number(n.data), grad: Number(n.grad), local: n.local.map(Number) }));
const root = nodes.length - 1;
const number = x => format(x, data.precision);
const name = i => {
  const label = [...(nodes[i].name || nodes[i].folded)];
  return label.length > 24 ? label.slice(0, 23).join('') + '…' : label.join('');
};
const by = id => document.getElementById(id);

// The elements of the drawing shown.
let groups = [];
let texts = [];
let paths = new Map();
let users = [];

// 0: only leaves have values. Then a step for each computed value, one for the root's own gradient, and one for each
// input of each node from the root back.
const steps = [{ kind: 'start' }];
if (!data.folded) {
  nodes.forEach((n, i) => { if (n.inputs.length) steps.push({ kind: 'forward', node: i }); });
  steps.push({ kind: 'seed', node: root });
  for (let i = root; i >= 0; i--) {
    nodes[i].inputs.forEach((input, place) => steps.push({ kind: 'backward', node: i, input, place }));
  }
}

// The state after a step. Going on from the state before costs one step; going back starts over.
const state = { step: 0, known: [], grads: [] };
function reset() {
  state.step = 0;
  state.known = nodes.map(n => data.folded || !n.inputs.length);
  state.grads = nodes.map(() => 0);
}
function apply(step) {
  if (step.kind === 'forward') state.known[step.node] = true;
  if (step.kind === 'seed') state.grads[root] += 1;
  if (step.kind === 'backward') {
    const node = nodes[step.node];
    step.upstream = state.grads[step.node];
    step.local = node.local[step.place];
    step.contribution = step.upstream * step.local;
    if (Number.isNaN(step.contribution) && node.blocked?.includes(step.place)) step.contribution = 0;
    step.before = state.grads[step.input];
    state.grads[step.input] += step.contribution;
  }
}

// In quiz mode the result of a step is held back until the reader asks for it.
let isHeld = false;
const held = '?';
const result = text => isHeld ? held : text;

// The operation over names, or over numbers with negative ones in brackets where a sign stands before them.
function formula(i, isNumbers) {
  const { op, opName, inputs, parameters } = nodes[i];
  const bare = inputs.map(k => isNumbers ? number(nodes[k].data) : name(k));
  const parts = isNumbers ? bare.map(text => text.startsWith('-') ? `(${text})` : text) : bare;
  const most = 8;
  const short = list => list.length > most ? [...list.slice(0, most - 1), '…'] : list;
  if (parameters !== undefined) {
    const weights = inputs.length - parameters;
    const products = short(parts.slice(0, weights).map((w, k) => `${w}·${parts[parameters + k]}`));
    return (parameters > weights ? [parts[weights], ...products] : products).join(' + ');
  }
  if (inputs.length === 2 && ['+', '-', '*', '/'].includes(op)) return `${parts[0]} ${op} ${parts[1]}`;
  if (op.startsWith('^')) return `(${bare[0]})${op}`;
  if (opName === 'negate') return `-(${bare[0]})`;
  return `${opName}(${short(bare).join(', ')})`;
}

function row(parts) {
  const line = element('div', 'sum');
  for (const [small, text, kind] of parts) {
    if (small === null) { line.append(element('span', 'sign', text)); continue; }
    const part = element('div', 'part' + (kind ? ' ' + kind : ''));
    part.append(element('small', '', small), element('span', 'num', text));
    line.append(part);
  }
  return line;
}

function explain(step) {
  const box = by('explain');
  box.replaceChildren();
  const add = (tag, kind, text) => box.append(element(tag, kind, text));
  const L = name(root);
  if (step.kind === 'start') {
    add('span', 'phase', data.folded ? 'folded' : 'start');
    add('p', '', data.folded
      ? 'This graph is drawn folded: boxes stand for several nodes, so there are no single steps. Raise the maximum number of nodes to walk through it.'
      : 'The leaves have their values. Step forward to compute the others, one operation at a time; then the chain rule walks back.');
  } else if (step.kind === 'forward') {
    const n = nodes[step.node];
    add('span', 'phase', 'forward');
    add('p', 'rule', `${name(step.node)} = ${formula(step.node, false)}`);
    add('p', 'rule', `= ${formula(step.node, true)}`);
    box.append(row([[`${name(step.node)}.data`, result(number(n.data)), 'result']]));
  } else if (step.kind === 'seed') {
    add('span', 'phase backward', 'backward');
    add('p', 'rule', `∂${L}/∂${L} = 1`);
    add('p', '', `The walk back begins at the root: ${L} changes by as much as ${L} does.`);
    box.append(row([[`${L}.grad`, number(1), 'result']]));
  } else {
    const [n, x] = [name(step.node), name(step.input)];
    add('span', 'phase backward', 'backward');
    add('p', 'rule', `∂${L}/∂${x}  +=  ∂${L}/∂${n} × ∂${n}/∂${x}`);
    add('p', 'muted rule', `${n} = ${formula(step.node, false)}`);
    box.append(row([
      ['upstream', number(step.upstream)], [null, '×'], ['local', number(step.local)], [null, '='],
      ['contribution', result(number(step.contribution)), 'result']]));
    box.append(row([
      [`${x}.grad before`, number(step.before)], [null, '+'], ['contribution', result(number(step.contribution))], [null, '='],
      [`${x}.grad`, result(number(step.before + step.contribution)), 'result']]));
  }
  if (isHeld) {
    const ask = element('button', 'main', 'Show the result');
    ask.id = 'show';
    ask.title = 'Enter, or the step forward';
    ask.addEventListener('click', reveal);
    box.append(ask);
  }
}

function line(step, isLater) {
  if (step.kind === 'start') return 'start';
  const isOpen = isLater || (isHeld && step === steps[state.step]);
  if (step.kind === 'forward' && isOpen) return `${name(step.node)} = ${formula(step.node, false)}`;
  if (step.kind === 'forward') return `${name(step.node)} = ${formula(step.node, false)} = ${number(nodes[step.node].data)}`;
  if (step.kind === 'seed') return `${name(root)}.grad = 1`;
  return isOpen || step.contribution === undefined
    ? `${name(step.input)}.grad from ${name(step.node)}`
    : `${name(step.input)}.grad += ${number(step.upstream)} × ${number(step.local)} = ${number(step.contribution)}`;
}

function log(now) {
  const list = by('log');
  list.replaceChildren();
  list.hidden = list.previousElementSibling.hidden = data.folded;
  if (data.folded) return;
  // Enough steps to fill the column, as a large graph has thousands.
  const most = 80;
  const first = Math.max(0, Math.min(now - most / 2, steps.length - most));
  for (let k = first; k < Math.min(steps.length, first + most); k++) {
    const item = element('li', k === now ? 'now' : k > now ? 'later' : '', line(steps[k], k > now));
    item.title = item.textContent;
    item.addEventListener('click', () => steering.go(k));
    list.append(item);
  }
  const current = list.children[now - first];
  list.scrollTop = current.offsetTop - (list.clientHeight - current.offsetHeight) / 2;
}

// A value that is held back stands as a question mark in its box.
function write(i) {
  groups[i].classList.toggle('todo', !state.known[i]);
  if (data.folded) return;
  const step = steps[state.step];
  const isAsked = isHeld && (step.kind === 'forward' ? step.node === i : step.input === i);
  if (texts[i].data) texts[i].data.textContent = isAsked && step.kind === 'forward' ? held : state.known[i] ? number(nodes[i].data) : '·';
  if (texts[i].grad) texts[i].grad.textContent = isAsked && step.kind === 'backward' ? held : number(state.grads[i]);
}

let marked = [];
const mark = (target, kind) => { if (target) { target.classList.add(...kind.split(' ')); marked.push([target, kind]); } };

// The nodes and lines of a step, and all of it that should be in sight.
function point(step) {
  marked.forEach(([target, kind]) => target.classList.remove(...kind.split(' ')));
  marked = [];
  if (step.node !== undefined) mark(groups[step.node], 'now');
  if (step.kind === 'forward') nodes[step.node].inputs.forEach((_, place) => mark(paths.get(`${step.node}/${place}`), 'now'));
  if (step.kind === 'backward') {
    mark(groups[step.input], 'gets');
    mark(paths.get(`${step.node}/${step.place}`), 'now back');
  }
  const { node, input } = step.kind === 'start' && steps.length > 1 ? steps[1] : step;
  if (node === undefined) return;
  view.follow([groups[input ?? node], groups[node], ...(input === undefined ? nodes[node].inputs.map(i => groups[i]) : [])]);
}

function show() {
  const step = steps[state.step];
  nodes.forEach((_, i) => write(i));
  point(step);
  explain(step);
  log(state.step);
  lights.refresh();
}

function draw(to) {
  if (to === state.step + 1) {
    apply(steps[to]);
  } else {
    reset();
    for (let k = 1; k <= to; k++) apply(steps[k]);
  }
  state.step = to;
  isHeld = document.body.classList.contains('quiz') && ['forward', 'backward'].includes(steps[to].kind);
  if (!data.folded) by('where').textContent = `step ${to} of ${steps.length - 1}`;
  show();
}
function reveal() {
  if (!isHeld) return false;
  isHeld = false;
  show();
  return true;
}

const lights = lighting(
  i => [
    [groups[i], 'self'],
    ...nodes[i].inputs.flatMap((input, place) => [[groups[input], 'input'], [paths.get(`${i}/${place}`), 'input']]),
    ...users[i].flatMap(({ to, path }) => [[groups[to], 'user'], [path, 'user']]),
  ],
  i => {
    const list = indexes => [...new Set(indexes)].slice(0, 12).map(name).join(', ') + (indexes.length > 12 ? ', …' : '') || '–';
    const rows = [
      ['value', nodes[i].name || nodes[i].folded],
      ['made by', nodes[i].folded || (nodes[i].inputs.length ? nodes[i].opName : 'leaf')],
      ['inputs', list(nodes[i].inputs)],
      ['used by', list(users[i].map(u => u.to))],
    ];
    if (!isHeld) {
      rows.push(['data', String(nodes[i].data)]);
      if (!data.folded) rows.push([`∂${name(root)}/∂${name(i)} so far`, String(state.grads[i])]);
      rows.push(['grad when saved', String(nodes[i].grad)]);
    }
    table('facts', rows);
  });

reset();
let isReady = false;
view.attach(svg => {
  groups = nodes.map((_, i) => svg.querySelector(`[data-node="${i}"]`));
  texts = groups.map(g => ({ data: g.querySelector('.data'), grad: g.querySelector('.grad') }));
  paths = new Map();
  users = nodes.map(() => []);
  for (const path of svg.querySelectorAll('path[data-to]')) {
    const [from, to, input] = [path.dataset.from, path.dataset.to, path.dataset.input].map(Number);
    paths.set(`${to}/${input}`, path);
    users[from].push({ to, path });
  }
  groups.forEach((group, i) => {
    if (!group.hasAttribute('tabindex')) lights.add(group, i, `${name(i)}, ${nodes[i].opName || 'leaf'}`);
  });
  if (isReady) show();
});
isReady = true;
const steering = data.folded ? { go: draw, start: () => draw(0) } : player(steps.length, draw, () => Number(by('speed').value), reveal);
if (!data.folded) mode('quiz', 'q', () => draw(state.step));
document.addEventListener('keydown', event => {
  if (event.key === 'Enter' && !event.target.closest('button, [href]') && reveal()) event.preventDefault();
});
steering.start();
// For tests and the console.
window.lesson = { steps, nodes, state, go: steering.go };
