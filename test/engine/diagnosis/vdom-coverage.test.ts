import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { concernedVdoms, loginVdoms, vdomCoverage } from '../../../src/engine/diagnosis/vdom-coverage.ts';
import { toSections } from '../../../src/engine/evidence/sections.ts';
import type { EvidenceItem } from '../../../src/engine/evidence/types.ts';
import { valueIfKnown } from '../../../src/engine/facts/fact.ts';
import { readFacts } from '../../../src/engine/facts/read-facts.ts';

const STATUS =
  'Version: FortiGate-200F v7.4.5,build2702,240923 (GA.M)\nVirtual domain configuration: multiple\n';
const LIST = ['root', 'edge', 'lab', 'spare']
  .map((name, index) => `name=${name}/${name} index=${index} enabled fib_ver=1`)
  .join('\n');

const INTERFACES = `config system interface
    edit "mgmt"
        set vdom "root"
        set ip 192.0.2.1 255.255.255.0
    next
    edit "wan1"
        set vdom "edge"
        set ip 198.51.100.10 255.255.255.0
        set allowaccess ftm
    next
    edit "lan"
        set vdom "lab"
        set ip 192.168.1.1 255.255.255.0
    next
    edit "ssl.spare"
        set vdom "spare"
        set type tunnel
    next
end`;

const GLOBAL = {
  'get system status': STATUS,
  'diagnose sys vd list': LIST,
  'show system interface': INTERFACES,
  'show full-configuration system global': 'config system global\nend',
  'show full-configuration system ftm-push':
    'config system ftm-push\n    set server "198.51.100.10"\n    set status enable\nend',
};

const SSL_VPN = 'config vpn ssl settings\n    set port 10443\n    set source-interface "wan1"\nend';
const EMPTY = {
  'show full-configuration vpn ssl settings': 'config vpn ssl settings\nend',
  'show vpn ipsec phase1-interface': 'config vpn ipsec phase1-interface\nend',
  'show user local': 'config user local\nend',
};
const CALLED = {
  'show firewall vip': 'config firewall vip\nend',
  'show firewall local-in-policy': 'config firewall local-in-policy\nend',
};

type Outputs = Readonly<Record<string, string>>;

function itemsOf(outputs: Outputs, vdom?: string): EvidenceItem[] {
  return Object.entries(outputs).map(([command, text]) => ({
    name: vdom === undefined ? command : `${command} (vdom ${vdom})`,
    command,
    text,
    vdom,
  }));
}

function coverageOf(items: readonly EvidenceItem[], asked?: string) {
  const { facts, inVdom } = readFacts(items.flatMap((item) => toSections(item)));
  const looked: string[] = [];
  const look = (name: string) => {
    looked.push(name);
    return inVdom(name);
  };
  const concerned = concernedVdoms(facts, look, asked);
  return {
    why: Object.fromEntries(concerned.map(({ name, why }) => [name, why])),
    logins: loginVdoms(concerned, inVdom, undefined),
    coverage: valueIfKnown(vdomCoverage(facts, concerned)),
    looked,
  };
}

