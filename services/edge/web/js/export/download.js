// The menu of exports.
import {announce, h} from '../part/dom.js';
import {menu} from '../part/menu.js';

const PART = 1 << 18;  // characters
const SLICE = 12;      // ms of work at a time

const kinds = [
  {name: 'CSV', note: 'for a spreadsheet', extension: 'csv', type: 'text/csv'},
  {name: 'JSON', note: 'rows and summary in one object', extension: 'json', type: 'application/json'},
  {name: 'NDJSON', note: 'a row a line, for tools', extension: 'ndjson', type: 'application/x-ndjson'},
  {name: 'Incident note', note: 'Markdown, for the ticket', extension: 'md', type: 'text/markdown'},
];

/**
 * A button with the exports of what `shown()` gives, which has a `name`.
 *
 * @param {Object} formats By file extension, what makes of that and the page's address the pieces of a text.
 */
export function exportMenu(formats, shown) {
  return menu(
    {label: 'Export', icon: 'download'},
    (close) => kinds.map(
      (kind) =>
        h('button', {
          type: 'button',
          'data-export': kind.extension,
          async onclick() {
            const what = shown();
            close();
            announce(`Writing ${kind.name}`);
            const file = await blobOf(formats[kind.extension](what, location.href), kind.type);
            save(file, `tocsin-${baseName(what.name)}.${kind.extension}`);
          },
        },
          kind.name, h('small', {}, kind.note))));
}

const baseName = (name) => name.replace(/\.[^.]*$/, '').replace(/[^\w.-]+/g, '-').slice(0, 60) || 'lines';

/** A file of a text's pieces. They are gathered a little at a time: a million rows are more than one text can hold. */
async function blobOf(pieces, type) {
  const parts = [];
  let text = '';
  let until = performance.now() + SLICE;
  for (const piece of pieces) {
    text += piece;
    if (text.length < PART) continue;
    parts.push(new Blob([text]));
    text = '';
    if (performance.now() < until) continue;
    await new Promise((resolve) => setTimeout(resolve));
    until = performance.now() + SLICE;
  }
  return new Blob([...parts, text], {type});
}

function save(file, name) {
  const url = URL.createObjectURL(file);
  h('a', {href: url, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
