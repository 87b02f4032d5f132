import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../src/engine/fortios/config/parse.ts';
import { diagnoseText, rulesIn } from '../../../support/diagnose-text.ts';

const entry = (name: string, ...settings: readonly string[]) => [
  `    edit "${name}"`,
  ...settings.map((line) => `        ${line}`),
  '    next',
];
const PHASE1 = entry(
  'ra',
  'set type dynamic',
  'set interface "wan1"',
  'set ike-version 2',
  'set proposal aes256-sha256',
);
const PORTAL = entry(
  'crew-web',
  'set web-mode enable',
  'config bookmark-group',
  '    edit "gui-bookmarks"',
  '    next',
  'end',
);

function tablesIn(lines: readonly string[]) {
  return parseConfig(lines).blocks.map(({ path, entries, closed }) => [
    path,
    entries.map(({ key }) => key),
    closed,
  ]);
}

describe('an entry without its `config` line', () => {
  it.each([
    ['of a tunnel', PHASE1, [['vpn ipsec phase1-interface', ['ra'], true]]],
    ['with a table inside', PORTAL, [['vpn ssl web portal', ['crew-web'], true]]],
    [
      'and another one',
      [...PHASE1, '', ...PORTAL],
      [
        ['vpn ipsec phase1-interface', ['ra'], true],
        ['vpn ssl web portal', ['crew-web'], true],
      ],
    ],
    ['cut at its end', PHASE1.slice(0, -1), [['vpn ipsec phase1-interface', ['ra'], true]]],
    [
      'above a whole table',
      [...PHASE1, 'config user group', ...entry('crew', 'set member "wren"'), 'end'],
      [
        ['vpn ipsec phase1-interface', ['ra'], true],
        ['user group', ['crew'], true],
      ],
    ],
  ])('is read by its settings: %s', (_what, lines, tables) => {
    expect(tablesIn(lines)).toEqual(tables);
  });

  it.each([
    ['settings that many tables have', entry('crew', 'set member "wren" "plover"')],
    ['another entry inside', [...PHASE1.slice(0, -1), ...PORTAL]],
    [
      'more tables inside than FortiOS has',
      [...PHASE1.slice(0, -1), ...Array(9).fill('config entries'), ...Array(9).fill('end'), 'next'],
    ],
    ['a line of prose inside', [...PHASE1.slice(0, 3), 'and some more here', ...PHASE1.slice(3)]],
  ])('is not read with %s', (_what, lines) => {
    expect(tablesIn(lines)).not.toContainEqual(expect.arrayContaining(['vpn ipsec phase1-interface']));
  });

  it('is left in the table that it continues', () => {
    expect(tablesIn(['config user local', ...PHASE1, 'end'])).toEqual([['user local', ['ra'], true]]);
  });
});

describe('an entry in a message', () => {
  const LOG = [
    'ike V=root:0:ra:4411: responder received AUTH msg',
    'ike V=root:0:ra:4411: peer identifier IPV4_ADDR 192.168.44.7',
    'ike V=root:0:ra:4411: re-validate gw ID',
    'ike V=root:0:ra:4411: gw validation failed',
  ].join('\n');
  const phase1 = (...more: readonly string[]) =>
    [
      ...PHASE1.slice(0, -1),
      '        set peertype any',
      ...more.map((line) => `        ${line}`),
      '    next',
    ].join('\n');
  const RULE = 'ike-eap-not-negotiated';

  it.each([
    ['in French', 'et la conf :\n\n'],
    ['in German', 'Der Tunnel dazu:\n'],
    ['with a fence', 'conf of the tunnel\n```\n', '\n```\n'],
    ['without indents', 'this is how it is set up\n', ''],
  ])('shows its settings: %s', (how, before, after = '\n') => {
    const block = phase1('set eap disable');
    const shown = how === 'without indents' ? block.replace(/^ +/gm, '') : block;
    expect(rulesIn(diagnoseText(`${LOG}\n\n${before}${shown}${after}\nThanks\n`))).toEqual([RULE]);
    expect(rulesIn(diagnoseText(`${before}${shown}${after}\nThe log:\n${LOG}\n`))).toEqual([RULE]);
  });

  it('shows the local ID that the tunnel wants, where it was cut before `next` under a bare heading', () => {
    const log = [
      "ike V=root:0:ra:4411: received peer identifier FQDN 'plovr'",
      ...LOG.split('\n').slice(2),
    ].join('\n');
    const cut = entry(
      'ra',
      'set type dynamic',
      'set interface "wan2"',
      'set ike-version 2',
      'set peertype one',
      'set peerid "plover"',
      'set eap enable',
    ).slice(0, -1);
    for (const tail of ['', '\nThanks a lot\n']) {
      const [finding] = diagnoseText(`${log}\n\nphase1:\n${cut.join('\n')}\n${tail}`).findings;
      expect(finding).toMatchObject({ rule: 'ike-peer-id-mismatch', confidence: 'certain' });
      expect(finding?.title).toContain('asks for “plover”');
    }
  });

  it('shows nothing of the settings below the line where it was cut', () => {
    const cut = phase1().replace(/\n +next$/, '');
    expect(rulesIn(diagnoseText(`${LOG}\n\n${cut}\n`))).not.toContain(RULE);
  });

  it.each([
    ['is what it shows', phase1('set eap enable')],
    ['is a proposal', `Please try the following:\n${phase1('set eap disable')}`],
    ['has a placeholder', phase1('set eap disable', 'set authusrgrp <your-group>')],
  ])('does not where it %s', (_what, text) => {
    expect(rulesIn(diagnoseText(`${LOG}\n\n${text}\n`))).not.toContain(RULE);
  });
});
