// The drawing in #view, for every page. A page holds it in several forms, and the one whose text is largest is shown. Text
// is never smaller than 12 pixels: where the whole drawing would have smaller text, a part of it is shown, which follows
// the page. In a drawing of a network, text grows where circles shrink. Wheel and pinch zoom at the pointer, a drag pans; a drawing that is zoomed out further shows no text.
const view = (() => {
  const place = document.getElementById('view');
  const drawings = [...place.querySelectorAll(':scope > svg'), ...[...place.querySelectorAll(':scope > template')].map(t => t.content.querySelector('svg'))]
    .map(svg => ({ svg, w: svg.viewBox.baseVal.width, h: svg.viewBox.baseVal.height, names: svg.dataset.names?.split(' ').map(Number) }));
  const legend = document.getElementById('legend');
  drawings.forEach(({ svg }) => { svg.remove(); svg.removeAttribute('width'); svg.removeAttribute('height'); });

  // Text in a drawing has 12 units. In projector mode all sizes are larger.
  const font = 12;
  const isBig = () => document.body.classList.contains('big');
  const least = () => isBig() ? 20 : 12;
  const readable = () => isBig() ? 22 : 14;
  const most = () => isBig() ? 3 : 1.6;

  let current = null;
  let box = { x: 0, y: 0, w: 1, h: 1 };
  // whole: as a whole. part: a part of it at a readable size, which follows the page. free: as the reader zoomed and panned.
  let mode = 'whole';
  let target = [];
  const listeners = [];

  // A legend stands below the drawing, beside the buttons.
  const height = () => place.clientHeight - (legend ? bar.offsetHeight + 10 : 0);

  // How much larger text is drawn for it to be readable at a scale. It takes the room of data-names: the widths of the names
  // before and behind the network, the height of what is above it, and the distance of names, which must not touch.
  const enlarged = (drawing, by) => drawing.names && by * font < least() && drawing.names[3] * by >= 1.15 * least() ? 1.002 * least() / font / by : 1;
  function scale(drawing) {
    const plain = Math.min(place.clientWidth / drawing.w, height() / drawing.h);
    if (!drawing.names || font * plain >= least()) return plain;
    const [before, behind, above] = drawing.names;
    const text = least() / font;
    const by = Math.min(
      text, (place.clientWidth - (before + behind) * text) / (drawing.w - before - behind), (height() - above * text) / (drawing.h - above));
    return enlarged(drawing, by) > 1 ? by : plain;
  }
  const textAt = (drawing, by) => font * by * enlarged(drawing, by);
  const textSize = () => textAt(current, place.clientWidth / box.w);
  function show() {
    current.svg.style.height = `${height()}px`;
    current.svg.setAttribute('viewBox', `${box.x} ${box.y} ${box.w} ${box.h}`);
    current.svg.style.setProperty('--enlarged', enlarged(current, place.clientWidth / box.w));
    current.svg.classList.toggle('far', textSize() < 11.99);
  }
  const point = (clientX, clientY) => {
    const p = new DOMPoint(clientX, clientY).matrixTransform(current.svg.getScreenCTM().inverse());
    return { x: p.x, y: p.y };
  };

  function use(drawing) {
    if (current === drawing) return;
    current?.svg.remove();
    current = drawing;
    place.prepend(drawing.svg);
    listeners.forEach(listener => listener(drawing.svg));
  }

  function frame(by, x, y) {
    const [w, h] = [place.clientWidth / by, height() / by];
    box = { x: x - w / 2, y: y - h / 2, w, h };
    show();
  }

  function fit() {
    mode = 'whole';
    const by = Math.min(most(), scale(current));
    const [before, behind, above] = (current.names ?? [0, 0, 0]).map(room => room * (enlarged(current, by) - 1));
    frame(by, (current.w + behind - before) / 2, (current.h - above) / 2);
  }

  // The form with the largest text, up to 16 pixels. Where none fits, compact forms show more around a node.
  function arrange() {
    const enough = isBig() ? most() : 16 / font;
    const fitting = drawings.filter(drawing => textAt(drawing, scale(drawing)) >= least());
    const compact = drawings.filter(drawing => drawing.svg.hasAttribute('data-compact'));
    const forms = fitting.length ? fitting : compact.length ? compact : drawings;
    const sizes = forms.map(drawing => Math.min(enough, scale(drawing)));
    use(forms[sizes.indexOf(Math.max(...sizes))]);
    if (textAt(current, scale(current)) >= least()) {
      fit();
      return;
    }
    mode = 'part';
    frame(readable() / font, box.x + box.w / 2, box.y + box.h / 2);
    follow(target.length ? target : [current.svg.querySelector('.root') || current.svg]);
  }

  function zoom(factor, at) {
    const p = at || { x: box.x + box.w / 2, y: box.y + box.h / 2 };
    const w = Math.min(Math.max(current.w, place.clientWidth) * 4, Math.max(60, box.w / factor));
    const by = w / box.w;
    mode = 'free';
    box = { x: p.x - (p.x - box.x) * by, y: p.y - (p.y - box.y) * by, w, h: box.h * by };
    show();
  }

  // Brings elements into sight, the first of them where there is no room for all. The scale stays.
  function follow(elements) {
    target = elements;
    if (mode === 'whole') {
      if (textSize() < 11.99) arrange();
      return;
    }
    const around = list => list.map(element => element.getBBox()).reduce((a, b) => ({
      left: Math.min(a.left, b.x), top: Math.min(a.top, b.y), right: Math.max(a.right, b.x + b.width), bottom: Math.max(a.bottom, b.y + b.height),
    }), { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity });
    // The buttons at the bottom hide what is behind them.
    const margin = Math.min(16, box.w / 20);
    const free = legend ? box.h : box.h - (bar.offsetHeight + 10) * box.w / place.clientWidth;
    const isIn = b => b.left >= box.x + margin && b.right <= box.x + box.w - margin && b.top >= box.y + margin && b.bottom <= box.y + free - margin;
    const hasRoom = b => b.right - b.left <= box.w - 2 * margin && b.bottom - b.top <= free - 2 * margin;
    const all = around(elements);
    const wanted = hasRoom(all) ? all : around(elements.slice(0, 1));
    if (isIn(wanted)) return;
    const within = (middle, size, whole) => size >= whole ? (whole - size) / 2 : Math.min(whole - size, Math.max(0, middle - size / 2));
    box.x = within((wanted.left + wanted.right) / 2, box.w, current.w);
    box.y = within((wanted.top + wanted.bottom) / 2, free, current.h);
    show();
  }

  place.addEventListener('wheel', event => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), point(event.clientX, event.clientY));
  }, { passive: false });

  const pointers = new Map();
  place.addEventListener('pointerdown', event => {
    if (event.target.closest('button')) return;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    place.setPointerCapture(event.pointerId);
    place.classList.add('drag');
  });
  place.addEventListener('pointermove', event => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const others = [...pointers.entries()].filter(([id]) => id !== event.pointerId);
    if (others.length === 1) {
      const other = others[0][1];
      const was = Math.hypot(before.x - other.x, before.y - other.y);
      const is = Math.hypot(event.clientX - other.x, event.clientY - other.y);
      if (was > 0 && is > 0) zoom(is / was, point((event.clientX + other.x) / 2, (event.clientY + other.y) / 2));
    } else if (event.pointerType !== 'touch' || mode !== 'whole') {
      const [a, b] = [point(before.x, before.y), point(event.clientX, event.clientY)];
      if (a.x !== b.x || a.y !== b.y) mode = 'free';
      box.x -= b.x - a.x;
      box.y -= b.y - a.y;
      show();
    }
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  for (const end of ['pointerup', 'pointercancel']) {
    place.addEventListener(end, event => {
      pointers.delete(event.pointerId);
      if (!pointers.size) place.classList.remove('drag');
    });
  }

  const bar = document.createElement('div');
  bar.id = 'zoom';
  for (const [text, name, action] of [
    ['+', 'Zoom in', () => zoom(1.25)], ['−', 'Zoom out', () => zoom(0.8)], ['Fit', 'Fit to window', fit]]) {
    const button = document.createElement('button');
    button.textContent = text;
    button.title = name;
    button.setAttribute('aria-label', name);
    button.addEventListener('click', action);
    bar.append(button);
  }
  place.append(bar);
  const settle = () => { if (mode !== 'free') arrange(); else { box.h = box.w * height() / place.clientWidth; show(); } };
  new ResizeObserver(settle).observe(place);
  arrange();

  return {
    zoom, fit, follow, arrange,
    get svg() { return current.svg; },
    get box() { return { ...box }; },
    get textSize() { return textSize(); },
    // Calls a function with the drawing shown, now and whenever another form takes its place.
    attach(listener) { listeners.push(listener); listener(current.svg); },
  };
})();

