// Compare: what changed between two logs, the surest change first.
import {classColor, classes} from '../data/classes.js';
import {comparisonOf, kinds} from '../data/comparison.js';
import {count, counted, percent, visible} from '../data/format.js';
import {Analysis} from '../data/session.js';
import {announce, fill, h, svg} from '../part/dom.js';
import {emptyState, failureNotice} from '../part/failure.js';
import {icon} from '../part/icons.js';
import {LogBox} from '../part/log-box.js';
import {go, placeOf} from '../part/router.js';

export const title = 'Compare';

const SHOWN = 200;

// The answer outlives the page, as the analysis does.
let last = null;

/** The page. */
export function mount(root) {
  const changed = () => (button.disabled = before.isEmpty || after.isEmpty);
  const before =
    new LogBox({label: 'Lines before', placeholder: 'Lines from when all was well', changed, submit: () => run()});
  const after =
    new LogBox({label: 'Lines after', placeholder: 'Lines from when it was not', changed, submit: () => run()});
  const button = h('button', {class: 'button primary', type: 'submit', disabled: true}, 'Compare');
  const outcome = h('div', {class: 'page'});
  const side = (heading, note, box) =>
    h('section', {class: 'panel'},
      h('div', {class: 'panel-head'}, h('h2', {}, heading), h('span', {class: 'muted'}, note)), box.element);
  root.append(h(
    'form', {
      class: 'page',
      onsubmit: (event) => {
        event.preventDefault();
        run();
      }
    },
    h('header', {class: 'page-head'},
      h('div', {}, h('h1', {}, 'What changed between two logs?'),
        h('p', {},
          'Yesterday and today, before and after a release, a healthy host and a sick one: templates that are new, gone, or occur in another share of the lines.')),
      button),
    h('div', {class: 'two'}, side('Before', 'the log to compare with', before),
      side('After', 'the log in question', after)),
    outcome));

  async function run() {
    if (button.disabled) return;
    button.disabled = true;
    const sides = [before, after].map((box) => new Analysis(box.sources, {}));
    const progress = () => drawProgress(sides);
    for (const side of sides) side.addEventListener('change', progress);
    progress();
    for (const side of sides) await side.run();
    changed();
    const failed = sides.find(({failure}) => failure);
    if (failed) {
      fill(outcome, failureNotice(failed.failure, 'The comparison failed', run));
    } else if (sides.some(({state}) => state === 'cancelled')) {
      fill(outcome);
    } else {
      last = comparisonOf(sides[0].store, sides[1].store);
      draw();
      announce(`${counted(last.rows.length, 'template')} differ`);
    }
  }

  function drawProgress(sides) {
    const sum = (name) => sides.reduce((total, each) => total + each[name], 0);
    const share = sum('sent') / Math.max(1, sum('bytes'));
    fill(
      outcome,
      h('section', {class: 'panel panel-body actions'},
        h('p', {}, `Reading both logs: ${counted(sum('rows'), 'line')} so far`),
        h('button', {
          class: 'button',
          type: 'button',
          'data-key': 'cancel',
          onclick: () => sides.forEach((side) => side.cancel())
        },
          'Cancel'),
        h('div', {
          class: 'progress',
          role: 'progressbar',
          'aria-label': 'Progress',
          'aria-valuemin': 0,
          'aria-valuemax': 100,
          'aria-valuenow': Math.round(share * 100)
        },
          h('div', {style: {transform: `scaleX(${Math.max(0.02, share)})`}}))));
  }

  function draw() {
    if (!last) return;
    const chosen = placeOf(location.hash).parameters.get('change');
    const rows = last.rows.filter(({kind}) => !chosen || kind === chosen);
    const most = Math.max(...last.rows.map((row) => Math.max(row.beforeShare, row.afterShare)), Number.MIN_VALUE);
    fill(
      outcome,
      h('div', {class: 'tiles'},
        kinds.map(
          ({name, label, meaning}) =>
            h('button', {
              class: 'tile panel',
              type: 'button',
              'aria-pressed': String(chosen === name),
              'data-key': `kind-${name}`,
              onclick: () => go('compare', new URLSearchParams(chosen === name ? {} : {change: name}), {replace: true}),
            },
              h('span', {class: 'tile-value number'}, count(last.rows.filter(({kind}) => kind === name).length)),
              h('span', {}, label), h('span', {class: 'muted small'}, meaning)))),
      rows.length === 0 ?
        emptyState('compare', 'No difference', 'Both logs have the same templates in about the same shares.') :
        h('section', {class: 'panel', 'aria-label': 'Changed templates'},
          h('p', {class: 'panel-head muted small'},
            `${count(last.beforeTotal)} lines before, ${count(last.afterTotal)} after; the surest change first`),
          h('ol', {class: 'changes'}, rows.slice(0, SHOWN).map((row) => change(row, most))),
          rows.length > SHOWN &&
            h('p', {class: 'more muted small'}, `${counted(rows.length - SHOWN, 'weaker difference')} not shown`)));
  }

  draw();
  return {update: draw, unmount() {}};
}

function change(row, most) {
  const index = row.classNumber;
  const bar = (label, lines, share, kind) =>
    [h('span', {class: 'muted'}, label),
     svg(
       'svg', {class: `share ${kind}`, 'aria-hidden': 'true'},
       svg('rect', {width: '100%', height: '100%', rx: 2, class: 'track'}),
       share > 0 &&
         svg('rect', {width: `${Math.max(1, (share / most) * 100)}%`, height: '100%', rx: 2, class: 'value'})),
     h('span', {class: 'number'}, count(lines)), h('span', {class: 'number muted'}, percent(share))];
  return h(
    'li', {class: 'change', style: {'--class': classColor(index)}},
    h('span', {class: `pill ${row.kind}`}, kinds.find(({name}) => name === row.kind)?.label ?? row.kind),
    h('details', {}, h('summary', {class: 'log-text'}, visible(row.template, 600)),
      h('ul', {class: 'samples'}, row.samples.map((sample) => h('li', {class: 'log-text'}, visible(sample, 500))))),
    h('span', {class: 'badge'}, icon(classes[index].name), classes[index].label),
    h('div', {class: 'change-bars'}, bar('before', row.before, row.beforeShare, 'before'),
      bar('after', row.after, row.afterShare, 'after')),
    h('span', {class: 'small number muted', title: 'How likely chance alone would make a difference this large'},
      `p ${chance(row.p)}`));
}

/** A p-value as people write it. */
export function chance(p) {
  if (p < 1e-12) return '< 10⁻¹²';
  if (p < 0.001)
    return `≈ ${
      p.toExponential(0)
        .replace('e-', ' · 10⁻')
        .replace(/⁻(\d+)/, (_, digits) => `⁻${[...digits].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[digit]).join('')}`)}`;
  return `= ${p.toFixed(3)}`;
}
