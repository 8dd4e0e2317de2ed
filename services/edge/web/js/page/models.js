// Models: how good each is, honestly, and what each makes of the lines at hand.
import {session} from '../data/session.js';
import {models} from '../net/catalog.js';
import {fill, h} from '../part/dom.js';
import {failureNotice} from '../part/failure.js';
import {modelCard} from '../part/model-card.js';
import {ModelComparison} from '../part/model-comparison.js';

export const title = 'Models';

/** The page. */
export function mount(root) {
  const cards = h('section', {class: 'cards', 'aria-label': 'Models'}, h('p', {class: 'muted'}, 'Asking the server…'));
  const comparison = new ModelComparison();
  root.append(h(
    'div', {class: 'page'},
    h('header', {class: 'page-head'},
      h('div', {}, h('h1', {}, 'Models'),
        h('p', {},
          'Figures are of event templates that training never saw: what to expect of messages nobody has labelled yet. Counted line by line, every model would look better than it is, because logs repeat themselves.'))),
    cards, comparison.element));

  async function draw() {
    try {
      const loaded = await models();
      fill(cards, loaded.map((model) => modelCard(model)));
      comparison.update(loaded, session.current);
    } catch (failure) {
      fill(cards, failureNotice(failure, 'The models are not known', draw));
    }
  }

  draw();
  return {
    update() {},
    unmount() {
      comparison.cancel();
    },
  };
}
