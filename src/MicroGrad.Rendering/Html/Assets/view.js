// Zoom and pan of the drawing in #view, for every page. Wheel and pinch zoom at the pointer, a drag pans.
const view = (() => {
  const place = document.getElementById('view');
  const svg = place.querySelector('svg');
  const whole = svg.viewBox.baseVal;
  const full = { x: 0, y: 0, w: whole.width, h: whole.height };
  let box = { ...full };
  svg.removeAttribute('width');
  svg.removeAttribute('height');

  const show = () => svg.setAttribute('viewBox', `${box.x} ${box.y} ${box.w} ${box.h}`);
  const point = (clientX, clientY) => {
    const p = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
    return { x: p.x, y: p.y };
  };

  function zoom(factor, at) {
    const p = at || { x: box.x + box.w / 2, y: box.y + box.h / 2 };
    const w = Math.min(full.w * 4, Math.max(60, box.w / factor));
    const by = w / box.w;
    box = { x: p.x - (p.x - box.x) * by, y: p.y - (p.y - box.y) * by, w, h: box.h * by };
    show();
  }

  function fit() {
    box = { ...full };
    // A small drawing is shown at its own size or a little larger, not blown up to the window.
    const scale = Math.min(place.clientWidth / full.w, place.clientHeight / full.h);
    const most = 1.6;
    if (scale > most) {
      const by = scale / most;
      box = { x: full.w / 2 - full.w * by / 2, y: full.h / 2 - full.h * by / 2, w: full.w * by, h: full.h * by };
    }
    show();
  }

  // Brings an element into sight if it is not: the drawing moves, its scale stays.
  function follow(element) {
    const target = element.getBoundingClientRect();
    const frame = place.getBoundingClientRect();
    if (target.left >= frame.left && target.right <= frame.right && target.top >= frame.top && target.bottom <= frame.bottom) {
      return;
    }
    const there = point(target.left + target.width / 2, target.top + target.height / 2);
    const here = point(frame.left + frame.width / 2, frame.top + frame.height / 2);
    box.x += there.x - here.x;
    box.y += there.y - here.y;
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
    } else {
      const [a, b] = [point(before.x, before.y), point(event.clientX, event.clientY)];
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
  let isFitted = true;
  new ResizeObserver(() => { if (isFitted) fit(); }).observe(place);
  fit();

  // A drawing that would be a smudge as a whole opens at a size that can be read, at its result.
  if (Math.min(place.clientWidth / full.w, place.clientHeight / full.h) < 0.3) {
    isFitted = false;
    const focus = svg.querySelector('.root') || svg;
    const there = focus.getBoundingClientRect();
    const p = point(there.left + there.width / 2, there.top + there.height / 2);
    const [w, h] = [place.clientWidth / 0.8, place.clientHeight / 0.8];
    box = { x: p.x - w * 0.75, y: p.y - h / 2, w, h };
    show();
  }
  return { zoom, fit, follow, svg, get box() { return { ...box }; } };
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

// Play, pause, steps and keys over a number of states; the page draws the state.
function player(count, draw, delay) {
  const by = id => document.getElementById(id);
  let now = 0;
  let timer = 0;
  const stop = () => { clearInterval(timer); timer = 0; by('play').textContent = '▶ Play'; };
  function go(to) {
    now = Math.min(count - 1, Math.max(0, to));
    by('slider').value = now;
    document.body.dataset.step = now;
    draw(now);
    if (now === count - 1) stop();
  }
  function play() {
    if (timer) { stop(); return; }
    if (now === count - 1) go(0);
    by('play').textContent = '❚❚ Pause';
    timer = setInterval(() => go(now + 1), delay());
  }
  by('slider').max = count - 1;
  by('slider').addEventListener('input', event => { stop(); go(Number(event.target.value)); });
  const actions = {
    first: () => { stop(); go(0); },
    back: () => { stop(); go(now - 1); },
    play,
    next: () => { stop(); go(now + 1); },
    last: () => { stop(); go(count - 1); },
  };
  for (const id of Object.keys(actions)) by(id).addEventListener('click', actions[id]);
  by('speed')?.addEventListener('change', () => { if (timer) { stop(); play(); } });
  const keys = { ArrowLeft: 'back', ArrowRight: 'next', ' ': 'play', Home: 'first', End: 'last' };
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('select')) return;
    if (event.key === ' ' && event.target.closest('button')) return;
    if (event.target.closest('input') && event.key !== ' ') return;
    if (keys[event.key]) { event.preventDefault(); actions[keys[event.key]](); }
  });
  return { go, get now() { return now; }, count };
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '+' || event.key === '=') view.zoom(1.25);
  if (event.key === '-') view.zoom(0.8);
  if (event.key === '0') view.fit();
});
