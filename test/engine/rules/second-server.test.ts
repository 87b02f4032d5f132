import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const PATH = '../../../src/engine/rules/ldap-server-unreachable/fixtures';
const read = (name: string) => readFileSync(new URL(`${PATH}/${name}`, import.meta.url), 'utf8');
const SERVER = '        set server "10.20.1.9"\n';
const NO_ROUTE = read('broken.no-route.txt');

it.each([
  ['no other server', '', ['ldap-server-unreachable']],
  ['a second one', '        set secondary-server "10.20.1.10"\n', []],
  ['a third one', '        set tertiary-server "dc03.heron.example"\n', []],
])('a server without a route stops no login alone where its entry has %s', (_what, more, found) => {
  expect(NO_ROUTE).toContain(SERVER);
  expect(rulesIn(diagnoseText(NO_ROUTE.replace(SERVER, SERVER + more)))).toEqual(found);
});

it('a foreign source address stops them all', () => {
  const text = read('broken.source-ip.txt').replace(
    SERVER,
    `${SERVER}        set secondary-server "10.20.1.10"\n`,
  );
  expect(rulesIn(diagnoseText(text))).toEqual(['ldap-server-unreachable']);
});

it('the route to the address that was asked counts of a server with a name', () => {
  const text = read('broken.internet.log').replace(
    'set server "10.20.1.9"',
    'set server "dc01.heron.example"',
  );
  expect(text).toContain('dc01.heron.example');
  expect(diagnoseText(text).findings[0]?.title).toContain('leave through');
});

it('the route to one address says nothing about another one that did not answer', () => {
  const log = (address: string) =>
    read('broken.internet.log').replaceAll('dc01:10.20.1.9 timed', `dc01:${address} timed`);
  const title = (text: string) => diagnoseText(text).findings[0]?.title;
  expect(title(log('10.20.1.9'))).toContain('leave through');
  expect(title(log('10.20.1.10'))).toContain('does not answer');
});
