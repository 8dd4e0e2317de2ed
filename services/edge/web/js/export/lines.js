// The lines shown, as files: each a function from the analysis, its facets and the view to the pieces of a text.
import {classes, NORMAL} from '../data/classes.js';
import {templatesOf} from '../data/facets.js';
import {counted, percent, timeRange} from '../data/format.js';
import {JUDGED} from '../data/line-store.js';
import {verdictOf} from '../data/verdict.js';
import {showsAll} from '../data/view.js';

import {csvRow, inline} from './text.js';

const columns = [
  ['line', (row) => row.line],
  ['timestamp', (row) => row.timestamp],
  ['level', (row) => row.level],
  ['log_type', (row) => row.log_type],
  ['class_name', (row) => row.prediction?.class_name],
  ['confidence', (row) => row.prediction?.confidence],
  ...classes.map(({name}, index) => [`p_${name}`, (row) => row.prediction?.probabilities[index]]),
  ['abstained', (row) => row.abstained],
  ['template_id', (row) => row.template_id],
  ['template', (row) => row.template],
  ['parsed_content', (row) => row.parsed_content],
  ['raw', (row) => row.raw],
  ['error', (row) => row.error?.code],
];

/** The rows shown, as the edge sent them. */
function* shownRows({store}, facets) {
  for (const position of facets.positions) yield store.row(position);
}

function* csv({analysis, facets}) {
  yield csvRow(columns.map(([name]) => name));
  for (const row of shownRows(analysis, facets)) yield csvRow(columns.map(([, value]) => value(row)));
}

function* ndjson({analysis, facets}) {
  for (const row of shownRows(analysis, facets)) yield `${JSON.stringify(row)}\n`;
}

/** One object: the rows under `logs` and their summary, as `POST /api/predict` names them, with the filter beside them. */
function* json({analysis, facets, view}) {
  const head = {
    source: analysis.name,
    filter: filterText(view),
    total_logs: facets.shown,
    summary: summaryOf(analysis, facets),
  };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "logs": [`;
  let isFirst = true;
  for (const row of shownRows(analysis, facets)) {
    yield `${isFirst ? '' : ','}\n    ${JSON.stringify(row)}`;
    isFirst = false;
  }
  yield '\n  ]\n}\n';
}

function summaryOf({store}, facets) {
  const byClass = classes.map(() => 0);
  const byType = store.logTypes.list.map(() => 0);
  for (const position of facets.positions) {
    if (store.state[position] !== JUDGED) continue;
    byClass[store.classIndex[position]] += 1;
    byType[store.logType[position]] += 1;
  }
  const judged = byClass.reduce((sum, value) => sum + value, 0);
  const named = (names, counts) =>
    Object.fromEntries(names.map((name, i) => [name, counts[i]]).filter(([, value]) => value));
  return {
    class_distribution: named(classes.map(({name}) => name), byClass),
    log_type_distribution: named(store.logTypes.list, byType),
    anomaly_rate: judged ? (judged - byClass[NORMAL]) / judged : 0,
  };
}

/** The filter in words; null where everything is shown. */
export function filterText(view) {
  const parts = [];
  if (view.classes.size) parts.push(`class ${[...view.classes].map((index) => classes[index].name).join(' or ')}`);
  if (view.types.size) parts.push(`log type ${[...view.types].join(' or ')}`);
  if (view.templates.size) parts.push(`template ${[...view.templates].join(' or ')}`);
  if (view.without.size) parts.push(`without template ${[...view.without].join(', ')}`);
  if (view.text) parts.push(`text "${view.text}"`);
  if (view.atLeast !== undefined) parts.push(`confidence at least ${view.atLeast}`);
  if (view.from !== undefined || view.to !== undefined) parts.push(`range ${view.from ?? '…'} to ${view.to ?? '…'}`);
  return parts.length ? parts.join('; ') : null;
}

/** A note for an incident's ticket: what, how much, when, and the templates that say so. */
function* markdown({analysis, facets, view}, address) {
  const {store, axis} = analysis;
  const troubled = templatesOf(store, facets).filter(({classNumber}) => classNumber !== 0);
  const counts = new Uint32Array(classes.length);
  let first = Infinity;
  let last = -Infinity;
  for (const position of facets.positions) {
    if (store.error(position)) continue;
    counts[store.classIndex[position]] += 1;
    if (store.classIndex[position] === 0) continue;
    first = Math.min(first, axis.at(position));
    last = Math.max(last, axis.at(position));
  }
  const judged = counts.reduce((sum, each) => sum + each, 0);
  const anomalies = judged - counts[0];
  const lines = [
    `# Incident note: ${inline(analysis.name)}`,
    '',
    ...(showsAll(view) ? [`${verdictOf(analysis).headline}.`, ''] : []),
    `* **Lines**: ${judged} judged, ${anomalies} report trouble (${percent(judged ? anomalies / judged : 0)})`,
    `* **Model**: ${analysis.settings.model || 'the active one'}`,
  ];
  const filter = filterText(view);
  if (filter) lines.push(`* **Shown**: ${inline(filter)}`);
  if (anomalies && axis.isTime && first <= last)
    lines.push(`* **When**: ${timeRange(first, last)}, in the log's own zone`);
  if (address) lines.push(`* **View**: ${address}`);
  lines.push('', '| class | lines | share |', '|---|---:|---:|');
  for (const [index, {name}] of classes.entries()) {
    if (counts[index]) lines.push(`| ${name} | ${counts[index]} | ${percent(counts[index] / judged)} |`);
  }
  lines.push(
    '', `## What the lines say (${counted(troubled.length, 'template')})`, '', '| lines | class | template |',
    '|---:|---|---|');
  for (const {total, classNumber, text} of troubled.slice(0, 20)) {
    lines.push(`| ${total} | ${classes[classNumber].name} | ${inline(text)} |`);
  }
  yield `${lines.join('\n')}\n`;
}

export const lineFormats = {csv, json, ndjson, md: markdown};
