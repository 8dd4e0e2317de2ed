// Elements. Text only ever becomes text nodes and attributes: no log line can become markup.

const SVG = 'http://www.w3.org/2000/svg';

/** An HTML element: `on…` attributes listen, `style` is an object, null and false are left out. */
export function h(tag, attributes, ...children) {
  return build(document.createElement(tag), attributes, children);
}

/** An SVG element, made as `h` makes HTML ones. */
export function svg(tag, attributes, ...children) {
  return build(document.createElementNS(SVG, tag), attributes, children);
}

function build(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on'))
      element.addEventListener(name.slice(2), value);
    else if (name === 'style')
      for (const [key, part] of Object.entries(value)) element.style.setProperty(key, part);
    else if (name === 'value')
      element.value = value;
    else
      element.setAttribute(name, value === true ? '' : value);
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Replaces what is in `element`; the focus stays on the element of the same `data-key`. */
export function fill(element, ...children) {
  const key = element.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  element.replaceChildren(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  if (key) element.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
  return element;
}

/** A function that calls `work` once in the next frame, however often it is called before. */
export function eachFrame(work) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      work();
    });
  };
}

let region;

/** Says `text` to those who listen to the page. */
export function announce(text) {
  region ??= document.body.appendChild(h('div', {class: 'visually-hidden', role: 'status', 'aria-live': 'polite'}));
  region.textContent = text;
}
