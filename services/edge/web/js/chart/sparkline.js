import {svg} from '../part/dom.js';

/** Counts over a log's time, small enough for a table's cell. */
export function sparkline(values, color, label) {
  const most = Math.max(1, ...values);
  const width = 4;
  const height = 24;
  return svg(
    'svg', {
      class: 'sparkline',
      viewBox: `0 0 ${values.length * width} ${height}`,
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': label
    },
    svg('rect', {width: values.length * width, height: 1, y: height - 1, class: 'track'}),
    Array.from(values, (value, i) => {
      const tall = value === 0 ? 0 : Math.max(2, (value / most) * height);
      return value > 0 &&
        svg('rect', {x: i * width, y: height - tall, width: width - 1, height: tall, style: {fill: color}});
    }));
}
