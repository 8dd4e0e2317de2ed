// Several models on the same lines: how much trouble each sees, and on which lines they disagree.
import {bars} from '../chart/bars.js';
import {agreementOf} from '../data/agreement.js';
import {classColor, classes} from '../data/classes.js';
import {count, counted, percent, visible} from '../data/format.js';
import {verdictsOf} from '../net/verdicts.js';

import {announce, fill, h} from './dom.js';
import {emptyState, failureNotice} from './failure.js';
import {icon} from './icons.js';

const COMPARED = 2000;
const SHOWN = 50;

/** A panel that compares `models` on the lines of an analysis when it is asked to. */
export class ModelComparison {
  element = h('section', {class: 'page', 'aria-label': 'Comparison'});
  #abort = new AbortController();

  update(models, analysis) {
    fill(this.element, this.#offer(models, analysis));
  }

  cancel() {
    this.#abort.abort();
  }

  #offer(models, analysis) {
    if (!analysis?.rows)
      return emptyState(
        'models', 'Compare the models on your own lines',
        'Analyse a log and come back here: every loaded model then judges the same lines.',
        h('a', {class: 'button primary', href: '#/analyse'}, 'Analyse a log'));
    if (models.length < 2)
      return emptyState(
        'models', 'One model is loaded',
        'To compare, the classifier needs a second one; how to train one stands in models/README.md.');
    const lines = analysis.store.raw.slice(0, COMPARED).filter((line) => line !== undefined);
    return h(
      'section', {class: 'panel'}, h('div', {class: 'panel-head'}, h('h2', {}, 'The same lines, every model')),
      h('div', {class: 'panel-body actions'},
        h('button', {class: 'button primary', type: 'button', onclick: () => this.#compare(models, lines)},
          `Judge ${counted(lines.length, 'line')} with ${counted(models.length, 'model')}`),
        h('span', {class: 'muted small'}, visible(analysis.name, 80))));
  }

  async #compare(models, lines) {
    this.#abort = new AbortController();
    try {
      const verdicts = [];
      for (const model of models) {
        fill(this.element, h('p', {class: 'muted', role: 'status'}, `${model.label} reads the lines…`));
        verdicts.push(await verdictsOf(lines, {model: model.name}, this.#abort.signal));
      }
      this.#draw(models, lines, verdicts);
      announce('Comparison done');
    } catch (failure) {
      if (failure.name === 'AbortError') return;
      fill(this.element, failureNotice(failure, 'The comparison failed', () => this.#compare(models, lines)));
    }
  }

  #draw(models, lines, verdicts) {
    const {byModel, disputed, agreed} = agreementOf(verdicts);
    fill(
      this.element,
      h('section', {class: 'panel'},
        h('div', {class: 'panel-head'}, h('h2', {}, `${counted(lines.length, 'line')}, every model`),
          h('span', {class: 'muted'}, `all agree on ${percent(agreed)}`)),
        h('div', {class: 'panel-body cards'}, models.map((model, i) => shares(model, byModel[i])))),
      disputed.length > 0 && this.#disputes(models, lines, verdicts, disputed));
  }

  #disputes(models, lines, verdicts, disputed) {
    return h(
      'section', {class: 'panel', 'aria-label': 'Lines on which the models disagree'},
      h('div', {class: 'panel-head'}, h('h2', {}, 'Where they disagree'),
        h('span', {class: 'muted number'}, counted(disputed.length, 'line'))),
      h('div', {class: 'panel-body scroll-x', tabindex: 0},
        h('table', {class: 'plain'},
          h('thead', {},
            h('tr', {}, h('th', {class: 'number'}, 'Line'), models.map(({label}) => h('th', {}, label)),
              h('th', {}, 'Raw line'))),
          h('tbody', {},
            disputed.slice(0, SHOWN).map(
              (i) =>
                h('tr', {}, h('td', {class: 'number muted'}, count(i + 1)),
                  verdicts.map((each) => h('td', {}, opinion(each[i]))),
                  h('td', {class: 'log-text'}, visible(lines[i], 160))))))),
      disputed.length > SHOWN &&
        h('p', {class: 'more muted small'}, `${counted(disputed.length - SHOWN, 'line')} more not shown`));
  }
}

function shares({label}, {counts, trouble, confidence}) {
  const whole = counts.reduce((sum, value) => sum + value, 0);
  return h(
    'section', {}, h('h3', {}, label),
    h('p', {class: 'small muted number'},
      `${counted(trouble, 'line')} of trouble (${percent(whole ? trouble / whole : 0)}), ${
        percent(confidence)} sure on average`),
    bars(
      classes.map(
        ({name, label: text}, index) =>
          ({key: `${label}-${name}`, label: text, drawing: name, value: counts[index], color: classColor(index)})),
      {whole, label: `Lines by class, ${label}`}));
}

function opinion(verdict) {
  if (!verdict) return '';
  const {name, label} = classes[verdict.classNumber];
  return h(
    'span', {class: 'badge', style: {'--class': classColor(verdict.classNumber)}}, icon(name), label,
    h('span', {class: 'muted number'}, percent(verdict.confidence, 0)));
}
