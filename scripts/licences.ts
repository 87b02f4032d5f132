import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');

/**
 * Licences that may be shipped unchanged with an Apache-2.0 program. On MPL-2.0 and OFL-1.1:
 * docs/adr/0015-pictures.md.
 */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'OFL-1.1',
  'Unlicense',
]);

export interface Licensed {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
}

/** Packages that the lock file lists as needed to run the program: not for development, not optional. */
export function lockedPackages(): readonly (readonly [string, LockedPackage])[] {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  return Object.entries(lock.packages).filter(([path]) => path !== '');
}

/** Every shipped package, by name, with the licence that its own package.json states. */
export function shippedLicences(): readonly Licensed[] {
  return lockedPackages()
    .filter(([, each]) => !each.dev && !each.optional && !each.devOptional)
    .map(([path]) => {
      const manifest = JSON.parse(readFileSync(join(ROOT, path, 'package.json'), 'utf8')) as {
        readonly name: string;
        readonly version: string;
        readonly license?: string;
        /** npm's format before 2015. */
        readonly licenses?: readonly { readonly type: string }[];
      };
      const { name, version, license, licenses = [] } = manifest;
      const stated = license ?? licenses.map(({ type }) => type).join(' OR ');
      return { name, version, licence: stated || 'none stated' };
    })
    .sort((a, b) => `${a.name}@${a.version}`.localeCompare(`${b.name}@${b.version}`, 'en'));
}

/** `(MIT OR GPL-2.0)` allows a choice; `MIT AND ISC` requires both. */
export function isAllowed(licence: string): boolean {
  const choices = licence.replaceAll(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((each) => ALLOWED.has(each.trim())));
}
