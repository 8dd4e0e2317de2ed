// The analysis that the pages look at: one at a time, kept while the tab lives.
import {analyse} from '../net/analyse.js';

import {axisOf} from './axis.js';
import {LineStore} from './line-store.js';

/** An analysis under way or done. It tells `change` listeners when there is more of it. */
export class Analysis extends EventTarget {
  store = new LineStore();
  state = 'running';  // running, done, cancelled, failed
  failure = null;
  waiting = null;  // the failure after which a request is sent again
  sent = 0;
  milliseconds = 0;
  #abort = new AbortController();

  constructor(sources, settings) {
    super();
    this.sources = sources;
    this.settings = settings;
    this.bytes = sources.reduce((sum, {blob}) => sum + blob.size, 0);
  }

  get name() {
    const [first, ...others] = this.sources;
    return others.length ? `${first.name} and ${others.length} more` : first.name;
  }

  get isRunning() {
    return this.state === 'running';
  }

  /** The axis of what has arrived. */
  get axis() {
    return axisOf(this.store);
  }

  /** How many rows have arrived. */
  rows = 0;

  cancel() {
    this.#abort.abort();
  }

  async run() {
    const began = performance.now();
    const changed = (part) => {
      Object.assign(this, part, {milliseconds: performance.now() - began});
      this.dispatchEvent(new Event('change'));
    };
    try {
      await analyse(this.sources.map(({blob}) => blob), this.settings, {
        signal: this.#abort.signal,
        takeRows: (first, rows) => {
          let added = 0;
          for (const row of rows)
            if (this.store.add(first + row.line - 1, row)) added += 1;
          changed({rows: this.rows + added});
        },
        progress: ({sent}) => changed({sent}),
        waiting: (failure) => changed({waiting: failure}),
      });
      changed({state: 'done'});
    } catch (failure) {
      changed(failure.name === 'AbortError' ? {state: 'cancelled'} : {state: 'failed', failure});
    }
  }
}

/** Holds the current analysis; a `change` event says that it is another one or has grown. */
class Session extends EventTarget {
  current = null;

  /** Starts to analyse `[{ name, blob }]` in place of what was there. */
  start(sources, settings) {
    this.current?.cancel();
    const analysis = new Analysis(sources, settings);
    this.current = analysis;
    analysis.addEventListener('change', () => {
      if (analysis === this.current) this.dispatchEvent(new Event('change'));
    });
    this.dispatchEvent(new Event('change'));
    return analysis.run();
  }

  /** Forgets the analysis. */
  clear() {
    this.current?.cancel();
    this.current = null;
    this.dispatchEvent(new Event('change'));
  }
}

export const session = new Session();
