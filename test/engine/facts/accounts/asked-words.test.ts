import { expect, it } from 'vitest';
import { GOOD, LOCKED, SILENT, UNTRUSTED, WRONG } from '../../../fixtures/logs/asked-lines.ts';
import { answersTo } from '../../../support/diagnose-text.ts';
import { readFixture } from '../../../support/rule-fixtures.ts';

const NO_SLASH = readFixture('saml-url-or-entity-mismatch/fixtures/broken.log').split('\n');
const NO_NAME = readFixture('ldap-user-not-found/fixtures/broken.log').split('\n');
it.each([
  ['Is it the certificate of last week?', LOCKED, 'No: the cause lies in the directory'],
  ['Är det certifikatet som vi bytte?', LOCKED, 'No: the cause lies in the directory'],
  ['Is it DNS?', WRONG, 'No: the cause lies in the password'],
  ['Do I have to change the pre-shared key?', LOCKED, 'No: the cause lies in the directory'],
  // A cause that may be at several places rules nothing out.
  ['Is it DNS?', SILENT, 'The cause most likely lies in the server or on the way'],
  ['Is it the certificate?', UNTRUSTED, 'The cause lies on the FortiGate'],
  ['Is het DNS of het certificaat?', LOCKED, 'The cause lies in the directory'],
  ['Is it the certificate or DNS?', LOCKED, 'The cause lies in the directory'],
  ['Is it not the certificate?', LOCKED, 'The cause lies in the directory'],
  ['Is this a known bug?', LOCKED, 'No bug: the cause lies in the directory'],
  ['Is that a bug or a wrong setting?', WRONG, 'No bug: the cause lies in the password'],
  ['Is it a bug of Keycloak or of the firewall?', NO_SLASH, 'Neither: the cause'],
  ['Is that a known bug?', SILENT, 'Nothing here points to a bug: the cause most likely lies in the server'],
  ['Is there a newer release?', LOCKED, 'Another release is not needed: the cause lies in'],
  ['Which build has the correction?', LOCKED, 'Another release is not needed: the cause lies in'],
  ['Do I have to recreate the LDAP object?', SILENT, 'Nothing has to be created again: the cause'],
  ['Shall I reset her password again?', NO_NAME, 'A new password does not help: the search finds no such'],
  ['What do I tell the auditor?', LOCKED, 'The auditor can be told that'],
  ['What do I answer our new managing director?', WRONG, 'The new managing director can be told that'],
  ['What can I tell our users?', WRONG, 'The users can be told that'],
  ['What do I tell her?', GOOD, 'She can be told that the login works: marlow got in.'],
  ['Ska jag byta hans lösenord?', GOOD, 'A new password is not needed: marlow got in.'],
  ['Нужна новая лицензия?', LOCKED, 'A licence is not what is missing: the cause lies in'],
  ['需要重启吗？', LOCKED, 'A restart of the FortiGate does not help: the cause lies in'],
  ['Czy wrócić do 7.4.7?', GOOD, 'A rollback is not needed: marlow got in.'],
])('is answered with yes or no in view, or for whom it is: %s', (question, lines, expected) => {
  const [answer] = answersTo(question, ['', ...lines]) ?? [];
  expect(answer).toMatch(new RegExp(`^${expected}`));
});

it('leaves out what others are asked, and what a quotation asks, where the case is asked about', () => {
  const question = 'Is it the directory?';
  const other = ['Has anyone else moved the firewall to IPsec?', '> Is it the licence?', ''];
  expect(answersTo(question, ['', ...other, ...LOCKED])).toEqual(answersTo(question, ['', ...LOCKED]));
  expect(answersTo('> Do we need another licence?', ['', ...LOCKED])).toHaveLength(1);
});
