import { loggedName } from '../evidence/split-by-device.ts';
import type { CommandFailure, Section } from '../evidence/types.ts';
import { COMMANDS, type CommandSpec } from '../fortios/commands.ts';
import type { FortiosVersion } from '../fortios/version.ts';
import { readClientProfile } from './accounts/client-profile.ts';
import { readDirectoryNotes } from './accounts/directory-notes.ts';
import { readFacTokenEvents } from './accounts/fac-token-events.ts';
import { readLoginCertificates } from './accounts/login-certificates.ts';
import { readDaemonFailures, readRadiusPackets } from './accounts/printed-events.ts';
import { readProviderRefusals } from './accounts/provider-refusals.ts';
import { readQuestions } from './accounts/questions.ts';
import { readServerAnswers } from './accounts/server-answers.ts';
import { readTokenInfo } from './accounts/tokens.ts';
import { noticeLines, readExplainedLines, readUserNotices } from './accounts/user-notices.ts';
import type { Attempt } from './attempt.ts';
import type { DebugFacts } from './attempts/debug-reader.ts';
import { tunnelBy } from './attempts/login-failure.ts';
import { readDebug } from './attempts/read-debug.ts';
import { byVdom } from './config/by-vdom.ts';
import { type ConfigView, type PlacedBlock, viewConfiguration } from './config/config-view.ts';
import { readShownSettings } from './config/shown-settings.ts';
import { readDeclaredFacts, readDeclaredVdomFacts } from './config/table.ts';
import {
  readCutBlock,
  readCutEntries,
  readTruncatedBackup,
  readWholeBackup,
} from './config/truncated-backup.ts';
import { readDescribed, statedQuote } from './described/described.ts';
import {
  readHaStatus,
  readLicence,
  readMissingUsers,
  readSslVpnBlocklist,
  readTimeSync,
} from './device/device-outputs.ts';
import { readIdentity } from './device/identity.ts';
import { readRefusals } from './device/refusals.ts';
import { readShownRules, readSslVpn, readVdomSettings } from './device/vdom-objects.ts';
import { readVdoms } from './device/vdoms.ts';
import { readVpnSessions } from './device/vpn-sessions.ts';
import { type Fact, unknown, valueIfKnown } from './fact.ts';
import type { Facts, VdomFactKey } from './facts.ts';
import { readDisabledPolicies, readFirewallPolicies } from './network/firewall-policies.ts';
import { readInterfaces, readLiveAddresses } from './network/interfaces.ts';
import { readHostLookups, readPushServerLookup } from './network/name-resolution.ts';
import { readRoutes } from './network/routes.ts';
import { readSaidNetwork } from './network/said-network.ts';
import { readZones } from './network/zones.ts';
import { readPushCertificate } from './push/push-certificate.ts';
import { readPushConfigErrors } from './push/push-config-errors.ts';
import { readPushService } from './push/push-service.ts';
import type { UserNotice } from './values.ts';

/** Facts of a case, and the facts of each VDOM. */
export interface CaseFacts {
  readonly facts: Facts;
  /** The facts of this VDOM: another VDOM's configuration says nothing about it. */
  readonly inVdom: (name: string) => Facts;
  /** VDOMs of which the evidence shows something. */
  readonly shownVdoms: ReadonlySet<string>;
  /** The name in the prompts, shortened where it is long, else that in the event log. Sample: `fgt-branch-07 # get system interface`. */
  readonly promptName: string | undefined;
  /** Commands with all that they print: typed at a prompt, or known by the tables that they show; and those refused. */
  readonly answeredInText: ReadonlySet<string>;
}

/**
 * Reads everything the evidence shows, by name; what it does not show is `unknown` with the reason. `debug` holds the
 * facts of logs that were too long to keep.
 */
