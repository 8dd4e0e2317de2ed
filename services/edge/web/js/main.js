// Starts the page: the frame, and in it the page that the address names.
import {session} from './data/session.js';
import {signInWith} from './net/api.js';
import * as analyse from './page/analyse.js';
import * as compare from './page/compare.js';
import * as health from './page/health.js';
import * as models from './page/models.js';
import * as templates from './page/templates.js';
import {frame} from './part/frame.js';
import {onPlace} from './part/router.js';
import {askForKey} from './part/sign-in.js';

const pages = {
  analyse,
  templates,
  compare,
  models,
  health
};

signInWith(askForKey);
const {main, mark} = frame(document.getElementById('frame'), session);
let shown = null;

onPlace(({page, parameters}) => {
  const name = page in pages ? page : 'analyse';
  if (shown?.name !== name) {
    shown?.mounted.unmount();
    main.replaceChildren();
    shown = {name, mounted: pages[name].mount(main)};
    document.title = `${pages[name].title} · Tocsin`;
    scrollTo(0, 0);
    if (document.activeElement !== document.body) main.focus();
  }
  mark(name, parameters);
  shown.mounted.update();
});
