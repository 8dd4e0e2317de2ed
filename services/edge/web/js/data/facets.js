// One pass over the lines: which a filter shows, and what each chart counts.
import {classes} from './classes.js';
import {ABSENT, FAILED} from './line-store.js';

const CLASS = 1;
const TYPE = 2;
const TEMPLATE = 4;
const TIME = 8;
const OTHER = 16;

const AT_ONCE = 4096;  // lines between two looks at the clock

/** How many columns a timeline has. */
export const BINS = 96;
/** How many a template's trend has. */
export const TREND_BINS = 32;

/** What `view` shows of `store`, and the counts of every chart. */
export function facetsOf(store, view, axis) {
  const pass = new FacetPass(store, view, axis);
  pass.advance(Infinity);
  return pass.facets;
}

/**
 * A pass over all lines that can be interrupted, so that a page with a million of them stays responsive. A chart counts the
 * lines that pass all filters but its own, so that it shows what choosing something else there would bring.
 */
export class FacetPass {
  facets;
  #store;
  #view;
  #axis;
  #position = 0;
  #positions;
  #include;
  #exclude;
  #types;
  #search;

  constructor(store, view, axis) {
    const {length} = store;
    const templates = store.templates.list.length;
    this.#store = store;
    this.#view = view;
    this.#axis = axis;
    this.#positions = new Uint32Array(length);
    this.#include = numbers(store, view.templates);
    this.#exclude = numbers(store, view.without);
    this.#types = new Set([...view.types].map((name) => store.logTypes.list.indexOf(name)));
    this.#search = view.text ? new RegExp(view.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i') : undefined;
    this.facets = {
      lines: 0,
      failures: 0,
      shown: 0,
      classCounts: new Uint32Array(classes.length),
      typeCounts: new Uint32Array(store.logTypes.list.length),
      templateCounts: new Uint32Array(templates),
      templateClass: new Uint32Array(templates * classes.length),
      templateFirst: new Float64Array(templates).fill(NaN),
      templateLast: new Float64Array(templates).fill(NaN),
      trends: new Uint32Array(templates * TREND_BINS),
      bins: classes.map(() => new Uint32Array(BINS)),
    };
  }

  /** Goes on for about that many milliseconds; true when all lines have been passed. */
  advance(milliseconds) {
    const until = performance.now() + milliseconds;
    const {length} = this.#positions;
    while (this.#position < length) {
      const end = Math.min(length, this.#position + AT_ONCE);
      for (; this.#position < end; this.#position += 1)
        if (this.#store.state[this.#position] !== ABSENT) this.#pass(this.#position);
      if (performance.now() > until) break;
    }
    this.facets.positions = this.#positions.subarray(0, this.facets.shown);
    return this.#position === length;
  }

  #pass(i) {
    const {facets} = this;
    const store = this.#store;
    const view = this.#view;
    const {from, to} = this.#axis;
    const failed = store.state[i] === FAILED;
    const place = this.#axis.at(i);
    facets.lines += 1;
    if (failed) facets.failures += 1;
    let misses = 0;
    if (view.classes.size && (failed || !view.classes.has(store.classIndex[i]))) misses |= CLASS;
    if (this.#types.size && (failed || !this.#types.has(store.logType[i]))) misses |= TYPE;
    if (this.#include.size && (failed || !this.#include.has(store.template[i]))) misses |= TEMPLATE;
    if (!failed && this.#exclude.has(store.template[i])) misses |= TEMPLATE;
    if (view.from !== undefined && !(place >= view.from)) misses |= TIME;
    if (view.to !== undefined && !(place <= view.to)) misses |= TIME;
    if (view.atLeast !== undefined && (failed || store.confidence[i] < view.atLeast)) misses |= OTHER;
    if (this.#search && !(misses & OTHER) && !this.#search.test(store.raw[i])) misses |= OTHER;
    if (misses === 0) {
      this.#positions[facets.shown] = i;
      facets.shown += 1;
    }
    if (!failed) tally(facets, store, i, misses, place, to > from ? (place - from) / (to - from) : 0);
  }
}

function tally(facets, store, i, misses, place, share) {
  const classNumber = store.classIndex[i];
  const template = store.template[i];
  if ((misses & ~CLASS) === 0) facets.classCounts[classNumber] += 1;
  if ((misses & ~TYPE) === 0) facets.typeCounts[store.logType[i]] += 1;
  if ((misses & ~TIME) === 0 && share >= 0) facets.bins[classNumber][Math.min(BINS - 1, Math.floor(share * BINS))] += 1;
  if ((misses & ~TEMPLATE) !== 0) return;
  facets.templateCounts[template] += 1;
  facets.templateClass[template * classes.length + classNumber] += 1;
  if (Number.isNaN(place)) return;
  facets.trends[template * TREND_BINS + Math.min(TREND_BINS - 1, Math.floor(share * TREND_BINS))] += 1;
  if (!(facets.templateFirst[template] <= place)) facets.templateFirst[template] = place;
  if (!(facets.templateLast[template] >= place)) facets.templateLast[template] = place;
}

function numbers(store, texts) {
  return new Set([...texts].map((text) => store.templates.list.indexOf(text)));
}

/** The templates that the facets count, most lines first: number, text, count, class, first, last, trend. */
export function templatesOf(store, facets) {
  const rows = [];
  for (let number = 0; number < facets.templateCounts.length; number += 1) {
    const total = facets.templateCounts[number];
    if (total === 0) continue;
    const byClass = facets.templateClass.subarray(number * classes.length, (number + 1) * classes.length);
    rows.push({
      number,
      total,
      byClass,
      text: store.templates.list[number],
      classNumber: byClass.indexOf(Math.max(...byClass)),
      first: facets.templateFirst[number],
      last: facets.templateLast[number],
      trend: facets.trends.subarray(number * TREND_BINS, (number + 1) * TREND_BINS),
    });
  }
  return rows.sort((a, b) => b.total - a.total || a.number - b.number);
}
