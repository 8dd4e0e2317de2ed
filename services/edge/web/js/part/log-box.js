// Where a log comes in: pasted, dropped or picked.
import {bytes, counted} from '../data/format.js';

import {announce, fill, h} from './dom.js';
import {icon} from './icons.js';

const LIMIT = 100 << 20;      // said as 100 MB
const LARGE_PASTE = 400_000;  // characters: a text field gets slow with more

/** A text field with files beside it. `changed` is called when what it holds does. */
export class LogBox {
  #files = [];
  #changed;
  #list = h('ul', {class: 'files'});
  #problem = h('p', {class: 'problem', role: 'alert', hidden: true});
  #text;
  #picker;

  constructor({label, placeholder, changed = () => {}, submit = () => {}}) {
    this.#changed = changed;
    this.#text = h('textarea', {
      class: 'input',
      'aria-label': label,
      placeholder,
      spellcheck: 'false',
      autocomplete: 'off',
      autocapitalize: 'off',
      wrap: 'off',
      oninput: () => this.#update(),
      onpaste: (event) => this.#paste(event),
      onkeydown: (event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && submit(),
    });
    this.#picker = h('input', {type: 'file', multiple: true, hidden: true, onchange: () => this.#pick()});
    this.element =
      h('div', {class: 'log-box'}, this.#text, this.#list, this.#problem,
        h('div', {class: 'log-box-foot'},
          h('button', {class: 'button', type: 'button', onclick: () => this.#picker.click()}, icon('upload'),
            'Choose files'),
          h('span', {class: 'muted small'}, 'or drop them here, up to 100 MB'), this.#picker));
    acceptDrops(this.element, (files) => this.add(files));
  }

  /** What is to be read: `[{ name, blob }]`, files first. */
  get sources() {
    const typed = this.#text.value;
    return [...this.#files, ...(typed.trim() ? [{name: 'pasted lines', blob: new Blob([typed])}] : [])];
  }

  get isEmpty() {
    return this.#files.length === 0 && this.#text.value.trim() === '';
  }

  focus() {
    this.#text.focus();
  }

  add(files) {
    const total = [...this.#files.map(({blob}) => blob), ...files].reduce((sum, {size}) => sum + size, 0);
    const empty = [...files].filter(({size}) => size === 0);
    if (total > LIMIT)
      return this.#complain(
        `These files are ${bytes(total)} together; the page takes 100 MB. For more, use tocsin analyze in a terminal.`);
    if (empty.length)
      return this.#complain(`${empty[0].name} is empty, or it is a folder: choose files with lines in them.`);
    this.#files.push(...[...files].map((file) => ({name: file.name, blob: file})));
    announce(`${counted(files.length, 'file')} added`);
    return this.#update();
  }

  #pick() {
    this.add(this.#picker.files);
    this.#picker.value = '';
  }

  #paste(event) {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (event.clipboardData?.files.length)
      this.add(event.clipboardData.files);
    else if (text.length > LARGE_PASTE)
      this.add([new File([text], 'pasted lines')]);
    else
      return;
    event.preventDefault();
  }

  #complain(text) {
    this.#problem.textContent = text;
    this.#problem.hidden = false;
  }

  #update() {
    this.#problem.hidden = true;
    fill(
      this.#list,
      this.#files.map(
        (file) =>
          h('li', {class: 'chip'}, h('span', {}, file.name), h('span', {class: 'muted'}, bytes(file.blob.size)),
            h('button', {type: 'button', 'aria-label': `Remove ${file.name}`, onclick: () => this.#remove(file)},
              icon('close')))));
    this.#changed();
  }

  #remove(file) {
    this.#files = this.#files.filter((each) => each !== file);
    this.#update();
  }
}

/** Files dropped on `element` go to `take`; while they hover over it, it shows that it takes them. */
export function acceptDrops(element, take) {
  const isFiles = (event) => event.dataTransfer?.types.includes('Files');
  element.addEventListener('dragover', (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    element.classList.add('dropping');
  });
  element.addEventListener(
    'dragleave', (event) => !element.contains(event.relatedTarget) && element.classList.remove('dropping'));
  element.addEventListener('drop', (event) => {
    element.classList.remove('dropping');
    if (!isFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    take([...event.dataTransfer.files]);
  });
}
