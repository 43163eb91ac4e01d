// The page's data, for all of its scripts.
const data = JSON.parse(document.getElementById('data').textContent);

// What the network decides over the plane of its two inputs, and what each neuron gives there, at the epoch shown.
const map = data.map ? (() => {
  const plane = data.map;
  const side = 48;
  const count = side * side;
  const canvas = document.getElementById('map');
  const small = document.createElement('canvas');
  small.width = small.height = side;
  const pen = small.getContext('2d');
  const pixels = pen.createImageData(side, side);
  let last = null;

  // The inputs at the middle of each cell, rows from the top, in the units of the layers.
  const grid = new Float64Array(2 * count);
  for (let p = 0; p < count; p++) {
    const [across, down] = [(p % side + 0.5) / side, (Math.floor(p / side) + 0.5) / side];
    grid[p] = (plane.x[0] + across * (plane.x[1] - plane.x[0]) - plane.inputs[0]) / plane.inputs[1];
    grid[count + p] = (plane.y[1] - down * (plane.y[1] - plane.y[0]) - plane.inputs[2]) / plane.inputs[3];
  }

  // What each layer gives, from the inputs on: neuron after neuron, a number for each cell.
  function outputs(parameters) {
    let at = 0;
    const layers = [grid];
    data.activations.forEach((name, l) => {
      const [from, inputs, apply] = [data.sizes[l], layers[l], activations[name].value];
      const layer = new Float64Array(data.sizes[l + 1] * count);
      for (let start = 0; start < layer.length; start += count) {
        for (let p = 0; p < count; p++) {
          let sum = plane.hasBias ? parameters[at + from] : 0;
          for (let i = 0; i < from; i++) sum += parameters[at + i] * inputs[i * count + p];
          layer[start + p] = apply(sum);
        }
        at += from + (plane.hasBias ? 1 : 0);
      }
      layers.push(layer);
    });
    return layers;
  }

  // The class decided for in a cell, and by how much it is ahead of the next.
  function decision(layer, p) {
    const answers = plane.answers.length ? i => layer[i * count + p] * plane.answers[2 * i + 1] + plane.answers[2 * i] : i => layer[i * count + p];
    const width = layer.length / count;
    if (width === 1) {
      const lead = answers(0) - plane.threshold;
      return [lead > 0 ? 1 : 0, Math.abs(lead)];
    }
    let [best, first, second] = [0, -Infinity, -Infinity];
    for (let i = 0; i < width; i++) {
      const x = answers(i);
      if (x > first) [best, second, first] = [i, first, x];
      else if (x > second) second = x;
    }
    return [best, first - second];
  }

  // Of one output, the first class is that of numbers below the threshold: in the colour of what is negative.
  const names = data.sizes.at(-1) === 1 ? ['--minus', '--plus'] : ['--plus', '--minus', '--third', '--fourth', '--fifth', '--rootline'];
  function colour(name) {
    const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    return [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
  }

  // Each cell in a colour on paper: colours[k] with the strength a.
  function paint(colours, paper, cell) {
    for (let p = 0; p < count; p++) {
      const [k, a] = cell(p);
      for (let i = 0; i < 3; i++) pixels.data[4 * p + i] = paper[i] + a * (colours[k][i] - paper[i]);
      pixels.data[4 * p + 3] = 255;
    }
    pen.putImageData(pixels, 0, 0);
  }

  function drawDecision(layer, colours, paper) {
    paint(colours, paper, p => {
      const [k, lead] = decision(layer, p);
      return [k % colours.length, 0.18 + 0.5 * Math.tanh(lead)];
    });
    const to = canvas.getContext('2d');
    to.drawImage(small, 0, 0, canvas.width, canvas.height);
    to.lineWidth = 2;
    to.strokeStyle = `rgb(${paper})`;
    for (const [x, y, k] of plane.points) {
      to.fillStyle = k < 0 ? 'gray' : `rgb(${colours[k % colours.length]})`;
      to.beginPath();
      to.arc(
        (x - plane.x[0]) / (plane.x[1] - plane.x[0]) * canvas.width,
        (plane.y[1] - y) / (plane.y[1] - plane.y[0]) * canvas.height, 7, 0, 2 * Math.PI);
      to.fill();
      to.stroke();
    }
  }

  // A neuron's outputs in its circle: blue above 0, orange below, the fuller the further from it.
  function drawNeuron(node, values, signs, paper) {
    let picture = node.querySelector('image');
    if (!picture) {
      const circle = node.querySelector('circle');
      const [x, y, r] = ['cx', 'cy', 'r'].map(name => Number(circle.getAttribute(name)));
      picture = document.createElementNS('http://www.w3.org/2000/svg', 'image');
      for (const [name, value] of Object.entries({ x: x - r + 1.5, y: y - r + 1.5, width: 2 * r - 3, height: 2 * r - 3, class: 'gives' })) picture.setAttribute(name, value);
      circle.after(picture);
    }
    const most = values.reduce((m, v) => Math.max(m, Math.abs(v)), 1e-12);
    paint(signs, paper, p => [values[p] < 0 ? 1 : 0, Math.min(1, Math.abs(values[p]) / most)]);
    picture.setAttribute('href', small.toDataURL());
  }

  function draw(parameters, nodes) {
    last = [parameters, nodes];
    const [layers, colours, paper] = [outputs(parameters), names.map(colour), colour('--paper')];
    const signs = [colour('--plus'), colour('--minus')];
    for (const [id, node] of nodes) {
      const [layer, neuron] = id.split('/').map(Number);
      drawNeuron(node, layers[layer].subarray(neuron * count, (neuron + 1) * count), signs, paper);
    }
    drawDecision(layers[layers.length - 1], colours, paper);
  }

  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => last && draw(...last));
  return { draw, outputs, decision, plane };
})() : null;