// Numbers as the drawing writes them.
function format(x, digits) {
  if (!Number.isFinite(x)) return String(x);
  const size = Math.abs(x);
  if (size >= 1e7 || (size > 0 && size <= 0.5 * Math.pow(10, -digits))) {
    return x.toExponential(Math.min(4, Math.max(1, digits))).replace(/e\+?(-?)/, (_, sign) => 'e' + (sign || '+'));
  }
  return (0 + x).toFixed(digits).replace(/^-(0(?:\.0*)?)$/, '$1');
}

// An element with a class and a text.
function element(tag, kind, text) {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  if (text !== undefined) made.textContent = text;
  return made;
}

// Rows of names and values into a table.
function table(id, rows) {
  document.getElementById(id).replaceChildren(...rows.map(cells => {
    const line = element('tr');
    line.append(...cells.map(cell => element('td', '', cell)));
    return line;
  }));
}

// Highlights a node and its parts while the pointer or the focus is on it. parts(id) gives pairs of element and class.
function lighting(parts, facts) {
  let lit = [];
  let shown = null;
  function light(id) {
    lit.forEach(([target, kind]) => target.classList.remove(kind));
    shown = id;
    lit = id === null ? [] : parts(id).filter(([target]) => target);
    lit.forEach(([target, kind]) => target.classList.add(kind));
    view.svg.classList.toggle('lit', id !== null);
    document.getElementById('node').hidden = id === null;
    if (id !== null) facts(id);
  }
  return {
    refresh() { if (shown !== null) facts(shown); },
    add(target, id, name) {
      target.setAttribute('tabindex', '0');
      if (name) target.setAttribute('aria-label', name);
      target.addEventListener('pointerenter', () => light(id));
      target.addEventListener('pointerleave', () => light(null));
      target.addEventListener('focus', () => light(id));
      target.addEventListener('blur', () => light(null));
    },
  };
}

