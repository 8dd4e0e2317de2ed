// Verdicts by `POST /v1/logs:analyze`, as they come.
import {request, RequestFailure} from './api.js';
import {objectsIn} from './ndjson.js';

/** Yields arrays of the rows that the edge has for `bytes`, lines of a log; a row's `line` is 1-based. */
export function rowsOf(bytes, settings, signal) {
  return rowsFor({body: bytes, type: 'text/plain; charset=utf-8'}, settings, signal);
}

/** The verdict on each of `records`, in their order: `{ classNumber, confidence }`, null where one has none. */
export async function verdictsOf(records, settings, signal) {
  const body = records.map((record) => JSON.stringify(record)).join('\n');
  const verdicts = records.map(() => null);
  for await (const rows of rowsFor({body, type: 'application/x-ndjson'}, settings, signal)) {
    for (const {line, prediction} of rows)
      if (prediction) verdicts[line - 1] = {classNumber: prediction.class_index, confidence: prediction.confidence};
  }
  return verdicts;
}

async function* rowsFor({body, type}, {model, logType, multiline}, signal) {
  const parameters =
    new URLSearchParams({...(model && {model}), ...(logType && {log_type: logType}), ...(multiline && {multiline})});
  const path = parameters.size ? `/v1/logs:analyze?${parameters}` : '/v1/logs:analyze';
  const headers = {'Content-Type': type, 'Accept': 'application/x-ndjson'};
  const response = await request(path, {method: 'POST', body, headers, signal});
  for await (const objects of whole(objectsIn(response.body))) {
    const rows = objects.filter((object) => 'raw' in object);
    if (rows.length) yield rows;
    const broken = objects.find((object) => 'problem' in object);
    if (broken) throw new RequestFailure(broken.problem);
  }
}

/** What `stream` yields; a connection that breaks in its midst fails as requests do. */
async function* whole(stream) {
  try {
    yield* stream;
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new RequestFailure({detail: 'The connection to the server broke before all verdicts had come.'});
  }
}
