// Addresses: `#/page?parameters`. What is behind the `#` stays in the browser.

/** The page and parameters of a location's hash. */
export function placeOf(hash) {
  const [path, query] = hash.replace(/^#\/?/, '').split('?', 2);
  return {page: path || 'analyse', parameters: new URLSearchParams(query ?? '')};
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
