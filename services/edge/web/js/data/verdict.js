// The one sentence that an engineer on call reads first, and what stands behind it.
import {classes, NORMAL} from './classes.js';
import {counted, percent, timeRange} from './format.js';

/**
 * What is wrong in all lines that have arrived: `{ classNumber, headline, detail, messages }`. `classNumber` is the class
 * that weighs most, or normal; `messages` are the commonest template of each kind of trouble, those of the heavier first.
 */
export function verdictOf({store, axis}) {
  const counts = store.classExtents.map(({positions}) => positions.count);
  const judged = store.lines - store.failures;
  const troubled = judged - counts[NORMAL];
  if (judged === 0)
    return {
      classNumber: NORMAL,
      headline: 'No line has a verdict',
      detail: 'Every line was refused; open one to see why.',
      messages: []
    };
  if (troubled === 0) {
    return {
      classNumber: NORMAL,
      headline: `No trouble in ${counted(judged, 'line')}`,
      detail: 'Every line reads as routine operation.',
      messages: []
    };
  }
  const byClass = templatesByClass(store);
  const kinds = classes.map((_, index) => index)
                  .filter((index) => index !== NORMAL && counts[index] > 0)
                  .sort((a, b) => counts[b] - counts[a]);
  const [main] = kinds;
  const {plural} = classes[main];
  return {
    classNumber: main,
    headline: `${plural[0].toUpperCase()}${plural.slice(1)} ${when(axis, store.classExtents[main])}`,
    detail: `${counted(troubled, 'line')} of ${counted(judged, 'line').replace(/ lines?$/, '')} (${
      percent(troubled / judged)}) ${troubled === 1 ? 'reports' : 'report'} trouble; ${
      partOf(counts[main] / troubled)} ${plural}, of ${counted(byClass[main].templates, 'template')}.`,
    messages: kinds.map((index) => ({
                          classNumber: index,
                          lines: counts[index],
                          span: axis.isTime ? axis.range(store.classExtents[index]) : null,
                          others: byClass[index].templates - 1,
                          ...byClass[index].first,
                        })),
  };
}

/** Of each class, how many templates have lines of it, and the one with the most of them. */
function templatesByClass(store) {
  const width = classes.length;
  const found = classes.map(() => ({templates: 0, first: {text: '', count: 0}}));
  store.templates.list.forEach((text, number) => {
    for (let index = 0; index < width; index += 1) {
      const count = store.templateClasses[number * width + index];
      if (count === 0) continue;
      found[index].templates += 1;
      if (count > found[index].first.count) found[index].first = {text, count};
    }
  });
  return found;
}

/** How much of the trouble a class is, in words. */
function partOf(share) {
  if (share === 1) return 'all of them are';
  return `${share > 0.5 ? 'most' : 'the largest part'} (${percent(share, 0)}) are`;
}

function when(axis, extent) {
  const {from, to} = axis.range(extent);
  if (axis.isTime && from <= to) return timeRange(from, to, axis);
  const {from: first, to: last, count} = extent.positions;
  if (count === 1) return `on line ${first + 1}`;
  return `in ${counted(count, 'line')}, from line ${first + 1} to line ${last + 1}`;
}
