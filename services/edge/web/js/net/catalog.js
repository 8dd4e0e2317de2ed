// What the running system offers: its models, and what a request may name. Asked once for each key, until it can say.
import {get} from './api.js';

// What a name stands for; a model that is not here is called by its name.
const known = {
  ml: ['ML', 'boosted trees over 790 features'],
  dann: ['DANN-BERT', 'an encoder made to carry over to systems that it has not seen'],
  lora: ['LoRA-BERT', 'an encoder adapted to logs'],
  hybrid: ['Hybrid-BERT', 'an adapted encoder beside features of the template'],
  words: ['Words', 'the words of a line and their pairs: the fastest, without an encoder'],
  ensemble: ['Ensemble', 'all of them together, each with its weight'],
};

const asked = new Map();

function once(path) {
  if (!asked.has(path)) {
    const answer = get(path);
    asked.set(path, answer);
    answer.catch(() => asked.delete(path));
  }
  return asked.get(path);
}

addEventListener('tocsin-key', () => asked.clear());

/** The loaded models as `/v1/models` describes them, with `label` and `task` for people. */
export async function models() {
  const {models: loaded} = await once('/v1/models');
  return loaded.map((model) => {
    const [label, task] = known[model.name] ?? [model.name, ''];
    return {...model, label, task};
  });
}

/** What one request may bring and name: `/v1/limits`. */
export const limits = () => once('/v1/limits');

/** Whether the server has that path: one of an older version may not. */
export async function offers(path) {
  const {paths} = await once('/openapi.json');
  return path in paths;
}

/** A model's name as people read it. */
export const modelLabel = (name) => known[name]?.[0] ?? name;
