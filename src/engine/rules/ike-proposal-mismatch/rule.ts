import type { Quote } from '../../evidence/types.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { statedQuote } from '../../facts/described/described.ts';
import type { Phase1 } from '../../facts/device/settings.ts';
import { broken, defineRule } from '../define-rule.ts';
import type { Broken, Fix, RuleContext } from '../rule.ts';
import { NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { CLIENTS } from '../shared/changes.ts';
import { profileOffersOther } from '../shared/client-profile.ts';
import { configEntry, debugLines, quoteValue, vdomFix } from '../shared/fix.ts';
import {
  DH_GROUPS,
  differences,
  findPhase1,
  gotFurther,
  type Offers,
  offeredValues,
  quoteSigns,
  quotesOfOffers,
  readOffers,
  STRONG_GROUPS,
  tunnelNames,
  versionOfClient,
  WEAK_GROUPS,
  whichSide,
} from '../shared/ike-logins.ts';
import { nameList, upperFirst } from '../shared/logins.ts';
import { noCliFix } from '../shared/no-cli-fix.ts';
import {
  clientsText,
  countOfLogins,
  failedWith,
  firstQuotes,
  listQuotes,
  type ShownLogin,
  without,
} from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ike-proposal-mismatch',
  title: 'Client and tunnel have no IKE proposal in common',
  severity: 'high',
  hop: 'connection',
  number: 143,
  forCustomer: 'the program and the firewall do not offer each other the same encryption',
  disturbs: 'tunnels of this phase 1',
  stops: 'every client with this profile',
  afterChange: [[CLIENTS, 'the new clients have another profile than those before.']],
  place: 'between client and tunnel, which have no proposal in common',
  answers: [
    ['enough', 'One proposal and one DH group in common are enough; the rest of the lists may differ.'],
    [
      'place',
      'Either side is enough: the tunnel accepts one of the client’s values too, or the profile of the client gets one of the tunnel’s.',
    ],
    [
      /\b(?:DH|dhgrp|groups?|Gruppe)\W{0,3}(?:1|2|5)\b|3DES|\bDES\b|SHA-?1\b|MD5|weak|schwach/i,
      'DH groups 1, 2 and 5, 3DES, MD5 and SHA-1 are weak: stronger values in the client are better.',
    ],
    [
      'attack',
      'Scans from the internet leave the same lines, so the address shows whether it is one: a user’s address is no attack.',
    ],
    whichSide([]),
    [
      'clients',
      'Clients with this profile have to be changed, or the tunnel once, if their values are not weak.',
    ],
    [
      'risk',
      'A change of the client disconnects no other user; a change of the tunnel may end its sessions, so a quiet time is better.',
    ],
    [
      'who',
      'Every client with this profile is concerned; a client whose profile has a value of the tunnel gets in.',
    ],
    [
      'elsewhere',
      'Clients that get in have a value in common with the tunnel; other tunnels have a phase 1 of their own.',
    ],
    ['verify', 'A debug of ike shows the proposals of both sides beside each other.'],
    ['where', '`proposal` and `dhgrp` are in the phase 1 of the tunnel, and in the profile of the client.'],
    ['prevent', 'One profile for all clients is useful, with the values of the tunnel.'],
    ['own-change', 'New values on one side need the same on the other.'],
    NEXT_LOGIN,
    OPENS_NOTHING,
  ],
  loginReasons: { 'no-proposal': 'no proposal in common' },
  descriptions: [
    {
      all: ['proposal dhGroup', 'ipsec|psk'],
      or: [
        ['client proposal', 'firewall|tunnel|ipsec proposal', 'ipsec|fails'],
        ['noProposal', 'client|ipsec|dhGroup'],
        ['client|profile proposal|dhGroup', 'ipsec proposal|dhGroup', 'fails'],
        ['proposal', 'dhGroup', 'ipsec'],
        ['proposal changed|differs|old|new', 'ipsec'],
      ],
      also: ['dhGroup', 'profile|client proposal|dhGroup', 'fails', 'proposal'],
      not: [
        'approval !not !saml',
        'request phone',
        'secondTunnel',
        'noPolicy',
        'proposal equal !psk !noProposal',
      ],
      confidence: 'likely',
      title: 'Client and tunnel have no IKE proposal in common',
      fix: 'Compare encryption, hash and DH group of phase 1 and phase 2 on the FortiGate (`show vpn ipsec phase1-interface`, `show vpn ipsec phase2-interface`) with those in the profile of the client. Set at least one equal proposal and one equal DH group on both sides, for example AES256-SHA256 with group 20.',
    },
  ],
  needs: ['attempts'],
  wants: ['phase1s', 'clientProfile', 'described'],
  references: ['KB278503'],
  checkPartial: profileOffersOther,
  check({ attempts, phase1s, described }, context) {
    const shown = failedWith(attempts.value, context, 'no-proposal', without('gateway-matched'));
    const [first] = shown;
    if (!first) {
      return (
        eventLog(attempts.value, statedQuote(OFFER_CHANGED, described), context) ??
        ofClient(attempts.value, context) ??
        gotFurther(attempts.value, ['gateway-matched', 'endpoint-connected'], 'a proposal was agreed on')
      );
    }
    const logins = shown.map(({ login }) => login);
    const offers = readOffers(first.login);
    const kinds = offers ? differences(offers) : [];
    const gateway = first.login.trace.signs['proposal-mine']?.at(-1)?.fields.gateway;
    const tunnel = gateway ?? tunnelNames(shown);
    const [only, another] = kinds;
    const differ = offers && kinds.map((kind) => compare(offers, kind, tunnel)).join('; ');
    const version = first.login.trace.signs['proposal-mine'] ? undefined : versionOfClient(first.login);
    const phase1 = findPhase1({ ...first.login, trace: { ...first.login.trace, gateway } }, phase1s);
    return broken(kinds.length > 0 ? 'certain' : 'likely', {
      title:
        only !== undefined
          ? differ && another === undefined
            ? upperFirst(differ)
            : `The client and ${tunnel} have no ${nameList(kinds)} in common`
          : `No dial-up tunnel accepts the IKE proposal of ${clientsText(logins)}`,
      summary: `${countOfLogins(logins, attempts.value)} ended before the pre-shared key and the user name were checked: the FortiGate found no proposal in common.${
        differ
          ? another === undefined
            ? ''
            : ` ${upperFirst(differ)}.`
          : ' Where the log holds no `my proposal`, no dial-up tunnel of this interface and IKE version was compared at all.'
      }`,
      evidence: firstQuotes([
        ...listQuotes(shown),
        ...(offers ? quotesOfOffers(offers, kinds) : []),
        ...quoteSigns(first.login, 'proposal-mine'),
      ]),
      ...(offers &&
        kinds.join() === 'DH group' && { answers: [whichSide(offeredValues(offers.own, 'DH group'))] }),
      fix:
        version === undefined
          ? fixFor({ phase1, gateway, tunnel, offers, kinds, login: first.login }, context)
          : {
              todo: `First compare \`ike-version\` and \`interface\` of the dial-up tunnels (\`show vpn ipsec phase1-interface\`) with the client, which speaks IKEv${version}. Set the client’s profile to the version of its tunnel; a tunnel that others use keeps its version. Only if both agree, compare the proposals and DH groups.`,
              forward: {
                to: 'the administrator of the client profiles',
                text: `The profile speaks IKEv${version}; which IKE version, proposal and DH group does it have to use?`,
              },
            },
    });
  },
});

