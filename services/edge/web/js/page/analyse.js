// Analyse: a log comes in, and what is wrong in it comes out while it arrives.
import {session} from '../data/session.js';
import {verdictOf} from '../data/verdict.js';
import {parametersBeside, settingParameters, settingsOf, viewOf} from '../data/view.js';
import {announce, fill, h} from '../part/dom.js';
import {icon} from '../part/icons.js';
import {intake} from '../part/intake.js';
import {acceptDrops} from '../part/log-box.js';
import {Results} from '../part/results.js';
import {go, placeOf} from '../part/router.js';

export const title = 'Analyse';

/** The page, drawn anew when the session or the address changes. */
export function mount(root) {
  const page = h('div', {class: 'page'});
  root.append(page);
  let results = null;
  const update = () => {
    const analysis = session.current;
    if (!analysis) {
      results = null;
      if (!page.querySelector('.intake')) fill(page, linkNotice(), intake(placeOf(location.hash).parameters, start));
      return;
    }
    if (results?.analysis !== analysis) {
      results = new Results(analysis);
      fill(page, results.element);
    }
    results.update();
  };
  acceptDrops(root, (files) => {
    if (session.current)
      start(files.map((file) => ({name: file.name, blob: file})), session.current.settings);
    else
      page.querySelector('.intake')?.dispatchEvent(new CustomEvent('files', {detail: files}));
  });
  const onkey = (event) => {
    if (event.key === '/' && !event.target.closest('input, textarea, select')) {
      event.preventDefault();
      results?.search();
    }
  };
  document.addEventListener('keydown', onkey);
  session.addEventListener('change', update);
  return {
    update,
    unmount() {
      session.removeEventListener('change', update);
      document.removeEventListener('keydown', onkey);
    },
  };
}

/** What a link shows of an analysis that this tab does not hold; null where there is nothing in the link. */
function linkNotice() {
  const {parameters} = placeOf(location.hash);
  if (settingParameters(settingsOf(parameters)).size === parameters.size) return null;
  const line = parameters.get('line');
  return h(
    'div', {class: 'notice'}, icon('link'),
    h('div', {},
      h('strong', {}, line ? `This link leads to line ${line} of a log` : 'This link leads to a part of a log'),
      h('p', {}, 'Logs stay in the tab that read them. Give the same log here and it opens at that place.')));
}

/** A link's place stays for the log that it was made for; another log is looked at from its beginning. */
function start(sources, settings) {
  const next = settingParameters(settings);
  if (!session.current) {
    const {parameters} = placeOf(location.hash);
    for (const [name, value] of parametersBeside(viewOf(parameters), parameters, ['line', 'columns']))
      if (!next.has(name)) next.set(name, value);
  }
  go('analyse', next, {replace: !session.current});
  const analysis = session.start(sources, settings);
  announce('Analysis started');
  analysis.then(() => announce(`Analysis ${session.current?.state}: ${verdictOf(session.current).headline}`));
}
