// Cuts logs of any size into requests: at the ends of lines, and not within a record of several lines.

const NEWLINE = 10;
const LOOKBACK = 64 << 10;

/**
 * Yields `{ bytes, lines }` of a blob, reading it piece by piece, each of about `pace.size` bytes. A chunk ends at a line's
 * end; where it can, the next one begins with a line that starts a record. A single line longer than a chunk is a chunk of
 * its own.
 */
export async function* chunksOf(blob, pace) {
  let start = 0;
  while (start < blob.size) {
    const {size} = pace;
    let end = Math.min(start + size, blob.size);
    let bytes = new Uint8Array(await blob.slice(start, end).arrayBuffer());
    if (end < blob.size) {
      let cut = cutOf(bytes);
      while (cut === 0 && end < blob.size) {
        end = Math.min(end + size, blob.size);
        bytes = new Uint8Array(await blob.slice(start, end).arrayBuffer());
        cut = bytes.indexOf(NEWLINE) + 1;
      }
      if (cut > 0) bytes = bytes.subarray(0, cut);
    }
    start += bytes.length;
    yield {bytes, lines: linesIn(bytes)};
  }
}

/** How many bytes of `bytes` to take: up to the last line that begins a record, else to the last line's end; 0 for none. */
export function cutOf(bytes) {
  const last = bytes.lastIndexOf(NEWLINE) + 1;
  let cut = last;
  while (cut > 0 && last - cut < LOOKBACK) {
    const next = cut < bytes.length ? bytes[cut] : undefined;
    if (next !== undefined && !continues(bytes, cut)) return cut;
    cut = cut < 2 ? 0 : bytes.lastIndexOf(NEWLINE, cut - 2) + 1;
  }
  return last;
}

const continuations = [
  'Caused by:', 'Suppressed:', 'Traceback ', 'goroutine ', 'During handling', 'The above exception'
].map((text) => new TextEncoder().encode(text));

/** True where the line at `start` goes on with the record before it: blank, indented, a bracket, or part of a trace. */
function continues(bytes, start) {
  if (' \t\r\n})]'.includes(String.fromCharCode(bytes[start]))) return true;
  return continuations.some((text) => text.every((byte, i) => bytes[start + i] === byte));
}

/** The lines in `bytes`; what follows the last newline is one if it is anything. */
export function linesIn(bytes) {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1;
  return bytes.length > 0 && bytes[bytes.length - 1] !== NEWLINE ? lines + 1 : lines;
}
