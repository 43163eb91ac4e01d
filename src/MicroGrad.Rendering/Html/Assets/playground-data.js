// What the page was made with.
const data = JSON.parse(document.getElementById('data').textContent);

// Numeric targets are learnt as (number - mean) / scale; what is shown has the rows' own units.
const scalingOf = t => data.scaling?.[t] ?? [0, 1];
const scaled = (number, t) => (number - scalingOf(t)[0]) / scalingOf(t)[1];
const unscaled = (output, t) => output * scalingOf(t)[1] + scalingOf(t)[0];
