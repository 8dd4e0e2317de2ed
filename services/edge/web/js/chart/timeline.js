// When each class occurs: a lane a class, each to its own scale, so that a few failures show beside a million normal lines.
import {classColor, classes} from '../data/classes.js';
import {BINS} from '../data/facets.js';
import {count, time} from '../data/format.js';
import {announce, fill, h, svg} from '../part/dom.js';

import {ticks} from './scale.js';

const GAP = 8;
const USUAL = 262;
const FOOT = 22;

/** A timeline that fills its element. `select(from, to)` is called with a range on the axis, or without one to clear it. */
export class Timeline {
  element = h('div', {class: 'timeline'});
  #select;
  #facets;
  #axis;
  #view;
  #cursor = 0;
  #anchor = null;
  #tip = h('div', {class: 'tip', hidden: true});

  constructor(select) {
    this.#select = select;
    new ResizeObserver(() => this.#facets && this.#draw()).observe(this.element);
  }

  update(facets, axis, view) {
    this.#facets = facets;
    this.#axis = axis;
    this.#view = view;
    if (this.#anchor === null) this.#draw();
  }

  get #plot() {
    const width = this.element.clientWidth;
    const left = width < 560 ? 0 : 128;
    return {left, right: width - 48, width: Math.max(1, width - 48 - left)};
  }

  #draw() {
    const {bins} = this.#facets;
    const lanes = classes.map((each, index) => ({...each, index, bins: bins[index], most: Math.max(...bins[index])}))
                    .filter(({most}) => most > 0);
    const plot = this.#plot;
    const isNarrow = plot.left === 0;
    const room = isNarrow ? 0 : Math.max(USUAL, this.element.clientHeight) - FOOT;
    const lane = Math.round(Math.max(26, room / Math.max(1, lanes.length) - GAP));
    const step = lane + GAP + (isNarrow ? 14 : 0);
    const height = lanes.length * step + FOOT;
    this.element.style.minHeight = `${isNarrow ? height : USUAL}px`;
    const drawing = svg('svg', {
      width: this.element.clientWidth,
      height,
      role: 'application',
      tabindex: 0,
      'data-key': 'timeline',
      'aria-roledescription': 'timeline',
      'aria-label': `Timeline of ${lanes.length} classes over ${
        this.#axis.isTime ?
          'time' :
          'the order of lines'}. Arrow keys move, Enter selects, Shift with arrows widens, Escape clears.`,
      onpointerdown: (event) => this.#press(event),
      onpointermove: (event) => this.#hover(event),
      onpointerup: (event) => this.#release(event),
      onpointercancel: () => this.#cancel(),
      onpointerleave: () => (this.#tip.hidden = true),
      onkeydown: (event) => this.#key(event),
      onblur: () => this.#mark(null),
    });
    drawing.append(this.#foot(plot, height));
    lanes.forEach(
      (each, row) => drawing.append(this.#lane(each, row * step + (isNarrow ? 14 : 0), lane, plot, isNarrow)));
    drawing.append(this.#selection(plot, height - FOOT));
    drawing.append(
      svg('rect', {class: 'cursor', y: 0, height: height - FOOT, width: plot.width / BINS, visibility: 'hidden'}));
    fill(this.element, drawing, this.#tip);
  }

  #lane({label, index, bins, most}, top, high, plot, isNarrow) {
    const wide = plot.width / BINS;
    return svg(
      'g', {}, svg('text', {x: 0, y: isNarrow ? top - 4 : top + high - 7, class: 'lane-name'}, label),
      svg('line', {x1: plot.left, x2: plot.right, y1: top + high - 0.5, y2: top + high - 0.5, class: 'rule'}),
      Array.from(bins, (value, bin) => {
        if (value === 0) return null;
        const tall = Math.max(2, (value / most) * high);
        return svg('rect', {
          x: plot.left + bin * wide,
          y: top + high - tall,
          width: Math.max(1, wide - 1),
          height: tall,
          style: {fill: classColor(index)}
        });
      }), svg('text', {x: plot.right + 8, y: top + high - 7, class: 'lane-most'}, shortCount(most)));
  }

  #foot(plot, height) {
    const marks = ticks(this.#axis, Math.max(2, Math.floor(plot.width / 110)));
    return svg('g', {class: 'axis'}, marks.map(({share, label}) => {
      const x = plot.left + share * plot.width;
      const anchor = share < 0.04 ? 'start' : share > 0.96 ? 'end' : 'middle';
      return [
        svg('line', {x1: x, x2: x, y1: 0, y2: height - FOOT + 4, class: 'rule'}),
        svg('text', {x, y: height - 4, 'text-anchor': anchor}, label)
      ];
    }));
  }

  #selection(plot, height) {
    const {from, to} = this.#view;
    if (from === undefined && to === undefined) return svg('g', {class: 'selection'});
    const share = (place) =>
      Math.min(1, Math.max(0, (place - this.#axis.from) / (this.#axis.to - this.#axis.from || 1)));
    const start = plot.left + share(from ?? this.#axis.from) * plot.width;
    const end = plot.left + share(to ?? this.#axis.to) * plot.width;
    return svg('g', {class: 'selection'}, svg('rect', {x: start, width: Math.max(2, end - start), y: 0, height}));
  }

  #place(bin) {
    return this.#axis.from + (bin / BINS) * (this.#axis.to - this.#axis.from);
  }

  #binAt(event) {
    const plot = this.#plot;
    const x = event.clientX - this.element.getBoundingClientRect().left - plot.left;
    return Math.min(BINS - 1, Math.max(0, Math.floor((x / plot.width) * BINS)));
  }

  #choose(first, last) {
    const [a, b] = first <= last ? [first, last] : [last, first];
    const edge = (bin) => (this.#axis.isTime ? Math.round(this.#place(bin)) : Math.floor(this.#place(bin)));
    this.#select(edge(a), b === BINS - 1 ? this.#axis.to : edge(b + 1));
  }

  #press(event) {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    this.#anchor = this.#binAt(event);
  }

  #hover(event) {
    const bin = this.#binAt(event);
    if (this.#anchor !== null) this.#mark(Math.min(bin, this.#anchor), Math.max(bin, this.#anchor));
    this.#showTip(bin, event.clientX - this.element.getBoundingClientRect().left);
  }

  #release(event) {
    if (this.#anchor === null) return;
    const first = this.#anchor;
    this.#anchor = null;
    this.#choose(first, this.#binAt(event));
  }

  #cancel() {
    this.#anchor = null;
    this.#mark(null);
  }

  #key(event) {
    const move = {ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -BINS, End: BINS}[event.key];
    if (move !== undefined) {
      const next = Math.min(BINS - 1, Math.max(0, this.#cursor + move));
      this.#anchor = event.shiftKey ? (this.#anchor ?? this.#cursor) : null;
      this.#cursor = next;
      this.#mark(Math.min(next, this.#anchor ?? next), Math.max(next, this.#anchor ?? next));
      announce(this.#says(next));
    } else if (event.key === 'Enter' || event.key === ' ') {
      const first = this.#anchor ?? this.#cursor;
      this.#anchor = null;
      this.#choose(first, this.#cursor);
    } else if (event.key === 'Escape') {
      this.#anchor = null;
      this.#select();
    } else {
      return;
    }
    event.preventDefault();
  }

  #mark(first, last) {
    const cursor = this.element.querySelector('.cursor');
    cursor?.setAttribute('visibility', first === null ? 'hidden' : 'visible');
    if (first === null || !cursor) return;
    const plot = this.#plot;
    cursor.setAttribute('x', plot.left + (first / BINS) * plot.width);
    cursor.setAttribute('width', ((last - first + 1) / BINS) * plot.width);
  }

  #counts(bin) {
    return classes.map(({label}, index) => ({label, index, value: this.#facets.bins[index][bin]}))
      .filter(({value}) => value > 0);
  }

  #range(bin) {
    const span = this.#axis.to - this.#axis.from;
    if (this.#axis.isTime) return `${time(this.#place(bin), span)} – ${time(this.#place(bin + 1), span)}`;
    return `lines ${count(Math.floor(this.#place(bin)))} – ${count(Math.floor(this.#place(bin + 1)))}`;
  }

  #says(bin) {
    const counts = this.#counts(bin).map(({label, value}) => `${label} ${value}`);
    return `${this.#range(bin)}: ${counts.length ? counts.join(', ') : 'no lines'}`;
  }

  #showTip(bin, x) {
    const counts = this.#counts(bin);
    fill(
      this.#tip, h('strong', {}, this.#range(bin)),
      counts.length ?
        counts.map(
          ({label, index, value}) =>
            h('div', {style: {'--class': classColor(index)}}, h('i'), label, h('b', {class: 'number'}, count(value)))) :
        h('div', {}, 'No lines'));
    this.#tip.hidden = false;
    const wide = this.#tip.offsetWidth;
    this.#tip.style.left = `${Math.max(0, Math.min(x + 14, this.element.clientWidth - wide))}px`;
  }
}

function shortCount(value) {
  if (value < 1000) return String(value);
  return value < 1e6 ? `${(value / 1e3).toFixed(value < 1e4 ? 1 : 0)}k` : `${(value / 1e6).toFixed(1)}M`;
}
