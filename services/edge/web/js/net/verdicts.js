// One request's verdicts, by `POST /v1/logs:analyze`, as they come.
import {request, RequestFailure} from './api.js';
import {objectsIn} from './ndjson.js';

/** Yields arrays of the rows that the edge has for `bytes`, lines of a log; a row's `line` is 1-based. */
export async function* rowsOf(bytes, {model, multiline}, signal) {
  const parameters = new URLSearchParams({...(model && {model}), ...(multiline && {multiline: 'auto'})});
  const path = parameters.size ? `/v1/logs:analyze?${parameters}` : '/v1/logs:analyze';
  const headers = {'Content-Type': 'text/plain; charset=utf-8', 'Accept': 'application/x-ndjson'};
  const response = await request(path, {method: 'POST', body: bytes, headers, signal});
  for await (const objects of objectsIn(response.body)) {
    const rows = objects.filter((object) => 'raw' in object);
    if (rows.length) yield rows;
    const broken = objects.find((object) => 'problem' in object);
    if (broken) throw new RequestFailure(broken.problem);
  }
}
