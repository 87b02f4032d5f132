import { describe, expect, it } from 'vitest';
import type { EvidenceItem } from '../../src/engine/evidence/types.ts';
import { createRandom } from '../fuzz/random.ts';
import { sampleOf } from '../support/amount.ts';
import { answerOf, usersIn } from './asked.ts';
import { checks, type Example, fixtures, isLong } from './cases.ts';

/**
 * With a user named whom the evidence knows on one device, what it says of a device that does not know the user changes
 * neither the verdict nor the first finding.
 */

const HOST = /^([A-Za-z][\w-]*)(?:\((?:Primary|Secondary)\))?(?: \([\w.-]+\))? [#$] ?/gm;
const HERE = 'fgt-here';
const ELSEWHERE = 'fgt-elsewhere';

interface Settings {
  readonly allowaccess: string;
  readonly status: string;
  readonly admin: string;
}

function otherDevice({ allowaccess, status, admin }: Settings): string {
  const answers = [
    [
      'get system status',
      `Version: FortiGate-100F v7.2.8,build1639,240313 (GA.M)\nHostname: ${ELSEWHERE}\nVirtual domain configuration: disable`,
    ],
    [
      'show full-configuration system ftm-push',
      `config system ftm-push\n    set server-port 4433\n    set server-cert "Fortinet_Factory"\n    set server "192.0.2.250"\n    set status ${status}\nend`,
    ],
    [
      'show system interface',
      `config system interface\n    edit "wan1"\n        set vdom "root"\n        set ip 192.0.2.250 255.255.255.0\n        set allowaccess ${allowaccess}\n        set role wan\n    next\nend`,
    ],
    [
      'show system admin',
      `config system admin\n    edit "admin"\n        set accprofile "super_admin"\n${admin}    next\nend`,
    ],
    [
      'show user local',
      'config user local\n    edit "osprey"\n        set type password\n        set two-factor fortitoken\n        set fortitoken "FTKMOB99EE99EE99"\n    next\nend',
    ],
    [
      'show user group',
      'config user group\n    edit "vpn-elsewhere"\n        set member "osprey"\n    next\nend',
    ],
    [
      'diagnose fortitoken info',
      'FORTITOKEN           DRIFT  STATUS\nFTKMOB99EE99EE99     0      provisioned\n\nToken server status: reachable',
    ],
  ];
  return `${answers.map(([command, answer]) => `${ELSEWHERE} # ${command}\n${answer}\n\n`).join('')}${ELSEWHERE} # \n`;
}

const SOUND: Settings = { allowaccess: 'ping ftm', status: 'enable', admin: '' };
const OTHERS: Readonly<Record<string, string>> = {
  'that is in order': otherDevice(SOUND),
  'with push switched off': otherDevice({ ...SOUND, status: 'disable' }),
  'that drops the answer': otherDevice({ ...SOUND, allowaccess: 'ping https' }),
  'with trusted hosts': otherDevice({ ...SOUND, admin: '        set trusthost1 10.0.0.0 255.0.0.0\n' }),
};

/** The evidence names its one device, so that another can be told from it. */
function namesItsDevice({ items }: Example): boolean {
  const hosts = items.map(({ text }) => new Set([...text.matchAll(HOST)].map(([, host]) => host)));
  return hosts.every((each) => each.size === 1) && new Set(hosts.flatMap((each) => [...each])).size === 1;
}

/** What a check of one device asked and was answered, as a person pastes it. */
function transcript({ name, items }: Example): Example {
  const answers = items.filter(({ command, failure }) => command !== undefined && failure === undefined);
  const text = answers.map((item) => `${HERE} # ${item.command}\n${item.text.trimEnd()}\n\n`).join('');
  const logs = items.filter(({ command }) => command === undefined).map((item) => item.text);
  return { name, items: [{ name: 'session.txt', text: `${text}${HERE} # \n${logs.join('\n')}` }], focus: {} };
}

function changedBy(
  { name, items, focus }: Example,
  pick: <T>(all: readonly T[]) => readonly T[],
): readonly string[] {
  const users = usersIn(items).filter((user) => user !== 'nobody-here');
  return pick(users).flatMap((user) => {
    const ask = (all: readonly EvidenceItem[]) => answerOf(all, { ...focus, user });
    const before = ask(items);
    return pick(Object.entries(OTHERS)).flatMap(([what, text]) => {
      const other = { name: 'elsewhere.txt', text };
      return [
        [...items, other],
        [other, ...items],
      ].flatMap((both) => {
        // A finding of several devices says whose it is.
        const after = ask(both).replace(/\([\w-]+: /, '(');
        return after === before ? [] : [`${name}, ${user}, a device ${what}: ${before} became ${after}`];
      });
    });
  });
}

const CASES = fixtures().filter(namesItsDevice);

describe('another device changes no answer about a user', () => {
  it('there are fixtures to try it on', () => {
    const withUsers = CASES.filter(({ items }) => usersIn(items).length > 1);
    expect(withUsers.length).toBeGreaterThan(20);
  });

  // A sample has every twelfth fixture.
  it.each(sampleOf(CASES, 20, 2))('$name', (example) => {
    expect(changedBy(example, (all) => all)).toEqual([]);
  });

  it('of every closed-loop device without VDOMs', async () => {
    const single = (await checks(0)).filter(({ name }) => !name.endsWith('with VDOMs'));
    const found = single.flatMap((example, seed) => {
      const random = createRandom(seed);
      return changedBy(transcript(example), (all) => (isLong || all.length === 0 ? all : [random.pick(all)]));
    });
    expect(found).toEqual([]);
  });
});
