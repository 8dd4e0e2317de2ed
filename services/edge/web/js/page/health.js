// Health: what runs, what does not, and how long it takes.
import {bars} from '../chart/bars.js';
import {buckets} from '../chart/buckets.js';
import {classColor, classes} from '../data/classes.js';
import {count, counted, duration} from '../data/format.js';
import {answerOf} from '../net/api.js';
import {histogram, metrics, quantile, sumsBy} from '../net/metrics.js';
import {fill, h} from '../part/dom.js';
import {failureNotice} from '../part/failure.js';
import {icon} from '../part/icons.js';
import {go} from '../part/router.js';

export const title = 'Health';

const EVERY = 5000;
const tiers = [
  {name: 'edge', task: 'takes lines in and hands verdicts out'},
  {name: 'parser', task: 'finds each line’s format, fields and template', stage: 'parse'},
  {name: 'embedding', task: 'turns each distinct text into a vector', stage: 'embed'},
  {name: 'classifier', task: 'judges vectors and features', stage: 'classify'},
];

/** The page, asked for anew every few seconds while it is looked at. */
export function mount(root) {
  const content = h('div', {class: 'page'});
  const asked = h('p', {}, 'Asking the server…');
  root.append(
    h('div', {class: 'page'}, h('header', {class: 'page-head'}, h('div', {}, h('h1', {}, 'Health'), asked)), content));
  let timer = null;
  let isOver = false;

  async function ask() {
    if (!document.hidden) await draw();
    if (!isOver) timer = setTimeout(ask, EVERY);
  }

  async function draw() {
    try {
      const [health, samples] = await Promise.all([answerOf('/health'), metrics()]);
      if (isOver) return;
      asked.textContent = `Asked at ${new Date().toLocaleTimeString('en-GB')}, again every ${
        EVERY / 1000} seconds. Counts are since this edge started.`;
      fill(
        content, summary(health),
        h('section', {class: 'tiles', 'aria-label': 'Tiers'}, tiers.map((tier) => tierTile(tier, health, samples))),
        h('div', {class: 'two'}, requestPanel(samples), linePanel(samples)), modelPanel(health));
    } catch (failure) {
      if (!isOver) fill(content, failureNotice(failure, 'The server’s health is not known', () => draw()));
    }
  }

  ask();
  return {
    update() {},
    unmount() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}

function summary({status, error}) {
  const isWell = status === 'healthy';
  return h(
    'section', {class: 'verdict panel', style: {'--class': isWell ? 'var(--good)' : 'var(--bad)'}},
    h('div', {class: 'verdict-icon'}, icon(isWell ? 'normal' : 'system_failure')),
    h('div', {class: 'verdict-text'},
      h('p', {class: 'verdict-headline'}, isWell ? 'All tiers answer' : 'Part of the system is away'),
      h('p', {}, isWell ? 'Lines are analysed as they come.' : error)));
}

function tierTile({name, task, stage}, {tiers_unavailable: away = []}, samples) {
  const isAway = away.includes(name);
  const times = stage ? histogram(samples, 'tocsin_stage_seconds', {stage}) :
                        histogram(samples, 'http_server_request_seconds', {path: '/api/predict'});
  return h(
    'section', {class: 'tile panel'},
    h('div', {class: 'tile-head'}, h('h2', {}, name),
      h('span', {class: `pill ${isAway ? 'bad' : 'good'}`}, icon(isAway ? 'system_failure' : 'normal'),
        isAway ? 'does not answer' : 'answers')),
    h('p', {class: 'muted small'}, task),
    times.count > 0 ?
      [
        buckets(times, `How long ${stage ? 'an analysis waits for it' : 'an analysis takes'}`),
        h('p', {class: 'small number'},
          `half within ${duration(quantile(times, 0.5) * 1000)}, 95 % within ${
            duration(quantile(times, 0.95) * 1000)}`),
        h('p', {class: 'small muted number'},
          `${counted(times.count, 'analysis', 'analyses')}, ${duration(times.mean * 1000)} on average`)
      ] :
      h('p', {class: 'small muted'}, 'Nothing has been analysed since the start.'));
}

function requestPanel(samples) {
  const byStatus = [...sumsBy(samples, 'http_server_requests_total', 'status')].sort();
  return h(
    'section', {class: 'panel'},
    h('div', {class: 'panel-head'}, h('h2', {}, 'Requests by answer'),
      h('span', {class: 'muted number'}, count(byStatus.reduce((sum, [, value]) => sum + value, 0)))),
    h('div', {class: 'panel-body'},
      facts(
        byStatus.map(([status, value]) => [`HTTP ${status}`, value, status < '400' ? 'var(--good)' : 'var(--bad)']))));
}

function linePanel(samples) {
  const byClass = sumsBy(samples, 'tocsin_lines_total', 'class');
  const texts = samples.find(({name}) => name === 'tocsin_embedded_texts_total')?.value ?? 0;
  const lines = [...byClass.values()].reduce((sum, value) => sum + value, 0);
  return h(
    'section', {class: 'panel'},
    h('div', {class: 'panel-head'}, h('h2', {}, 'Lines judged'),
      h('span', {class: 'muted number'},
        lines ? `${count(lines)}, of which ${count(texts)} texts had to be embedded: the rest were repeats` :
                'none since the start')),
    h('div', {class: 'panel-body'},
      facts(classes.map(({name, label}, index) => [label, byClass.get(name) ?? 0, classColor(index), name]))));
}

/** Counts that filter nothing. */
function facts(rows) {
  const whole = rows.reduce((sum, [, value]) => sum + value, 0);
  return bars(
    rows.map(([label, value, color, drawing]) => ({key: label, label, value, color, drawing})),
    {whole, label: 'Counts'});
}

function modelPanel({models_loaded: models}) {
  return h(
    'section', {class: 'panel'}, h('div', {class: 'panel-head'}, h('h2', {}, 'Models in the classifier')),
    h('ul', {class: 'panel-body plain-list'},
      Object.entries(models).map(
        ([name, isLoaded]) =>
          h('li', {}, h('code', {}, name),
            h('span', {class: `pill ${isLoaded ? 'good' : ''}`}, isLoaded ? 'loaded' : 'not loaded'))),
      h('li', {}, h('button', {class: 'button', type: 'button', onclick: () => go('models')}, 'What they are'))));
}
