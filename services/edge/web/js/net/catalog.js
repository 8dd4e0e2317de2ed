// The models that the server has. Asked once, until it can say.
import {answerOf} from './api.js';

const known = [
  {name: 'ml', key: 'ml', label: 'ML', task: 'boosted trees over 790 features: the fastest'},
  {name: 'dann', key: 'dann_bert', label: 'DANN-BERT', task: 'made to carry over to systems that it has not seen'},
  {name: 'lora', key: 'lora_bert', label: 'LoRA-BERT', task: 'an encoder adapted to logs'},
  {name: 'hybrid', key: 'hybrid_bert', label: 'Hybrid-BERT', task: 'the encoder beside features of the template'},
];

let asked;

/** `[{ name, label, task, isLoaded }]` of the documented models; empty where the server does not answer. */
export function catalog() {
  asked ??= answerOf('/health').then(
    ({models_loaded: loaded}) => known.map(({key, ...model}) => ({...model, isLoaded: loaded[key] === true})), () => {
      asked = undefined;
      return [];
    });
  return asked;
}