export function readFacts(sections: readonly Section[], debug: DebugFacts = readDebug(sections)): CaseFacts {
  const view = viewConfiguration(sections);
  const identity = readIdentity(view);
  const version = valueIfKnown(identity.version);
  const shownSettings = readShownSettings(sections, readCutEntries(view));
  const notices = noticeLines(sections);
  const pushService = readPushService(view, version, shownSettings);
  const vdomFacts = readVdomFacts(view, version);
  const facts: { -readonly [K in keyof Facts]: Facts[K] } = {
    truncatedBackup: readTruncatedBackup(view),
    cutBlock: readCutBlock(view),
    wholeBackup: readWholeBackup(view),
    refusals: readRefusals(view),
    ...identity,
    vdoms: readVdoms(view, identity.device, vdomsOfLogs(debug)),
    vdomCoverage: unknown('the question is not part of the evidence'),
    pushService,
    pushCertificate: readPushCertificate(view, pushService),
    interfaces: readInterfaces(view, shownSettings),
    liveAddresses: readLiveAddresses(sections),
    shownSettings,
    ...readDeclaredFacts(view),
    ...vdomFacts,
    loginCertificates: readLoginCertificates(view, { ...vdomFacts, shownSettings }),
    haStatus: readHaStatus(sections),
    licence: readLicence(sections),
    timeSync: readTimeSync(view),
    sslVpnBlocklist: readSslVpnBlocklist(sections),
    missingUsers: readMissingUsers(sections),
    userNotices: readUserNotices(notices),
    explainedLines: readExplainedLines(notices),
    questions: readQuestions(sections),
    described: readDescribed(sections),
    facTokenEvents: readFacTokenEvents(sections),
    serverAnswers: readServerAnswers(sections),
    directoryNotes: readDirectoryNotes(sections),
    providerRefusals: readProviderRefusals(sections),
    saidNetwork: readSaidNetwork(sections),
    clientProfile: readClientProfile(sections),
    daemonFailures: readDaemonFailures(notices),
    radiusPackets: readRadiusPackets(notices),
    pushServerLookup: readPushServerLookup(sections),
    ...readRoutes(sections),
    hostLookups: readHostLookups(sections),
    pushConfigErrors: readPushConfigErrors(sections),
    ...debug,
  };
  const attempts = withCountedClients(debug.attempts, facts.blockedSources);
  facts.attempts = withoutTunnel(withoutSites(attempts, facts.phase1s, facts.described), facts.userNotices);
  const seen = new Map<string, Facts>();
  const attemptsIn = ofVdoms(facts.attempts);
  const ikeLoginsIn = ofVdoms(facts.ikeLogins);
  return {
    facts,
    promptName: sections.find(({ host }) => host !== undefined)?.host ?? loggedName(sections),
    answeredInText: new Set([
      ...sections.flatMap(({ ended, failure, command }) =>
        ended && command && (!failure || ANSWERED_AGAIN.has(failure.kind)) ? command : [],
      ),
      ...tableCommands(view),
    ]),
    shownVdoms: new Set([...view.vdoms, ...sections.flatMap(({ vdom }) => vdom ?? [])]),
    inVdom(name) {
      const own = seen.get(name) ?? {
        ...facts,
        ...readVdomFacts(view.inVdom(name), version),
        attempts: attemptsIn(name),
        ikeLogins: ikeLoginsIn(name),
      };
      seen.set(name, own);
      return own;
    },
  };
}

/** Who asks again is refused again. */
const ANSWERED_AGAIN: ReadonlySet<string> = new Set<CommandFailure['kind']>([
  'unknown-command',
  'not-permitted',
]);

/** `show system interface`, `show full-configuration user radius`. */
const SHOW = /^show (?:full-configuration )?(.+)$/;

/**
 * Commands whose table is in the text to its end: to ask for them again would ask for what was sent. Without a command
 * above it one interface or administrator alone may be all that was copied of many.
 */
function tableCommands(view: ConfigView): readonly string[] {
  return Object.values<CommandSpec>(COMMANDS).flatMap(({ text, scope }) => {
    const isWhole = ({ block, entire, selected, section }: PlacedBlock) => {
      const isBare = section.command === undefined && (scope === 'vdom' || block.entries.length > 1);
      return block.closed && !block.abridged && !selected && (entire || isBare);
    };
    return view.blocks(SHOW.exec(text)?.[1] ?? '').some(isWhole) ? [text] : [];
  });
}

/** Facts per VDOM; of all VDOMs together if `view` holds several. */
function readVdomFacts(view: ConfigView, version: FortiosVersion | undefined): Pick<Facts, VdomFactKey> {
  const sslVpn = readSslVpn(view);
  return {
    ...readDeclaredVdomFacts(view),
    sslVpn,
    shownRules: readShownRules(view, sslVpn),
    ...readTokenInfo(view.sections),
    firewallPolicies: readFirewallPolicies(view),
    disabledPolicies: readDisabledPolicies(view),
    zones: readZones(view, version),
    vdomSettings: readVdomSettings(view, version),
    ...readVpnSessions(view.sections),
  };
}

