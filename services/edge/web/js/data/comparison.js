// What differs between two logs: templates whose share of the lines is another, the surest difference first.
import {classes} from './classes.js';
import {JUDGED} from './line-store.js';

export const kinds = [
  {name: 'new', label: 'New', meaning: 'only after'},
  {name: 'gone', label: 'Gone', meaning: 'only before'},
  {name: 'grown', label: 'Grown', meaning: 'a larger share'},
  {name: 'shrunk', label: 'Shrunk', meaning: 'a smaller share'},
];

/** A share counts as changed where chance alone would change it as much in fewer than one of a hundred logs. */
const CERTAIN = 0.01;
const SAMPLES = 3;

/** `{ beforeTotal, afterTotal, rows }` of two `LineStore`s. */
export function comparisonOf(before, after) {
  const counts = new Map();
  const beforeTotal = tally(before, 'before', counts);
  const afterTotal = tally(after, 'after', counts);
  const rows = [];
  for (const [template, each] of counts) {
    const statistic = likelihoodRatio(each.before, beforeTotal, each.after, afterTotal);
    const p = pValue(statistic);
    const beforeShare = beforeTotal ? each.before / beforeTotal : 0;
    const afterShare = afterTotal ? each.after / afterTotal : 0;
    const isChanged = each.before === 0 || each.after === 0 || p < CERTAIN;
    if (!isChanged) continue;
    const kind = each.before === 0 ? 'new' : each.after === 0 ? 'gone' : afterShare > beforeShare ? 'grown' : 'shrunk';
    rows.push({
      ...each,
      kind,
      template,
      beforeShare,
      afterShare,
      statistic,
      p,
      classNumber: each.byClass.indexOf(Math.max(...each.byClass))
    });
  }
  rows.sort((a, b) => b.statistic - a.statistic || (a.template <b.template ? -1 : 1));
  return {beforeTotal, afterTotal, rows};
}

function tally(store, side, counts) {
  let total = 0;
  for (let i = 0; i < store.length; i += 1) {
    if (store.state[i] !== JUDGED) continue;
    total += 1;
    const template = store.templates.list[store.template[i]];
    let each = counts.get(template);
    if (!each) counts.set(template, (each = {before: 0, after: 0, byClass: classes.map(() => 0), samples: []}));
    each[side] += 1;
    each.byClass[store.classIndex[i]] += 1;
    if (each.samples.length < SAMPLES && !each.samples.includes(store.raw[i])) each.samples.push(store.raw[i]);
  }
  return total;
}

/** G of the two-by-two table of a template's lines and all others, before and after; Dunning 1993. */
export function likelihoodRatio(before, beforeTotal, after, afterTotal) {
  const total = beforeTotal + afterTotal;
  const cells = [
    [before, beforeTotal, before + after], [after, afterTotal, before + after],
    [beforeTotal - before, beforeTotal, total - before - after],
    [afterTotal - after, afterTotal, total - before - after]
  ];
  return 2 *
    cells.reduce(
      (sum, [seen, row, column]) => (seen > 0 ? sum + seen * Math.log((seen * total) / (row * column)) : sum), 0);
}

/** The chance of a G as large where nothing changed: the upper tail of chi-squared with one degree of freedom. */
export function pValue(statistic) {
  return complementaryError(Math.sqrt(Math.max(0, statistic) / 2));
}

/** erfc for x ≥ 0, to a relative 1.2e-7 also far out in the tail; Press et al., "Numerical Recipes", 6.2. */
function complementaryError(x) {
  const t = 1 / (1 + x / 2);
  const series = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
    0.17087277
  ];
  return t * Math.exp(-x * x + series.reduceRight((sum, each) => sum * t + each, 0));
}
