import { describe, expect, it } from 'vitest';
import { diagnose as diagnoseItems } from '../../../src/engine/diagnosis/diagnose.ts';
import { diagnosisSchema } from '../../../src/engine/diagnosis/diagnosis.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { renderText } from '../../../src/report/formats/text/render-text.ts';

interface Settings {
  readonly allowaccess?: string;
  readonly address?: string;
  readonly status?: string;
  readonly trusthost?: boolean;
}

/** A configuration in order, and what is changed of it. */
function blocks({
  allowaccess = 'ping ftm',
  address = '198.51.100.10',
  status = 'enable',
  trusthost,
}: Settings) {
  return {
    push: `config system ftm-push\n    set server "${address}"\n    set status ${status}\nend\n`,
    interface: `config system interface\n    edit "wan1"\n        set vdom "root"\n        set ip ${address} 255.255.255.0\n        set allowaccess ${allowaccess}\n        set role wan\n    next\nend\n`,
    admin: `config system admin\n    edit "admin"\n${trusthost ? '        set trusthost1 10.0.0.0 255.0.0.0\n' : ''}        set accprofile "super_admin"\n    next\nend\n`,
  };
}

function session(host: string, settings: Settings): string {
  const { push, interface: wan, admin } = blocks(settings);
  return `${host} # show full-configuration system ftm-push\n${push}\n${host} # show system interface\n${wan}\n${host} # show system admin\n${admin}\n${host} # \n`;
}

function backup(host: string | undefined, settings: Settings, model = 'FGT60F'): string {
  const { push, interface: wan, admin } = blocks(settings);
  const name = host === undefined ? '' : `    set hostname "${host}"\n`;
  return `#config-version=${model}-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin\n#conf_file_ver=1\nconfig system global\n${name}end\n${wan}${admin}${push}config user local\n    edit "wren"\n        set two-factor fortitoken\n        set fortitoken "FTKMOB71C0A4E2D7"\n    next\nend\nconfig router static\nend\n`;
}

function diagnose(...texts: readonly string[]) {
  return diagnoseItems(texts.map((text, index) => ({ name: `file${index + 1}.txt`, text })));
}

const SOUND: Settings = { address: '203.0.113.20' };
const CLOSED: Settings = { allowaccess: 'ping https' };

const SHAPES: readonly (readonly [
  string,
  (settings: readonly (readonly [string, Settings])[]) => readonly string[],
])[] = [
  ['sessions in one text', (all) => [all.map(([host, settings]) => session(host, settings)).join('')]],
  ['sessions in texts of their own', (all) => all.map(([host, settings]) => session(host, settings))],
  ['backups', (all) => all.map(([host, settings]) => backup(host, settings))],
  [
    'a backup and a session',
    (all) => all.map(([host, settings], index) => (index === 0 ? backup : session)(host, settings)),
  ],
];

describe.each(SHAPES)('of %s', (_shape, textsOf) => {
  it('a sound device takes nothing away from a broken one, in either order', () => {
    const alone = diagnose(...textsOf([['fgt-a', CLOSED]]));
    expect(alone.findings.map(({ rule }) => rule)).toEqual(['wan-ftm-access-missing']);
    expect(alone.devices).toBeUndefined();
    for (const order of [
      [['fgt-a', CLOSED] as const, ['fgt-b', SOUND] as const],
      [['fgt-b', SOUND] as const, ['fgt-a', CLOSED] as const],
    ]) {
      const both = diagnose(...textsOf(order));
      expect(both.verdict).toBe('broken');
      expect(both.findings.map(({ rule, device }) => [rule, device])).toEqual([
        ['wan-ftm-access-missing', 'fgt-a'],
      ]);
      expect(both.headline).toMatch(/^2 devices · fgt-a: .+ · fgt-b: /);
      expect(both.findings[0]?.title).toMatch(/^fgt-a: /);
      expect(both.findings[0]?.fix.apply).toEqual(alone.findings[0]?.fix.apply);
      expect(both.findings[0]?.fix.note).toContain('For fgt-a only.');
      expect(both.devices?.map(({ name, verdict }) => [name, verdict])[0]).toEqual(['fgt-a', 'broken']);
      expect(both.checks.filter(({ verdict }) => verdict === 'conflicting')).toEqual([]);
    }
  });

  it('each broken device has its own findings', () => {
    const { findings, devices } = diagnose(
      ...textsOf([
        ['fgt-a', CLOSED],
        ['fgt-b', { ...SOUND, status: 'disable' }],
        ['fgt-c', { address: '192.0.2.9', allowaccess: 'ping' }],
      ]),
    );
    expect(devices?.map(({ name, verdict }) => `${name} ${verdict}`).toSorted()).toEqual([
      'fgt-a broken',
      'fgt-b broken',
      'fgt-c broken',
    ]);
    expect(findings.map(({ rule, device }) => `${device} ${rule}`)).toEqual([
      'fgt-a wan-ftm-access-missing',
      'fgt-b push-disabled',
      'fgt-c wan-ftm-access-missing',
    ]);
  });
});

