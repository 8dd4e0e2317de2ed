// What the server can do: its models and formats. Asked once.
import { get } from './api.js';

let known;

/** `{ models: [{ name, label, isLoaded, isActive, … }], formats: [name] }`; empty lists where the server does not say. */
export function catalog() {
  known ??= Promise.all([orNothing(get('/v1/models')), orNothing(get('/v1/limits'))]).then(([models, limits]) => ({
    models: models?.models ?? [], formats: limits?.log_types ?? [],
  }));
  return known;
}

async function orNothing(promise) {
  try {
    return await promise;
  } catch {
    known = undefined;
    return undefined;
  }
}
