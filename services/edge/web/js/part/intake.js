// The first thing that the page shows: a place for a log, and how it is to be read.
import { catalog } from '../net/catalog.js';
import { classes, classColor } from '../data/classes.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { LogBox } from './log-box.js';

/** `start(sources, options)` is called with what to analyse. */
export function intake(start) {
  const run = () => {
    if (box.isEmpty) return box.focus();
    return start(box.sources, { model: model.value, format: format.value, multiline: join.checked });
  };
  const button = h('button', { class: 'button primary', type: 'submit', disabled: true }, 'Analyse');
  const box = new LogBox({
    label: 'Log lines', placeholder: 'Paste log lines of any system here', submit: run, changed: () => (button.disabled = box.isEmpty),
  });
  const model = h('select', { class: 'input' }, h('option', { value: '' }, 'Active model'));
  const format = h('select', { class: 'input' }, h('option', { value: '' }, 'Detect line by line'));
  const join = h('input', { type: 'checkbox' });
  catalog().then(({ models, formats }) => {
    model.append(...models.map(({ name, label, isLoaded }) => h('option', { value: name, disabled: !isLoaded }, isLoaded ? label : `${label} (not loaded)`)));
    format.append(...formats.map((name) => h('option', { value: name }, name)));
  });
  const form = h('form', {
    class: 'intake',
    onsubmit: (event) => { event.preventDefault(); run(); },
    onfiles: (event) => box.add(event.detail),
  },
  h('header', { class: 'page-head' }, h('div', {}, h('h1', {}, 'What is wrong in this log?'),
    h('p', {}, 'Each line is read for the kind of trouble it reports. The lines go to this server and nowhere else.'))),
  h('div', { class: 'panel' }, box.element, h('div', { class: 'intake-options' },
    h('label', { class: 'field' }, h('span', {}, 'Model'), model), h('label', { class: 'field' }, h('span', {}, 'Format'), format),
    h('label', { class: 'check' }, join, 'Join lines that belong together, such as stack traces'), button)),
  h('section', { class: 'legend' }, h('h2', {}, 'What a line can be'), h('ul', {}, classes.map(({ name, label, meaning }, index) => h('li', { style: { '--class': classColor(index) } },
    h('span', { class: 'badge' }, icon(name), label), h('span', { class: 'muted' }, meaning))))));
  return form;
}
