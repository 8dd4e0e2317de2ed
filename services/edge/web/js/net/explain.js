// Why a line has its verdict, by `POST /v1/logs:explain`.
import {post} from './api.js';
import {offers} from './catalog.js';

const PATH = '/v1/logs:explain';

/** The explanation of one record, read with the settings of its analysis; null where the server explains nothing. */
export async function explanationOf(record, {model, logType}, signal) {
  if (!(await offers(PATH))) return null;
  const asked = {logs: [record], ...(model && {model}), ...(logType && {log_type: logType})};
  const {explanations: [first]} = await post(PATH, asked, {signal});
  return first;
}
