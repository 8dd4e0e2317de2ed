// The one sentence that an engineer on call reads first.
import {classes, NORMAL} from './classes.js';
import {facetsOf, templatesOf} from './facets.js';
import {counted, percent, timeRange} from './format.js';
import {viewOf} from './view.js';

/** `{ classNumber, headline, detail }` of all lines that have arrived; `classNumber` is the class that weighs most, or normal. */
export function verdictOf(analysis) {
  const {store, axis} = analysis;
  const facets = facetsOf(store, viewOf(new URLSearchParams()), axis);
  const judged = facets.lines - facets.failures;
  const anomalies = judged - facets.classCounts[NORMAL];
  if (judged === 0)
    return {
      classNumber: NORMAL,
      headline: 'No line has a verdict',
      detail: 'Every line was refused; open one to see why.'
    };
  if (anomalies === 0) {
    return {
      classNumber: NORMAL,
      headline: `No trouble in ${counted(judged, 'line')}`,
      detail: 'Every line reads as routine operation.'
    };
  }
  const classNumber = facets.classCounts.reduce(
    (most, value, index) => (index !== NORMAL && (most < 0 || value > facets.classCounts[most]) ? index : most), -1);
  const value = facets.classCounts[classNumber];
  const troubled = templatesOf(store, facets).filter((each) => each.classNumber === classNumber);
  return {
    classNumber,
    headline: `${counted(anomalies, 'line')} of ${counted(judged, 'line').replace(/ lines?$/, '')} ${
      anomalies === 1 ? 'reports' : 'report'} trouble`,
    share: percent(anomalies / judged),
    detail: `${partOf(value / anomalies)} are ${classes[classNumber].plural}: ${counted(value, 'line')} of ${
      counted(Math.max(1, troubled.length), 'template')}${when(store, axis, classNumber)}.`,
    template: troubled[0],
  };
}

/** How much of the trouble a class is, in words. */
function partOf(share) {
  if (share === 1) return 'All of them';
  return `${share > 0.5 ? 'Most of them' : 'The largest part'} (${percent(share, 0)})`;
}

function when(store, axis, classNumber) {
  let first = Infinity;
  let last = -Infinity;
  let line = 0;
  for (let i = 0; i < store.length; i += 1) {
    if (store.state[i] !== 1 || store.classIndex[i] !== classNumber) continue;
    line ||= i + 1;
    const place = axis.at(i);
    if (place < first) first = place;
    if (place > last) last = place;
  }
  if (!axis.isTime || first > last) return `, first on line ${line}`;
  return `, ${timeRange(first, last)}`;
}
