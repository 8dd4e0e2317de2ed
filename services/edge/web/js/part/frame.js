// What stands round every page: the list of pages, the theme, the key.
import {count} from '../data/format.js';
import {parametersBeside, viewOf} from '../data/view.js';
import {apiKey} from '../net/api.js';

import {fill, h} from './dom.js';
import {icon} from './icons.js';
import {addressOf} from './router.js';

// A later page is an entry here and a module in page/; the groups are what people come for, not what the system is made of.
const groups = [
  {title: 'Investigate', pages: [['analyse', 'Analyse'], ['templates', 'Templates'], ['compare', 'Compare']]},
  {title: 'System', pages: [['models', 'Models'], ['health', 'Health']]},
];

const themes = ['system', 'light', 'dark'];

/** Builds the frame in `root`; gives its `main` element and `mark(page, parameters)`, which says where we are. */
export function frame(root, session) {
  const links = new Map();
  const main = h('main', {id: 'main', tabindex: -1});
  const templateCount = h('span', {class: 'count number'});
  const nav =
    h('nav', {'aria-label': 'Pages'},
      groups.map(({title, pages}) => h('section', {}, h('h2', {}, title), h('ul', {}, pages.map(([name, label]) => {
                                         const link =
                                           h('a', {href: addressOf(name), title: label}, icon(name),
                                             h('span', {class: 'label'}, label), name === 'templates' && templateCount);
                                         links.set(name, link);
                                         return h('li', {}, link);
                                       })))));
  session.addEventListener('change', () => {
    const templates = session.current?.store.templates.list.length ?? 0;
    const text = templates ? count(templates) : '';
    if (templateCount.textContent !== text) templateCount.textContent = text;
  });
  fill(
    root,
    h('div', {class: 'rail'},
      h('a', {class: 'brand', href: '#/analyse'}, h('img', {src: 'icon.svg', alt: ''}),
        h('span', {class: 'label'}, 'Tocsin')),
      nav, h('footer', {}, signOutButton(), themeButton())),
    main);
  const mark = (page, parameters) => {
    // The filter goes along between the two pages that share it.
    const filter = parametersBeside(viewOf(parameters), parameters);
    for (const [name, link] of links) {
      if (name === page)
        link.setAttribute('aria-current', 'page');
      else
        link.removeAttribute('aria-current');
      if (['analyse', 'templates'].includes(name))
        link.href = addressOf(name, ['analyse', 'templates'].includes(page) ? filter : undefined);
    }
  };
  return {main, mark};
}

function themeButton() {
  const label = h('span', {class: 'label'});
  const button =
    h('button', {
      class: 'button quiet',
      type: 'button',
      onclick: () => show(themes[(themes.indexOf(current()) + 1) % themes.length])
    },
      icon('theme'), label);
  const current = () =>
    (themes.includes(localStorage.getItem('tocsin-theme')) ? localStorage.getItem('tocsin-theme') : 'system');
  const show = (theme) => {
    localStorage.setItem('tocsin-theme', theme);
    document.documentElement.dataset.theme = theme;
    label.textContent = `Theme: ${theme}`;
  };
  show(current());
  return button;
}

function signOutButton() {
  const button =
    h('button', {
      class: 'button quiet',
      type: 'button',
      hidden: true,
      onclick: () => {
        apiKey.set(null);
        location.reload();
      }
    },
      icon('key'), h('span', {class: 'label'}, 'Sign out'));
  const show = () => (button.hidden = !apiKey.get());
  addEventListener('tocsin-key', show);
  show();
  return button;
}
