import { describe, expect, it } from 'vitest';
import { readDevice } from '../../../src/bot/worker/check-device.ts';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import type { EvidenceItem } from '../../../src/engine/evidence/types.ts';
import { fixtureFiles } from '../../../src/report/documents/fixture-files.ts';
import { sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import { startSimulator } from '../../../src/stand-ins/fortigate/start-simulator.ts';
import { collect, deviceAt } from '../../device/device-fixture.ts';

const READ_AT = Date.UTC(2026, 2, 2);

async function readFrom(configText: string): Promise<readonly EvidenceItem[]> {
  const simulator = await startSimulator({ configText });
  try {
    const check = { device: deviceAt(simulator), readAt: READ_AT, signal: AbortSignal.timeout(60_000) };
    return (await readDevice(check, collect)).evidence.items;
  } finally {
    await simulator.close();
  }
}

function verdicts(evidence: readonly { readonly name: string; readonly text: string }[]) {
  const { checks, findings } = diagnose(evidence, { readAt: READ_AT });
  return {
    first: findings[0]?.rule,
    checks: Object.fromEntries(checks.map(({ rule, verdict }) => [rule, verdict])),
  };
}

describe('evidence as files for a fixture', () => {
  it.each([
    '../../etc/passwd',
    '..\\..\\boot.ini',
    '/etc/shadow',
    '-rf',
    '.bashrc',
    'a\u0000b\u001b[2J\r\nc',
    'log\u202etxt.exe',
    '..',
    '',
    'x'.repeat(400),
  ])('keeps a text that is named %j in their folder', (name) => {
    const [file] = fixtureFiles([{ name, text: 'x' }], '../up');
    expect(file?.name).toMatch(/^1-[A-Za-z0-9][A-Za-z0-9._-]{0,64}\.\w{1,5}$/);
  });

  it.each([
    ['a device', sampleConfig('branch-07')],
    ['a device with VDOMs', sampleConfig('campus').replace('set status enable', 'set status disable')],
  ])('gives the same verdicts again: %s', async (_, configText) => {
    const evidence = await readFrom(configText);
    const files = fixtureFiles(evidence, 'fgt-branch-07');
    expect(files.map(({ name }) => name)).toEqual(['session.txt']);
    const before = verdicts(evidence);
    expect(before.first).toBeDefined();
    expect(verdicts(files)).toEqual(before);
  });

  it('leaves out what did not come as a whole, and keeps what the device refused', () => {
    const [session] = fixtureFiles([
      {
        name: 'a',
        command: 'show system admin',
        text: 'config system',
        failure: { kind: 'timeout', reason: '' },
      },
      {
        name: 'b',
        command: 'get system status',
        text: 'Unknown action 0',
        failure: { kind: 'parse-error', reason: '' },
      },
      { name: 'c', command: 'show vpn', vdom: 'edge', text: 'config vpn\nend\n' },
    ]);
    expect(session?.text).toBe(
      'fgt # get system status\nUnknown action 0\nfgt (edge) # show vpn\nconfig vpn\nend\nfgt # \n',
    );
  });

  it('gives every text a safe name of its own', () => {
    const names = ['paste 1', 'debug.log', '../../etc/debug.log', '..', 'C:\\logs\\fgt.conf', 'ä'];
    const files = fixtureFiles(names.map((name) => ({ name, text: name })));
    expect(files.map(({ name }) => name)).toEqual([
      '1-paste-1.txt',
      '2-debug.log',
      '3-debug.log',
      '4-text.txt',
      '5-fgt.conf',
      '6-text.txt',
    ]);
    expect(fixtureFiles([])).toEqual([]);
  });
});