it('answers by the contract, and says on which device to run what is missing', () => {
  const diagnosis = diagnose(session('fgt-a', CLOSED) + session('fgt-b', SOUND));
  expect(diagnosisSchema.parse(diagnosis)).toEqual(diagnosis);
  expect(new Set(diagnosis.missing.map(({ device }) => device))).toEqual(new Set(['fgt-a']));
  expect(new Set(diagnosis.checks.map(({ rule }) => rule)).size).toBe(diagnosis.checks.length);
  const text = renderText(diagnosis, { width: 100, colour: false });
  expect(text).toContain('2 devices');
  expect(text).not.toContain('run this on the FortiGate');
});

it('backups of two models that do not say their names are two devices', () => {
  const diagnosis = diagnose(backup(undefined, CLOSED), backup(undefined, SOUND, 'FG100F'));
  expect(diagnosis.devices?.map(({ name }) => name)).toEqual(['FGT60F in file1.txt', 'FG100F in file2.txt']);
  expect(diagnosis.findings.map(({ rule }) => rule)).toEqual(['wan-ftm-access-missing']);
});

const HA = (host: string) =>
  `${host} # get system ha status\nHA Health Status: OK\nModel: FortiGate-60F\nMode: HA A-P\nPrimary     : fgt-a, FGT60FTK20001234, HA cluster index = 0\nSecondary   : fgt-b, FGT60FTK20001235, HA cluster index = 1\n\n${host} # \n`;

it.each([
  ['one device before and after a change', [session('fgt-a', CLOSED) + session('fgt-a', {})], 0],
  ['one device in two texts', [backup('fgt-a', CLOSED), session('fgt-a', CLOSED)], 1],
  ['two members of a cluster', [HA('fgt-a') + session('fgt-a', CLOSED) + session('fgt-b', CLOSED)], 1],
  [
    'a name that the prompt prints shortened',
    [backup('branch-office-firewall-number-seven', CLOSED), session('branch-office-firewa~ven', CLOSED)],
    1,
  ],
])('%s is one device', (_what, texts, findings) => {
  const diagnosis = diagnose(...texts);
  expect(diagnosis.devices).toBeUndefined();
  expect(diagnosis.findings).toHaveLength(findings);
});

it('what the evidence gives to no device is judged by itself', () => {
  const { push } = blocks({ status: 'disable' });
  const diagnosis = diagnose(session('fgt-a', {}), session('fgt-b', SOUND), push);
  expect(diagnosis.findings.map(({ rule, device }) => [rule, device])).toEqual([
    ['push-disabled', undefined],
  ]);
  expect(diagnosis.devices).toHaveLength(2);
});

const USERS = (host: string, ...names: readonly string[]) =>
  `${host} # show user local\nconfig user local\n${names.map((name) => `    edit "${name}"\n        set type password\n        set two-factor fortitoken\n        set fortitoken "FTKMOB11AA22BB33"\n    next\n`).join('')}end\n\n${host} # \n`;

it('a device that does not know the user in question is mentioned, and not accused', () => {
  const here = session('fgt-a', {}) + USERS('fgt-a', 'marlow');
  const there = session('fgt-b', { ...SOUND, status: 'disable' }) + USERS('fgt-b', 'osprey');
  const evidence = redact([{ name: 'paste.txt', text: there + here }]);
  const { verdict, findings, devices, headline } = diagnoseItems(evidence, { user: 'marlow' });
  expect([verdict, findings]).toEqual(['inconclusive', []]);
  expect(devices?.map(({ name, verdict: own }) => [name, own])).toEqual([
    ['fgt-a', 'inconclusive'],
    ['fgt-b', 'broken'],
  ]);
  expect(headline).toContain('fgt-b: ');
  expect(diagnoseItems(evidence, { user: 'osprey' }).findings.map(({ rule }) => rule)).toEqual([
    'push-disabled',
  ]);
  expect(diagnoseItems(evidence).findings.map(({ rule }) => rule)).toEqual(['push-disabled']);
});

it('a log belongs to the device at whose prompt its debug was switched on', () => {
  const log = `fgt-a # diagnose debug application sslvpn -1\nfgt-a # diagnose debug enable\n[2101:root:a7]sslvpn_authenticate_user:191 authenticate user: [marlow]\n[2101:root:a7]fam_auth_send_req_internal:514 fnbam_auth return: 7\n`;
  const { devices, attempts } = diagnoseItems([
    { name: 'debug.log', text: log },
    { name: 'session.txt', text: session('fgt-b', SOUND) },
  ]);
  expect(devices?.map(({ name }) => name).toSorted()).toEqual(['fgt-a', 'fgt-b']);
  expect(attempts.map(({ user, device }) => [user, device])).toEqual([['marlow', 'fgt-a']]);
});

