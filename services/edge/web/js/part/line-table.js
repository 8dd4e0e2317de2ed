// The table of lines: only what is in sight is in the document, so a million lines scroll like a hundred.
import {stack} from '../chart/bars.js';
import {classColor, classes} from '../data/classes.js';
import {clock, isOfOneDay, percent, time, visible} from '../data/format.js';
import {FAILED} from '../data/line-store.js';

import {eachFrame, h} from './dom.js';
import {icon} from './icons.js';

const colors = classes.map((_, index) => classColor(index));
const TALLEST = 12_000_000;  // px: browsers cut off what is much taller; beyond it the scroll bar is a scale
const CUT = 400;

/** What a table can show of a line: name, title, width, and the cell of a position. */
export const columns = [
  {name: 'line', title: 'Line', width: '56px', cell: (a, i) => h('span', {class: 'number muted'}, String(i + 1))},
  {
    name: 'time',
    title: 'Time',
    width: ({axis}) => (isOfOneDay(axis) ? '76px' : '158px'),
    cell: (a, i) => h('span', {class: 'number muted'}, timeText(a, i))
  },
  {name: 'class', title: 'Class', width: '146px', cell: (a, i) => classBadge(a.store, i)},
  {name: 'confidence', title: 'Confidence', width: '118px', cell: confidence},
  {
    name: 'type',
    title: 'Log type',
    width: '96px',
    cell: (a, i) => (a.store.state[i] === FAILED ? '' : a.store.logTypes.list[a.store.logType[i]])
  },
  {
    name: 'content',
    title: 'Content',
    width: 'minmax(220px, 3fr)',
    cell: (a, i, view) => logText(a.store.content(i), view)
  },
  {
    name: 'template',
    title: 'Template',
    width: 'minmax(160px, 2fr)',
    cell: (a, i) => logText(a.store.state[i] === FAILED ? '' : a.store.templates.list[a.store.template[i]])
  },
  {name: 'raw', title: 'Raw line', width: 'minmax(260px, 3fr)', cell: (a, i, view) => logText(a.store.raw[i], view)},
];

function timeText({store, axis}, i) {
  if (Number.isNaN(store.time[i])) return '';
  return isOfOneDay(axis) ? clock(axis.at(i)) : time(store.time[i]);
}

/** The columns where nothing else is chosen: fewer beside an open line. */
export const usualColumns = ['line', 'time', 'class', 'confidence', 'type', 'content', 'template'];
export const besideDetail = ['line', 'class', 'confidence', 'content'];

/** Icon and name of a line's class. */
export function classBadge(store, i) {
  if (store.state[i] === FAILED) return h('span', {class: 'badge'}, icon('failed'), 'No verdict');
  const index = store.classIndex[i];
  const unsure = store.abstained[i] === 1;
  return h(
    'span', {class: 'badge', style: {'--class': colors[index]}}, icon(classes[index].name), classes[index].label,
    unsure && h('span', {class: 'pill', title: 'No firm verdict: the model is not sure enough, or the line is like nothing that it knows'}, 'unsure'));
}

function confidence({store}, i) {
  if (store.state[i] === FAILED) return '';
  const shares = classes.map((_, index) => store.probability(i, index));
  return h(
    'span', {class: 'confidence'}, stack(shares, colors), h('span', {class: 'number'}, percent(store.confidence[i])));
}

function logText(text, view) {
  const shown = visible(text, CUT);
  const found = view?.text ? shown.toLowerCase().indexOf(view.text.toLowerCase()) : -1;
  if (found < 0) return h('span', {class: 'log-text'}, shown);
  const end = found + view.text.length;
  return h(
    'span', {class: 'log-text'}, shown.slice(0, found), h('mark', {}, shown.slice(found, end)), shown.slice(end));
}

/** A grid of the lines that facets show. `open(position)` is called for the line that is chosen, `null` for none. */
export class LineTable {
  #open;
  #analysis = null;
  #facets = null;
  #view = null;
  #columns = [];
  #signature = '';
  #active = 0;       // index among the shown
  #selected = null;  // position
  #rows = new Map();
  #spacer = h('div', {class: 'lines-spacer'});
  #head = h('div', {class: 'lines-head', role: 'row', 'aria-rowindex': 1});
  #draw = eachFrame(() => this.#render());

