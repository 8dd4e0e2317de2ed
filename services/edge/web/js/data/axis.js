// The axis of an analysis: the log's own time, or the order of its lines where it has none.

/**
 * The axis of the lines in `store`: `at(position)` is a line's place on it, NaN where it has none, and `range(extent)` the
 * first and last place of some lines. An axis of time needs half of the lines to have one.
 *
 * A line that names no year was given this year or the last. Where a log mixes such lines with dated ones, they belong to
 * the dated ones' year.
 */
export function axisOf(store) {
  const {dated, yearless} = store.extent;
  const timed = dated.count + yearless.count;
  if (timed < 2 || timed * 2 < store.lines) {
    const range = ({positions}) => ({from: positions.from + 1, to: positions.to + 1});
    return {isTime: false, from: 1, to: Math.max(store.length, 1), at: (i) => i + 1, range};
  }
  const years = dated.count && yearless.count ? yearOf(dated.to) - yearOf(yearless.to) : 0;
  const range = (some) => ({
    from: Math.min(some.dated.from, moved(some.yearless.from, years)),
    to: Math.max(some.dated.to, moved(some.yearless.to, years)),
  });
  const at = years ? (i) => (store.isYearless[i] ? moved(store.time[i], years) : store.time[i]) : (i) => store.time[i];
  return {isTime: true, ...range(store.extent), at, range};
}

const yearOf = (time) => new Date(time).getUTCFullYear();

function moved(time, years) {
  if (years === 0 || !Number.isFinite(time)) return time;
  const date = new Date(time);
  return date.setUTCFullYear(date.getUTCFullYear() + years);
}
