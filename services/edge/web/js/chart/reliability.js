// Whether a model is as sure as it is right.
import {count, percent} from '../data/format.js';
import {h, svg} from '../part/dom.js';

const SIZE = 200;
const LEFT = 44;
const FOOT = 26;

/**
 * A diagram of `[{ confidence, accuracy, count }]`: each point is the verdicts of about one confidence, as high as they were
 * right, as large as they are many. On the diagonal a confidence is a probability.
 */
export function reliability(bins, label) {
  const used = bins.filter((bin) => bin.count > 0);
  const most = Math.max(1, ...used.map((bin) => bin.count));
  const x = (share) => LEFT + share * SIZE;
  const y = (share) => SIZE - share * SIZE + 6;
  return h(
    'figure', {class: 'reliability'}, h('figcaption', {class: 'small'}, 'Confidence, and how often it was right'),
    svg(
      'svg', {
        viewBox: `0 0 ${LEFT + SIZE + 12} ${SIZE + FOOT + 6}`,
        role: 'img',
        'aria-label': `Calibration, ${label}: ${
          used
            .map(
              (bin) =>
                `${percent(bin.confidence, 0)} sure, ${percent(bin.accuracy, 0)} right, ${count(bin.count)} verdicts`)
            .join('; ')}`
      },
      [0, 0.5, 1].map(
        (share) =>
          [svg('line', {x1: x(0), x2: x(1), y1: y(share), y2: y(share), class: 'rule'}),
           svg('text', {x: LEFT - 6, y: y(share) + 4, 'text-anchor': 'end'}, percent(share, 0)),
           svg(
             'text',
             {x: x(share),
              y: SIZE + FOOT,
              'text-anchor': share === 1 ? 'end' :
                share                    ? 'middle' :
                                           'start'},
             percent(share, 0)),
  ]),
      svg('line', {x1: x(0), y1: y(0), x2: x(1), y2: y(1), class: 'ideal'}),
      used.map((bin) => svg('circle', {
                 cx: x(bin.confidence),
                 cy: y(bin.accuracy),
                 r: 2 + 6 * Math.sqrt(bin.count / most),
                 class: 'point',
               }))));
}
