import {counted, sentence} from '../data/format.js';
import {RequestFailure} from '../net/api.js';

import {h} from './dom.js';
import {icon} from './icons.js';

/** What went wrong, why, what to do about it, and a button to try again. */
export function failureNotice(failure, heading, retry) {
  if (!(failure instanceof RequestFailure)) console.error(failure);  // a mistake of this page
  return h(
    'div', {class: 'notice bad', role: 'alert'}, icon('system_failure'),
    h('div', {}, h('strong', {}, heading), h('p', {}, sentence(failure.message)),
      failure.tier &&
        h('p', {}, `The ${failure.tier} tier is the cause: `, h('a', {href: '#/health'}, 'see Health'), '.'),
      failure.retryAfter > 0 &&
        h('p', {}, `The server expects to be able to answer in ${counted(failure.retryAfter, 'second')}.`),
      failure.status === 403 &&
        h('p', {}, 'Sign in with a key that may do this; who runs the server can give you one.'),
      retry && h('button', {class: 'button', type: 'button', onclick: retry}, 'Try again')));
}

/** That nothing is here, and what to do about it. */
export function emptyState(drawing, heading, text, ...actions) {
  return h('div', {class: 'empty panel'}, icon(drawing), h('h2', {}, heading), h('p', {}, text), actions);
}
