// Why a line has its verdict: the sentence, the words and features that decided, and what is known that is most like it.
import {signed, signedBars} from '../chart/bars.js';
import {classColor, classes, classIndex} from '../data/classes.js';
import {percent, visible} from '../data/format.js';
import {explanationOf} from '../net/explain.js';

import {fill, h} from './dom.js';
import {failureNotice} from './failure.js';
import {icon} from './icons.js';

const PATIENCE = 200;  // ms: who steps through lines asks for the one that they stay at
const FEATURES = 6;

const methods = {
  occlusion: 'by taking each word away in turn',
  integrated_gradients: 'by the encoder’s gradients',
  exact: 'exactly: the model is a sum over words',
};

// Explanations that were asked for, by their analysis and position.
const known = new WeakMap();

/** A section that explains the line at `position`, as soon as the server has said why; `signal` ends the asking. */
export function explanation(analysis, position, signal) {
  const section =
    h('section', {class: 'explanation', 'aria-label': 'Explanation'}, h('p', {class: 'muted small'}, 'Asking why…'));
  const answers = known.get(analysis) ?? known.set(analysis, new Map()).get(analysis);
  const ask = async () => {
    if (signal.aborted) return;
    try {
      if (!answers.has(position))
        answers.set(position, await explanationOf(analysis.store.raw[position], analysis.settings, signal));
      fill(section, drawing(answers.get(position)));
    } catch (failure) {
      if (failure.name === 'AbortError') return;
      fill(section, failureNotice(failure, 'The verdict cannot be explained now', ask));
    }
  };
  if (answers.has(position))
    ask();
  else
    setTimeout(ask, PATIENCE);
  return section;
}

function drawing(answer) {
  if (!answer) return h('p', {class: 'muted small'}, 'This server does not explain verdicts.');
  const {error, explanation: why} = answer;
  if (!why) return h('p', {class: 'muted small'}, error?.detail ?? 'There is nothing to explain.');
  const color = classColor(classIndex.get(why.class_name));
  return [
    h('h3', {}, `Why ${classes[classIndex.get(why.class_name)].label}`),
    h('p', {}, why.sentence),
    why.words.length > 0 && words(why, color),
    why.groups.length > 0 && parts(why, color),
    nearest(why),
  ];
}

/** The text that the model read, each word tinted by how much it spoke for the class; what spoke against it is underlined. */
function words({words: all, word_method: method}, color) {
  const most = Math.max(...all.map(({contribution}) => contribution), Number.MIN_VALUE);
  const strongest = all.filter(({contribution}) => contribution > 0.25 * most)
                      .sort((a, b) => b.contribution - a.contribution)
                      .slice(0, 5)
                      .map(({word}) => word);
  return h(
    'div', {class: 'words', style: {'--class': color}}, h('h3', {}, 'Words that decided'),
    h('p', {class: 'visually-hidden'},
      strongest.length ? `Most for it: ${visible(strongest.join(', '), 200)}` : 'None'),
    h('p', {class: 'log-text'},
      all.slice(0, 200).map(
        ({word, contribution}) => [wordSpan(visible(word, 60), contribution, contribution / most), ' '])),
    h('p', {class: 'muted small'},
      `Tinted: speaks for the class. Dotted: against it. Measured ${methods[method] ?? method}.`));
}

function wordSpan(text, contribution, share) {
  return h(
    'span', {
      class: share < -0.1 ? 'against' : '',
      style: {'--share': Math.max(0, share).toFixed(3)},
      title: signed(contribution)
    },
    text);
}

function parts({groups, features}, color) {
  const rows = groups.map(({title, contribution}) => ({label: title, value: contribution}));
  const named = features.slice(0, FEATURES).map(({name, meaning, value, contribution}) => ({
                                                  label: name.replaceAll('_', ' '),
                                                  note: Number(value.toPrecision(3)).toString(),
                                                  hint: meaning,
                                                  value: contribution,
                                                }));
  return h(
    'div', {class: 'parts', style: {'--class': color}}, h('h3', {}, 'What the model weighed'),
    signedBars(rows, 'Contributions of groups of features'),
    named.length > 0 && [h('h3', {}, 'Features that decided'), signedBars(named, 'Contributions of features')]);
}

function nearest({nearest_templates: all, far_from_known: isFar}) {
  if (all.length === 0 && !isFar) return null;
  return h(
    'div', {class: 'nearest'}, h('h3', {}, 'Nearest known templates'),
    isFar && h('p', {class: 'small'}, 'Nothing that the model was trained on is near: trust this verdict less.'),
    h('ol', {}, all.map(({template, class_name: name, source, similarity}) => {
      const index = classIndex.get(name);
      return h(
        'li', {style: {'--class': classColor(index)}}, h('span', {class: 'log-text'}, visible(template, 300)),
        h('span', {class: 'muted small number'}, h('span', {class: 'badge'}, icon(name), classes[index].label),
          ` · ${percent(Math.max(0, similarity), 0)} alike${source ? ` · ${source}` : ''}`));
    })));
}
