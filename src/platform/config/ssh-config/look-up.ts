import type { SshConfigLine } from './load.ts';

/** The settings for one host, as `ssh -G` prints them: the first value of each keyword. */
export type SshOptions = ReturnType<typeof lookUp>;

export interface SshQuery {
  /** As typed after `ssh`. */
  readonly host: string;
  /** Already decided, as with `ssh -l` and `-p`. */
  readonly user?: string | undefined;
  readonly port?: string | undefined;
  readonly localUser: string;
}

/** Keywords whose values accumulate. */
const REPEATED = new Set(['identityfile', 'certificatefile']);
/** Of the two, the first counts. */
const WAYS = ['proxyjump', 'proxycommand'];

/** Reads the configuration as OpenSSH does. `Match exec` runs nothing, and its block is skipped. */
export function lookUp(config: readonly SshConfigLine[], query: SshQuery) {
  const values = new Map<string, readonly string[]>();
  const skipped = new Set<string>();
  if (query.user !== undefined) values.set('user', [query.user]);
  if (query.port !== undefined) values.set('port', [query.port]);
  let wantsFinalPass = false;
  let isFinalPass = false;
  let name = query.host;

  function read(lines: readonly SshConfigLine[], isActive: boolean, isReachable: boolean): void {
    let active = isActive;
    for (const line of lines) {
      if (line.keyword === 'host') active = isReachable && matchesPatterns(line.values, name);
      else if (line.keyword === 'match') active = isReachable && matches(line);
      else if (line.included) for (const file of line.included) read(file, active, active);
      else if (active) set(line);
    }
  }

  function set({ keyword, values: given }: SshConfigLine): void {
    const known = values.get(keyword);
    if (REPEATED.has(keyword)) {
      values.set(keyword, [...new Set([...(known ?? []), ...given])]);
    } else if (known === undefined && !(WAYS.includes(keyword) && WAYS.some((way) => values.has(way)))) {
      values.set(keyword, given);
    }
  }

  /** Conditions that cannot be evaluated matter only if all others are true. */
  function matches(line: SshConfigLine): boolean {
    let unknown: string | undefined;
    for (const { negated, attribute, argument } of parseConditions(line.values)) {
      const holds = evaluate(attribute, argument);
      if (holds === undefined) unknown ??= attribute;
      else if (holds === negated) return false;
    }
    if (unknown === undefined) return true;
    skipped.add(`${line.where}: \`Match ${unknown}\` is not evaluated, so its settings are not used.`);
    return false;
  }

  function evaluate(attribute: string, argument: string): boolean | undefined {
    const list = argument.split(',');
    switch (attribute) {
      case 'all':
        return true;
      case 'canonical':
        return isFinalPass;
      case 'final':
        wantsFinalPass = true;
        return isFinalPass;
      case 'host':
        return matchesPatterns(list, hostName(values.get('hostname')?.[0], name));
      case 'originalhost':
        return matchesPatterns(list, query.host);
      case 'user':
        return matchesPatterns(list, values.get('user')?.[0] ?? query.localUser);
      case 'localuser':
        return matchesPatterns(list, query.localUser);
      default:
        return undefined;
    }
  }

  read(config, true, true);
  if (wantsFinalPass) {
    isFinalPass = true;
    name = hostName(values.get('hostname')?.[0], name);
    values.set('hostname', [name]);
    read(config, true, true);
  }
  return {
    get: (keyword: string) => values.get(keyword)?.[0],
    all: (keyword: string): readonly string[] => values.get(keyword) ?? [],
    /** `Match` conditions that were not evaluated, so that their blocks were skipped. */
    skipped: [...skipped],
  };
}

/** `HostName` may hold `%h`, the name that was asked for. */
export function hostName(setting: string | undefined, asked: string): string {
  return (setting ?? asked).replace(/%([%h])/g, (_, token) => (token === 'h' ? asked : '%'));
}

interface Condition {
  readonly negated: boolean;
  /** In lower case. */
  readonly attribute: string;
  readonly argument: string;
}

/** Attributes without an argument. */
const BARE = new Set(['all', 'canonical', 'final']);

/** `host a,b`, `host=a,b`, `!user root`, `all`. */
function parseConditions(words: readonly string[]): readonly Condition[] {
  const conditions: Condition[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [, bang, written = '', given] = /^(!?)([^=]*)(?:=(.*))?$/s.exec(words[at] ?? '') ?? [];
    const attribute = written.toLowerCase();
    let argument = given ?? '';
    if (!BARE.has(attribute) && given === undefined) {
      at += 1;
      argument = words[at] ?? '';
    }
    conditions.push({ negated: bang === '!', attribute, argument });
  }
  return conditions;
}

/** `*` and `?` as in OpenSSH. */
function matchesPattern(pattern: string, name: string): boolean {
  const shape = pattern
    .replaceAll(/[^\w*?]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${shape}$`, 's').test(name);
}

/** Whether one of the patterns matches and none of those with `!` does. */
export function matchesPatterns(patterns: readonly string[], name: string): boolean {
  const matching = patterns.filter((pattern) => matchesPattern(pattern.replace(/^!/, ''), name));
  return matching.length > 0 && !matching.some((pattern) => pattern.startsWith('!'));
}
