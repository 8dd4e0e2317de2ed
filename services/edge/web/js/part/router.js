// Addresses: `#/page/thing?parameters`. What is behind the `#` stays in the browser.

/** The page, what of it is looked at (`things`, for pages that hold several), and the parameters of a location's hash. */
export function placeOf(hash) {
  const [path, query] = hash.replace(/^#\/?/, '').split('?', 2);
  const [page, ...things] = path.split('/').filter(Boolean).map(decoded);
  return {page: page ?? 'analyse', things, parameters: new URLSearchParams(query ?? '')};
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The hash of a page and its parameters. */
export function addressOf(page, parameters = new URLSearchParams()) {
  const query = parameters.toString();
  return query ? `#/${page}?${query}` : `#/${page}`;
}

const listeners = new Set();

/** Calls `listener` with the place now and after each change of it. */
export function onPlace(listener) {
  listeners.add(listener);
  listener(placeOf(location.hash));
}

/** Goes to a place; one that `replace`s the last leaves no step to go back to. */
export function go(page, parameters, {replace = false} = {}) {
  const address = addressOf(page, parameters);
  if (address === location.hash) return;
  if (replace)
    history.replaceState(null, '', address);
  else
    history.pushState(null, '', address);
  notify();
}

function notify() {
  const place = placeOf(location.hash);
  for (const listener of listeners) listener(place);
}

addEventListener('popstate', notify);
addEventListener('hashchange', notify);
