// One tier of the running system.
import {buckets} from '../chart/buckets.js';
import {counted, duration} from '../data/format.js';
import {histogram, quantile} from '../net/metrics.js';

import {h} from './dom.js';
import {icon} from './icons.js';

const known = {
  parser: {task: 'Finds each line’s format, fields and template', stage: 'parse'},
  embedding: {task: 'Turns each distinct text into a vector', stage: 'embed'},
  classifier: {task: 'Judges vectors, features and words', stage: 'classify'},
};

/** The edge that serves this page; `times` are those of its analyses. */
export function edgeTile({version}, times) {
  return tile({
    name: 'edge',
    task: 'Takes lines in and hands verdicts out',
    isAway: false,
    facts: [['Version', version]],
    times,
    label: 'How long an analysis takes'
  });
}

/** A tier behind the edge, as `/v1/status` describes it; `samples` are the edge's metrics. */
export function tierTile(
  {tier, available, connections, latency_ms: latency, version, queue, models = [], ...rest}, samples) {
  const {task = '', stage} = known[tier] ?? {};
  return tile({
    name: tier,
    task,
    isAway: !available,
    facts: [
      ['Answers in', available && duration(latency)],
      ['Replicas', connections.length > 0 && connections.map(replica)],
      ['Queue', queue && queued(queue)],
      ['Version', version],
      ['Kernels', rest.openblas_core],
      ['Holds', models.map(({name, algorithm}) => `${name} (${algorithm})`).join(', ')],
    ],
    times: histogram(samples, 'tocsin_stage_seconds', {stage}),
    label: 'How long an analysis waits for it',
  });
}

/** Where a replica is, and how much it has to do: of this edge, and in the queue that it keeps for all. */
function replica({replica: address, available, calls_under_way: calls, queue}) {
  const work = [calls ? `${counted(calls, 'call')} under way` : 'idle', queue && `queue: ${queued(queue)}`];
  return h(
    'span', {class: 'replica'}, address, ' ',
    available ? h('span', {class: 'muted'}, work.filter(Boolean).join(' · ')) :
                h('span', {class: 'pill bad'}, 'left alone: it failed several times'));
}

function queued({waiting_items: items, calls}) {
  return items || calls ? `${counted(items, 'text')} waiting, ${counted(calls, 'call')}` : 'empty';
}

function tile({name, task, isAway, facts, times, label}) {
  return h(
    'section', {class: 'tile panel'},
    h('div', {class: 'tile-head'}, h('h2', {}, name),
      h('span', {class: `pill ${isAway ? 'bad' : 'good'}`}, icon(isAway ? 'system_failure' : 'normal'),
        isAway ? 'does not answer' : 'answers')),
    h('p', {class: 'muted small'}, task),
    h('dl', {class: 'tile-facts'},
      facts.filter(([, value]) => value).map(([term,
                                               value]) => [h('dt', {}, term), h('dd', {class: 'number'}, value)])),
    times.count > 0 ?
      [
        buckets(times, label),
        h('p', {class: 'small number'},
          `half within ${duration(quantile(times, 0.5) * 1000)}, 95 % within ${
            duration(quantile(times, 0.95) * 1000)}`),
        h('p', {class: 'small muted number'},
          `${counted(times.count, 'analysis', 'analyses')}, ${duration(times.mean * 1000)} on average`)
      ] :
      h('p', {class: 'small muted'}, 'Nothing has been analysed since the start.'));
}
