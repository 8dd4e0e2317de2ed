// The analysed lines in columns: a million of them fit where as many objects would not.
import {classes} from './classes.js';

const WIDTH = classes.length;

/** Where a line stands. */
export const ABSENT = 0;
export const JUDGED = 1;
export const FAILED = 2;

/** How a line begins whose time has no year: `Apr 15 12:00:00`, `04-15 12:00:00`. */
const YEARLESS = /^(<\d+>)?([A-Z][a-z]{2} {1,2}\d{1,2}|\d\d-\d\d) \d\d:\d\d:\d\d/;

/** The extent of some values. */
class Range {
  count = 0;
  from = Infinity;
  to = -Infinity;

  add(value) {
    this.count += 1;
    if (value < this.from) this.from = value;
    if (value > this.to) this.to = value;
  }
}

/** Where the lines of a class are: on the axis of time, apart by whether they name a year, and in the log. */
class Extent {
  dated = new Range();
  yearless = new Range();
  positions = new Range();
}

/** Gives each distinct string a small number. */
export class Names {
  list = [];
  #numbers = new Map();

  number(name) {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.list.length;
      this.list.push(name);
      this.#numbers.set(name, number);
    }
    return number;
  }
}

/** Rows of an analysis by their position in the input, in whatever order they arrive. */
export class LineStore {
  /** One past the highest position that has arrived. */
  length = 0;
  /** How many lines have arrived, and how many of them without a verdict. */
  lines = 0;
  failures = 0;
  /** How many lines of each class there are in each template. */
  templateClasses = new Uint32Array(0);
  /** Of all lines, and of each class. */
  extent = new Extent();
  classExtents = classes.map(() => new Extent());
  logTypes = new Names();
  levels = new Names();
  templates = new Names();  // by text: while a tree learns, one text may get a second id
  templateIDs = new Names();
  state = new Uint8Array(0);
  classIndex = new Uint8Array(0);
  abstained = new Uint8Array(0);
  confidence = new Float32Array(0);
  probabilities = new Float32Array(0);
  logType = new Uint16Array(0);
  level = new Uint16Array(0);
  template = new Uint32Array(0);
  templateID = new Uint32Array(0);
  /** Milliseconds since 1970 in the log's own zone; NaN where a line has no time. */
  time = new Float64Array(0);
  isYearless = new Uint8Array(0);
  raw = [];
  #rest = new Map();  // what few lines have: bytes that are no text, an error, a content that is not part of `raw`
  #contentStart = new Int32Array(0);
  #contentLength = new Int32Array(0);

  /** Takes a row as the edge sends it; false where the position has one already. */
  add(position, row) {
    if (position >= this.state.length) this.#grow(position + 1);
    if (this.state[position] !== ABSENT) return false;
    this.length = Math.max(this.length, position + 1);
    this.lines += 1;
    this.raw[position] = row.raw;
    this.time[position] = row.timestamp ? Date.parse(row.timestamp) : NaN;
    this.isYearless[position] = YEARLESS.test(row.raw) ? 1 : 0;
    this.#extend(this.extent, position);
    const rest = {};
    if (row.raw_base64) rest.raw_base64 = row.raw_base64;
    if (row.lines)
      rest.lines = [position + 1, position + 1 + row.lines[1] - row.lines[0]];  // of the log, not of its piece
    if (row.error) {
      this.state[position] = FAILED;
      this.failures += 1;
      rest.error = row.error;
    } else {
      this.#judged(position, row, rest);
    }
    if (Object.keys(rest).length) this.#rest.set(position, rest);
    return true;
  }

  #judged(position, row, rest) {
    const {prediction} = row;
    this.state[position] = JUDGED;
    this.classIndex[position] = prediction.class_index;
    this.confidence[position] = prediction.confidence;
    this.probabilities.set(prediction.probabilities, position * WIDTH);
    this.abstained[position] = row.abstained ? 1 : 0;
    this.logType[position] = this.logTypes.number(row.log_type);
    this.level[position] = this.levels.number(row.level ?? '');
    const template = this.templates.number(row.template);
    this.template[position] = template;
    this.#extend(this.classExtents[prediction.class_index], position);
    if ((template + 1) * WIDTH > this.templateClasses.length)
      this.templateClasses = larger(this.templateClasses, Math.max(64, template * 2) * WIDTH);
    this.templateClasses[template * WIDTH + prediction.class_index] += 1;
    this.templateID[position] = this.templateIDs.number(row.template_id ?? null);
    const start = row.raw.indexOf(row.parsed_content);
    this.#contentStart[position] = start;
    this.#contentLength[position] = row.parsed_content.length;
    if (start < 0) rest.content = row.parsed_content;
  }

  #extend(extent, position) {
    const time = this.time[position];
    extent.positions.add(position);
    if (!Number.isNaN(time)) (this.isYearless[position] ? extent.yearless : extent.dated).add(time);
  }

  content(position) {
    const start = this.#contentStart[position];
    if (this.state[position] === FAILED) return this.raw[position];
    if (start < 0) return this.#rest.get(position).content;
    return this.raw[position].slice(start, start + this.#contentLength[position]);
  }

  probability(position, classNumber) {
    return this.probabilities[position * WIDTH + classNumber];
  }

  /** First and last physical line where the record has several, else undefined. */
  span(position) {
    return this.#rest.get(position)?.lines;
  }

  error(position) {
    return this.#rest.get(position)?.error;
  }

  /** The row as the edge sent it. */
  row(position) {
    const failed = this.state[position] === FAILED;
    const time = this.time[position];
    const exact = (value) => Number(value.toPrecision(7));  // what a 32-bit number holds
    const rest = this.#rest.get(position) ?? {};
    return {
      line: position + 1,
      ...(rest.lines && {lines: rest.lines}),
      raw: this.raw[position],
      ...(rest.raw_base64 && {raw_base64: rest.raw_base64}),
      log_type: failed ? null : this.logTypes.list[this.logType[position]],
      parsed_content: failed ? null : this.content(position),
      template: failed ? null : this.templates.list[this.template[position]],
      template_id: failed ? null : this.templateIDs.list[this.templateID[position]],
      prediction: failed ? null : {
        class_index: this.classIndex[position],
        class_name: classes[this.classIndex[position]].name,
        confidence: exact(this.confidence[position]),
        probabilities: Array.from(this.probabilities.subarray(position * WIDTH, (position + 1) * WIDTH), exact),
      },
      timestamp: Number.isNaN(time) ? null : new Date(time).toISOString().replace('.000Z', 'Z'),
      level: failed ? null : this.levels.list[this.level[position]] || null,
      abstained: failed ? null : this.abstained[position] === 1,
      ...(rest.error && {error: rest.error}),
    };
  }

  #grow(needed) {
    const size = Math.max(needed, this.state.length * 2, 1024);
    for (const name of GROWING) this[name] = larger(this[name], size);
    this.probabilities = larger(this.probabilities, size * WIDTH);
    this.#contentStart = larger(this.#contentStart, size);
    this.#contentLength = larger(this.#contentLength, size);
  }
}

const GROWING = [
  'state', 'classIndex', 'abstained', 'confidence', 'logType', 'level', 'template', 'templateID', 'time', 'isYearless'
];

/** A copy of a column with room for `size` values. */
function larger(column, size) {
  const copy = new column.constructor(size);
  copy.set(column);
  return copy;
}
