import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { loadSshConfig } from '../../../../src/platform/config/ssh-config/load.ts';
import { hostName, lookUp } from '../../../../src/platform/config/ssh-config/look-up.ts';
import { runs } from '../../../support/amount.ts';

const folder = mkdtempSync(join(tmpdir(), 'ftm-ssh-config-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'config');
const localUser = userInfo().username;
const home = '/nonexistent';

const HAS_SSH = spawnSync('ssh', ['-V']).status === 0;
if (!HAS_SSH) console.log('skipped: no `ssh` on PATH to compare with');

interface Read {
  readonly hostname: string;
  readonly user: string;
  readonly port: string;
  readonly proxyjump: string | undefined;
  readonly identityfile: readonly string[];
  readonly userknownhostsfile: string | undefined;
  readonly hostkeyalias: string | undefined;
}

/** OpenSSH's own reading. `undefined`: it refuses the file. */
function askSsh(host: string): Read | undefined {
  let text: string;
  try {
    text = execFileSync('ssh', ['-G', '-F', path, host], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return undefined;
  }
  const all = (keyword: string) =>
    [...text.matchAll(new RegExp(`^${keyword} (.*)$`, 'gm'))].map(([, value]) => value ?? '');
  return {
    hostname: all('hostname')[0] ?? '',
    user: all('user')[0] ?? '',
    port: all('port')[0] ?? '',
    proxyjump: all('proxyjump')[0],
    // Without a setting it prints its defaults.
    identityfile: all('identityfile').filter((key) => !key.startsWith('~/.ssh/id_')),
    userknownhostsfile: all('userknownhostsfile').find((files) => !files.endsWith('/.ssh/known_hosts2')),
    hostkeyalias: all('hostkeyalias')[0],
  };
}

function ours(host: string): Read {
  const options = lookUp(loadSshConfig(path, home), { host, localUser });
  const jump = options.get('proxyjump');
  const keys = options.all('identityfile');
  const files = options.all('userknownhostsfile');
  return {
    hostname: hostName(options.get('hostname'), host).toLowerCase(),
    user: options.get('user') ?? localUser,
    port: options.get('port') ?? '22',
    proxyjump: jump?.toLowerCase() === 'none' ? undefined : jump,
    identityfile: keys,
    userknownhostsfile: files.length > 0 ? files.join(' ') : undefined,
    hostkeyalias: options.get('hostkeyalias'),
  };
}

function include(name: string, text: string): string {
  mkdirSync(join(folder, 'conf.d'), { recursive: true });
  const file = join(folder, 'conf.d', name);
  writeFileSync(file, text);
  return file;
}

const CASES: readonly [string, string, string][] = [
  ['a plain host', 'Host fgt\n  HostName 192.0.2.1\n  User ana\n  Port 2222\n', 'fgt'],
  ['keywords in any case', 'hOST fgt\nHOSTNAME 192.0.2.1\nuSER ana\n', 'fgt'],
  ['names in another case', 'Host FGT\nUser ana\nHost fgt\nUser bob\n', 'FGT'],
  ['an equals sign', 'Host=fgt\nPort = 2200\nUser=ana\nHostName= h.example\n', 'fgt'],
  ['quotes', 'Host "fgt" \'other\'\nUser "ana"\nIdentityFile "/keys/my key"\n', 'fgt'],
  ['escapes', 'IdentityFile /keys/my\\ key\nUser a\\\\na\n', 'fgt'],
  ['comments', '# one\nHost fgt # two\n  User ana # three\n  #Port 3\n', 'fgt'],
  ['the first value', 'Host fgt\nUser ana\nHost *\nUser bob\nPort 99\n', 'fgt'],
  ['settings before any host', 'User ana\nHost fgt\nUser bob\n', 'fgt'],
  ['a star', 'Host fgt-*\nUser ana\nHost *.example\nPort 3\n', 'fgt-1.example'],
  ['a star and nothing for it', 'Host fgt*\nUser ana\n', 'fgt'],
  ['a question mark', 'Host fgt-?\nUser ana\n', 'fgt-1'],
  ['a question mark and nothing for it', 'Host fgt-?\nUser ana\n', 'fgt-'],
  ['a question mark and two characters', 'Host fgt-?\nUser ana\n', 'fgt-12'],
  ['a dot is a dot', 'Host a.c\nUser ana\n', 'abc'],
  ['brackets are brackets', 'Host [ab]\nUser ana\n', 'a'],
  ['negation', 'Host * !fgt-2\nUser ana\n', 'fgt-2'],
  ['negation first', 'Host !fgt-2 fgt-*\nUser ana\n', 'fgt-2'],
  ['negation of another', 'Host !fgt-2 fgt-*\nUser ana\n', 'fgt-1'],
  ['negation alone', 'Host !fgt-2\nUser ana\n', 'fgt-1'],
  [
    'several keys',
    'Host fgt\nIdentityFile /a\nIdentityFile /b\nHost *\nIdentityFile /a\nIdentityFile /c\n',
    'fgt',
  ],
  ['known_hosts files', 'UserKnownHostsFile /a /b\nUserKnownHostsFile /c\n', 'fgt'],
  ['a name for the key', 'Host fgt\nHostKeyAlias the-fgt\n', 'fgt'],
  ['a way', 'Host fgt\nProxyJump ana@bastion:2222,inner\n', 'fgt'],
  ['no way', 'Host fgt\nProxyJump none\nHost *\nProxyJump bastion\n', 'fgt'],
  ['a command before a way', 'Host fgt\nProxyCommand none\nProxyJump bastion\n', 'fgt'],
  ['a way before a command', 'Host fgt\nProxyJump bastion\nProxyCommand none\n', 'fgt'],
  ['%h in a name', 'Host fgt\nHostName %h.example.com\n', 'fgt'],
  ['%% in a name', 'Host fgt\nHostName a%%b\n', 'fgt'],
  ['Match host', 'Match host fgt\nUser ana\n', 'fgt'],
  ['Match host, list', 'Match host a,fgt-*,!fgt-2\nUser ana\n', 'fgt-1'],
  ['Match host, negated in list', 'Match host a,fgt-*,!fgt-2\nUser ana\n', 'fgt-2'],
  ['Match host by its real name', 'Host fgt\nHostName 192.0.2.1\nMatch host 192.0.2.*\nUser ana\n', 'fgt'],
  ['Match host by its nickname', 'Host fgt\nHostName 192.0.2.1\nMatch host fgt\nUser ana\n', 'fgt'],
  ['Match originalhost', 'Host fgt\nHostName 192.0.2.1\nMatch originalhost fgt\nUser ana\n', 'fgt'],
  ['Match !originalhost', 'Match !originalhost fgt\nUser ana\nMatch !originalhost b\nUser bob\n', 'fgt'],
  ['Match user', 'Host fgt\nUser ana\nMatch user ana\nPort 3\n', 'fgt'],
  ['Match user set below', 'Match user ana\nPort 3\nHost fgt\nUser ana\n', 'fgt'],
  ['Match localuser', `Match localuser ${localUser}\nPort 3\n`, 'fgt'],
  ['Match !localuser', `Match !localuser ${localUser}\nPort 3\n`, 'fgt'],
  [
    'Match of two',
    'Match host fgt user nobody-else\nPort 3\nMatch originalhost fgt host fgt\nPort 4\n',
    'fgt',
  ],
  ['Match all', 'Host b\nPort 1\nMatch all\nPort 3\n', 'fgt'],
  ['Match with equals', 'Match host=fgt\nPort 3\n', 'fgt'],
  ['Match final', 'Host fgt\nHostName 192.0.2.1\nMatch final host 192.0.2.1\nUser ana\n', 'fgt'],
  [
    'Match final, then a host',
    'Match final all\nUser bob\nHost fgt\nHostName h.example\nHost h.*\nPort 7\n',
    'fgt',
  ],
  ['Match !final', 'Match !final host fgt\nPort 7\n', 'fgt'],
  ['Match canonical without one', 'Match canonical host fgt\nPort 7\n', 'fgt'],
  ['Match canonical and final', 'Match canonical all\nPort 7\nMatch final all\nUser ana\n', 'fgt'],
  ['Match exec that fails', 'Match host fgt exec false\nPort 7\n', 'fgt'],
  ['Match exec of another host', 'Match host b exec true\nPort 7\n', 'fgt'],
  ['Include', `Include ${include('a', 'Host fgt\nUser ana\n')}\nHost fgt\nUser bob\nPort 3\n`, 'fgt'],
  [
    'Include ends with its file',
    `Host fgt\nInclude ${include('b', 'Host other\nUser x\n')}\nPort 3\n`,
    'fgt',
  ],
  ['Include inside a host', `Host fgt\nInclude ${include('c', 'User ana\n')}\n`, 'fgt'],
  ['Include inside another host', `Host x\nInclude ${include('d', 'User a\nHost fgt\nUser ana\n')}\n`, 'fgt'],
  ['Include inside another Match', `Match host x\nInclude ${include('e', 'Match all\nUser ana\n')}\n`, 'fgt'],
  [
    'Include of many, in order',
    `Include ${join(folder, 'conf.d/many-*')}\n${[include('many-2', 'User two\n'), include('many-1', 'User one\n')].map(() => '').join('')}`,
    'fgt',
  ],
  ['Include of two', `Include ${include('f', 'Port 4\n')} ${include('g', 'User ana\n')}\n`, 'fgt'],
  ['Include of nothing', `Include ${join(folder, 'none-*')}\nUser ana\n`, 'fgt'],
  [
    'Include in Include',
    `Include ${include('h', `Host fgt\nInclude ${include('i', 'User ana\n')}\nPort 9\n`)}\n`,
    'fgt',
  ],
  ['Windows line ends', 'Host fgt\r\n  User ana\r\n', 'fgt'],
  ['unknown settings of new clients', 'IgnoreUnknown *\nFancy yes\nUser ana\n', 'fgt'],
];

describe.skipIf(!HAS_SSH)('a configuration is read as OpenSSH reads it', () => {
  it.each(CASES)('%s', (_, text, host) => {
    writeFileSync(path, text);
    const theirs = askSsh(host);
    expect(theirs).toBeDefined();
    expect(ours(host)).toEqual(theirs);
  });

  it('whatever hosts and patterns are in it', () => {
    const name = fc.stringMatching(/^[ab][ab.-]{0,3}$/);
    const pattern = fc.stringMatching(/^!?[ab*?.][ab*?.-]{0,3}$/);
    const setting = fc.oneof(
      name.map((value) => `HostName ${value}`),
      fc.integer({ min: 1, max: 65_535 }).map((value) => `Port ${value}`),
      name.map((value) => `User ${value}`),
      name.map((value) => `IdentityFile /keys/${value}`),
    );
    const patterns = fc.array(pattern, { minLength: 1, maxLength: 3 });
    const block = fc.oneof(
      patterns.map((list) => `Host ${list.join(' ')}`),
      fc
        .tuple(fc.constantFrom('host', 'originalhost', 'user', '!host', '!user'), patterns)
        .map(([attribute, list]) => `Match ${attribute} ${list.join(',')}`),
      fc.constant('Match final all'),
      fc.constant('Match all'),
    );
    const config = fc.array(fc.oneof(block, setting, setting), { maxLength: 12 });
    fc.assert(
      fc.property(config, name, (lines, host) => {
        writeFileSync(path, `${lines.join('\n')}\n`);
        const theirs = askSsh(host);
        fc.pre(theirs !== undefined);
        expect(ours(host)).toEqual(theirs);
      }),
      { numRuns: runs(300) },
    );
  });
});
