// Numbers, times and hostile text as people read them.

const whole = new Intl.NumberFormat('en');

export const count = (value) => whole.format(value);

/** `1 line`, `2,000 lines`. */
export const counted = (value, noun, plural = `${noun}s`) => `${count(value)} ${value === 1 ? noun : plural}`;

/** A text of the server's as a sentence: with a capital letter and a full stop. */
export const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}${'.!?'.includes(text.at(-1)) ? '' : '.'}`;

/** A share in 0...1: `15.6 %`, and never `0 %` or `100 %` for what is neither. */
export function percent(share, digits = 1) {
  const shown = (share * 100).toFixed(digits);
  if (share > 0 && Number(shown) === 0) return `< ${(10 ** -digits).toFixed(digits)} %`;
  if (share < 1 && Number(shown) === 100) return `> ${(100 - 10 ** -digits).toFixed(digits)} %`;
  return `${shown.replace(/\.0+$/, '')} %`;
}

export function bytes(value) {
  const units = ['B', 'kB', 'MB', 'GB'];
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

export function duration(milliseconds) {
  if (milliseconds < 1) return `${milliseconds.toFixed(2)} ms`;
  if (milliseconds < 1000) return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
  return `${Math.round(seconds / 86400)} days`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value) => String(value).padStart(2, '0');

/** A time as its line gives it (milliseconds since 1970, in the log's own zone). A log without years reads as 1970. */
export function time(milliseconds, span = Infinity) {
  const date = new Date(milliseconds);
  if (span <= 60_000) return `${clock(milliseconds)}.${String(date.getUTCMilliseconds()).padStart(3, '0')}`;
  if (span <= 86_400_000) return clock(milliseconds);
  const day = `${months[date.getUTCMonth()]} ${date.getUTCDate()}`;
  const year = date.getUTCFullYear();
  return year === 1970 ? `${day} ${clock(milliseconds)}` : `${day} ${year} ${clock(milliseconds)}`;
}

/** `14:03:59`. */
export function clock(milliseconds) {
  const date = new Date(milliseconds);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
}

const day = (milliseconds) => new Date(milliseconds).toISOString().slice(0, 10);

/** True where an axis of time has one day, so that nothing need name it. */
export const isOfOneDay = ({isTime, from, to}) => isTime === true && day(from) === day(to);

/** From one time to another on an axis; what all share is left out, what both share is said once. */
export function timeRange(from, to, axis = {}) {
  const first = isOfOneDay(axis) ? clock(from) : time(from);
  if (from === to) return `at ${first}`;
  return `from ${first} to ${day(from) === day(to) ? clock(to) : time(to)}`;
}

/** Text out of a log, cut at `limit`, with what could not be seen (control characters, direction marks) made visible. */
export function visible(text, limit = 2000) {
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return cut.replace(
    /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, (c) => {
      const code = c.charCodeAt(0);
      if (code < 0x20) return String.fromCharCode(0x2400 + code);
      return `\\u${code.toString(16).padStart(4, '0')}`;
    });
}

/** A p-value as people write it. */
export function chance(p) {
  if (p < 1e-12) return '< 10⁻¹²';
  if (p >= 0.001) return `= ${p.toFixed(3)}`;
  const [digit, power] = p.toExponential(0).split('e-');
  return `≈ ${digit} · 10⁻${[...power].map((each) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[each]).join('')}`;
}