/** `the client offers DH group 5, and ra-staff accepts 14 and 21`. */
function compare({ client, own }: Offers, kind: string, tunnel: string): string {
  return `the client offers ${kind} ${nameList(offeredValues(client, kind))}, and ${tunnel} accepts ${nameList(offeredValues(own, kind))}`;
}

interface Difference {
  readonly phase1: Phase1 | undefined;
  /** The tunnel whose offer the debug prints. */
  readonly gateway: string | undefined;
  readonly tunnel: string;
  readonly offers: Offers | undefined;
  readonly kinds: readonly string[];
  readonly login: Attempt;
}

function fixFor({ phase1, gateway, tunnel, offers, kinds, login }: Difference, context: RuleContext): Fix {
  const group = offers && offeredValues(offers.client, 'DH group').find((each) => STRONG_GROUPS.has(each));
  const name = phase1?.name ?? gateway;
  const read = phase1?.dhGroups.explicit ? phase1.dhGroups.value : undefined;
  const old = read ?? (offers && gateway !== undefined ? offeredValues(offers.own, 'DH group') : []);
  if (name === undefined || old.length === 0 || kinds.join() !== 'DH group' || group === undefined) {
    const wanted = offers ? kinds.map((kind) => `${kind} ${change(offers, kind)}`).join('; ') : '';
    return noCliFix(
      wanted === ''
        ? {
            todo: 'Give the client’s profile a phase 1 proposal and DH group that the tunnel accepts. Only where the client cannot be changed, add its values to `proposal` and `dhgrp` of the tunnel; `set` replaces the list, so repeat the old values.',
            forward: {
              to: 'the administrator of the client profiles',
              text: 'The phase 1 proposal must match that of the tunnel.',
            },
          }
        : {
            todo: `Set in phase 1 of the client’s profile: ${wanted}.${offers && isWeak(offers, kinds) ? ' What it has now is weak: do not add it to the tunnel.' : ` Only where the client cannot be changed, add its values to \`proposal\` and \`dhgrp\` of ${tunnel}; \`set\` replaces the list, so repeat the old values.`}${inWindows(login, kinds.includes('DH group') ? offers : undefined)}`,
            forward: {
              to: 'the administrator of the client profiles',
              text: `Phase 1 of the profile for ${tunnel} must have ${wanted}.`,
            },
          },
    );
  }
  return vdomFix(
    context,
    phase1?.vdom,
    {
      apply: configEntry('vpn ipsec phase1-interface', name, [`set dhgrp ${[...old, group].join(' ')}`]),
      undo: configEntry('vpn ipsec phase1-interface', name, [`set dhgrp ${old.join(' ')}`]),
      verify: [`show vpn ipsec phase1-interface ${quoteValue(name)} | grep dhgrp`],
      ...(!read && {
        before: `First compare: \`show vpn ipsec phase1-interface ${quoteValue(name)} | grep dhgrp\` must print ${nameList(old)}, as the debug does.`,
      }),
      note: `This adds group ${group} to those that ${name} accepts. Where the clients can be changed, give their profile one of the tunnel’s groups instead.`,
    },
    'the tunnel',
  );
}

