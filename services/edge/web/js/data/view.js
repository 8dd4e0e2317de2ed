// What of an analysis is shown, as the address holds it. It stands behind the `#`, which browsers send to nobody: a
// search text may quote a log.
import {classes, classIndex} from './classes.js';

const list = (text) => (text ? text.split(',').map(decodeURIComponent).filter(Boolean) : []);
const joined = (values) => [...values].map(encodeURIComponent).join(',');

/** The filter of an address's parameters; what makes no sense in them is left out. */
export function viewOf(parameters) {
  const number = (name) => {
    const text = parameters.get(name);
    return text === null || text === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
  };
  return {
    classes:
      new Set(list(parameters.get('class')).map((name) => classIndex.get(name)).filter((index) => index !== undefined)),
    types: new Set(list(parameters.get('type'))),
    templates: new Set(list(parameters.get('template'))),
    without: new Set(list(parameters.get('without'))),
    text: parameters.get('q') ?? '',
    atLeast: number('sure'),
    from: number('from'),
    to: number('to'),
  };
}

/** The parameters of a filter. */
export function parametersOf(view) {
  const parameters = new URLSearchParams();
  const put = (name, value) => {
    if (value !== undefined && value !== '') parameters.set(name, value);
  };
  put('class', joined([...view.classes].sort().map((index) => classes[index].name)));
  put('type', joined(view.types));
  put('template', joined(view.templates));
  put('without', joined(view.without));
  put('q', view.text);
  put('sure', view.atLeast);
  put('from', view.from);
  put('to', view.to);
  return parameters;
}

/** True where the filter lets every line through. */
export const showsAll = (view) => parametersOf(view).size === 0;

/** A set with `value` in it if it was not, and without it if it was. */
export function toggled(set, value) {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}

const SETTINGS = {
  model: 'model',
  logType: 'format',
  multiline: 'multiline'
};

/** How a log is read, as an address says it: `{ model, logType, multiline }`; absent: as the server does by itself. */
export function settingsOf(parameters) {
  return Object.fromEntries(
    Object.entries(SETTINGS).filter(([, name]) => parameters.get(name)).map(([key,
                                                                              name]) => [key, parameters.get(name)]));
}

/** Parameters with `settings` in them and nothing else. */
export function settingParameters(settings) {
  const parameters = new URLSearchParams();
  for (const [key, name] of Object.entries(SETTINGS))
    if (settings[key]) parameters.set(name, settings[key]);
  return parameters;
}

/** Parameters of a filter beside those of `current` that are named or say how the log is read. */
export function parametersBeside(view, current, names = []) {
  const next = parametersOf(view);
  for (const name of [...Object.values(SETTINGS), ...names])
    if (current.has(name)) next.set(name, current.get(name));
  return next;
}
