// What is known of one model.
import {meter} from '../chart/bars.js';
import {confusion} from '../chart/confusion.js';
import {reliability} from '../chart/reliability.js';
import {count, percent} from '../data/format.js';

import {h} from './dom.js';

const protocols = {
  T: ['New messages', 'of systems that are known'],
  S: ['New systems', 'of which training saw no line'],
};

/** The card of a model, as `/v1/models` describes it. */
export function modelCard({name, label, task, algorithm, version, active, training_samples: samples, ...rest}) {
  const measured = Object.entries(protocols)
                     .map(([key, words]) => ({key, words, figures: rest.evaluation?.[key]}))
                     .filter(({figures}) => figures);
  return h(
    'section', {class: 'panel card', 'aria-label': `Model ${label}`},
    h('div', {class: 'tile-head'}, h('h2', {}, label),
      active && h('span', {class: 'pill good', title: 'Answers where a request names none'}, 'active')),
    h('p', {class: 'muted small'}, task), scores(measured, rest.macro_f1),
    h('dl', {class: 'facts'},
      [
        ['Name', h('code', {}, name)],
        ['Algorithm', algorithm],
        ['Version', version],
        ['Trained on', samples && `${count(samples)} texts`],
      ].filter(([, value]) => value)
        .map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {class: 'number'}, value)))),
    measured.map(({key, words, figures}) => details(key, words, figures)));
}

function scores(measured, macroF1) {
  if (measured.length)
    return h(
      'div', {class: 'scores'},
      measured.map(({words: [title, note], figures}) => {
        const [low, high] = figures.macro_f1_interval.map((value) => value.toFixed(3));
        return score(figures.macro_f1, title, `macro-F1, messages ${note}; 95 % of samples: ${low} to ${high}`);
      }));
  if (typeof macroF1 === 'number')
    return h('div', {class: 'scores'}, score(macroF1, 'New messages', 'macro-F1 over seven classes'));
  return h('p', {class: 'small'}, 'Nobody has measured this model on templates that it has not seen.');
}

function score(value, title, note) {
  return h(
    'div', {class: 'score'}, h('span', {class: 'small'}, title),
    h('span', {class: 'tile-value number'}, value.toFixed(3)), meter(value), h('span', {class: 'muted small'}, note));
}

function details(key, [title], figures) {
  return h(
    'details', {class: 'measured'}, h('summary', {}, `${title}: what is taken for what, and how sure`),
    h('p', {class: 'small muted'},
      [
        `${count(figures.templates)} templates`,
        `${percent(figures.accuracy)} right`,
        `calibration error ${percent(figures.calibration_error)}`,
      ].join(' · ')),
    confusion(figures.confusion, `${title}, protocol ${key}`),
    reliability(figures.reliability, `${title}, protocol ${key}`));
}