it.each([
  ['fgt-b', ['fgt-a', 'fgt-b']],
  ['FGT-A', undefined],
])('an event log of %s beside a backup of fgt-a', (devname, expected) => {
  const refused = `date=2026-03-02 time=09:12:40 devname="${devname}" logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" logdesc="SSL VPN login fail" action="ssl-login-fail" tunneltype="ssl-web" remip=203.0.113.70 user="wren" group="N/A" reason="sslvpn_login_permission_denied" msg="SSL user failed to logged in"\n`;
  const { devices } = diagnose(backup('fgt-a', SOUND), refused);
  expect(devices?.map(({ name }) => name).toSorted()).toEqual(expected);
});

it('where no device knows the name that was typed, the one with its logins answers', () => {
  const refused =
    'date=2026-03-02 time=09:12:40 devname="fgt-a" logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" logdesc="SSL VPN login fail" action="ssl-login-fail" tunneltype="ssl-web" remip=203.0.113.70 user="Marlow" group="N/A" reason="sslvpn_login_unknown_user" msg="SSL user failed to logged in"\n';
  const here = session('fgt-a', {}) + USERS('fgt-a', 'marlow') + refused;
  const there = session('fgt-b', { ...SOUND, status: 'disable' }) + USERS('fgt-b', 'osprey');
  const { askedUser, findings, devices } = diagnoseItems([{ name: 'paste.txt', text: there + here }], {
    user: 'Marlow',
  });
  expect(askedUser?.known).toBe('cannot-tell');
  expect(devices?.[0]?.name).toBe('fgt-a');
  expect(findings.filter(({ device }) => device === 'fgt-b')).toEqual([]);
});

it('a device is named after its prompt where nothing else names it', () => {
  const pasted = diagnose('ALDER-FW01 # show system ftm-push\nconfig system ftm-push\nend\n');
  expect(pasted.device.hostname).toBe('ALDER-FW01');
});

describe('of two hosts that Ansible asked', () => {
  const lines = (settings: Settings) => {
    const { push, interface: wan, admin } = blocks(settings);
    return `${push}${wan}${admin}`.trimEnd().split('\n');
  };
  const yamlLines = (settings: Settings) =>
    lines(settings).map((line) => `    - '${line.replaceAll("'", "''")}'`);
  const WRITTEN: readonly (readonly [string, (host: string, settings: Settings) => string])[] = [
    [
      'a playbook in JSON',
      (host, settings) => `ok: [${host}] => ${JSON.stringify({ stdout_lines: lines(settings) }, null, 4)}`,
    ],
    [
      'a playbook in YAML',
      (host, settings) => [`ok: [${host}] => `, '    stdout_lines:', ...yamlLines(settings)].join('\n'),
    ],
    ['no playbook', (host, settings) => `${host} | CHANGED | rc=0 >>\n${lines(settings).join('\n')}`],
    [
      'no playbook, with prompts',
      (host, settings) => `${host} | CHANGED | rc=0 >>\n${session(host.replaceAll('.', '-'), settings)}`,
    ],
  ];

  it.each(WRITTEN)('with %s, each is judged for itself', (_what, write) => {
    const both = diagnose(`TASK [show]\n${write('192.0.2.7', CLOSED)}\n${write('192.0.2.8', SOUND)}\n`);
    expect(both.devices?.map(({ verdict }) => verdict)).toEqual(['broken', 'inconclusive']);
    expect(both.findings.map(({ rule }) => rule)).toEqual(['wan-ftm-access-missing']);
  });

  it.each(WRITTEN)('with %s in a file for each, each is judged for itself', (_what, write) => {
    const both = diagnose(write('192.0.2.7', CLOSED), write('192.0.2.8', SOUND));
    expect(both.devices?.map(({ verdict }) => verdict)).toEqual(['broken', 'inconclusive']);
  });

  it.each(WRITTEN)('with %s, one host alone is no device of its own', (_what, write) => {
    const { devices, findings } = diagnose(write('192.0.2.7', CLOSED), session('192-0-2-7', CLOSED));
    expect(devices).toBeUndefined();
    expect(findings.map(({ rule }) => rule)).toEqual(['wan-ftm-access-missing']);
  });

  it('with debug, no login is of both', () => {
    const debug = '[2101:root:5a]sslvpn_authenticate_user:183 authenticate user: [wren]';
    const { devices } = diagnose(
      `192.0.2.7 | CHANGED | rc=0 >>\n${debug}\n192.0.2.8 | CHANGED | rc=0 >>\n${debug}\n`,
    );
    expect(devices?.map(({ name }) => name)).toEqual(['192.0.2.7', '192.0.2.8']);
  });
});
