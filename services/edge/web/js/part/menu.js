// A button that opens a small panel; Escape and a click elsewhere close it.
import {fill, h} from './dom.js';
import {icon} from './icons.js';

/** `make(close)` gives what the panel holds, each time it opens. */
export function menu({label, icon: drawing, quiet = false}, make) {
  const panel = h('div', {hidden: true});
  const button =
    h('button', {
      class: `button${quiet ? ' quiet' : ''}`,
      type: 'button',
      'aria-expanded': 'false',
      onclick: () => (panel.hidden ? open() : close())
    },
      drawing && icon(drawing), label);
  const root =
    h('div', {
      class: 'menu',
      onkeydown: (event) => event.key === 'Escape' && !panel.hidden && (event.stopPropagation(), close())
    },
      button, panel);

  function open() {
    fill(panel, make(close));
    panel.hidden = false;
    panel.classList.remove('from-left');
    if (panel.getBoundingClientRect().left < 0) panel.classList.add('from-left');
    button.setAttribute('aria-expanded', 'true');
    panel.querySelector('button, input')?.focus();
    document.addEventListener('pointerdown', closeOutside, true);
  }
  function close() {
    const hadFocus = panel.contains(document.activeElement);
    panel.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', closeOutside, true);
    if (hadFocus) button.focus();
  }
  function closeOutside(event) {
    if (!root.contains(event.target)) close();
  }
  return root;
}
