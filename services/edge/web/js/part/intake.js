// The first thing that the page shows: a place for a log, how to read it, and what a line of one can be.
import {classColor, classes} from '../data/classes.js';
import {sampleLog} from '../data/sample.js';
import {settingsOf} from '../data/view.js';
import {limits, models} from '../net/catalog.js';

import {h} from './dom.js';
import {icon} from './icons.js';
import {LogBox} from './log-box.js';

/** `start(sources, settings)` is called with what to analyse; `parameters` are those of the address. */
export function intake(parameters, start) {
  const asked = settingsOf(parameters);
  const run = () => {
    if (box.isEmpty) return box.focus();
    return start(box.sources, {model: model.value, logType: logType.value, multiline: multiline.value});
  };
  const button = h('button', {class: 'button primary', type: 'submit', disabled: true}, 'Analyse');
  const box = new LogBox({
    label: 'Log lines',
    placeholder: 'Paste log lines of any system here',
    submit: run,
    changed: () => (button.disabled = box.isEmpty),
  });
  const model = choice([['', 'Active model']]);
  const logType = choice([['', 'Detect, line by line']]);
  const multiline = choice([['', 'Each line by itself'], ['auto', 'Join stack traces']], asked.multiline);
  offer(
    model, models().then((all) => all.map(({name, label, active}) => [name, active ? `${label} (active)` : label])),
    asked.model);
  offer(logType, limits().then(({log_types: all}) => all.map((name) => [name, name])), asked.logType);
  return h(
    'form', {
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
      h('div', {class: 'intake-options'}, field('Model', model), field('Format', logType),
        field('Lines that belong together', multiline), button)),
    h('p', {class: 'muted'}, 'No log at hand? ',
      h('button', {
        class: 'linkish',
        type: 'button',
        onclick: () => start([{name: 'sample incident', blob: new Blob([sampleLog()])}], {}),
      },
        'Analyse a sample incident')),
    h('section', {class: 'legend'}, h('h2', {}, 'What a line can be'),
      h('ul', {},
        classes.map(
          ({name, label, meaning}, index) =>
            h('li', {style: {'--class': classColor(index)}}, icon(name), h('strong', {}, label),
              h('span', {class: 'muted'}, meaning))))));
}

const field = (label, control) => h('label', {class: 'field'}, h('span', {}, label), control);

function choice(options, value = '') {
  const select = h('select', {class: 'input'}, options.map(([name, label]) => h('option', {value: name}, label)));
  select.value = value;
  return select;
}

/** Adds what the server has to a choice, when it says so; the first choice works without. */
function offer(select, options, value) {
  options.then((all) => {
    select.append(...all.map(([name, label]) => h('option', {value: name}, label)));
    if (value && all.some(([name]) => name === value)) select.value = value;
  }, () => {});
}
