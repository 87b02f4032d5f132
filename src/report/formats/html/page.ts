import { printableProse } from '../../documents/printable.ts';
import { constant, element, type Markup } from './markup.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './styles.ts';

/** A document that loads nothing and needs no script. No final line break. */
export function renderHtmlPage(title: string, body: readonly Markup[]): string {
  const { markup } = element(
    'html',
    { lang: 'en' },
    head(title),
    element('body', {}, ...body, element('script', {}, constant(SCRIPT))),
  );
  return `<!doctype html>\n${markup}`;
}

function head(title: string): Markup {
  return element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('title', {}, `${printableProse(title).replaceAll('`', '')} · ftm-check`),
    element('style', {}, constant(STYLE)),
  );
}

/** Line of the footer; `version` is the one of ftm-check. */
export function madeBy(version: string | undefined): string {
  return `Made by ftm-check${version === undefined ? '' : ` ${version}`}, which changes nothing on a device.`;
}

/** SHA-256 of `STYLE` and `SCRIPT` in Base64: a test compares them with the texts. */
export const STYLE_HASH = 'P3CdGOsHlarD2TsZXXGOSVJ2BWn1szBjporDUukNn4w=';
export const SCRIPT_HASH = 'Sl7ilh6IZxs1SXdq9v/dw9cd/gF3KVqd9Y/H0qwK0Yo=';

/** Nothing is loaded, and nothing is active except the report's own style sheet and script. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  `script-src 'sha256-${SCRIPT_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
