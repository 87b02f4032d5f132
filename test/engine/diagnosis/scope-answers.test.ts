import { expect, it } from 'vitest';
import { GOOD, LOCKED, NOT_SHOWN, SILENT } from '../../fixtures/logs/asked-lines.ts';
import { answersTo } from '../../support/diagnose-text.ts';
import { readFixture } from '../../support/rule-fixtures.ts';

const fromFixture = (path: string) => ['', ...readFixture(path).split('\n')];
const SAML = fromFixture('saml-idp-certificate-wrong/fixtures/broken.log');
const PUSH = fromFixture('wan-ftm-access-missing/fixtures/broken.conf');
const PROFILE = fromFixture('ike-proposal-mismatch/fixtures/broken.dhgrp.log');

it.each([
  ['Also for others?', LOCKED, /^The cause is one of this account, .* stops no other user/],
  ['is it him?', [...LOCKED, ...GOOD], /^The cause is one of this account, .*; marlow got in/],
  ['Does it hit others too?', NOT_SHOWN, /^This text shows no login of another user than wren/],
  ['Does it hit others too?', [...NOT_SHOWN, ...GOOD], /^In this text wren does not get in; marlow got in/],
  ['Does it hit others too?', SILENT, /^The cause stops every user of this server/],
  ['Und betrifft das auch unsere lokalen Notfall-Konten?', SAML, /^Local users .* not stopped .* SAML/],
  ['are our local accounts affected', SILENT, /^Local users .* not stopped .* server/],
  ['Est-ce que ça touche les comptes locaux ?', SAML, /^Local users .* not stopped/],
  ['Does it affect the admins, too?', SILENT, /^Administrators whose account is on this server/],
  ['Betrifft das auch Administratoren?', SAML, /^The sign-on of administrators has a SAML entry/],
  ['Are the site-to-site tunnels affected?', SILENT, /^Site-to-site tunnels are not stopped/],
  ['Are site-to-site tunnels hit as well?', PROFILE, /phase 1 of its own/],
  ['Does it hit the SAML users?', SILENT, /^SAML logins are not stopped/],
  ['Does it affect the users of the other VDOM?', SILENT, /^Another VDOM/],
  ['Are users with hardware tokens affected?', PUSH, /type a code are not stopped/],
  ['Riguarda anche gli utenti locali?', PUSH, /^Local users with push are stopped, too/],
  ['¿Afecta a otros usuarios?', PROFILE, /^Every client with this profile/],
])('answers whom the cause stops: %s', (question, lines, expected) => {
  expect(answersTo(question, lines)).toEqual([expect.stringMatching(expected)]);
});
