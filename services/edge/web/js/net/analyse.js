// Sends logs of any size to the edge, piece by piece, and hands the rows on while they arrive.
import {chunksOf} from './chunks.js';
import {Pace} from './pace.js';
import {rowsOf} from './verdicts.js';

const CONCURRENCY = 3;
const ATTEMPTS = 5;
const PASSING = new Set([0, 429, 503]);  // a connection that broke, too many requests, a tier away or overloaded

/**
 * Analyses blobs, one after the other, as requests of which a few are under way at a time.
 *
 * - `takeRows(first, rows)`: rows as they arrive; a row's position is `first + row.line - 1`.
 * - `progress({ sent })`: bytes that are done.
 * - `waiting(failure)`: a request is sent again in `failure.retryAfter` seconds; null when it goes on.
 *
 * A request that the server is too busy for, lacks a tier for or breaks off is sent again, when it says: rows that came
 * already stay. Throws what ends the whole.
 */
export async function analyse(blobs, settings, {signal, takeRows, progress = () => {}, waiting = () => {}}) {
  const stop = new AbortController();
  const stopped = AbortSignal.any([signal, stop.signal]);
  let done = 0;
  const pace = new Pace();
  const pieces = piecesOf(blobs, pace);
  const worker = async () => {
    for (;;) {
      stopped.throwIfAborted();
      const {done: isOver, value: piece} = await pieces.next();
      if (isOver) return;
      pace.took(piece.bytes.length, await send(piece, settings, stopped, {takeRows, waiting}));
      done += piece.bytes.length;
      progress({sent: done});
    }
  };
  try {
    await Promise.all(Array.from({length: CONCURRENCY}, worker));
  } finally {
    stop.abort();
  }
}

/** The pieces of all blobs, each with the position of its first line. */
async function* piecesOf(blobs, pace) {
  let first = 0;
  for (const blob of blobs) {
    for await (const piece of chunksOf(blob, pace)) {
      yield {...piece, first};
      first += piece.lines;
    }
  }
}

/** Sends a piece until it is answered; gives the milliseconds that its answer took. */
async function send(piece, settings, signal, {takeRows, waiting}) {
  for (let attempt = 1;; attempt += 1) {
    const began = performance.now();
    try {
      for await (const rows of rowsOf(piece.bytes, settings, signal)) takeRows(piece.first, rows);
      return performance.now() - began;
    } catch (error) {
      if (!PASSING.has(error.status) || attempt === ATTEMPTS) throw error;
      error.retryAfter ??= attempt;
      waiting(error);
      await pause(error.retryAfter * 1000, signal);
      waiting(null);
    }
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, {once: true});
  });
}