/** Why a log of IKE has no login. */
export const SITES_ONLY = 'the debug output contains tunnels between sites only';

/** Where the log does not show what an IKE negotiation is, the type of its phase 1 does, or a person who speaks of people. */
function withoutSites(
  attempts: Facts['attempts'],
  phase1s: Facts['phase1s'],
  described: Facts['described'],
): Facts['attempts'] {
  const tunnels = valueIfKnown(phase1s) ?? [];
  const isOfPeople =
    statedQuote('client|sslvpn|user|remoteWork|laptop', described) !== undefined &&
    !statedQuote('sites', described);
  if (attempts.state !== 'known' || (tunnels.length === 0 && !isOfPeople)) return attempts;
  const value = attempts.value.flatMap((attempt) => {
    const { trace } = attempt;
    if (!trace.unclear) return [attempt];
    const name = trace.gateway ?? trace.signs['proposal-mine']?.at(-1)?.fields.gateway;
    const tunnel = tunnels.find((each) => each.name === name);
    if (!tunnel && !isOfPeople) return [attempt];
    return !tunnel || tunnel.dialup ? [{ ...attempt, trace: { ...trace, unclear: undefined } }] : [];
  });
  return value.length > 0 ? { ...attempts, value } : unknown(SITES_ONLY);
}

/** Lines behind a failed login in which sslvpn counts it for the address of its client. */
const COUNTED_WITHIN = 3;

/** A login whose own lines name no client, and that is counted for an address. */
function withCountedClients(
  attempts: Facts['attempts'],
  blockedSources: Facts['blockedSources'],
): Facts['attempts'] {
  const counts = (valueIfKnown(blockedSources) ?? []).filter(({ fails }) => fails !== undefined);
  if (attempts.state !== 'known' || counts.length === 0) return attempts;
  const value = attempts.value.map((attempt): Attempt => {
    const { loginFailed } = attempt.milestones;
    if (!loginFailed || attempt.trace.client !== undefined) return attempt;
    const { source, line } = loginFailed.quote;
    const count = counts.find(({ quotes }) =>
      quotes.some((each) => each.source === source && each.line > line && each.line <= line + COUNTED_WITHIN),
    );
    return count ? { ...attempt, trace: { ...attempt.trace, client: count.host } } : attempt;
  });
  return { ...attempts, value };
}

const NO_TUNNEL: ReadonlySet<UserNotice['kind']> = new Set(['late-end', 'no-tunnel', 'no-address', 'not-in']);

/** Where a person says that no tunnel came up, a login of SSL VPN that shows none has not ended yet. */
function withoutTunnel(attempts: Facts['attempts'], notices: Facts['userNotices']): Facts['attempts'] {
  if (attempts.state !== 'known' || !valueIfKnown(notices)?.some(({ kind }) => NO_TUNNEL.has(kind)))
    return attempts;
  const value = attempts.value.map((attempt): Attempt => {
    const { outcome, trace, hops } = attempt;
    if (outcome !== 'succeeded' || trace.vpn !== 'sslvpn' || tunnelBy(trace.signs)) return attempt;
    const unseen = { id: 'tunnel', status: 'unknown', evidence: [] } as const;
    return {
      ...attempt,
      outcome: 'incomplete',
      hops: hops.map((hop) => (hop.id === 'tunnel' ? unseen : hop)),
    };
  });
  return { ...attempts, value };
}

function vdomsOfLogs({ attempts, ikeLogins }: DebugFacts): readonly string[] {
  return [...(valueIfKnown(attempts) ?? []), ...(valueIfKnown(ikeLogins) ?? [])].flatMap(
    ({ vdom }) => vdom ?? [],
  );
}

function ofVdoms<T extends { readonly vdom?: string }>(
  fact: Fact<readonly T[]>,
): (name: string) => Fact<readonly T[]> {
  if (fact.state !== 'known') return () => fact;
  const loginsIn = byVdom(fact.value, ({ vdom }) => vdom);
  return (name) => {
    const value = loginsIn(name);
    return value.length > 0 ? { ...fact, value } : unknown(`the evidence contains no login in VDOM ${name}`);
  };
}