/** Values of one list that a sentence names. */
const MAX_NAMED = 4;

/** `14 or 21 (now 5)`. */
function change({ client, own }: Offers, kind: string): string {
  return `${offeredValues(own, kind).slice(0, MAX_NAMED).join(' or ')} (now ${nameList(offeredValues(client, kind))})`;
}

const WEAK = /DES|MD5/;

function isWeak({ client }: Offers, kinds: readonly string[]): boolean {
  return kinds.some((kind) =>
    offeredValues(client, kind).every((value) =>
      kind === 'DH group' ? WEAK_GROUPS.has(value) : WEAK.test(value),
    ),
  );
}

/** Groups that Windows can be told to offer. */
const WINDOWS_GROUPS: Readonly<Record<string, string>> = { 14: 'Group14', 19: 'ECP256', 20: 'ECP384' };

/** Windows changes the values of a connection only in PowerShell, and all of them together. */
function inWindows({ trace: { signs } }: Attempt, offers: Offers | undefined): string {
  const name = signs['endpoint-no-proposal']?.at(-1)?.fields.connection;
  if (name === undefined) return '';
  const [group] = offers
    ? offeredValues(offers.own, 'DH group').flatMap((each) => WINDOWS_GROUPS[each] ?? [])
    : [];
  const setting = group === undefined ? '' : ` -DHGroup ${group}`;
  return ` In PowerShell of Windows: \`Set-VpnConnectionIPsecConfiguration -ConnectionName "${name}"${setting}\` with the other values of both phases, as the tunnel has them.`;
}

