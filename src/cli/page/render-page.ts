import type { Document } from '../../report/documents/document.ts';
import { copyBlock } from '../../report/formats/html/copy-block.ts';
import { constant, element, type Markup, proseMarkup } from '../../report/formats/html/markup.ts';
import { partsMarkup } from '../../report/formats/html/parts.ts';
import { ENHANCE } from '../../report/formats/html/script.ts';
import { partOfPage } from '../../report/formats/html/section-place.ts';
import { STYLE } from '../../report/formats/html/styles.ts';
import { PAGE_STYLE } from './page-style.ts';

/** Sample evidence for the page. */
export interface Sample {
  readonly title: string;
  readonly story: string;
  readonly name: string;
  readonly text: string;
}

/** What a person types to collect evidence. */
export interface Guide {
  readonly commands: readonly string[];
  readonly debugOn: readonly string[];
  readonly debugOff: readonly string[];
}

/** The documentation that a page without a network carries. */
export interface Docs {
  /** How a verdict comes about. */
  readonly verdicts: Document;
  /** The text of each cause. */
  readonly causes: readonly Document[];
}

export interface PageParts {
  /** Version of ftm-check. */
  readonly version: string;
  readonly samples: readonly Sample[];
  readonly guide: Guide;
  readonly docs: Docs;
  /** Bundled scripts; neither holds `</script` or `<!--`. */
  readonly clientScript: string;
  readonly workerScript: string;
  /** Base64 of the SHA-256 of a text. */
  readonly hash: (text: string) => string;
}

const PAGE_CSS = STYLE + PAGE_STYLE;

/** The whole page as one file: it loads nothing and can send nothing. The same parts give the same bytes. */
export function renderPage(parts: PageParts): string {
  const { markup } = element('html', { lang: 'en' }, head(parts), body(parts));
  return `<!doctype html>\n${markup}\n`;
}

function head({ hash, clientScript }: PageParts): Markup {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${hash(PAGE_CSS)}'`,
    `script-src 'sha256-${hash(ENHANCE)}' 'sha256-${hash(clientScript)}'`,
    'img-src data:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('title', {}, 'ftm-check: why does the VPN login fail?'),
    element('link', { rel: 'icon', id: 'icon', href: 'data:,' }),
    element('style', {}, constant(PAGE_CSS)),
  );
}

function body({ version, samples, guide, docs, clientScript, workerScript }: PageParts): Markup {
  return element(
    'body',
    { 'data-version': version },
    element(
      'div',
      { id: 'ask' },
      element(
        'header',
        { class: 'intro' },
        element('h1', {}, 'Why does the VPN login fail?'),
        element(
          'p',
          {},
          'Finds out why a VPN login fails on a FortiGate: password, directory, SAML, group, policy, IPsec, and the FortiToken push behind it. ' +
            'Paste or drop what the FortiGate printed: debug output of a login, a configuration backup or a CLI session. ' +
            'Several files are one case, and you can add to it below the answer.',
        ),
        element(
          'p',
          { class: 'muted' },
          'Nothing leaves this computer. This page can load and send nothing, works offline, and replaces secrets ' +
            'before it shows anything.',
        ),
      ),
      element('main', {}, form(), guideSection(guide), samplesSection(samples)),
    ),
    element(
      'div',
      { id: 'answer', hidden: true },
      element('section', { 'aria-label': 'Summary' }, element('ul', { id: 'summary' })),
      element('div', { class: 'beside' }, element('div', { id: 'report', tabindex: '-1' }), evidencePane()),
      actions(),
    ),
    docsSection(docs),
    progressParts(),
    element(
      'nav',
      { 'aria-label': 'Page' },
      element('button', { type: 'button', id: 'docs-open' }, 'Documentation'),
      element('button', { type: 'button', id: 'theme' }, 'Dark theme'),
    ),
    element(
      'noscript',
      {},
      element('p', {}, 'This page reads evidence with a script. Please allow scripts for it.'),
    ),
    ...samples.map((sample, index) =>
      element('script', { type: 'text/plain', id: `sample-${index}` }, constant(dataText(sample.text))),
    ),
    element('script', { type: 'text/plain', id: 'worker' }, constant(workerScript)),
    element('script', {}, constant(ENHANCE)),
    element('script', {}, constant(clientScript)),
  );
}

