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
const element = (tag, kind, text) => {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  if (text !== undefined) made.textContent = text;
  return made;
};

const groups = nodes.map((_, i) => view.svg.querySelector(`[data-node="${i}"]`));
const texts = groups.map(g => ({ data: g.querySelector('.data'), grad: g.querySelector('.grad') }));
const paths = new Map();
const users = nodes.map(() => []);
for (const path of view.svg.querySelectorAll('path[data-to]')) {
  const [from, to, input] = [path.dataset.from, path.dataset.to, path.dataset.input].map(Number);
  paths.set(`${to}/${input}`, path);
  users[from].push({ to, path });
}

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
    step.upstream = state.grads[step.node];
    step.local = nodes[step.node].local[step.place];
    step.contribution = step.upstream * step.local;
    step.before = state.grads[step.input];
    state.grads[step.input] += step.contribution;
  }
}

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
    box.append(row([[`${name(step.node)}.data`, number(n.data), 'result']]));
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
      ['contribution', number(step.contribution), 'result']]));
    box.append(row([
      [`${x}.grad before`, number(step.before)], [null, '+'], ['contribution', number(step.contribution)], [null, '='],
      [`${x}.grad`, number(step.before + step.contribution), 'result']]));
  }
}

function line(step, isLater) {
  if (step.kind === 'start') return 'start';
  if (step.kind === 'forward' && isLater) return `${name(step.node)} = ${formula(step.node, false)}`;
  if (step.kind === 'forward') return `${name(step.node)} = ${formula(step.node, false)} = ${number(nodes[step.node].data)}`;
  if (step.kind === 'seed') return `${name(root)}.grad = 1`;
  return isLater || step.contribution === undefined
    ? `${name(step.input)}.grad from ${name(step.node)}`
    : `${name(step.input)}.grad += ${number(step.upstream)} × ${number(step.local)} = ${number(step.contribution)}`;
}

function log(now) {
  const list = by('log');
  list.replaceChildren();
  list.previousElementSibling.hidden = data.folded;
  if (data.folded) return;
  for (let k = Math.max(0, now - 7); k <= Math.min(steps.length - 1, now + 5); k++) {
    const item = element('li', k === now ? 'now' : k > now ? 'later' : '', line(steps[k], k > now));
    item.title = item.textContent;
    item.addEventListener('click', () => steering.go(k));
    list.append(item);
  }
}

function write(i) {
  const group = groups[i];
  group.classList.toggle('todo', !state.known[i]);
  if (data.folded) return;
  if (texts[i].data) texts[i].data.textContent = state.known[i] ? number(nodes[i].data) : '·';
  if (texts[i].grad) texts[i].grad.textContent = number(state.grads[i]);
}

let marked = [];
const mark = (target, kind) => { if (target) { target.classList.add(...kind.split(' ')); marked.push([target, kind]); } };

function draw(to) {
  if (to === state.step + 1) {
    apply(steps[to]);
    write(steps[to].node);
    if (steps[to].input !== undefined) write(steps[to].input);
  } else {
    reset();
    for (let k = 1; k <= to; k++) apply(steps[k]);
    nodes.forEach((_, i) => write(i));
  }
  state.step = to;
  marked.forEach(([target, kind]) => target.classList.remove(...kind.split(' ')));
  marked = [];
  const step = steps[to];
  if (step.node !== undefined) mark(groups[step.node], 'now');
  if (step.kind === 'forward') nodes[step.node].inputs.forEach((_, place) => mark(paths.get(`${step.node}/${place}`), 'now'));
  if (step.kind === 'backward') {
    mark(groups[step.input], 'gets');
    mark(paths.get(`${step.node}/${step.place}`), 'now back');
  }
  if (step.node !== undefined) view.follow(groups[step.input ?? step.node]);
  if (!data.folded) by('where').textContent = `step ${to} of ${steps.length - 1}`;
  explain(step);
  log(to);
  if (shown !== null) facts(shown);
}

// Hovering or focusing a node lights what it was computed from and what it is used by.
let lit = [];
let shown = null;
function light(i) {
  lit.forEach(([target, kind]) => target.classList.remove(kind));
  lit = [];
  shown = i;
  view.svg.classList.toggle('lit', i !== null);
  by('node').hidden = i === null;
  if (i === null) return;
  const add = (target, kind) => { if (target) { target.classList.add(kind); lit.push([target, kind]); } };
  add(groups[i], 'self');
  nodes[i].inputs.forEach((input, place) => { add(groups[input], 'input'); add(paths.get(`${i}/${place}`), 'input'); });
  users[i].forEach(({ to, path }) => { add(groups[to], 'user'); add(path, 'user'); });
  facts(i);
}
function facts(i) {
  const list = indexes => [...new Set(indexes)].slice(0, 12).map(name).join(', ') + (indexes.length > 12 ? ', …' : '') || '–';
  const rows = [
    ['value', nodes[i].name],
    ['made by', nodes[i].folded || (nodes[i].inputs.length ? nodes[i].opName : 'leaf')],
    ['inputs', list(nodes[i].inputs)],
    ['used by', list(users[i].map(u => u.to))],
    ['data', String(nodes[i].data)],
  ];
  if (!data.folded) rows.push([`∂${name(root)}/∂${name(i)} so far`, String(state.grads[i])]);
  rows.push(['grad when saved', String(nodes[i].grad)]);
  by('facts').replaceChildren(...rows.map(cells => {
    const line = element('tr');
    line.append(...cells.map(cell => element('td', '', cell)));
    return line;
  }));
}
groups.forEach((group, i) => {
  group.setAttribute('tabindex', '0');
  group.setAttribute('aria-label', `${name(i)}, ${nodes[i].opName || 'leaf'}`);
  group.addEventListener('pointerenter', () => light(i));
  group.addEventListener('pointerleave', () => light(null));
  group.addEventListener('focus', () => light(i));
  group.addEventListener('blur', () => light(null));
});

reset();
const steering = data.folded ? { go: draw } : player(steps.length, draw, () => Number(by('speed').value));
const wanted = /#step=(\d+|end)$/.exec(location.hash);
steering.go(wanted ? (wanted[1] === 'end' ? steps.length - 1 : Number(wanted[1])) : 0);
// For tests, and for the curious at the console.
window.lesson = { steps, nodes, state, go: steering.go };
