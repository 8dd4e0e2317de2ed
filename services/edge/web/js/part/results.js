// The verdict, the charts and the lines of one analysis.
import {bars} from '../chart/bars.js';
import {Timeline} from '../chart/timeline.js';
import {classColor, classes} from '../data/classes.js';
import {FacetPass} from '../data/facets.js';
import {bytes, count, counted, duration, sentence} from '../data/format.js';
import {session} from '../data/session.js';
import {parametersBeside, parametersOf, toggled, viewOf} from '../data/view.js';
import {exportMenu} from '../export/download.js';
import {lineFormats} from '../export/lines.js';
import {modelLabel} from '../net/catalog.js';

import {fill, h} from './dom.js';
import {failureNotice} from './failure.js';
import {FilterBar} from './filter-bar.js';
import {lineDetail} from './line-detail.js';
import {besideDetail, columns, LineTable, usualColumns} from './line-table.js';
import {menu} from './menu.js';
import {go, placeOf} from './router.js';
import {runHead} from './run-head.js';
import {VerdictBanner} from './verdict-banner.js';

const SLICE = 12;  // ms: what a count may take of a frame

/** All that is shown of one analysis. */
export class Results {
  #facets = null;
  #view = null;
  #timer = null;
  #pass = null;     // that is under way
  #address = null;  // of what is drawn, or is going to be
  #next = 0;
  #head;
  #verdict = new VerdictBanner((part) => this.#go({...viewOf(new URLSearchParams()), ...part}));
  #classes = h('div', {class: 'panel-body'});
  #types = h('div', {class: 'panel-body'});
  #axisNote = h('span', {class: 'muted'});
  #shown = h('span', {class: 'muted number'});
  #side = h('div', {class: 'side'});
  #detail = new AbortController();
  #timeline = new Timeline((from, to) => this.#filter({from, to}));
  #bar = new FilterBar((view) => this.#go(view));
  #table = new LineTable((position) => this.#open(position));