// Play, pause, steps, keys, swipes and the address over a number of states; the page draws the state. Where the page holds
// a result back (hold returns true), the next step shows it first.
function player(count, draw, delay, hold = () => false) {
  const by = id => document.getElementById(id);
  let now = 0;
  let timer = 0;
  const stop = () => { clearInterval(timer); timer = 0; by('play').textContent = '▶ Play'; };
  function go(to) {
    now = Math.min(count - 1, Math.max(0, to));
    by('slider').value = now;
    document.body.dataset.step = now;
    if (location.hash !== `#step=${now}`) history.replaceState(null, '', `#step=${now}`);
    draw(now);
    if (now === count - 1 && timer) stop();
  }
  const on = () => { if (!hold()) go(now + 1); };
  function play() {
    if (timer) { stop(); return; }
    if (now === count - 1) go(0);
    by('play').textContent = '❚❚ Pause';
    timer = setInterval(on, delay());
  }
  by('slider').max = count - 1;
  by('slider').addEventListener('input', event => { stop(); go(Number(event.target.value)); });
  const actions = {
    first: () => { stop(); go(0); },
    back: () => { stop(); go(now - 1); },
    play,
    next: () => { stop(); on(); },
    last: () => { stop(); go(count - 1); },
  };
  for (const id of Object.keys(actions)) by(id).addEventListener('click', actions[id]);
  by('speed').addEventListener('change', () => { if (timer) { stop(); play(); } });
  const keys = { ArrowLeft: 'back', ArrowRight: 'next', ' ': 'play', Home: 'first', End: 'last' };
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('select')) return;
    if (event.key === ' ' && event.target.closest('button')) return;
    if (event.target.closest('input') && event.key !== ' ') return;
    if (keys[event.key]) { event.preventDefault(); actions[keys[event.key]](); }
  });

  // A quick horizontal swipe of one finger is a step.
  let stroke = null;
  const main = document.querySelector('main');
  main.addEventListener('touchstart', event => {
    const touch = event.touches[0];
    stroke = event.touches.length === 1 ? { x: touch.clientX, y: touch.clientY, at: event.timeStamp } : null;
  }, { passive: true });
  main.addEventListener('touchend', event => {
    const touch = event.changedTouches[0];
    if (!stroke || event.touches.length) return;
    const [x, y] = [touch.clientX - stroke.x, touch.clientY - stroke.y];
    if (Math.abs(x) > 50 && Math.abs(x) > 2 * Math.abs(y) && event.timeStamp - stroke.at < 500) actions[x < 0 ? 'next' : 'back']();
    stroke = null;
  });

  const wanted = () => {
    const match = /#step=(\d+|end)$/.exec(location.hash);
    return match ? (match[1] === 'end' ? count - 1 : Number(match[1])) : null;
  };
  window.addEventListener('hashchange', () => { if (wanted() !== null && wanted() !== now) { stop(); go(wanted()); } });
  return { go, start: () => go(wanted() ?? 0), get now() { return now; } };
}

// A button and a key that switch a class of the page.
function mode(id, key, changed) {
  const button = document.getElementById(id);
  const toggle = () => {
    const isOn = document.body.classList.toggle(id);
    button.setAttribute('aria-pressed', isOn);
    changed(isOn);
  };
  button.addEventListener('click', toggle);
  document.addEventListener('keydown', event => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest('select') && event.key.toLowerCase() === key) toggle();
  });
}
mode('big', 'b', () => view.arrange());

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '+' || event.key === '=') view.zoom(1.25);
  if (event.key === '-') view.zoom(0.8);
  if (event.key === '0') view.fit();
});
