// What is wrong, in a sentence, and the commonest message of each kind of trouble.
import {classColor, classes} from '../data/classes.js';
import {clock, count, counted, isOfOneDay, visible} from '../data/format.js';
import {verdictOf} from '../data/verdict.js';

import {fill, h} from './dom.js';
import {icon} from './icons.js';

/** The banner of an analysis. `show(part of a view)` is called for a message that was chosen. */
export class VerdictBanner {
  element = h('section', {class: 'verdict panel', 'aria-label': 'Verdict'});
  #show;

  constructor(show) {
    this.#show = show;
  }

  update(analysis) {
    this.element.hidden = analysis.rows === 0 && analysis.state === 'failed';  // the failure says all there is to say
    if (!analysis.rows) {
      const text = analysis.isRunning ? 'Reading the first lines…' : 'No line was judged';
      fill(this.element, h('div', {class: 'verdict-text'}, h('p', {class: 'verdict-headline'}, text)));
      return;
    }
    const {classNumber, headline, detail, messages} = verdictOf(analysis);
    const isOneDay = isOfOneDay(analysis.axis);
    this.element.style.setProperty('--class', classColor(classNumber));
    fill(
      this.element, h('div', {class: 'verdict-icon'}, icon(classes[classNumber].name)),
      h('div', {class: 'verdict-text'},
        h('p', {class: 'verdict-headline'},
          analysis.isRunning ? `So far: ${headline[0].toLowerCase()}${headline.slice(1)}` : headline),
        h('p', {}, detail)),
      messages.length > 0 &&
        h('ul', {class: 'verdict-messages', 'aria-label': 'The commonest message of each kind of trouble'},
          messages.map((message) => this.#message(message, isOneDay))));
  }

  #message({classNumber, lines, text, others, span}, isOneDay) {
    const {name, label} = classes[classNumber];
    return h(
      'li', {style: {'--class': classColor(classNumber)}},
      h('button', {
        type: 'button',
        'data-key': `verdict-${name}`,
        title: 'Show the lines of this template',
        onclick: () => this.#show({classes: new Set([classNumber]), templates: new Set([text])}),
      },
        h('span', {class: 'badge'}, icon(name), label), h('span', {class: 'number'}, count(lines)),
        isOneDay && span && h('span', {class: 'muted number when'}, spanText(span)),
        h('span', {class: 'log-text'}, visible(text, 240))),
      others > 0 &&
        h('button', {
          class: 'linkish',
          type: 'button',
          'data-key': `verdict-more-${name}`,
          'aria-label': `Show all lines of ${label}`,
          onclick: () => this.#show({classes: new Set([classNumber])}),
        },
          `and ${counted(others, 'other')}`));
  }
}

function spanText({from, to}) {
  const [first, last] = [clock(from), clock(to)];
  return first === last ? first : `${first} – ${last}`;
}