describe('VDOMs that a question concerns', () => {
  const edge = itemsOf({ ...EMPTY, ...CALLED, 'show full-configuration vpn ssl settings': SSL_VPN }, 'edge');

  it('are the management VDOM, the one that the phone calls, and those that users log in to', () => {
    const read = coverageOf([
      ...itemsOf(GLOBAL),
      ...edge,
      ...itemsOf(EMPTY, 'root'),
      ...itemsOf(EMPTY, 'lab'),
    ]);
    expect(read.why).toEqual({ root: ['management'], edge: ['callback', 'ssl-vpn'] });
    expect(read.logins).toEqual(['edge']);
    expect(read.coverage).toEqual({ concerned: ['root', 'edge'], read: ['root', 'edge'], unread: [] });
  });

  it('include one of which nothing is known, unless it has no interface', () => {
    const { coverage } = coverageOf([...itemsOf(GLOBAL), ...edge, ...itemsOf(EMPTY, 'root')]);
    expect(coverage?.unread).toEqual([
      { vdom: 'lab', reason: 'the evidence does not contain `show full-configuration vpn ssl settings`' },
    ]);
  });

  it('say why one was not read', () => {
    const failure = { kind: 'not-run', reason: 'ftm-check reads at most 12 VDOMs' } as const;
    const lab = itemsOf({ 'show full-configuration vpn ssl settings': '' }, 'lab').map((item) => ({
      ...item,
      failure,
    }));
    const { coverage } = coverageOf([...itemsOf(GLOBAL), ...edge, ...itemsOf(EMPTY, 'root'), ...lab]);
    expect(coverage?.unread).toEqual([{ vdom: 'lab', reason: failure.reason }]);
  });

  it('are the one asked about and the one that the phone calls', () => {
    const { why, coverage } = coverageOf([...itemsOf(GLOBAL), ...edge, ...itemsOf(EMPTY, 'lab')], 'lab');
    expect(why).toEqual({ edge: ['callback'], lab: ['asked'] });
    expect(coverage?.unread).toEqual([]);
  });

  it('count as read only where what the phone meets there was read, too', () => {
    const { coverage } = coverageOf(
      [...itemsOf(GLOBAL), ...itemsOf(EMPTY, 'edge'), ...itemsOf(EMPTY, 'lab')],
      'lab',
    );
    expect(coverage).toMatchObject({ read: ['lab'], unread: [{ vdom: 'edge' }] });
  });

  describe('of which there are more than any FortiGate has', () => {
    const names = Array.from({ length: 1500 }, (_, index) => `v${index}`);
    const list = names
      .map((name, index) => `name=${name}/${name} index=${index} enabled fib_ver=1`)
      .join('\n');
    const items = itemsOf({ ...GLOBAL, 'diagnose sys vd list': list });

    it('are the first thousand, the management VDOM and the called one among them, and one more counts as unread', () => {
      const { coverage, logins, looked } = coverageOf(items);
      expect(looked).toHaveLength(1000);
      expect(looked).toEqual(expect.arrayContaining(['root', 'edge', 'v0', 'v900']));
      expect(coverage?.unread).toContainEqual({
        vdom: 'v998',
        reason: 'no more than 1000 VDOMs are looked at',
      });
      expect(coverage?.concerned).not.toContain('v998');
      expect(logins).not.toContain('v998');
    });

    it('are those that the question names', () => {
      expect(coverageOf(items, 'v1499').why).toEqual({ edge: ['callback'], v1499: ['asked'] });
    });
  });

  it('are none on a device without VDOMs', () => {
    const status = STATUS.replace('multiple', 'disable');
    expect(coverageOf(itemsOf({ 'get system status': status })).coverage).toEqual({
      concerned: [],
      read: [],
      unread: [],
    });
  });
});

describe('rules about what each VDOM has of its own', () => {
  const user = (name: string) =>
    `config user local\n    edit "${name}"\n        set type password\n        set two-factor fortitoken\n    next\nend`;
  const vip = `config firewall vip
    edit "web"
        set extip 198.51.100.10
        set extintf "any"
        set mappedip "192.168.1.9"
    next
end`;

  it('take nothing of another for it', () => {
    const there = itemsOf(
      {
        ...EMPTY,
        'show firewall vip': vip,
        'show firewall local-in-policy': CALLED['show firewall local-in-policy'],
      },
      'lab',
    );
    const here = itemsOf({ ...EMPTY, ...CALLED }, 'edge');
    const find = (items: readonly EvidenceItem[]) =>
      diagnose(items).checks.find(({ rule }) => rule === 'port-conflict-vip')?.verdict;
    expect(find([...itemsOf(GLOBAL), ...here, ...there])).toBe('healthy');
    expect(find([...itemsOf(GLOBAL), ...there])).toBe('unknown');
  });

  it('name their VDOM, once for all', () => {
    const ssl = { 'show full-configuration vpn ssl settings': SSL_VPN };
    const items = [
      ...itemsOf(GLOBAL),
      ...itemsOf({ ...EMPTY, ...CALLED, ...ssl, 'show user local': user('ana') }, 'edge'),
      ...itemsOf({ ...EMPTY, ...ssl, 'show user local': user('bob') }, 'lab'),
    ];
    const finding = (focus: object) =>
      diagnose(items, focus).findings.find(({ rule }) => rule === 'two-factor-not-assigned');
    expect(finding({})?.summary).toMatch(/ Also in VDOM lab: .*bob.* VDOM: edge\.$/);
    expect(finding({})?.fix.apply.filter((line) => /^edit \w/.test(line))).toEqual(['edit edge', 'edit lab']);
    expect(finding({ user: 'bob' })?.summary).toMatch(/VDOM: lab\.$/);
    expect(finding({ vdom: 'edge' })?.summary).not.toContain('lab');
  });

  it('are never in order while a VDOM that is concerned was not read', () => {
    const ssl = { 'show full-configuration vpn ssl settings': SSL_VPN };
    const rest = {
      'show system admin': 'config system admin\n    edit "admin"\n    next\nend',
      'show full-configuration system settings': 'config system settings\nend',
    };
    const read = [
      ...itemsOf({ ...GLOBAL, ...rest }),
      ...itemsOf({ ...EMPTY, ...CALLED, ...ssl }, 'edge'),
      ...itemsOf(EMPTY, 'root'),
    ];
    for (const focus of [{ alias: 'fgt-1' }, {}]) {
      const { verdict, findings } = diagnose(read, focus);
      expect(findings).toEqual([]);
      expect(verdict).toBe('inconclusive');
    }
  });
});
