// Counts as bars, one a row; where they filter, a row is a button.
import {count, percent} from '../data/format.js';
import {h, svg} from '../part/dom.js';
import {icon} from '../part/icons.js';

/**
 * A list of bars.
 *
 * - `rows`: `{ key, label, value, color, drawing, hint, isOn }`, drawn in that order.
 * - `whole`: what the shares are shares of.
 * - `toggle(key)`: a row was chosen; without it the rows are no buttons.
 */
export function bars(rows, {whole, toggle, label}) {
  const most = Math.max(1, ...rows.map(({value}) => value));
  const anyOn = rows.some(({isOn}) => isOn);
  return h(
    'ul', {class: 'bars', 'aria-label': label},
    rows.map(
      (row) =>
        h('li', {},
          h(toggle ? 'button' : 'div', {
            class: `bars-row${anyOn && !row.isOn ? ' off' : ''}`,
            title: row.hint,
            style: {'--class': row.color},
            ...(toggle && {
              type: 'button',
              'aria-pressed': String(Boolean(row.isOn)),
              'data-key': row.key,
              disabled: row.value === 0 && !row.isOn,
              onclick: () => toggle(row.key)
            }),
          },
            h('span', {class: 'bars-name'}, row.drawing && icon(row.drawing), h('span', {}, row.label)),
            meter(row.value / most), h('span', {class: 'number'}, count(row.value)),
            h('span', {class: 'number muted'}, whole ? percent(row.value / whole) : '')))));
}

/** A bar that is filled to a share; what is not nothing is seen. */
export function meter(share) {
  return svg(
    'svg', {class: 'bars-bar', 'aria-hidden': 'true'},
    svg('rect', {width: '100%', height: '100%', rx: 2, class: 'track'}),
    share > 0 && svg('rect', {width: `${Math.max(0.6, share * 100)}%`, height: '100%', rx: 2, class: 'value'}));
}

/** The probabilities of one line as a single bar of seven parts. */
export function stack(probabilities, colors) {
  let start = 0;
  const parts = probabilities.map((share, index) => {
    const part =
      svg('rect', {x: `${start * 100}%`, width: `${share * 100}%`, height: '100%', style: {fill: colors[index]}});
    start += share;
    return part;
  });
  return svg('svg', {class: 'stack', 'aria-hidden': 'true'}, parts);
}

/** Amounts for and against: `{ label, note, hint, value }`, drawn from the middle to the right and to the left. */
export function signedBars(rows, label) {
  const most = Math.max(...rows.map(({value}) => Math.abs(value)), Number.MIN_VALUE);
  return h('ul', {class: 'signed-bars', 'aria-label': label}, rows.map(({label: name, note, hint, value}) => {
    const wide = (Math.abs(value) / most) * 50;
    return h(
      'li', {title: hint}, h('span', {}, name, note && h('span', {class: 'muted number'}, ` ${note}`)),
      svg(
        'svg', {class: 'bars-bar', 'aria-hidden': 'true'},
        svg('rect', {width: '100%', height: '100%', rx: 2, class: 'track'}), svg('rect', {
          x: `${value < 0 ? 50 - wide : 50}%`,
          width: `${wide}%`,
          height: '100%',
          class: value < 0 ? 'against' : 'value'
        })),
      h('span', {class: 'number'}, signed(value)));
  }));
}

/** `+0.81`, `−0.20`; what rounds to nothing has no sign. */
export function signed(value) {
  const text = Math.abs(value).toFixed(2);
  return text === '0.00' ? text : `${value < 0 ? '−' : '+'}${text}`;
}
