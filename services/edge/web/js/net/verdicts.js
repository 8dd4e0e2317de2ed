// One request's verdicts, by `POST /api/predict`.
import {request} from './api.js';
import {linesOf} from './chunks.js';

/** Yields arrays of the rows that the edge has for `bytes`, lines of a log, as they arrive; a row's `line` is 1-based. */
export async function* rowsOf(bytes, {model}, signal) {
  const logs = await linesOf([{blob: new Blob([bytes])}]);
  const asked = {logs, include_templates: true, include_details: true, ...modelMembers(model)};
  const headers = {'Content-Type': 'application/json'};
  const response = await request('/api/predict', {method: 'POST', body: JSON.stringify(asked), headers, signal});
  const answer = await response.json();
  yield answer.logs.map((row, index) => ({...row, line: index + 1}));
}

function modelMembers(model) {
  if (!model) return {};
  return model === 'ml' ? {model_type: 'ml'} : {model_type: 'bert', bert_variant: model};
}
