// Templates: what kinds of message the analysed lines are, how many of each and when.
import {sparkline} from '../chart/sparkline.js';
import {classColor, classes} from '../data/classes.js';
import {facetsOf, templatesOf} from '../data/facets.js';
import {count, counted, percent, time, visible} from '../data/format.js';
import {session} from '../data/session.js';
import {parametersBeside, toggled, viewOf} from '../data/view.js';
import {exportMenu} from '../export/download.js';
import {lineFormats} from '../export/lines.js';
import {fill, h} from '../part/dom.js';
import {emptyState} from '../part/failure.js';
import {FilterBar} from '../part/filter-bar.js';
import {icon} from '../part/icons.js';
import {addressOf, go, placeOf} from '../part/router.js';

export const title = 'Templates';

const STEP = 100;
const SAMPLES = 3;

const orders = {
  count: ['Most lines', () => 0],  // as they come
  first: ['First seen last', (a, b) => (b.first || 0) - (a.first || 0)],
  last: ['Last seen last', (a, b) => (b.last || 0) - (a.last || 0)],
  rare: ['Fewest lines', (a, b) => a.total - b.total],
  class: ['Class', (a, b) => (b.classNumber > 0) - (a.classNumber > 0) || a.classNumber - b.classNumber],
};

/** The page, drawn anew when the session or the address changes. */
export function mount(root) {
  const shown = {analysis: null, facets: null, view: null};
  let limit = STEP;
  let timer = null;
  const open = new Set();
  const bar = new FilterBar((view) => goTo(view));
  const order =
    h('select', {class: 'input', onchange: () => setOrder(order.value)},
      Object.entries(orders).map(([value, [label]]) => h('option', {value}, label)));
  const note = h('p', {});
  const list = h('ol', {class: 'template-list'});
  const more = h('div', {class: 'more'});
  const page = h('div', {class: 'page'});
  root.append(page);
  const content = [
    h('header', {class: 'page-head'}, h('div', {}, h('h1', {}, 'Templates'), note),
      h('div', {class: 'actions'}, exportMenu(lineFormats, () => ({...shown, name: shown.analysis.name})))),
    h('section', {class: 'panel', 'aria-label': 'Templates'},
      h('div', {class: 'lines-tools'}, bar.element, h('label', {class: 'inline-field'}, h('span', {}, 'Order'), order)),
      h('div', {class: 'template-head', 'aria-hidden': 'true'},
        ['Template', 'Class', 'Lines', 'Over the log', 'First and last', ''].map((name) => h('span', {}, name))),
      list, more),
  ];

  const draw = () => {
    timer = null;
    const analysis = session.current;
    if (!analysis?.rows) {
      fill(
        page,
        emptyState(
          'templates', 'No lines yet',
          'Templates are the kinds of message in a log, with what varies taken out. Analyse a log, and they are listed here with how often and when each occurs.',
          h('a', {class: 'button primary', href: '#/analyse'}, 'Analyse a log')));
      return;
    }
    if (!list.isConnected) fill(page, ...content);
    const {parameters} = placeOf(location.hash);
    shown.analysis = analysis;
    shown.view = viewOf(parameters);
    shown.facets = facetsOf(analysis.store, shown.view, analysis.axis);
    order.value = parameters.get('order') in orders ? parameters.get('order') : 'count';
    const rows = templatesOf(analysis.store, shown.facets).sort(orders[order.value][1]);
    const total = rows.reduce((sum, each) => sum + each.total, 0);
    note.textContent =
      `${counted(rows.length, 'template')} in ${counted(total, 'line')} of ${visible(analysis.name, 80)}${
        analysis.isRunning ? ', so far' : ''}. Include some to see only their lines; exclude the noise.`;
    bar.update(shown.view, analysis);
    fill(list, rows.slice(0, limit).map((row) => templateRow(row, total)));
    fill(
      more,
      rows.length > limit &&
        h('button', {
          class: 'button',
          type: 'button',
          'data-key': 'more',
          onclick: () => {
            limit += STEP;
            draw();
          }
        },
          `Show ${count(Math.min(STEP, rows.length - limit))} more`));
  };
  const update = () => {
    timer ??= setTimeout(draw, session.current?.isRunning && list.isConnected ? 600 : 0);
  };

  function templateRow(row, total) {
    const {view, analysis} = shown;
    const isIncluded = view.templates.has(row.text);
    const isExcluded = view.without.has(row.text);
    const color = classColor(row.classNumber);
    const mixed = row.byClass.filter((value) => value > 0).length > 1;
    const choose = (name, drawing, part, isOn) =>
      h('button', {
        class: 'button icon-only',
        type: 'button',
        'aria-pressed': String(isOn),
        'aria-label': `${name}: ${visible(row.text, 80)}`,
        title: name,
        'data-key': `${name}-${row.text}`,
        onclick: () => goTo({...view, ...part}),
      },
        icon(drawing));
    return h(
      'li', {class: `template-row${isExcluded ? ' excluded' : ''}`, style: {'--class': color}},
      h('details', {
        open: open.has(row.text),
        ontoggle: (event) => (event.target.open ? open.add(row.text) : open.delete(row.text))
      },
        h('summary', {class: 'log-text', 'data-key': `open-${row.text}`}, ...wildcards(row.text)), samples(row)),
      h('span', {class: 'badge'}, icon(classes[row.classNumber].name), classes[row.classNumber].label,
        mixed &&
          h('span',
            {class: 'pill', title: classes.map(({label}, index) => `${label}: ${row.byClass[index]}`).join('\n')},
            'mixed')),
      h('span', {class: 'number template-count'}, count(row.total),
        h('span', {class: 'muted'}, percent(row.total / total))),
      sparkline(row.trend, color, `Trend over the log, most in one part ${Math.max(...row.trend)}`),
      h('span', {class: 'number small muted template-when'}, ...whenOf(row, analysis.axis)),
      h('span', {class: 'actions'},
        choose(
          'Include', 'include', {
            templates: toggled(view.templates, row.text),
            without: new Set([...view.without].filter((text) => text !== row.text))
          },
          isIncluded),
        choose(
          'Exclude', 'exclude', {
            without: toggled(view.without, row.text),
            templates: new Set([...view.templates].filter((text) => text !== row.text))
          },
          isExcluded)));
  }

  function samples({number, text}) {
    const {store} = shown.analysis;
    const found = [];
    for (let i = 0; i < store.length && found.length < SAMPLES; i += 1) {
      if (
        store.state[i] === 1 && store.template[i] === number &&
        !found.some((position) => store.raw[position] === store.raw[i]))
        found.push(i);
    }
    const lineAt = (position) => {
      const view = {...viewOf(new URLSearchParams()), templates: new Set([text])};
      const parameters = parametersBeside(view, placeOf(location.hash).parameters);
      parameters.set('line', position + 1);
      return addressOf('analyse', parameters);
    };
    return h(
      'ul', {class: 'samples'},
      found.map(
        (position) =>
          h('li', {}, h('a', {href: lineAt(position), class: 'number'}, `line ${count(position + 1)}`),
            h('span', {class: 'log-text'}, visible(store.raw[position], 500)))));
  }

  function goTo(view) {
    const {parameters} = placeOf(location.hash);
    go('templates', parametersBeside(view, parameters, ['order']));
  }

  function setOrder(value) {
    const {parameters} = placeOf(location.hash);
    parameters.set('order', value);
    go('templates', parameters, {replace: true});
  }

  session.addEventListener('change', update);
  draw();
  return {
    update,
    unmount() {
      clearTimeout(timer);
      session.removeEventListener('change', update);
    },
  };
}

function whenOf({first, last}, axis) {
  if (Number.isNaN(first)) return ['no times'];
  const says = (place) => (axis.isTime ? time(place, axis.to - axis.from) : `line ${count(place)}`);
  return first === last ? [says(first)] : [says(first), h('br', {}), says(last)];
}

/** A template's text, its wildcards set apart. */
function wildcards(text) {
  return visible(text, 600)
    .split(/(<[^<>\s]{1,12}>)/)
    .map((part) => (/^<[^<>\s]+>$/.test(part) ? h('i', {class: 'wildcard'}, part) : part));
}
