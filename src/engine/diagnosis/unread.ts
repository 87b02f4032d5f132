import { type Fact, valueIfKnown } from '../facts/fact.ts';
import { FACT_KEYS, FACTS, type FactKey, type Facts } from '../facts/facts.ts';
import { type CommandId, commandSpec } from '../fortios/commands.ts';

/** Something that the question needs and the evidence lacks, entirely or in part. */
export interface Unread {
  readonly key: FactKey;
  readonly reason: string;
  /** The command was run, but refused or not finished. */
  readonly failed: boolean;
}

/** Facts of a case, and what was requested. */
export interface AskedFacts {
  readonly facts: Facts;
  /** The facts of one VDOM. */
  readonly inVdom: (name: string) => Facts;
  /** The commands that the rules need. */
  readonly plan: readonly CommandId[];
  /** The evidence comes from a device check, not from a paste. */
  readonly isCheck: boolean;
}

/**
 * Lists what was not read of everything the rules need. A backup holds no answers to `get` and `diagnose`: without a
 * device check, these count as missing only if they were run without success.
 */
export function unreadFacts({ facts, inVdom, plan, isCheck }: AskedFacts): readonly Unread[] {
  const asked = new Set(plan);
  const keys = FACT_KEYS;
  const planned = keys.filter(
    (key) => FACTS[key].commands.length > 0 && FACTS[key].commands.every((id) => asked.has(id)),
  );
  const coverage = valueIfKnown(facts.vdomCoverage);
  const vdoms = coverage?.concerned ?? [];
  return planned.flatMap((key) => {
    const isNeeded = isCheck ? isAlwaysAsked(key) : FACTS[key].commands.every(isConfiguration);
    if (vdoms.length === 0 || !FACTS[key].perVdom) return listUnread(facts, key, isNeeded);
    // `vdomCoverage` reports what a VDOM need not hold.
    return vdoms.flatMap((name) => listUnread(inVdom(name), key, false));
  });
}

/** Some commands are sent only if another answer names an object to show. */
function isAlwaysAsked(key: FactKey): boolean {
  return FACTS[key].commands.every((id) => commandSpec(id).onlyWhere === undefined);
}

function listUnread(facts: Facts, key: FactKey, isNeeded: boolean): readonly Unread[] {
  const gap = findGap(facts[key]);
  return gap && (isNeeded || gap.failed || facts[key].state === 'known') ? [{ key, ...gap }] : [];
}

function findGap(fact: Fact<unknown>): Omit<Unread, 'key'> | undefined {
  if (fact.state === 'unknown') return { reason: fact.reason, failed: fact.failed === true };
  if (fact.state === 'known' && fact.partial !== undefined) return { reason: fact.partial, failed: false };
  return undefined;
}

function isConfiguration(id: CommandId): boolean {
  return commandSpec(id).text.startsWith('show ');
}

const SUBJECTS: Partial<Record<FactKey, string>> = {
  version: 'the system status',
  pushService: 'the push settings',
  interfaces: 'the interfaces',
  liveAddresses: 'the addresses in use',
  administrators: 'the administrators',
  adminProfiles: 'the administrator profiles',
  global: 'the global settings',
  sslVpn: 'SSL VPN',
  sslPortals: 'portals',
  vips: 'virtual IPs',
  localUsers: 'users',
  userGroups: 'user groups',
  tokenStates: 'tokens',
  tokenConfigs: 'the token table',
  radiusServers: 'RADIUS servers',
  ldapServers: 'LDAP servers',
  samlServers: 'SAML servers',
  firewallPolicies: 'firewall policies',
  localInPolicies: 'local-in policies',
  phase1s: 'IPsec tunnels',
  defaultRoutes: 'the default route',
  haStatus: 'the cluster',
};

/** What a text without a login may be judged by. */
const STATES: ReadonlySet<FactKey> = new Set(['version', 'liveAddresses', 'defaultRoutes', 'haStatus']);

/** `the push settings and the interfaces`: settings that were read. Empty without any. */
export function readSettings(facts: Facts): string {
  const keys = (Object.keys(SUBJECTS) as FactKey[]).filter(
    (key) => facts[key].state === 'known' && !STATES.has(key),
  );
  return shortList([...new Set(keys.map(factSubject))]);
}

/**
 * `tokens were not read: the account may not run `diagnose``, continues “nothing wrong in what could be read, but”.
 */
export function unreadClause(unread: readonly Unread[]): string | undefined {
  const failed = unread.filter((each) => each.failed);
  const [first] = failed.length > 0 ? failed : unread;
  if (!first) return undefined;
  if (!first.failed) return first.reason;
  const alike = failed.filter(({ reason }) => reason === first.reason);
  const subjects = [...new Set(alike.map(({ key }) => factSubject(key)))];
  const others = new Set(failed.map(({ key }) => factSubject(key))).size - subjects.length;
  const more = others > 0 ? `; ${others} more could not be read either` : '';
  return `${notRead(subjects)}: ${shortReason(first.reason)}${more}`;
}

/** `tokens and users were not read`. */
export function notRead(subjects: readonly string[]): string {
  const [only = ''] = subjects;
  const isOne = subjects.length === 1 && (!only.endsWith('s') || only.endsWith('status'));
  return `${shortList(subjects)} ${isOne ? 'was' : 'were'} not read`;
}

function factSubject(key: FactKey): string {
  const [command] = FACTS[key].commands;
  // Facts of one command count as one subject, the first of them.
  const keys = Object.keys(SUBJECTS) as FactKey[];
  const sibling = keys.find((each) => FACTS[each].commands[0] === command);
  const name = SUBJECTS[sibling ?? key];
  return name ?? (command === undefined ? key : `\`${commandSpec(command).text}\``);
}

/** The short reason in a sentence, followed by what would help: `the account may not run `diagnose``. */
export function shortReason(reason: string): string {
  const [clause = reason] = reason.split(/[:;,]\s|\.(?:\s|$)/, 1);
  return clause.startsWith('The ') ? `t${clause.slice(1)}` : clause;
}

/** `a, b and c`; of more than three names, two and the number of the others. */
export function shortList(names: readonly string[]): string {
  if (names.length > 3) return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