  constructor(open) {
    this.#open = open;
    this.element =
      h('div', {
        class: 'lines',
        role: 'grid',
        tabindex: 0,
        'aria-label': 'Lines and their verdicts',
        'data-key': 'lines',
        onscroll: () => this.#draw(),
        onkeydown: (event) => this.#key(event),
        onclick: (event) => this.#click(event),
      },
        this.#head, this.#spacer);
    new ResizeObserver(() => this.#draw()).observe(this.element);
  }

  /** Shows the lines of `facets`; `selected` is the position of the open line, or null. */
  update(analysis, facets, view, columnNames, selected) {
    const signature = `${columnNames}|${view.text}|${isOfOneDay(analysis.axis)}`;
    if (analysis !== this.#analysis) {
      this.element.scrollTop = 0;
      this.#active = 0;
    }
    if (analysis !== this.#analysis || signature !== this.#signature) this.#forget();
    this.#columns = columns.filter(({name}) => columnNames.includes(name));
    this.#signature = signature;
    this.#analysis = analysis;
    this.#facets = facets;
    this.#view = view;
    const widths = this.#columns.map(({width}) => (typeof width === 'string' ? width : width(analysis)));
    this.element.style.setProperty('--columns', widths.join(' '));
    const least = widths.reduce((sum, width) => sum + Number.parseInt(width.replace('minmax(', ''), 10) + 12, 32);
    this.element.style.setProperty('--least', `${least}px`);
    this.element.setAttribute('aria-rowcount', facets.shown + 1);
    this.element.setAttribute('aria-colcount', this.#columns.length);
    this.#head.replaceChildren(
      ...this.#columns.map(({title, name}) => h('span', {role: 'columnheader', class: `cell-${name}`}, title)));
    if (selected !== this.#selected) this.#show(selected);
    this.#draw();
  }

  /** The shown line before or after the open one; undefined at an end. */
  neighbour(step) {
    const index = this.#indexOf(this.#selected);
    return index < 0 ? undefined : this.#facets.positions[index + step];
  }

  #show(selected) {
    this.#selected = selected;
    const index = selected === null ? -1 : this.#indexOf(selected);
    if (index < 0) return;
    this.#active = index;
    this.#reveal(index);
  }

  #indexOf(position) {
    const {positions, shown} = this.#facets;
    let low = 0;
    let high = shown - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (positions[middle] === position) return middle;
      if (positions[middle] < position)
        low = middle + 1;
      else
        high = middle - 1;
    }
    return -1;
  }

  get #rowHeight() {
    return Number.parseFloat(getComputedStyle(this.element).getPropertyValue('--row')) || 34;
  }

  /** The body's geometry: `tall` is what the lines need, `room` what the spacer has. */
  #measure() {
    const row = this.#rowHeight;
    const tall = this.#facets.shown * row;
    const sight = Math.max(row, this.element.clientHeight - this.#head.offsetHeight);
    const room = Math.min(tall, TALLEST);
    const ratio = tall > room ? (tall - sight) / (room - sight) : 1;
    return {row, tall, sight, room, ratio};
  }

  #reveal(index) {
    const {row, sight, ratio} = this.#measure();
    const top = this.element.scrollTop * ratio;
    if (index * row < top)
      this.element.scrollTop = (index * row) / ratio;
    else if ((index + 1) * row > top + sight)
      this.element.scrollTop = ((index + 1) * row - sight) / ratio;
    this.#draw();
  }

  #render() {
    if (!this.#facets || !this.element.isConnected) return;
    const {row, sight, room, ratio} = this.#measure();
    const {positions, shown} = this.#facets;
    this.#active = Math.max(0, Math.min(this.#active, shown - 1));
    this.#spacer.style.height = `${room}px`;
    const scrolled = this.element.scrollTop;
    const top = scrolled * ratio;
    const first = Math.max(0, Math.floor(top / row) - 6);
    const last = Math.min(shown, Math.ceil((top + sight) / row) + 6);
    const kept = new Map();
    for (let index = first; index < last; index += 1) {
      const position = positions[index];
      const element = this.#rows.get(position) ?? this.#row(position);
      this.#rows.delete(position);
      kept.set(position, element);
      element.setAttribute('aria-rowindex', index + 2);
      element.dataset.index = index;
      element.setAttribute('aria-selected', String(position === this.#selected));
      element.classList.toggle('active', index === this.#active);
      element.style.transform = `translateY(${index * row - top + scrolled}px)`;
      if (!element.isConnected) this.#spacer.append(element);
    }
    this.#forget();
    this.#rows = kept;
    if (shown)
      this.element.setAttribute('aria-activedescendant', `line-${positions[this.#active] + 1}`);
    else
      this.element.removeAttribute('aria-activedescendant');
  }

  #forget() {
    for (const element of this.#rows.values()) element.remove();
    this.#rows.clear();
  }

  #row(position) {
    return h(
      'div', {class: 'lines-row', role: 'row', id: `line-${position + 1}`},
      this.#columns.map(
        ({name, cell}) =>
          h('span', {role: 'gridcell', class: `cell-${name}`}, cell(this.#analysis, position, this.#view))));
  }

  #click(event) {
    const row = event.target.closest('.lines-row');
    if (!row || getSelection().toString()) return;
    this.#active = Number(row.dataset.index);
    this.#choose(this.#facets.positions[this.#active]);
  }

  /** Opens a line, or none. It counts as open from now on: the next key may come before the address has changed. */
  #choose(position) {
    this.#selected = position;
    this.#open(position);
  }

  #key(event) {
    if (event.target !== this.element || !this.#facets?.shown) return;
    const page = Math.max(1, Math.floor(this.#measure().sight / this.#rowHeight) - 1);
    const moves =
      {ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity};
    if (event.key in moves && !event.ctrlKey && !event.metaKey) {
      this.#active = Math.max(0, Math.min(this.#facets.shown - 1, this.#active + moves[event.key]));
      this.#reveal(this.#active);
      if (this.#selected !== null) this.#choose(this.#facets.positions[this.#active]);
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.#choose(this.#facets.positions[this.#active]);
    } else if (event.key === 'Escape') {
      this.#choose(null);
    } else {
      return;
    }
    event.preventDefault();
  }
}
