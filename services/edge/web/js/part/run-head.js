// What is being analysed and how far it is.
import {visible} from '../data/format.js';
import {session} from '../data/session.js';

import {h} from './dom.js';
import {icon} from './icons.js';
import {go} from './router.js';

/** The head's element and the parts of it that change. */
export function runHead(analysis) {
  const facts = h('p', {class: 'muted small number'});
  const cancelled = h('span', {class: 'pill warn', hidden: true}, 'cancelled: what arrived until then is shown');
  const waiting = h('p', {class: 'run-waiting', role: 'status', hidden: true}, h('span', {}));
  waiting.prepend(icon('failed'));
  const cancel = h('button', {class: 'button', type: 'button', onclick: () => analysis.cancel()}, 'Cancel');
  const another = () => {
    go('analyse');
    session.clear();
  };
  const progress = h(
    'div', {class: 'progress', role: 'progressbar', 'aria-label': 'Progress', 'aria-valuemin': 0, 'aria-valuemax': 100},
    h('div', {}));
  const failure = h('div', {class: 'run-failure'});
  const element =
    h('header', {class: 'run panel'}, h('div', {class: 'run-name'}, h('h1', {}, visible(analysis.name, 120)), facts),
      h('div', {class: 'actions'}, cancelled, cancel,
        h('button', {class: 'button', type: 'button', onclick: another}, 'Analyse another log')),
      progress, waiting, failure);
  return {element, facts, cancelled, cancel, progress, waiting, failure};
}
