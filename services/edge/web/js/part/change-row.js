// One template that differs between two logs.
import {meter} from '../chart/bars.js';
import {classColor, classes, classIndex} from '../data/classes.js';
import {chance, count, percent, visible} from '../data/format.js';

import {h} from './dom.js';
import {icon} from './icons.js';

export const kinds = [
  {name: 'new', label: 'New', meaning: 'only after'},
  {name: 'gone', label: 'Gone', meaning: 'only before'},
  {name: 'grown', label: 'Grown', meaning: 'a larger share'},
  {name: 'shrunk', label: 'Shrunk', meaning: 'a smaller share'},
];

/** A row for a change as `/v1/compare` describes it; the bars are drawn to the scale of the share `most`. */
export function changeRow(row, [beforeShare, afterShare], most) {
  const index = classIndex.get(row.class_name);
  return h(
    'li', {class: 'change', style: {'--class': classColor(index)}},
    h('span', {class: `pill ${row.change}`}, kinds.find(({name}) => name === row.change)?.label ?? row.change),
    h('details', {}, h('summary', {class: 'log-text'}, visible(row.template, 600)),
      h('ul', {class: 'samples'}, row.samples.map((sample) => h('li', {class: 'log-text'}, visible(sample, 500))))),
    h('span', {class: 'badge'}, icon(row.class_name), classes[index].label),
    h('div', {class: 'change-bars'}, bar('before', row.before, beforeShare, most),
      bar('after', row.after, afterShare, most)),
    h('span', {class: 'small number muted', title: 'How likely chance alone would make a difference this large'},
      `p ${chance(row.p_value)}`));
}

function bar(side, lines, share, most) {
  return [
    h('span', {class: 'muted'}, side), h('span', {class: `share ${side}`}, meter(share / most)),
    h('span', {class: 'number'}, count(lines)), h('span', {class: 'number muted'}, percent(share))
  ];
}
