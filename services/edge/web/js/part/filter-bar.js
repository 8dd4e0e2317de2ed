// The filters that are on, and the ones that no chart sets.
import {classes, NORMAL} from '../data/classes.js';
import {count, time, visible} from '../data/format.js';
import {showsAll, toggled, viewOf} from '../data/view.js';

import {fill, h} from './dom.js';
import {icon} from './icons.js';

const levels = [
  ['', 'Any confidence'], ['0.5', '50 % sure or more'], ['0.7', '70 % sure or more'], ['0.9', '90 % sure or more'],
  ['0.99', '99 % sure or more']
];

const troubles = classes.map((_, index) => index).filter((index) => index !== NORMAL);
const isTrouble = (view) => view.classes.size === troubles.length && troubles.every((index) => view.classes.has(index));

/** A bar with search, confidence and a chip for each filter that is on; `change(view)` is called with the new filter. */
export class FilterBar {
  #change;
  #view = viewOf(new URLSearchParams());
  #chips = h('div', {class: 'chips'});
  #search;
  #sure;
  #trouble;
  #timer;

  constructor(change) {
    this.#change = change;
    this.#search = h('input', {
      class: 'input',
      type: 'search',
      placeholder: 'Search the lines',
      'aria-label': 'Search the lines',
      'aria-keyshortcuts': '/',
      oninput: () => {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#set({text: this.#search.value}), 150);
      },
    });
    this.#sure =
      h('select', {
        class: 'input',
        'aria-label': 'Confidence',
        onchange: () => this.#set({atLeast: this.#sure.value === '' ? undefined : Number(this.#sure.value)})
      },
        levels.map(([value, label]) => h('option', {value}, label)));
    this.#trouble =
      h('button', {
        class: 'button',
        type: 'button',
        onclick: () => this.#set({classes: isTrouble(this.#view) ? new Set() : new Set(troubles)})
      },
        'Trouble only');
    this.element =
      h('div', {class: 'filter-bar', role: 'search'}, this.#search, this.#trouble, this.#sure, this.#chips);
  }

  focus() {
    this.#search.focus();
    this.#search.select();
  }

  update(view, analysis) {
    this.#view = view;
    if (document.activeElement !== this.#search) this.#search.value = view.text;
    this.#sure.value = levels.some(([value]) => value === String(view.atLeast ?? '')) ? String(view.atLeast ?? '') : '';
    this.#trouble.setAttribute('aria-pressed', String(isTrouble(view)));
    fill(
      this.#chips,
      [...this.#all(analysis)].map(
        ([label, next]) =>
          h('span', {class: 'chip'}, h('span', {}, label),
            h('button', {type: 'button', 'aria-label': `Remove the filter ${label}`, onclick: () => this.#set(next)},
              icon('close')))),
      !showsAll(view) &&
        h('button', {class: 'button quiet', type: 'button', onclick: () => this.#change(viewOf(new URLSearchParams()))},
          'Clear all'));
  }

  #set(part) {
    this.#change({...this.#view, ...part});
  }

  * #all({axis}) {
    const view = this.#view;
    for (const index of isTrouble(view) ? [] : view.classes)
      yield [classes[index].label, {classes: toggled(view.classes, index)}];
    for (const type of view.types) yield [type, {types: toggled(view.types, type)}];
    for (const text of view.templates) yield [visible(text, 60), {templates: toggled(view.templates, text)}];
    for (const text of view.without) yield [`not: ${visible(text, 60)}`, {without: toggled(view.without, text)}];
    if (view.from !== undefined || view.to !== undefined) {
      const place = (value) => (value === undefined ? '…' : axis.isTime ? time(value) : count(value));
      yield [`${axis.isTime ? '' : 'line '}${place(view.from)} – ${place(view.to)}`, {from: undefined, to: undefined}];
    }
  }
}
