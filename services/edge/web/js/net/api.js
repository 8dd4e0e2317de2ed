// Requests to the edge that served this page; failures as it describes them.

const KEY = 'tocsin-key';

/** A request that got no usable answer: `code` and `detail` of a problem (RFC 9457), or what the network said. */
export class RequestFailure extends Error {
  constructor({status = 0, code, detail, tier, retryAfter}) {
    super(detail);
    Object.assign(this, {status, code, tier, retryAfter});
  }

  /** The edge has no such path: it is of a version without it. */
  get isMissing() {
    return this.status === 404 && (this.code === 'not_found' || this.code === undefined);
  }
}

/** The API key of this tab, or null; it is kept until the tab closes. */
export const apiKey = {
  get: () => sessionStorage.getItem(KEY),
  set: (key) => (key ? sessionStorage.setItem(KEY, key) : sessionStorage.removeItem(KEY)),
};

let askForKey = async () => undefined;

/** Says who asks for a key where the edge wants one: a function that resolves to it, or to undefined where none is given. */
export function signInWith(ask) {
  askForKey = ask;
}

/** The answer to a request; asks for a key where the edge wants one. */
export async function request(path, options = {}) {
  for (;;) {
    const used = apiKey.get();
    const response = await send(path, options, used);
    if (response.ok) return response;
    const failure = await failureOf(response);
    if (response.status !== 401) throw failure;
    // Requests side by side are all refused at once; the first to ask has the key for the others.
    if (apiKey.get() === used && !(await askForKey(failure))) throw failure;
  }
}

/** The JSON of a GET. */
export async function get(path, options) {
  return (await request(path, options)).json();
}

/** The JSON that comes for `value`. */
export async function post(path, value, options = {}) {
  const headers = {'Content-Type': 'application/json'};
  return (await request(path, {...options, method: 'POST', body: JSON.stringify(value), headers})).json();
}

async function send(path, options, key) {
  const headers = {...options.headers, ...(key && {Authorization: `Bearer ${key}`})};
  try {
    return await fetch(path, {...options, headers, credentials: 'omit', cache: 'no-store'});
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new RequestFailure(
      {detail: 'The server does not answer. Is it running, and is this machine still connected to it?'});
  }
}

async function failureOf(response) {
  const seconds = Number(response.headers.get('Retry-After') ?? NaN);
  const failure = {status: response.status, retryAfter: Number.isNaN(seconds) ? undefined : seconds};
  try {
    const {code, detail, tier} = await response.json();
    return new RequestFailure({...failure, code, detail: detail ?? `The server answered ${response.status}.`, tier});
  } catch {
    return new RequestFailure({...failure, detail: `The server answered ${response.status} ${response.statusText}.`});
  }
}
