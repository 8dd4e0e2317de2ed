// Health: what runs, and what does not.
import { get } from '../net/api.js';
import { fill, h } from '../part/dom.js';
import { failureNotice } from '../part/failure.js';
import { icon } from '../part/icons.js';

export const title = 'Health';

const EVERY = 5000;
const tiers = [
  ['edge', 'takes lines in and hands verdicts out'],
  ['parser', 'finds each line’s format, fields and template'],
  ['embedding', 'turns each distinct text into a vector'],
  ['classifier', 'judges vectors and features'],
];

/** The page, asked for anew every few seconds while it is looked at. */
export function mount(root) {
  const content = h('div', { class: 'page' });
  const asked = h('p', {}, 'Asking the server…');
  root.append(h('div', { class: 'page' }, h('header', { class: 'page-head' }, h('div', {}, h('h1', {}, 'Health'), asked)), content));
  let timer = null;
  let isOver = false;

  async function ask() {
    if (!document.hidden) await draw();
    if (!isOver) timer = setTimeout(ask, EVERY);
  }

  async function draw() {
    try {
      const health = await answerOf('/health');
      if (isOver) return;
      asked.textContent = `Asked at ${new Date().toLocaleTimeString('en-GB')}, again every ${EVERY / 1000} seconds.`;
      fill(content, summary(health), tierList(health), modelList(health));
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

/** The health as the edge tells it; an unhealthy edge tells it with 503. */
async function answerOf(path) {
  const response = await fetch(path, { credentials: 'omit', cache: 'no-store' }).catch(() => null);
  if (response && (response.ok || response.status === 503)) return response.json();
  return get(path);
}

function summary({ status, error }) {
  const isWell = status === 'healthy';
  return h('section', { class: 'verdict panel', style: { '--class': isWell ? 'var(--good)' : 'var(--bad)' } },
    h('div', { class: 'verdict-icon' }, icon(isWell ? 'normal' : 'system_failure')),
    h('div', { class: 'verdict-text' }, h('p', { class: 'verdict-headline' }, isWell ? 'All tiers answer' : 'Part of the system is away'),
      h('p', {}, isWell ? 'Lines are analysed as they come.' : error)));
}

function tierList({ tiers_unavailable: away = [] }) {
  return h('section', { class: 'tiles' }, tiers.map(([name, task]) => h('div', { class: 'tile panel' },
    h('h2', {}, name), h('p', { class: 'muted small' }, task),
    h('p', {}, h('span', { class: `pill ${away.includes(name) ? 'bad' : 'good'}` }, icon(away.includes(name) ? 'system_failure' : 'normal'), away.includes(name) ? 'does not answer' : 'answers')))));
}

function modelList({ models_loaded: models }) {
  return h('section', { class: 'panel' }, h('div', { class: 'panel-head' }, h('h2', {}, 'Models')), h('ul', { class: 'panel-body plain-list' },
    Object.entries(models).map(([name, isLoaded]) => h('li', {}, h('code', {}, name), h('span', { class: `pill ${isLoaded ? 'good' : ''}` }, isLoaded ? 'loaded' : 'not loaded')))));
}
