// Strangers' words in files: log lines may hold what a spreadsheet or Markdown would take for its own.
import {visible} from '../data/format.js';

/** A row by RFC 4180. A text that a spreadsheet would take for a formula has an apostrophe before it. */
export const csvRow = (values) => `${values.map(cell).join(',')}\r\n`;

function cell(value) {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A text as code in a Markdown table: no markup, no line break, no end of the cell. */
export function inline(text) {
  const shown = visible(text, 300).replaceAll('|', '\\|');
  const fence = '`'.repeat(Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length)) + 1);
  return `${fence} ${shown} ${fence}`;
}
