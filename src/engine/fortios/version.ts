/** A FortiOS release, as printed by `get system status` (`v7.4.8,build2795,…`) or in a backup's header. */
export interface FortiosVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly build?: number;
}

const DOTTED = /(\d+)\.(\d+)\.(\d+)(?:,build0*(\d+))?/;

/** Reads the first `major.minor.patch` in the text; `undefined` when there is none. */
export function parseVersion(text: string): FortiosVersion | undefined {
  const match = DOTTED.exec(text);
  if (!match) return undefined;
  const [, major, minor, patch, build] = match;
  return {
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    build: build === undefined ? undefined : Number(build),
  };
}

/** Negative, zero or positive like a sort comparator; builds are not compared. */
export function compareVersions(a: FortiosVersion, b: FortiosVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

/** `atLeast(v, '7.4.1')`. The bound is a literal in the code, so a malformed one is a programming error. */
export function atLeast(version: FortiosVersion, bound: string): boolean {
  return compareVersions(version, versionLiteral(bound)) >= 0;
}

/** Whether a release has what came with these, the first of each branch in ascending order: `['7.2.10', '7.4.5']`. */
export function hasSince(version: FortiosVersion, since: readonly string[]): boolean {
  const ofBranch = since.find((bound) => bound.startsWith(`${version.major}.${version.minor}.`));
  const bound = ofBranch ?? since.at(-1);
  return bound === undefined || atLeast(version, bound);
}

/** Parses a literal of the code; throws if it is malformed. */
export function versionLiteral(text: string): FortiosVersion {
  const parsed = parseVersion(text);
  if (!parsed) throw new Error(`not a FortiOS version: ${text}`);
  return parsed;
}

export function formatVersion(version: FortiosVersion): string {
  return `${version.major}.${version.minor}.${version.patch}`;
}

/** Minor versions of FortiOS that exist; what later ones change is not known. */
export const FORTIOS_LINES = [
  '5.0',
  '5.2',
  '5.4',
  '5.6',
  '6.0',
  '6.2',
  '6.4',
  '7.0',
  '7.2',
  '7.4',
  '7.6',
  '8.0',
];

/** `7.4.9` */
export function isKnownRelease(text: string): boolean {
  const [, line = ''] = /^(\d\.\d)\.\d{1,2}$/.exec(text) ?? [];
  return FORTIOS_LINES.includes(line);
}
