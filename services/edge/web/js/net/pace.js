// How large the requests of a log are.

const LEAST = 16 << 10;
const MOST = 1 << 20;
const AIM = 4000;  // ms

/**
 * The size that the next request aims at, in bytes: little at first, so that the first verdicts come soon; then what the
 * server judges in a few seconds, up to 1 MiB. So a request is neither cut off by a time limit nor lost at great cost.
 */
export class Pace {
  size = LEAST;

  /** A request of that many bytes was answered in that time. */
  took(bytes, milliseconds) {
    const next = bytes * Math.min(4, AIM / Math.max(1, milliseconds));
    this.size = Math.round(Math.min(MOST, Math.max(LEAST, next)));
  }
}
