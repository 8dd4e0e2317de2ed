import {h} from './dom.js';
import {icon} from './icons.js';

/** What went wrong, why, and a button to try again. */
export function failureNotice(failure, heading, retry) {
  return h(
    'div', {class: 'notice bad', role: 'alert'}, icon('system_failure'),
    h('div', {}, h('strong', {}, heading), h('p', {}, failure.message),
      failure.tier && h('p', {class: 'small'}, `The ${failure.tier} tier is the cause; see Health.`),
      retry && h('button', {class: 'button', type: 'button', onclick: retry}, 'Try again')));
}

/** That nothing is here, and what to do about it. */
export function emptyState(drawing, heading, text, ...actions) {
  return h('div', {class: 'empty panel'}, icon(drawing), h('h2', {}, heading), h('p', {}, text), actions);
}