  constructor(analysis) {
    this.analysis = analysis;
    this.#head = runHead(analysis);
    const panel = (name, heading, note, body) =>
      h('section', {class: `panel ${name}`}, h('div', {class: 'panel-head'}, h('h2', {}, heading), note), body);
    this.element =
      h('div', {class: 'page results'}, this.#head.element, this.#verdict.element,
        h('div', {class: 'charts'}, panel('by-class', 'Classes', null, this.#classes),
          panel('over-time', 'Timeline', this.#axisNote, h('div', {class: 'panel-body'}, this.#timeline.element)),
          panel('by-type', 'Log types', null, this.#types)),
        h('section', {class: 'panel lines-panel', 'aria-label': 'Lines'},
          h('div', {class: 'lines-tools'}, this.#bar.element,
            h('div', {class: 'actions'}, this.#shown, this.#columnMenu(), exportMenu(lineFormats, () => this))),
          h('div', {class: 'lines-and-detail'}, this.#table.element, this.#side)));
  }

  /** What files of it are called. */
  get name() {
    return this.analysis.name;
  }

  get facets() {
    return this.#facets;
  }

  get view() {
    return this.#view;
  }

  search() {
    this.#bar.focus();
  }

  /** Draws what there is: at once where the address asks for something else, and while rows arrive as often as it costs little. */
  update() {
    if (!this.element.isConnected) return;
    const isOther = this.#address !== location.hash;
    if (isOther) {
      clearTimeout(this.#timer);
      this.#timer = this.#pass = null;
    }
    if (this.#timer || this.#pass) return;
    this.#address = location.hash;
    const wait = this.analysis.isRunning && !isOther ? Math.max(40, this.#next - performance.now()) : 0;
    this.#timer = setTimeout(() => this.#begin(), wait);
  }

  #begin() {
    this.#timer = null;
    if (this.element.matches(':active')) return this.update();  // what is pressed stays until it is let go
    this.#count();
  }

  /** Counts what the view shows, a little at a time, and draws it. */
  async #count() {
    const {store, axis, rows, state} = this.analysis;
    const began = performance.now();
    const {parameters} = placeOf(this.#address);
    const view = viewOf(parameters);
    const pass = new FacetPass(store, view, axis);
    this.#pass = pass;
    while (!pass.advance(SLICE)) {
      await new Promise((resolve) => setTimeout(resolve));
      if (this.#pass !== pass) return;
    }
    this.#pass = null;
    this.#draw(parameters, view, axis, pass.facets);
    this.#next = performance.now() + Math.max(120, 3 * (performance.now() - began));
    if (this.analysis.rows !== rows || this.analysis.state !== state) this.update();
  }

  #draw(parameters, view, axis, facets) {
    const {analysis} = this;
    const {store} = analysis;
    this.#view = view;
    this.#facets = facets;
    this.element.classList.toggle('without-rows', analysis.rows === 0);
    this.#drawHead();
    this.#verdict.update(analysis);
    this.#drawCharts(axis);
    this.#bar.update(view, analysis);
    this.#shown.textContent = this.#facets.shown === this.#facets.lines ?
      counted(this.#facets.lines, 'line') :
      `${count(this.#facets.shown)} of ${counted(this.#facets.lines, 'line')}`;
    const line = Number(parameters.get('line'));
    const selected = line >= 1 && line <= store.length && store.state[line - 1] !== 0 ? line - 1 : null;
    this.#table.update(analysis, this.#facets, view, this.#columns(parameters), selected);
    this.#drawDetail(selected);
  }

  #columns(parameters) {
    const chosen =
      (parameters.get('columns') ?? '').split(',').filter((name) => columns.some((each) => each.name === name));
    if (chosen.length) return chosen;
    const isBeside = parameters.has('line') && this.#table.element.parentElement.clientWidth < 1400 &&
      matchMedia('(min-width: 1200px)').matches;
    return isBeside ? besideDetail : usualColumns;
  }

  #columnMenu() {
    return menu({label: 'Columns', icon: 'columns'}, () => columns.map(({name, title: heading}) => {
      const {parameters} = placeOf(location.hash);
      const chosen = this.#columns(parameters);
      const box = h('input', {type: 'checkbox', onchange: () => this.#setColumns(name, box.checked)});
      box.checked = chosen.includes(name);
      return h('label', {class: 'check'}, box, heading);
    }));
  }

  #setColumns(name, isOn) {
    const {page, parameters} = placeOf(location.hash);
    const chosen = new Set(this.#columns(parameters));
    if (isOn)
      chosen.add(name);
    else
      chosen.delete(name);
    if (chosen.size)
      parameters.set('columns', columns.map((each) => each.name).filter((each) => chosen.has(each)).join(','));
    go(page, parameters, {replace: true});
  }

  /** Changes what is there in place of making it anew: a button that is pressed must be the same when it is let go. */
  #drawHead() {
    const {analysis} = this;
    const {settings, state} = analysis;
    const share = analysis.bytes ? analysis.sent / analysis.bytes : 1;
    const rate = analysis.rows / Math.max(0.001, analysis.milliseconds / 1000);
    const facts = [
      bytes(analysis.bytes),
      counted(analysis.rows, 'line'),
      duration(analysis.milliseconds),
      `${count(Math.round(rate))} lines/s`,
      settings.model ? `model ${modelLabel(settings.model)}` : null,
      settings.logType ? `read as ${settings.logType}` : null,
      settings.multiline ? 'stack traces joined' : null,
    ].filter(Boolean);
    const {facts: line, cancelled, cancel, progress, waiting, failure} = this.#head;
    line.textContent = facts.join(' · ');
    cancelled.hidden = state !== 'cancelled';
    cancel.hidden = !analysis.isRunning;
    progress.hidden = !analysis.isRunning;
    progress.setAttribute('aria-valuenow', Math.round(share * 100));
    progress.firstChild.style.transform = `scaleX(${Math.max(0.02, share)})`;
    waiting.hidden = !analysis.isRunning || !analysis.waiting;
    if (analysis.waiting)
      waiting.lastChild.textContent =
        `${sentence(analysis.waiting.message)} Trying again in ${counted(analysis.waiting.retryAfter, 'second')}.`;
    if (state === 'failed' && !failure.firstChild) {
      const again = () => session.start(analysis.sources, settings);
      failure.append(failureNotice(analysis.failure, 'The analysis stopped', again));
    }
  }

  #drawCharts(axis) {
    const view = this.#view;
    const facets = this.#facets;
    const {store} = this.analysis;
    const sum = (values) => values.reduce((total, value) => total + value, 0);
    fill(
      this.#classes,
      bars(
        classes.map((each, index) => ({
                      key: `class-${each.name}`,
                      label: each.label,
                      value: facets.classCounts[index],
                      color: classColor(index),
                      drawing: each.name,
                      hint: each.meaning,
                      isOn: view.classes.has(index),
                    })),
        {
          whole: sum(facets.classCounts),
          label: 'Lines by class',
          toggle: (key) =>
            this.#filter({classes: toggled(view.classes, classes.findIndex(({name}) => key === `class-${name}`))}),
        }),
      facets.failures > 0 && h('p', {class: 'muted small'}, `${counted(facets.failures, 'line')} without a verdict`));
    const types = Array
                    .from(facets.typeCounts, (value, index) => ({
                                               key: `type-${store.logTypes.list[index]}`,
                                               name: store.logTypes.list[index],
                                               label: store.logTypes.list[index],
                                               value,
                                               color: 'var(--ink-3)',
                                               isOn: view.types.has(store.logTypes.list[index]),
                                             }))
                    .sort((a, b) => b.value - a.value);
    fill(this.#types, bars(types, {
           whole: sum(facets.typeCounts),
           label: 'Lines by log type',
           toggle: (key) => this.#filter({types: toggled(view.types, types.find((each) => each.key === key).name)}),
         }));
    this.#axisNote.textContent = axis.isTime ? 'by the lines’ own times; drag to choose a range' :
                                               'by line number: these lines have no times; drag to choose a range';
    this.#timeline.update(facets, axis, view);
  }

  #drawDetail(selected) {
    const key = selected === null ? '' : `${selected}|${parametersOf(this.#view)}`;
    if (this.#side.dataset.shows === key) return;
    this.#side.dataset.shows = key;
    this.#detail.abort();
    this.#detail = new AbortController();
    if (selected === null) {
      const hadFocus = this.#side.contains(document.activeElement);
      fill(this.#side);
      if (hadFocus) this.#table.element.focus();
      return;
    }
    fill(this.#side, lineDetail(this.analysis, selected, this.#view, {
           close: () => this.#open(null),
           step: (step) => {
             const next = this.#table.neighbour(step);
             if (next !== undefined) this.#open(next);
           },
           filter: (part) => this.#filter(part),
           signal: this.#detail.signal,
         }));
  }

  #filter(part) {
    this.#go({...this.#view, ...part});
  }

  #go(view) {
    const {parameters} = placeOf(location.hash);
    go('analyse', parametersBeside(view, parameters, ['line', 'columns']));
  }

  #open(position) {
    const {parameters} = placeOf(location.hash);
    if (position === null)
      parameters.delete('line');
    else
      parameters.set('line', position + 1);
    go('analyse', parameters, {replace: true});
  }
}
