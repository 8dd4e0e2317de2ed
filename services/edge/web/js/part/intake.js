// The first thing that the page shows: a place for a log, and what a line of one can be.
import {classColor, classes} from '../data/classes.js';
import {catalog} from '../net/catalog.js';

import {h} from './dom.js';
import {icon} from './icons.js';
import {LogBox} from './log-box.js';

/** `start(sources, options)` is called with what to analyse. */
export function intake(start) {
  const run = () => {
    if (box.isEmpty) return box.focus();
    return start(box.sources, {model: model.value, multiline: join.checked});
  };
  const button = h('button', {class: 'button primary', type: 'submit', disabled: true}, 'Analyse');
  const box = new LogBox({
    label: 'Log lines',
    placeholder: 'Paste log lines of any system here',
    submit: run,
    changed: () => (button.disabled = box.isEmpty),
  });
  const join = h('input', {type: 'checkbox'});
  const model = h('select', {class: 'input'}, h('option', {value: ''}, 'Active model'));
  catalog().then((models) => {
    model.append(...models.map(
      ({name, label, isLoaded}) =>
        h('option', {value: name, disabled: !isLoaded}, isLoaded ? label : `${label} (not loaded)`)));
  });
  const form =
    h('form', {
      class: 'intake',
      onsubmit: (event) => {
        event.preventDefault();
        run();
      },
      onfiles: (event) => box.add(event.detail),
    },
      h('header', {class: 'page-head'},
        h('div', {}, h('h1', {}, 'What is wrong in this log?'),
          h('p', {},
            'Each line is read for the kind of trouble it reports. The lines go to this server and nowhere else.'))),
      h('div', {class: 'panel'}, box.element,
        h('div', {class: 'intake-options'}, h('label', {class: 'field'}, h('span', {}, 'Model'), model),
          h('label', {class: 'check'}, join, 'Join lines that belong together, such as stack traces'), button)),
      h('section', {class: 'legend'}, h('h2', {}, 'What a line can be'),
        h('ul', {},
          classes.map(
            ({name, label, meaning}, index) =>
              h('li', {style: {'--class': classColor(index)}}, h('span', {class: 'badge'}, icon(name), label),
                h('span', {class: 'muted'}, meaning))))));
  return form;
}
