// @ts-check
// Latency of every request over time, on a logarithmic scale, as SVG.

const WIDTH = 800;
const HEIGHT = 360;
const MARGIN = 50;
const COLOURS = ['#c0392b', '#1f77b4'];

/**
 * @param {readonly { name: string, samples: readonly { at: number, latency: number }[] }[]} series
 */
export function plot(series) {
  const all = series.flatMap(({ samples }) => samples);
  const lastAt = Math.max(...all.map(({ at }) => at));
  const decades = Math.ceil(Math.log10(Math.max(...all.map(({ latency }) => latency))));
  const x = (/** @type {number} */ at) => MARGIN + (at / lastAt) * (WIDTH - 2 * MARGIN);
  const y = (/** @type {number} */ latency) =>
    HEIGHT - MARGIN - (Math.log10(Math.max(latency, 1)) / decades) * (HEIGHT - 2 * MARGIN);
  const grid = Array.from({ length: decades + 1 }, (_, decade) => {
    const at = y(10 ** decade);
    return `<path d="M${MARGIN} ${at}H${WIDTH - MARGIN}" stroke="#ddd"/>
<text x="${MARGIN - 6}" y="${at + 4}" text-anchor="end">${10 ** decade} ms</text>`;
  });
  const dots = series.map(({ name, samples }, index) => {
    const colour = COLOURS[index % COLOURS.length];
    const circles = samples.map(
      ({ at, latency }) =>
        `<circle cx="${x(at).toFixed(1)}" cy="${y(latency).toFixed(1)}" r="2.5" fill="${colour}" fill-opacity="0.6"/>`,
    );
    const label = `<text x="${MARGIN + 10}" y="${MARGIN - 24 + 16 * index}" fill="${colour}">${name}</text>`;
    return [...circles, label].join('\n');
  });
  const seconds = `<text x="${WIDTH / 2}" y="${HEIGHT - 12}">${(lastAt / 1000).toFixed(0)} s</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<title>Latency of every request</title>
${[...grid, ...dots, seconds].join('\n')}
</svg>
`;
}
