// Models: how good each is, honestly, and what each makes of the lines at hand.
import { catalog } from '../net/catalog.js';
import { fill, h } from '../part/dom.js';
import { emptyState } from '../part/failure.js';

export const title = 'Models';

/** The page. */
export function mount(root) {
  const content = h('div', { class: 'page' });
  root.append(h('div', { class: 'page' }, h('header', { class: 'page-head' }, h('div', {}, h('h1', {}, 'Models'),
    h('p', {}, 'Figures are of event templates that training never saw; what to expect of messages nobody has labelled yet.'))), content));
  catalog().then(({ models }) => {
    if (models.length === 0) {
      fill(content, emptyState('models', 'This server does not describe its models', 'It answers with the active one all the same. The figures stand in the model’s card, models/ml/card.md.'));
    }
  });
  return { update() {}, unmount() {} };
}
