import { describe, expect, it } from 'vitest';
import { deviceSettings } from '../../../../src/engine/diagnosis/changes/device-settings.ts';
import { changesSinceHealthy } from '../../../../src/engine/diagnosis/changes/since-healthy.ts';
import { diagnoseWithEvidence } from '../../../../src/engine/diagnosis/diagnose.ts';
import { redact } from '../../../../src/engine/evidence/redact.ts';
import { sampleConfig } from '../../../../src/stand-ins/fortigate/samples.ts';

const CAMPUS = sampleConfig('campus');
const HEALTHY_AT = Date.UTC(2026, 2, 3, 9);
const SEEN_AT = Date.UTC(2026, 2, 5, 8);
const NOW = Date.UTC(2026, 2, 7, 12);

function read(text: string) {
  const { evidence, diagnosis } = diagnoseWithEvidence(redact([{ name: 'fgt.conf', text }]), { readAt: NOW });
  return { settings: deviceSettings(evidence), findings: diagnosis.findings };
}

function since(changed: (config: string) => string, brokenSince: ReadonlyMap<string, number> = new Map()) {
  // As it is stored: without the lines.
  const groups = read(CAMPUS).settings.map((group) => ({
    ...group,
    objects: group.objects.map((object) => ({
      ...object,
      settings: object.settings.map((setting) => ({ ...setting, quotes: [] })),
    })),
  }));
  const text = changed(CAMPUS);
  return changesSinceHealthy({ at: HEALTHY_AT, groups }, { at: NOW, ...read(text), brokenSince });
}

const conflict = (config: string) =>
  config
    .replace('set remoteauthtimeout 15', 'set remoteauthtimeout 30')
    .replace('set admin-sport 8443', 'set admin-sport 4433');

describe('what changed since a device was healthy', () => {
  it('begins with the change that a finding points to', () => {
    expect(since(conflict)).toEqual({
      healthyAt: HEALTHY_AT,
      changes: [
        {
          area: 'admin-ports',
          kind: 'changed',
          place: 'system global',
          setting: { name: 'admin-sport', before: '8443', after: '4433' },
          rules: ['port-conflict-admin-https'],
          before: NOW,
        },
        {
          area: 'timers',
          kind: 'changed',
          place: 'system global',
          setting: { name: 'remoteauthtimeout', before: '15', after: '30' },
          rules: [],
          before: NOW,
        },
      ],
      more: 0,
    });
  });

  it('was before the check that first found the same cause, if a finding points to it', () => {
    const found = since(conflict, new Map([['port-conflict-admin-https', SEEN_AT]]));
    expect(found.changes.map(({ before }) => before)).toEqual([SEEN_AT, NOW]);
  });

  it('is nothing where nothing changed', () => {
    expect(since((config) => config)).toEqual({ healthyAt: HEALTHY_AT, changes: [], more: 0 });
  });

  it('is bounded', () => {
    const names = Array.from({ length: 20 }, (_, index) => `user-${index}-${'x'.repeat(400)}`);
    const users = names.map((name) => `edit "${name}"\nset type password\nnext\n`).join('');
    const found = since((config) => config.replace('edit "ines"', `${users}edit "ines"`));
    expect(found.changes).toHaveLength(12);
    expect(found.more).toBe(8);
    expect(Math.max(...found.changes.map(({ place }) => place.length))).toBeLessThanOrEqual(301);
  });
});
