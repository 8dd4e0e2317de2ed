// Prometheus text as the edge writes it, and what its histograms say.
import {request} from './api.js';

/** The samples of `GET /metrics`: `[{ name, labels, value }]`. */
export async function metrics() {
  return samplesOf(await (await request('/metrics')).text());
}

export function samplesOf(text) {
  const samples = [];
  for (const line of text.split('\n')) {
    const found = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line);
    if (!found) continue;
    const labels = {};
    for (const [, key, value] of (found[2] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g))
      labels[key] = value.replace(/\\(.)/g, '$1');
    samples.push({name: found[1], labels, value: Number(found[3].replace('+Inf', 'Infinity'))});
  }
  return samples;
}

/** The sum of a counter by one of its labels. */
export function sumsBy(samples, name, label) {
  const sums = new Map();
  for (const each of samples)
    if (each.name === name) sums.set(each.labels[label], (sums.get(each.labels[label]) ?? 0) + each.value);
  return sums;
}

/** The histogram of that name with those labels: `{ count, mean, buckets: [{ upTo, count }] }`, each bucket's own count. */
export function histogram(samples, name, wanted) {
  const mine = (each) => Object.entries(wanted).every(([key, value]) => each.labels[key] === value);
  const one = (suffix) => samples.find((each) => each.name === `${name}_${suffix}` && mine(each))?.value ?? 0;
  let before = 0;
  const buckets = samples.filter((each) => each.name === `${name}_bucket` && mine(each)).map(({labels, value}) => {
    const count = value - before;
    before = value;
    return {upTo: Number(labels.le.replace('+Inf', 'Infinity')), count};
  });
  const count = one('count');
  return {count, mean: count ? one('sum') / count : NaN, buckets};
}

/** The value that a share of the observations does not exceed, as near as the buckets tell: a bound, in the histogram's unit. */
export function quantile({count, buckets}, share) {
  let seen = 0;
  for (const bucket of buckets) {
    seen += bucket.count;
    if (count > 0 && seen >= share * count) return bucket.upTo;
  }
  return NaN;
}
