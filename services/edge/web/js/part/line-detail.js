// All that is known of one line.
import {meter} from '../chart/bars.js';
import {classColor, classes} from '../data/classes.js';
import {percent, time, visible} from '../data/format.js';
import {FAILED} from '../data/line-store.js';
import {toggled} from '../data/view.js';

import {announce, h} from './dom.js';
import {explanation} from './explanation.js';
import {icon} from './icons.js';
import {classBadge} from './line-table.js';

const SHOWN = 4000;

/** The panel of the line at `position`. `actions`: `close()`, `step(±1)`, `filter(part of a view)`, and a `signal` of its end. */
export function lineDetail(analysis, position, view, actions) {
  const {store} = analysis;
  const lines = store.span(position);
  const title = lines && lines[1] > lines[0] ? `Lines ${lines[0]} to ${lines[1]}` : `Line ${position + 1}`;
  return h(
    'aside',
    {class: 'detail panel', 'aria-label': title, onkeydown: (event) => event.key === 'Escape' && actions.close()},
    h('header', {}, h('h2', {}, title),
      h('div', {class: 'actions'}, tool('previous', 'Previous line', () => actions.step(-1)),
        tool('next', 'Next line', () => actions.step(1)),
        tool('link', 'Copy a link to this line', () => copy(location.href, 'Link copied')),
        tool('copy', 'Copy the line', () => copy(store.raw[position], 'Line copied')),
        tool('close', 'Close', actions.close))),
    h('div', {class: 'detail-body', tabindex: 0},
      store.state[position] === FAILED ? failed(store, position) : judged(analysis, position, view, actions),
      part('Raw line', longText(store.raw[position]))));
}

function failed(store, position) {
  const error = store.error(position);
  return h(
    'div', {class: 'notice bad'}, icon('failed'),
    h('div', {}, h('strong', {}, 'This line has no verdict'), h('p', {}, error.detail ?? error.code)));
}

function judged(analysis, position, view, actions) {
  const {store} = analysis;
  const index = store.classIndex[position];
  const template = store.templates.list[store.template[position]];
  const moment = store.time[position];
  const facts = [
    ['Log type', store.logTypes.list[store.logType[position]]],
    ['Time', Number.isNaN(moment) ? null : time(moment)],
    ['Level', store.levels.list[store.level[position]]],
  ].filter(([, value]) => value);
  return [
    h('div', {class: 'detail-verdict', style: {'--class': classColor(index)}}, classBadge(store, position),
      h('span', {class: 'number'}, percent(store.confidence[position])),
      h('span', {class: 'muted small'}, classes[index].meaning)),
    h('ul', {class: 'probabilities', 'aria-label': 'Probability of each class'}, classes.map(({label}, each) => {
      const share = store.probability(position, each);
      return h(
        'li', {style: {'--class': classColor(each)}, class: each === index ? 'chosen' : ''}, h('span', {}, label),
        meter(share), h('span', {class: 'number'}, percent(share)));
    })),
    explanation(analysis, position, actions.signal),
    part('Parsed content', longText(store.content(position))),
    part(
      'Template', longText(template),
      h('div', {class: 'actions'},
        h('button', {
          class: 'button',
          type: 'button',
          'aria-pressed': String(view.templates.has(template)),
          onclick: () => actions.filter({templates: toggled(view.templates, template)})
        },
          icon('include'), 'Only this template'),
        h('button',
          {class: 'button', type: 'button', onclick: () => actions.filter({without: toggled(view.without, template)})},
          icon('exclude'), 'Without it'))),
    h('dl', {class: 'facts'},
      facts.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, visible(value, 200))))),
  ];
}

const part = (title, ...content) => h('section', {}, h('h3', {}, title), content);

const tool = (drawing, label, onclick) =>
  h('button', {class: 'button quiet icon-only', type: 'button', 'aria-label': label, title: label, onclick},
    icon(drawing));

/** A text of any length: its beginning, and the rest for the asking. */
function longText(text) {
  const block = h('pre', {class: 'log-text'}, visible(text, SHOWN));
  if (text.length <= SHOWN) return block;
  const rest =
    h('button', {
      class: 'button',
      type: 'button',
      onclick: () => {
        block.textContent = visible(text, Infinity);
        rest.remove();
      }
    },
      `Show all ${text.length.toLocaleString('en')} characters`);
  return [block, rest];
}

async function copy(text, said) {
  await navigator.clipboard.writeText(text);
  announce(said);
}
