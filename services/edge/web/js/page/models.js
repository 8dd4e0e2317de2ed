// Models: how good each is, honestly, and what each makes of the lines at hand.
import {bars} from '../chart/bars.js';
import {classColor, classes} from '../data/classes.js';
import {count, counted, percent} from '../data/format.js';
import {session} from '../data/session.js';
import {get, post} from '../net/api.js';
import {catalog} from '../net/catalog.js';
import {fill, h, svg} from '../part/dom.js';
import {emptyState, failureNotice} from '../part/failure.js';

export const title = 'Models';

const COMPARED = 1000;

/** The page. */
export function mount(root) {
  const cards = h('section', {class: 'cards', 'aria-label': 'Models'});
  const outcome = h('div', {class: 'page'});
  root.append(h(
    'div', {class: 'page'},
    h('header', {class: 'page-head'},
      h('div', {}, h('h1', {}, 'Models'),
        h('p', {},
          'A figure here is of event templates that training never saw: what to expect of messages nobody has labelled yet. Judged line by line instead, every model would look better than it is, because logs repeat themselves.'))),
    cards, outcome));

  async function draw() {
    try {
      const [models, info] = await Promise.all([
        catalog(), get('/model-info').catch((failure) => {
          if (failure.isMissing) return null;
          throw failure;
        })
      ]);
      fill(cards, models.map((model) => card(model, info)));
      fill(outcome, comparison(models.filter(({isLoaded}) => isLoaded)));
    } catch (failure) {
      fill(outcome, failureNotice(failure, 'The models are not known', draw));
    }
  }

  function comparison(loaded) {
    const {store} = session.current ?? {};
    if (!store?.length) {
      return emptyState(
        'models', 'Compare the models on your own lines',
        'Analyse a log, come back here, and every loaded model judges the same lines.',
        h('a', {class: 'button primary', href: '#/analyse'}, 'Analyse a log'));
    }
    if (loaded.length < 2)
      return emptyState(
        'models', 'One model is loaded',
        'To compare, the classifier needs a second one; how to train one stands in models/README.md.');
    return h(
      'section', {class: 'panel'}, h('div', {class: 'panel-head'}, h('h2', {}, 'The same lines, every model')),
      h('div', {class: 'panel-body'},
        h('button', {class: 'button', type: 'button', onclick: () => compare(store)},
          `Judge ${counted(Math.min(store.length, COMPARED), 'line')} of ${session.current.name}`)));
  }

  async function compare(store) {
    fill(outcome, h('p', {class: 'muted'}, 'Every model reads the lines…'));
    try {
      const answer = await post('/api/analyze', {logs: store.raw.slice(0, COMPARED), compare_models: true});
      fill(
        outcome,
        h('section', {class: 'panel', 'aria-label': 'Comparison'},
          h('div', {class: 'panel-head'}, h('h2', {}, `${counted(answer.total_logs, 'line')}, every model`)),
          h('div', {class: 'panel-body cards'},
            answer.comparison.map(
              (each) =>
                h('section', {}, h('h3', {}, each.model),
                  h('p', {class: 'small muted number'},
                    `${counted(each.anomaly_count, 'line')} of trouble (${percent(each.anomaly_rate)}), ${
                      percent(each.average_confidence)} sure on average`),
                  bars(
                    classes.map(({name, label}, index) => ({
                                  key: `${each.model}-${name}`,
                                  label,
                                  drawing: name,
                                  value: each.class_distribution[name] ?? 0,
                                  color: classColor(index)
                                })),
                    {whole: answer.total_logs, label: `Lines by class, ${each.model}`}))))));
    } catch (failure) {
      fill(outcome, failureNotice(failure, 'The comparison failed', () => compare(store)));
    }
  }

  draw();
  return {update() {}, unmount() {}};
}

function card({name, label, task, isLoaded}, info) {
  const details = name === 'ml' ? info?.ml_model : info?.bert_models?.[name];
  const score = details?.best_f1_score;
  return h(
    'section', {class: 'panel card'},
    h('div', {class: 'tile-head'}, h('h2', {}, label),
      h('span', {class: `pill ${isLoaded ? 'good' : ''}`}, isLoaded ? 'loaded' : 'not loaded')),
    h('p', {class: 'muted small'}, task),
    typeof score === 'number' &&
      h('div', {class: 'score'}, h('span', {class: 'tile-value number'}, score.toFixed(3)),
        h('span', {class: 'muted small'}, 'macro-F1 over seven classes'),
        svg(
          'svg', {'aria-hidden': 'true'}, svg('rect', {width: '100%', height: '100%', rx: 2, class: 'track'}),
          svg('rect', {width: `${score * 100}%`, height: '100%', rx: 2, class: 'value'}))),
    isLoaded && details &&
      h('dl', {class: 'facts'},
        [
          ['Algorithm', details.model_name],
          ['Classes', details.num_classes],
          ['Trained on', details.training_samples && `${count(details.training_samples)} texts`],
        ].filter(([, value]) => value)
          .map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {class: 'number'}, String(value))))));
}
