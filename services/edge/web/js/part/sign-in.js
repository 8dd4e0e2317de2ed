// Asks for an API key, once for however many requests want it.
import {apiKey} from '../net/api.js';

import {h} from './dom.js';

let asking = null;

/** Resolves to the key that was given, or to undefined where none was; `failure` says why it is asked for. */
export function askForKey(failure) {
  asking ??= ask(failure).finally(() => (asking = null));
  return asking;
}

function ask(failure) {
  return new Promise((resolve) => {
    const input =
      h('input', {class: 'input', type: 'password', required: true, autocomplete: 'off', spellcheck: 'false'});
    const dialog =
      h('dialog', {
        'aria-labelledby': 'sign-in',
        onclose: () => {
          dialog.remove();
          resolve(apiKey.get() ?? undefined);
        }
      },
        h('form', {
          method: 'dialog',
          onsubmit: () => {
            apiKey.set(input.value.trim());
            dispatchEvent(new Event('tocsin-key'));
          }
        },
          h('h2', {id: 'sign-in'}, 'Sign in'),
          h('p', {class: 'muted'},
            apiKey.get() ? `The server refused this key: ${failure.message}` :
                           'This server asks for an API key. Who runs it can give you one.'),
          h('label', {class: 'field'}, h('span', {}, 'API key, kept until this tab closes'), input),
          h('div', {class: 'actions'}, h('button', {class: 'button primary', type: 'submit'}, 'Sign in'),
            h('button', {
              class: 'button',
              type: 'button',
              onclick: () => {
                apiKey.set(null);
                dialog.close();
              }
            },
              'Not now'))));
    document.body.append(dialog);
    dialog.showModal();
  });
}