/** The client’s own log: the answer came to its first message, so no proposal of phase 1 was agreed on. */
function ofClient(attempts: readonly Attempt[], context: RuleContext): Broken | undefined {
  const shown = failedWith(attempts, context, 'endpoint-no-proposal', without('endpoint-connected'));
  const [first] = shown;
  if (!first) return undefined;
  const offer = first.login.trace.signs['endpoint-offer']?.at(-1);
  const groups = [...(offer?.fields.offer ?? '').matchAll(OFFERED_GROUP)].flatMap(
    ([name]) => DH_GROUPS[name.replace('_', '')] ?? [],
  );
  const offers = groups.length === 0 ? '' : `, which offers DH group ${nameList(groups)}`;
  return broken('likely', {
    title: `The VPN accepts no IKE proposal of the client${offers}`,
    summary: `The VPN answered the client’s first message with NO_PROPOSAL_CHOSEN, before a name or password was sent.${offer ? ` The client offers ${offer.fields.offer}.` : ''} A tunnel of another IKE version, or one that no firewall policy uses, may look the same to a client.`,
    evidence: [...listQuotes(shown), ...(offer ? [offer.quote] : [])],
    fix: `Give the client a proposal and a DH group of the tunnel: \`proposal\` and \`dhgrp\` in \`show vpn ipsec phase1-interface\` (\`aes256-sha256\` with group 14 is \`aes256-sha256-modp2048\` in strongSwan).${inWindows(first.login, undefined)} Only where the client cannot be changed, add its values to the tunnel; \`set\` replaces the list, so repeat the old values. If both agree, compare \`ike-version\`, and look for a firewall policy with the tunnel as its source.`,
  });
}

/** `MODP_2048`, `CURVE_25519` */
const OFFERED_GROUP = /\b(?:MODP|ECP|CURVE)_\d{3,5}\b/g;

/** A person tells that the tunnel accepts other values since then. */
function offerChanged(
  events: readonly ShownLogin[],
  named: string | undefined,
  changed: Quote,
  attempts: readonly Attempt[],
): Broken {
  const logins = events.map(({ login }) => login);
  const tunnel = named ?? 'the tunnel';
  const edit = `\`config vpn ipsec phase1-interface\`, \`edit ${quoteValue(named ?? '<tunnel>')}\`, \`append dhgrp <group>\`, \`end\``;
  const answer = `A value can be added to ${tunnel} next to those that are there, and clients with the others keep theirs; open tunnels of ${tunnel} may renegotiate or end, so a quiet time is better.`;
  return broken('likely', {
    title: `No dial-up tunnel accepts the IKE proposal of ${clientsText(logins)}`,
    summary: `${countOfLogins(logins, attempts)} ended with “peer SA proposal not match local policy”, and the message tells of a change of what the tunnel accepts: these clients offer a value that is no longer there.`,
    evidence: [...listQuotes(events), changed],
    answers: [
      ['risk', answer],
      [
        /\b(?:put|add|bring|take|set|give)\b.{0,25}\b(?:back|again|one|another)\b|\bwithout kicking\b|\bzurück|\bwieder\b/i,
        answer,
      ],
      [
        'own-change',
        'The change that the message tells of does this: clients that only offer a removed value are refused.',
      ],
    ],
    fix: `Add to ${tunnel} one strong value that these clients offer (DH group 14 or higher), next to those that are there: ${edit}. Or give the clients a group that ${tunnel} has. What they offer is in their profile, or in the debug of ike. ${debugLines(['ike'], 'Let one client connect.')}`,
  });
}

/** What a tunnel offers was changed. */
const OFFER_CHANGED = 'dhGroup|proposal removed|changed !not !supposed';

/** The event log does not show whether it was a client: scans of the internet leave the same line. */
function eventLog(attempts: readonly Attempt[], changed: Quote | undefined, context: RuleContext) {
  const events = failedWith(attempts, context, 'event-ike-failed', ({ fields }) =>
    /proposal not match/.test(fields.reason ?? ''),
  );
  if (events.length === 0) return undefined;
  const logins = events.map(({ login }) => login);
  const tunnels = new Set(
    attempts.flatMap(({ outcome, trace }) =>
      outcome === 'succeeded' && trace.vpn === 'ike' ? (trace.gateway?.replace(/_\d+$/, '') ?? []) : [],
    ),
  );
  if (changed)
    return offerChanged(events, tunnels.size === 1 ? [...tunnels].join() : undefined, changed, attempts);
  return broken('possible', {
    title: `No dial-up tunnel accepts the IKE proposal of ${clientsText(logins)}`,
    summary: `${countOfLogins(logins, attempts)} ended with “peer SA proposal not match local policy”: no tunnel on that interface has an offer in common with the client.`,
    evidence: listQuotes(events),
    fix: `First check that the address belongs to a user: scans leave the same line. Then compare the client’s phase 1 proposal and DH group with \`proposal\` and \`dhgrp\` of the tunnel: the debug of ike prints both offers. ${debugLines(['ike'], 'Let the client connect.')}`,
  });
}