/** The text around a line that the report quotes. */
function evidencePane(): Markup {
  return element(
    'aside',
    { id: 'evidence', 'aria-labelledby': 'evidence-title', hidden: true },
    element(
      'div',
      { class: 'row' },
      element('h2', { id: 'evidence-title' }, 'Evidence'),
      element('button', { type: 'button', id: 'evidence-close' }, 'Close'),
    ),
    element('ol', {
      id: 'evidence-lines',
      class: 'lines',
      tabindex: '0',
      'aria-label': 'Lines of the evidence',
    }),
  );
}

function form(): Markup {
  return element(
    'form',
    { id: 'form', class: 'drop' },
    element(
      'div',
      { id: 'case', hidden: true },
      element('p', {}, 'In this case:'),
      element('ul', { id: 'case-list' }),
    ),
    element('label', { for: 'text' }, 'Evidence'),
    element('textarea', { id: 'text', spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off' }),
    element(
      'div',
      { class: 'row' },
      element('button', { type: 'submit', id: 'submit', class: 'primary' }, 'Find the cause'),
      element(
        'label',
        { class: 'file' },
        'Choose files',
        element('input', { type: 'file', id: 'files', multiple: true }),
      ),
      element('span', { class: 'muted' }, 'or drop files here; gzip and zip too'),
    ),
  );
}

/** At the bottom of the window, over the question and the answer. */
function progressParts(): Markup {
  return element(
    'div',
    { id: 'reading' },
    element('p', { id: 'status', role: 'status' }),
    element('progress', { id: 'progress', hidden: true, 'aria-label': 'Reading' }),
    element(
      'p',
      { id: 'cancel-row', hidden: true },
      element('button', { type: 'button', id: 'cancel' }, 'Cancel'),
    ),
  );
}

function guideSection({ commands, debugOn, debugOff }: Guide): Markup {
  return element(
    'details',
    { id: 'guide' },
    element('summary', {}, 'How do I collect this?'),
    element('h2', {}, 'A configuration backup shows most'),
    element(
      'p',
      {},
      'In the GUI of the FortiGate: your name at the top right › Configuration › Backup. Do not encrypt it.',
    ),
    element('h2', {}, 'Or a few commands'),
    element(
      'p',
      {},
      'Paste these into the CLI, and copy everything that it prints. They change nothing; the ping sends five packets.',
    ),
    copyBlock('guide-commands', commands, 'commands'),
    element('h2', {}, 'A login that fails'),
    element('p', {}, 'Paste these, let the user log in once, and copy what is printed.'),
    copyBlock('guide-debug', debugOn, 'debug on'),
    element('p', {}, 'Then switch the debug off:'),
    copyBlock('guide-debug-off', debugOff, 'debug off'),
  );
}

function docsSection({ verdicts, causes }: Docs): Markup {
  return element(
    'details',
    { id: 'docs' },
    element('summary', {}, `Documentation: verdicts, and the ${causes.length} causes it knows`),
    element('h2', {}, verdicts.headline),
    ...partsMarkup(verdicts.parts, partOfPage('verdicts')),
    element('h2', {}, 'Causes'),
    ...causes.map(({ headline, parts }, index) =>
      element(
        'details',
        {},
        element('summary', {}, proseMarkup(headline)),
        ...partsMarkup(parts, partOfPage(`cause-${index + 1}`)),
      ),
    ),
  );
}

function samplesSection(samples: readonly Sample[]): Markup {
  return element(
    'section',
    {},
    element('h2', {}, 'Or try a sample'),
    element(
      'ul',
      { class: 'samples' },
      ...samples.map(({ title, story, name }, index) =>
        element(
          'li',
          {},
          element(
            'button',
            { type: 'button', 'data-sample': index, 'data-name': name },
            element('strong', {}, title),
            element('span', {}, story),
          ),
        ),
      ),
    ),
  );
}

function actions(): Markup {
  return element(
    'div',
    { class: 'row actions' },
    element('button', { type: 'button', id: 'add', class: 'primary' }, 'Add to this case'),
    element('button', { type: 'button', id: 'again' }, 'New case'),
    element('button', { type: 'button', id: 'save-html' }, 'Save report'),
    element('button', { type: 'button', id: 'copy-markdown' }, 'Copy as Markdown'),
    element('button', { type: 'button', id: 'save-json' }, 'Save JSON'),
  );
}

/** Text in a script element ends at `</script`; JSON can escape `<`. */
function dataText(text: string): string {
  return JSON.stringify(text).replaceAll('<', '\\u003c');
}
