// A made-up incident: a shop whose payments time out, after somebody tried passwords and before a disk fails.

const LINES = 1200;
const BEGAN = Date.UTC(2026, 2, 4, 2, 0, 0);

/** The lines of the incident, the same each time. */
export function sampleLog() {
  const random = randomNumbers(7);
  const between = (low, high) => low + Math.floor(random() * (high - low));
  const lines = [];
  let at = BEGAN;
  for (let i = 0; i < LINES; i += 1) {
    at += Math.ceil(-Math.log(1 - random()) * 6000);
    const part = i / LINES;
    const happening = scenes.find(({from, to, share}) => part >= from && part < to && random() < share);
    lines.push((happening ?? routine[between(0, routine.length)]).line(at, between));
  }
  return `${lines.join('\n')}\n`;
}

const iso = (at) => new Date(at).toISOString();
const old = (at) => {
  const [, day, month, , clock] = new Date(at).toUTCString().split(' ');
  return `${month} ${String(Number(day)).padStart(2)} ${clock}`;
};
const app = (level, logger, text) => (at, between) => `${iso(at)} ${level} [shop-api] ${logger} - ${text(between)}`;
const host = (name, program, text) => (at, between) =>
  `${old(at)} ${name} ${program}[${between(900, 9999)}]: ${text(between)}`;

const scenes = [
  {
    from: 0.18,
    to: 0.32,
    share: 0.2,
    line:
      host('gate-2', 'sshd', (n) => `Failed password for root from 203.0.113.${n(1, 250)} port ${n(30000, 60000)} ssh2`)
  },
  {
    from: 0.45,
    to: 0.76,
    share: 0.24,
    line: app(
      'ERROR', 'payment.Client',
      (n) => `connect to payments.internal:8443 failed: connection timed out (attempt ${n(1, 4)})`)
  },
  {
    from: 0.5,
    to: 0.74,
    share: 0.1,
    line: app('WARN', 'pool.Requests', (n) => `request was slow: waited ${n(900, 4000)} ms, ${n(20, 90)} in the queue`)
  },
  {
    from: 0.62,
    to: 0.68,
    share: 0.1,
    line: app('FATAL', 'runtime.Main', () => 'out of memory: heap space, process aborted')
  },
  {
    from: 0.8,
    to: 1,
    share: 0.04,
    line: host('store-1', 'kernel', (n) => `ata3.00: I/O error, dev sdc, sector ${n(1e6, 9e7)}, media error`)
  },
  {
    from: 0,
    to: 1,
    share: 0.006,
    line:
      app('ERROR', 'config.Loader', (n) => `unknown setting 'retry.max' on line ${n(3, 40)} of shop.yaml, file ignored`)
  },
];

const routine = [
  {line: app('INFO', 'http.Access', (n) => `GET /cart/${n(1000, 99999)} 200 in ${n(3, 40)} ms`)},
  {line: app('INFO', 'order.Service', (n) => `order ${n(100000, 999999)} accepted for customer ${n(1000, 9999)}`)},
  {line: app('INFO', 'job.Runner', (n) => `nightly sync finished: ${n(1, 500)} rows copied`)},
  {line: host('gate-2', 'CRON', () => 'pam_unix(cron:session): session opened for user root by (uid=0)')},
];

/** Numbers in 0..<1 from a seed; mulberry32. */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
