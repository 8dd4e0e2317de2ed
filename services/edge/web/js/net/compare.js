// What changed between two logs, by `POST /v1/compare`.
import {bytes} from '../data/format.js';

import {post, RequestFailure} from './api.js';
import {limits} from './catalog.js';

/** The most changes that are asked for: the surest ones. */
export const MOST_CHANGES = 1000;

/** The edge's comparison of two lists of blobs. */
export async function comparisonOf(before, after, signal) {
  const sizes = [...before, ...after].reduce((sum, {size}) => sum + size, 0);
  const {max_body_bytes: most} = await limits();
  if (sizes > most)
    throw new RequestFailure({
      detail: `Both logs together are ${bytes(sizes)}; the server compares ${
        bytes(most)} at a time. Cut them to the hours in question.`
    });
  const [first, second] = await Promise.all([linesOf(before), linesOf(after)]);
  return post('/v1/compare', {before: first, after: second, limit: MOST_CHANGES}, {signal});
}

/** The lines of logs, one after the other; without ends of lines, and without the nothing after the last of them. */
async function linesOf(blobs) {
  const lines = [];
  for (const blob of blobs) {
    const own = (await blob.text()).split(/\r?\n/);
    if (own.at(-1) === '') own.pop();
    for (const line of own) lines.push(line);
  }
  return lines;
}
