// What changed between two logs, as files: each a function from the comparison and the changes shown to the pieces of a
// text.
import {chance, counted} from '../data/format.js';

import {csvRow, inline} from './text.js';

const columns = ['change', 'class_name', 'before', 'after', 'p_value', 'template_id', 'template'];
const NOTED = 20;

function* csv({rows}) {
  yield csvRow(columns);
  for (const row of rows) yield csvRow(columns.map((name) => row[name]));
}

function* ndjson({rows}) {
  for (const row of rows) yield `${JSON.stringify(row)}\n`;
}

/** The answer of `/v1/compare` with the changes shown, and the kind of change they were filtered by. */
function* json({comparison, rows, filter}) {
  yield `${JSON.stringify({...comparison, filter, changes: rows}, null, 2)}\n`;
}

function* markdown({comparison: {before, after}, rows, filter}, address) {
  const lines = [
    '# What changed between two logs',
    '',
    `* **Lines**: ${before.lines} before, ${after.lines} after`,
    `* **Changed templates**: ${rows.length}${filter ? `, only ${filter}` : ''}; the surest first`,
    `* **View**: ${address}`,
    '',
    '| change | class | before | after | p | template |',
    '|---|---|---:|---:|---:|---|',
    ...rows.slice(0, NOTED).map(
      (row) => `| ${row.change} | ${row.class_name} | ${row.before} | ${row.after} | ${chance(row.p_value)} | ${
        inline(row.template)} |`),
  ];
  if (rows.length > NOTED) lines.push('', `${counted(rows.length - NOTED, 'weaker change')} left out.`);
  yield `${lines.join('\n')}\n`;
}

export const changeFormats = {csv, json, ndjson, md: markdown};
