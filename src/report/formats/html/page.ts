import { printableProse } from '../../documents/printable.ts';
import { constant, element, type Markup } from './markup.ts';
import { CONTENT_SECURITY_POLICY } from './policy.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './styles.ts';

/** A document that loads nothing and needs no script. No final line break. */
export function renderPage(title: string, body: readonly Markup[]): string {
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
    element('title', {}, `${printableProse(title)} · ftm-check`),
    element('style', {}, constant(STYLE)),
  );
}

/** Line of the footer; `version` is the one of ftm-check. */
export function madeBy(version: string | undefined): string {
  return `Made by ftm-check${version === undefined ? '' : ` ${version}`}, which changes nothing on a device.`;
}
