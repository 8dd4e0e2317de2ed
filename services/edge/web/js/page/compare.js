// Compare: what changed between two logs, the surest change first.
import {count, counted} from '../data/format.js';
import {changeFormats} from '../export/changes.js';
import {exportMenu} from '../export/download.js';
import {comparisonOf, MOST_CHANGES} from '../net/compare.js';
import {changeRow, kinds} from '../part/change-row.js';
import {announce, fill, h} from '../part/dom.js';
import {emptyState, failureNotice} from '../part/failure.js';
import {LogBox} from '../part/log-box.js';
import {go, placeOf} from '../part/router.js';

export const title = 'Compare';

const SHOWN = 200;

// The answer outlives the page, as the analysis does.
let last = null;

/** The page. */
export function mount(root) {
  const changed = () => (button.disabled = before.isEmpty || after.isEmpty);
  const box = (label, placeholder) => new LogBox({label, placeholder, changed, submit: () => run()});
  const before = box('Lines before', 'Lines from when all was well');
  const after = box('Lines after', 'Lines from when it was not');
  const button = h('button', {class: 'button primary', type: 'submit', disabled: true}, 'Compare');
  const outcome = h('div', {class: 'page'});
  let abort = new AbortController();
  const side = (heading, note, {element}) =>
    h('section', {class: 'panel'},
      h('div', {class: 'panel-head'}, h('h2', {}, heading), h('span', {class: 'muted'}, note)), element);
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
          'Yesterday and today, before and after a release, a healthy host and a sick one: templates that are new, gone, or occur in another share of the lines.'))),
    h('div', {class: 'two'}, side('Before', 'the log to compare with', before),
      side('After', 'the log in question', after)),
    h('div', {class: 'actions end'}, button), outcome));

  async function run() {
    if (button.disabled) return;
    button.disabled = true;
    abort = new AbortController();
    fill(outcome, waiting(() => abort.abort()));
    const blobs = ({sources}) => sources.map(({blob}) => blob);
    try {
      last = await comparisonOf(blobs(before), blobs(after), abort.signal);
      draw();
      announce(`${counted(last.total_changes, 'template')} differ`);
    } catch (failure) {
      fill(outcome, failure.name !== 'AbortError' && failureNotice(failure, 'The comparison failed', run));
    }
    changed();
  }

  function draw() {
    if (!last) return;
    const chosen = placeOf(location.hash).parameters.get('change');
    const filter = kinds.find(({name}) => name === chosen);
    const rows = last.changes.filter(({change}) => !filter || change === filter.name);
    const share = ({before, after}) => [before / (last.before.lines || 1), after / (last.after.lines || 1)];
    const most = Math.max(...last.changes.flatMap(share), Number.MIN_VALUE);
    fill(
      outcome, h('div', {class: 'tiles'}, kinds.map((kind) => tile(kind, chosen))),
      rows.length === 0 ?
        emptyState('compare', 'No difference', 'Both logs have the same templates in about the same shares.') :
        h('section', {class: 'panel', 'aria-label': 'Changed templates'},
          h('div', {class: 'panel-head'},
            h('p', {class: 'muted small'},
              `${counted(last.before.lines, 'line')} before, ${count(last.after.lines)} after; the surest change first`),
            exportMenu(
              changeFormats,
              () => ({comparison: last, rows, filter: filter?.name ?? null, name: 'comparison'}))),
          h('ol', {class: 'changes'}, rows.slice(0, SHOWN).map((row) => changeRow(row, share(row), most))),
          rows.length > SHOWN &&
            h('p', {class: 'more muted small'}, `${counted(rows.length - SHOWN, 'weaker difference')} not shown`)));
  }

  function tile({name, label, meaning}, chosen) {
    const found = last.changes.filter(({change}) => change === name).length;
    const isCut = last.total_changes > MOST_CHANGES;
    return h(
      'button', {
        class: 'tile panel',
        type: 'button',
        'aria-pressed': String(chosen === name),
        'data-key': `kind-${name}`,
        onclick: () => go('compare', new URLSearchParams(chosen === name ? {} : {change: name}), {replace: true}),
      },
      h('span', {class: 'tile-value number'}, `${count(found)}${isCut ? '+' : ''}`), h('span', {}, label),
      h('span', {class: 'muted small'}, meaning));
  }

  draw();
  return {update: draw, unmount: () => abort.abort()};
}

function waiting(cancel) {
  return h(
    'section', {class: 'panel panel-body actions'}, h('p', {role: 'status'}, 'Reading both logs…'),
    h('button', {class: 'button', type: 'button', onclick: cancel}, 'Cancel'),
    h('div', {class: 'progress endless', role: 'progressbar', 'aria-label': 'Comparing'}, h('div', {})));
}
