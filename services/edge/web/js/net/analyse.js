// Sends logs of any size to the edge, piece by piece, and hands the rows on while they arrive.
import {chunksOf} from './chunks.js';
import {rowsOf} from './verdicts.js';

const CONCURRENCY = 3;
const ATTEMPTS = 5;

/**
 * Analyses blobs, one after the other, as requests of which a few are under way at a time.
 *
 * - `takeRows(first, rows)`: rows as they arrive; a row's position is `first + row.line - 1`.
 * - `progress({ sent })`: bytes that are done.
 * - `waiting(failure)`: a request is sent again in `failure.retryAfter` seconds; null when it goes on.
 *
 * A request that the server is too busy for, or lacks a tier for, is sent again when it says. Throws what ends the whole.
 */
export async function analyse(blobs, settings, {signal, takeRows, progress = () => {}, waiting = () => {}}) {
  const stop = new AbortController();
  const stopped = AbortSignal.any([signal, stop.signal]);
  let done = 0;
  const pieces = piecesOf(blobs);
  const worker = async () => {
    for (;;) {
      stopped.throwIfAborted();
      const {done: isOver, value: piece} = await pieces.next();
      if (isOver) return;
      await send(piece, settings, stopped, {takeRows, waiting});
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
async function* piecesOf(blobs) {
  let first = 0;
  for (const blob of blobs) {
    for await (const piece of chunksOf(blob)) {
      yield {...piece, first};
      first += piece.lines;
    }
  }
}

async function send(piece, settings, signal, {takeRows, waiting}) {
  for (let attempt = 1;; attempt += 1) {
    try {
      for await (const rows of rowsOf(piece.bytes, settings, signal)) takeRows(piece.first, rows);
      return;
    } catch (error) {
      const isBusy = error.status === 429 || error.status === 503;
      if (!isBusy || attempt === ATTEMPTS) throw error;
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
