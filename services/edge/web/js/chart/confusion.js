// What a model takes for what.
import {classes} from '../data/classes.js';
import {count, percent} from '../data/format.js';
import {h} from '../part/dom.js';

/** A table of counts, `matrix[labelled][predicted]`: a row says what became of a class, shaded by its share of the row. */
export function confusion(matrix, label) {
  return h(
    'figure', {class: 'confusion'}, h('figcaption', {class: 'small'}, 'Labelled (rows) and predicted (columns)'),
    h('div', {class: 'scroll-x', tabindex: 0, role: 'region', 'aria-label': `Confusion matrix: ${label}`},
      h('table', {},
        h('thead', {},
          h('tr', {}, h('td', {}), classes.map(({label: name}) => h('th', {scope: 'col'}, h('span', {}, name))))),
        h('tbody', {}, matrix.map((row, labelled) => {
          const whole = row.reduce((sum, value) => sum + value, 0);
          return h(
            'tr', {}, h('th', {scope: 'row'}, classes[labelled].label),
            row.map((value, predicted) => cell(value, whole, labelled, predicted)));
        })))));
}

function cell(value, whole, labelled, predicted) {
  const share = whole ? value / whole : 0;
  const isRight = labelled === predicted;
  return h(
    'td', {
      class: `number${isRight ? ' right' : ''}${share > 0.5 ? ' strong' : ''}`,
      style: {'--share': share.toFixed(3)},
      title: `${percent(share)} of ${classes[labelled].label} ${
        isRight ? 'found' : `taken for ${classes[predicted].label}`}`,
    },
    value ? count(value) : h('span', {class: 'muted'}, '·'));
}
