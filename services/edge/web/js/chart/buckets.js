import {duration} from '../data/format.js';
import {h, svg} from '../part/dom.js';

/** A histogram of seconds as its buckets: where the times lie, on their logarithmic scale. */
export function buckets({buckets: all}, label) {
  const used = all.map(({count}) => count > 0);
  const shown = all.slice(Math.max(0, used.indexOf(true) - 1), used.lastIndexOf(true) + 2);
  const most = Math.max(1, ...shown.map(({count}) => count));
  const name = ({upTo}) => (upTo === Infinity ? 'more' : duration(upTo * 1000));
  return h(
    'figure', {class: 'buckets'},
    svg(
      'svg', {
        viewBox: `0 0 ${shown.length * 10} 40`,
        preserveAspectRatio: 'none',
        role: 'img',
        'aria-label': `${label}: ${shown.map((each) => `up to ${name(each)}: ${each.count}`).join(', ')}`
      },
      shown.map((each, i) => each.count > 0 && svg('rect', {
                               x: i * 10,
                               width: 9,
                               y: 40 - Math.max(2, (each.count / most) * 40),
                               height: Math.max(2, (each.count / most) * 40),
                               class: 'value'
                             })),
      svg('rect', {y: 39, height: 1, width: shown.length * 10, class: 'track'})),
    h('figcaption', {class: 'muted number'}, h('span', {}, `≤ ${name(shown[0])}`),
      h('span', {}, shown.length > 1 && `≤ ${name(shown.at(-1))}`)));
}
