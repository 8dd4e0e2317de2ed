// The axis of an analysis: the log's own time, or the order of its lines where it has none.
import {ABSENT} from './line-store.js';

const YEARLESS_BEFORE = Date.UTC(1971, 0, 1);

/**
 * The axis of the lines in `store`: `at(position)` is a line's place on it, NaN where it has none.
 *
 * Formats without a year are read as 1970. Where a log mixes them with dated lines, they take the year that most of those
 * have. An axis of time needs half of the lines to have one.
 */
export function axisOf(store) {
  const years = new Map();
  let timed = 0;
  let lines = 0;
  let yearless = 0;
  for (let i = 0; i < store.length; i += 1) {
    if (store.state[i] === ABSENT) continue;
    lines += 1;
    const time = store.time[i];
    if (Number.isNaN(time)) continue;
    timed += 1;
    if (time < YEARLESS_BEFORE)
      yearless += 1;
    else if (yearless > 0 || years.size < 2 || timed % 16 === 0) {
      const year = new Date(time).getUTCFullYear();
      years.set(year, (years.get(year) ?? 0) + 1);
    }
  }
  const isTime = timed > 1 && timed * 2 >= lines;
  if (!isTime) return {isTime, from: 1, to: Math.max(store.length, 1), at: (i) => i + 1};
  const [year] = [...years].reduce((most, each) => (each[1] > most[1] ? each : most), [undefined, 0]);
  const moves = yearless > 0 && year !== undefined;
  const at = (i) => {
    const time = store.time[i];
    return moves && time < YEARLESS_BEFORE ? inYear(time, year) : time;
  };
  let from = Infinity;
  let to = -Infinity;
  for (let i = 0; i < store.length; i += 1) {
    if (store.state[i] === ABSENT) continue;
    const place = at(i);
    if (place < from) from = place;
    if (place > to) to = place;
  }
  return {isTime, from, to, at};
}

function inYear(time, year) {
  const date = new Date(time);
  date.setUTCFullYear(year);
  return date.getTime();
}
