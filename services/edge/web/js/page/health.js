// Health: what runs, what does not, and how long it takes.
import {bars, meter} from '../chart/bars.js';
import {classColor, classes} from '../data/classes.js';
import {bytes, count, counted, percent, sentence} from '../data/format.js';
import {get} from '../net/api.js';
import {histogram, metrics, sumsBy} from '../net/metrics.js';
import {fill, h} from '../part/dom.js';
import {failureNotice} from '../part/failure.js';
import {icon} from '../part/icons.js';
import {edgeTile, tierTile} from '../part/tier-tile.js';

export const title = 'Health';

const EVERY = 5000;
const ANALYSES = ['/v1/logs:analyze', '/api/predict'];

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
      const [status, samples] = await Promise.all([get('/v1/status'), metrics()]);
      if (isOver) return;
      asked.textContent = `Asked at ${new Date().toLocaleTimeString('en-GB')}, again every ${
        EVERY / 1000} seconds. Counts are since this edge started.`;
      const times = ANALYSES.map((path) => histogram(samples, 'http_server_request_seconds', {path}))
                      .reduce((most, each) => (each.count > most.count ? each : most));
      fill(
        content, summary(status),
        h('section', {class: 'tiles', 'aria-label': 'Tiers'}, edgeTile(status, times),
          status.tiers.map((tier) => tierTile(tier, samples))),
        h('div', {class: 'two'}, linePanel(samples),
          h('div', {class: 'page'}, cachePanel(status.caches), requestPanel(samples))));
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

function summary({tiers}) {
  const away = tiers.filter(({available}) => !available);
  const isWell = away.length === 0;
  return h(
    'section', {class: 'verdict panel', style: {'--class': isWell ? 'var(--good)' : 'var(--bad)'}},
    h('div', {class: 'verdict-icon'}, icon(isWell ? 'normal' : 'system_failure')),
    h('div', {class: 'verdict-text'},
      h('p', {class: 'verdict-headline'},
        isWell ? 'All tiers answer' : `Part of the system is away: ${away.map(({tier}) => tier).join(', ')}`),
      isWell ? h('p', {}, 'Lines are analysed as they come.') :
               away.map(({tier, reason}) => h('p', {}, `${tier}: ${sentence(reason)}`)),
      !isWell && h('p', {}, 'Analyses wait for it and go on by themselves when it is back.')));
}

function requestPanel(samples) {
  const byStatus = [...sumsBy(samples, 'http_server_requests_total', 'status')].sort();
  const whole = byStatus.reduce((sum, [, value]) => sum + value, 0);
  return panel(
    'Requests by answer', count(whole),
    byStatus.map(([status, value]) => [`HTTP ${status}`, value, status < '400' ? 'var(--good)' : 'var(--bad)']));
}

function linePanel(samples) {
  const byClass = sumsBy(samples, 'tocsin_lines_total', 'class');
  const texts = samples.find(({name}) => name === 'tocsin_embedded_texts_total')?.value ?? 0;
  const lines = [...byClass.values()].reduce((sum, value) => sum + value, 0);
  const note = lines ? `${counted(lines, 'line')}; ${percent(1 - texts / lines)} were repeats and cost no embedding` :
                       'none since the start';
  return panel(
    'Lines judged', note,
    classes.map(({name, label}, index) => [label, byClass.get(name) ?? 0, classColor(index), name]));
}

const cacheNames = {
  verdicts: 'Verdicts',
  vectors: 'Vectors',
};

/** Of what was looked up in each of the edge's caches, how much was found. */
function cachePanel(caches) {
  return h(
    'section', {class: 'panel', 'aria-label': 'Caches'},
    h('div', {class: 'panel-head'}, h('h2', {}, 'Caches'), h('span', {class: 'muted'}, 'found of what was looked up')),
    h('ul', {class: 'panel-body caches'}, Object.entries(caches).map(([name, cache]) => {
      const asked = cache.hits + cache.misses;
      return h(
        'li', {}, h('span', {}, cacheNames[name] ?? name), meter(asked ? cache.hits / asked : 0),
        h('span', {class: 'number'}, asked ? percent(cache.hits / asked) : '–'),
        h('span', {class: 'muted number small'},
          `${counted(asked, 'look-up')}; ${count(cache.entries)} kept in ${bytes(cache.bytes)} of ${
            bytes(cache.max_bytes)}`));
    })));
}

/** Counts that filter nothing. */
function panel(heading, note, rows) {
  const whole = rows.reduce((sum, [, value]) => sum + value, 0);
  return h(
    'section', {class: 'panel'},
    h('div', {class: 'panel-head'}, h('h2', {}, heading), h('span', {class: 'muted number'}, note)),
    h('div', {class: 'panel-body'},
      bars(
        rows.map(([label, value, color, drawing]) => ({key: label, label, value, color, drawing})),
        {whole, label: heading})));
}
