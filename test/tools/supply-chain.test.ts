import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAllowed, lockedPackages, shippedLicences } from '../../scripts/licences.ts';

const ROOT = resolve(import.meta.dirname, '../..');

describe('what is shipped', () => {
  it('has licences that we may ship', () => {
    const shipped = shippedLicences();
    expect(shipped.length).toBeGreaterThan(20);
    expect(shipped.filter(({ licence }) => !isAllowed(licence))).toEqual([]);
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0)', true],
    ['MIT AND GPL-3.0', false],
    ['none stated', false],
  ])('judges %s', (licence, allowed) => {
    expect(isAllowed(licence)).toBe(allowed);
  });

  it('is pinned: exact versions in package.json, hashes in the lock file', () => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(join(ROOT, 'package.json'), 'utf8'),
    ) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version),
    );
    expect(loose).toEqual([]);
    const unhashed = lockedPackages().filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
    expect(unhashed.map(([path]) => path)).toEqual([]);
  });

  it('runs no script when it is installed: only Node itself may, and the image allows none', () => {
    const { allowScripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      readonly allowScripts: Readonly<Record<string, boolean>>;
    };
    expect(Object.keys(allowScripts).filter((name) => allowScripts[name])).toEqual(['node']);
    const installs =
      readFileSync(join(ROOT, 'Dockerfile'), 'utf8').match(/\bnpm (?:ci|i|install)\b.*/g) ?? [];
    expect(installs.length).toBeGreaterThan(0);
    expect(installs.filter((line) => !line.includes('--ignore-scripts'))).toEqual([]);
  });
});
