import { constant, element, type Markup } from '../../report/formats/html/markup.ts';
import { STYLE } from '../../report/formats/html/styles.ts';
import { PAGE_STYLE } from './page-style.ts';

/** Sample evidence for the page. */
export interface Sample {
  readonly title: string;
  readonly story: string;
  readonly name: string;
  readonly text: string;
}

export interface PageParts {
  /** Version of ftm-check. */
  readonly version: string;
  readonly samples: readonly Sample[];
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
    `script-src 'sha256-${hash(clientScript)}'`,
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
    element('title', {}, 'ftm-check: why does the FortiToken push not arrive?'),
    element('style', {}, constant(PAGE_CSS)),
  );
}

function body({ version, samples, clientScript, workerScript }: PageParts): Markup {
  return element(
    'body',
    { 'data-version': version },
    element(
      'div',
      { id: 'ask' },
      element(
        'header',
        { class: 'intro' },
        element('h1', {}, 'Why does the FortiToken push not arrive?'),
        element(
          'p',
          {},
          'Paste or drop what the FortiGate printed: debug output of a login, a configuration backup or a CLI session. ' +
            'Several files are one case.',
        ),
        element(
          'p',
          { class: 'muted' },
          'Nothing leaves this computer. This page can load and send nothing, works offline, and replaces secrets ' +
            'before it shows anything.',
        ),
      ),
      element('main', {}, form(), ...progressParts(), samplesSection(samples)),
    ),
    element(
      'div',
      { id: 'answer', hidden: true },
      element('div', { id: 'report', tabindex: '-1' }),
      actions(),
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
    element('script', {}, constant(clientScript)),
  );
}

function form(): Markup {
  return element(
    'form',
    { id: 'form', class: 'drop' },
    element('label', { for: 'text' }, 'Evidence'),
    element('textarea', { id: 'text', spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off' }),
    element(
      'div',
      { class: 'row' },
      element('button', { type: 'submit', class: 'primary' }, 'Find the cause'),
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

/** Directly below the form, so that a phone shows it too. */
function progressParts(): readonly Markup[] {
  return [
    element('p', { id: 'status', role: 'status' }),
    element('progress', { id: 'progress', hidden: true, 'aria-label': 'Reading' }),
    element(
      'p',
      { id: 'cancel-row', hidden: true },
      element('button', { type: 'button', id: 'cancel' }, 'Cancel'),
    ),
  ];
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
