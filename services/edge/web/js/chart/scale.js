// Where an axis has its ticks, and what they say.
import {count, time} from '../data/format.js';

const steps = [
  1,      2,       5,       10,      20,      50,       100,      200,       500,       1e3,       2e3,
  5e3,    10e3,    15e3,    30e3,    60e3,    120e3,    300e3,    600e3,     900e3,     1800e3,    3600e3,
  7200e3, 10800e3, 21600e3, 43200e3, 86400e3, 172800e3, 604800e3, 1209600e3, 2592000e3, 7776000e3, 31536000e3,
];

const DAY = 86_400_000;  // ms

/** At most `most` ticks on an axis: `{ share, label }`, share in 0...1. */
export function ticks({isTime, from, to}, most) {
  const span = to - from;
  if (!(span > 0)) return [{share: 0, label: isTime ? time(from) : `line ${count(from)}`}];
  const step = isTime ? (steps.find((each) => span / each <= most) ?? span) : wholeStep(span / most);
  const found = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    found.push({share: (at - from) / span, label: isTime ? timeLabel(at, step, span) : count(at)});
  }
  return found;
}

function wholeStep(least) {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(least)));
  return Math.max(1, [1, 2, 5, 10].map((each) => each * power).find((each) => each >= least));
}

function timeLabel(at, step, span) {
  const date = (parts) => time(at).split(' ').slice(0, parts).join(' ');
  if (step >= DAY) return date(span > 300 * DAY ? 3 : 2);
  const clock = time(at, 86_400_000);
  if (step < 1000) return time(at, 1);
  if (at % DAY === 0) return date(2);
  return step >= 60_000 ? clock.slice(0, 5) : clock;
}
