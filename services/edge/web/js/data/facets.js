// One pass over the lines: which a filter shows, and what each chart counts.
import {classes} from './classes.js';
import {ABSENT, FAILED} from './line-store.js';

const CLASS = 1;
const TYPE = 2;
const TEMPLATE = 4;
const TIME = 8;
const OTHER = 16;

/** How many columns a timeline has. */
export const BINS = 96;
/** How many a template's trend has. */
export const TREND_BINS = 32;

/**
 * What `view` shows of `store`, and the counts of every chart. A chart counts the lines that pass all filters but its own, so
 * that it shows what choosing something else there would bring.
 */
export function facetsOf(store, view, axis) {
  const {length} = store;
  const positions = new Uint32Array(length);
  const templates = store.templates.list.length;
  const facets = {
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
  const include = numbers(store, view.templates);
  const exclude = numbers(store, view.without);
  const types = new Set([...view.types].map((name) => store.logTypes.list.indexOf(name)));
  const search = view.text ? new RegExp(view.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i') : undefined;
  const scale = axis.to > axis.from ? 1 / (axis.to - axis.from) : 0;
  for (let i = 0; i < length; i += 1) {
    if (store.state[i] === ABSENT) continue;
    facets.lines += 1;
    const failed = store.state[i] === FAILED;
    if (failed) facets.failures += 1;
    const place = axis.at(i);
    let misses = 0;
    if (view.classes.size && (failed || !view.classes.has(store.classIndex[i]))) misses |= CLASS;
    if (types.size && (failed || !types.has(store.logType[i]))) misses |= TYPE;
    if (include.size && (failed || !include.has(store.template[i]))) misses |= TEMPLATE;
    if (!failed && exclude.has(store.template[i])) misses |= TEMPLATE;
    if (view.from !== undefined && !(place >= view.from)) misses |= TIME;
    if (view.to !== undefined && !(place <= view.to)) misses |= TIME;
    if (view.atLeast !== undefined && (failed || store.confidence[i] < view.atLeast)) misses |= OTHER;
    if (search && !(misses & OTHER) && !search.test(store.raw[i])) misses |= OTHER;
    if (misses === 0) {
      positions[facets.shown] = i;
      facets.shown += 1;
    }
    if (!failed) tally(facets, store, i, misses, place, (place - axis.from) * scale);
  }
  facets.positions = positions.subarray(0, facets.shown);
  return facets;
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
