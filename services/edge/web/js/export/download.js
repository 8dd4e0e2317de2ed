// The menu of exports.
import {h} from '../part/dom.js';
import {menu} from '../part/menu.js';

import {csv, json, markdown, ndjson} from './formats.js';

const kinds = [
  {name: 'CSV', note: 'for a spreadsheet', extension: 'csv', type: 'text/csv', make: csv},
  {name: 'JSON', note: 'rows and summary in one object', extension: 'json', type: 'application/json', make: json},
  {name: 'NDJSON', note: 'a row a line, for tools', extension: 'ndjson', type: 'application/x-ndjson', make: ndjson},
  {name: 'Incident note', note: 'Markdown, for the ticket', extension: 'md', type: 'text/markdown', make: markdown},
];

/** A button with the exports of what `shown()` gives: `{ analysis, facets, view }`. */
export function exportMenu(shown) {
  return menu(
    {label: 'Export', icon: 'download'},
    (close) => kinds.map(
      (kind) =>
        h('button', {
          type: 'button',
          'data-export': kind.extension,
          onclick() {
            const {analysis, facets, view} = shown();
            save(
              kind.make(analysis, facets, view, location.href), `tocsin-${baseName(analysis.name)}.${kind.extension}`,
              kind.type);
            close();
          },
        },
          kind.name, h('small', {}, kind.note))));
}

const baseName = (name) => name.replace(/\.[^.]*$/, '').replace(/[^\w.-]+/g, '-').slice(0, 60) || 'lines';

function save(text, name, type) {
  const url = URL.createObjectURL(new Blob([text], {type}));
  h('a', {href: url, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
