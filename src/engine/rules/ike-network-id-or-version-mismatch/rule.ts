import type { Attempt } from '../../facts/attempt.ts';
import { statedQuote } from '../../facts/described/described.ts';
import type { Phase1 } from '../../facts/device/settings.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule, notApplicable } from '../define-rule.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { configEntry, perVdomFix, quoteValue } from '../shared/fix.ts';
import { gotFurther, quoteSigns, versionOfClient } from '../shared/ike-logins.ts';
import { nameList, needsLogin } from '../shared/logins.ts';
import { countOfLogins, failedWith, listQuotes, type ShownLogin, without } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ike-network-id-or-version-mismatch',
  title: 'No dial-up tunnel has the client’s network ID or IKE version',
  severity: 'high',
  hop: 'connection',
  number: 154,
  forCustomer: 'the program uses another version of the connection than the firewall expects',
  disturbs: 'tunnels of this phase 1',
  stops: 'every client with this profile',
  place: 'in the IKE version or network ID, in which client and tunnel differ',
  answers: [
    [
      'change',
      'The FortiGate has to be changed for the network ID; another IKE version belongs in the client’s profile.',
    ],
    [
      'risk',
      'Another IKE version cuts off the present clients; `network-overlay disable` breaks ADVPN and SD-WAN overlays.',
    ],
    ['who', 'Every client with the same profile is concerned.'],
    [
      ['which-value', 'choice'],
      'Client and tunnel need the same IKE version and the same network ID; a tunnel without one needs none in the client.',
    ],
    [
      'verify',
      '`show vpn ipsec phase1-interface` shows `ike-version` and `network-id`; the profile of the client has to have the same.',
    ],
    ['elsewhere', 'Clients that get in have the IKE version and network ID of a tunnel.'],
    ['where', '`ike-version` and `network-id` are in the phase 1, and in the profile of the client.'],
    ['prevent', 'One profile for all clients is useful, with the values of the tunnel.'],
    ['own-change', 'Another IKE version or network ID on one side needs the same on the other.'],
    NEXT_LOGIN,
    OPENS_NOTHING,
    // `can I just remove the network ID?`
    [
      /\bnetwork-?(?:id|overlay)\b/i,
      '`network-overlay` is a setting of each phase 1: switched off on the tunnel of the clients it leaves others as they are, but an ADVPN hub needs it.',
    ],
  ],
  descriptions: [
    {
      all: ['ikev1', 'ikev2', 'profile|client|fails'],
      or: [['networkId', 'ipsec|tunnel']],
      also: ['ikev1 profile|client', 'ikev2 works', 'psk', 'networkId', 'changed|new'],
      not: ['approval !not !saml', 'request phone', 'ldap', 'code', 'request', 'eapMethod'],
      title: 'The tunnel has another IKE version or network ID than the client',
      fix: 'Compare “IKE version” in phase 1 (`show vpn ipsec phase1-interface`, `ike-version`) with the one in the profile of the client, and set both to 2. If `network-overlay` is on, the client must send the same `network-id`; FortiClient has one in its XML only, so switch it off where it is not needed.',
    },
  ],
  needs: ['attempts', 'phase1s'],
  wants: ['described'],
  references: ['KB278503'],
  checkPartial: everyTunnelHasAnId,
  check({ attempts, phase1s }, context) {
    const dialups = phase1s.value.filter((each) => each.dialup);
    if (dialups.length === 0) return notApplicable('no dial-up tunnel is configured', ['phase1s']);
    const shown = failedWith(
      attempts.value,
      context,
      'no-proposal',
      without('gateway-matched', 'proposal-mine'),
    );
    const [first] = shown;
    if (!first) {
      return gotFurther(
        attempts.value,
        ['gateway-matched', 'proposal-mine'],
        'the request was compared with a tunnel',
      );
    }
    const version = versionOfClient(first.login);
    const own = dialups.filter(({ ikeVersion }) => ikeVersion.value === version);
    if (version !== undefined && own.length === 0)
      return otherVersion(shown, dialups, version, attempts.value);
    const sent = Number(first.login.trace.signs['network-id']?.at(-1)?.fields.id);
    if (Number.isInteger(sent) && own.length > 0 && own.every(({ networkId }) => networkId.value !== sent)) {
      return otherNetwork(shown, own, sent, attempts.value, context);
    }
    return needsLogin('the log does not show the network ID of the client, or a tunnel has it');
  },
});

function otherVersion(
  shown: readonly ShownLogin[],
  dialups: readonly Phase1[],
  version: 1 | 2,
  attempts: readonly Attempt[],
) {
  const logins = shown.map(({ login }) => login);
  const names = nameList(dialups.map(({ name }) => name));
  return broken('likely', {
    title: `The client speaks IKEv${version}, and ${names} is set to IKEv${version === 1 ? 2 : 1}`,
    summary: `${countOfLogins(logins, attempts)} found no dial-up tunnel: the FortiGate compares a client only with tunnels of its IKE version.`,
    evidence: [
      ...logins.slice(0, 1).flatMap((login) => quoteSigns(login, 'ike-first')),
      ...listQuotes(shown),
      ...dialups.flatMap(({ ikeVersion }) => ikeVersion.quotes),
    ],
    fix: {
      todo: `Set the client’s profile to IKEv${version === 1 ? 2 : 1}. Changing the version of the tunnel would cut off the clients that it has.`,
      forward: {
        to: 'the administrator of the client profiles',
        text: `The profile has IKE version ${version}, the tunnel ${version === 1 ? 2 : 1}.`,
      },
    },
    explains: ['ike-proposal-mismatch', ...(version === 1 ? [] : (['ikev1-no-push'] as const))],
  });
}

function otherNetwork(
  shown: readonly ShownLogin[],
  own: readonly Phase1[],
  sent: number,
  attempts: readonly Attempt[],
  context: RuleContext,
) {
  const logins = shown.map(({ login }) => login);
  const names = nameList(own.map(({ name }) => name));
  const ids = nameList(own.map(({ networkId }) => String(networkId.value)));
  return broken('likely', {
    title: `The client sends network ID ${sent}, and ${names} asks for ${ids}`,
    summary: `${countOfLogins(logins, attempts)} found no dial-up tunnel; FortiOS reports it as a proposal mismatch. FortiClient always sends network ID 0, and \`network-overlay\` is on for ${names}.`,
    evidence: [
      ...logins.slice(0, 1).flatMap((login) => quoteSigns(login, 'network-id')),
      ...listQuotes(shown),
      ...own.flatMap(({ networkId }) => networkId.quotes),
    ],
    fix:
      sent === 0
        ? withoutOverlay(own, context)
        : `Give the other side the network ID of ${names}, or build a tunnel for this client that has none.`,
    explains: ['ike-proposal-mismatch'],
  });
}

/** FortiClient sends network ID 0. */
function withoutOverlay(own: readonly Phase1[], context: RuleContext) {
  return perVdomFix(
    context,
    own,
    (tunnels) => ({
      apply: tunnels.flatMap(({ name }) =>
        configEntry('vpn ipsec phase1-interface', name, ['set network-overlay disable']),
      ),
      undo: tunnels.flatMap(({ name, networkId }) =>
        configEntry('vpn ipsec phase1-interface', name, [
          'set network-overlay enable',
          `set network-id ${networkId.value}`,
        ]),
      ),
      verify: tunnels.map(({ name }) => `show vpn ipsec phase1-interface ${quoteValue(name)} | grep network`),
      before:
        'Not on a hub of ADVPN or SD-WAN overlays: there other FortiGates need the network ID, and clients need a tunnel of their own.',
    }),
    'the tunnel',
  );
}

/** Sample: `FortiClient says "no proposal chosen"`, `the client sends network ID 0` */
const NOT_MATCHED = 'noProposal !not / noProposal fails|rejects|client / networkId client';

/** Without a login in the log: people tell of clients that fail, and no dial-up tunnel has the ID that FortiClient sends. */
function everyTunnelHasAnId(
  { attempts, phase1s, described }: Pick<Facts, 'attempts' | 'phase1s' | 'described'>,
  context: RuleContext,
): Judgement | undefined {
  const dialups = (valueIfKnown(phase1s) ?? []).filter(({ dialup }) => dialup);
  const own = dialups.filter(({ eap, userGroup }) => eap.value || userGroup !== undefined);
  const matched = statedQuote(NOT_MATCHED, described);
  const said = matched ?? statedQuote('client|ipsec fails|not', described);
  const isClosed = own.length > 0 && dialups.every(({ networkId }) => networkId.value !== 0);
  if (attempts.state === 'known' || !isClosed || !said) return undefined;
  const names = nameList(own.map(({ name }) => name));
  return broken(matched ? 'likely' : 'possible', {
    title: `FortiClient sends network ID 0, and ${names} asks for ${nameList(own.map(({ networkId }) => String(networkId.value)))}`,
    summary: `\`network-overlay\` is on for ${names}, so the FortiGate takes only clients with its network ID. FortiClient always sends 0: the tunnel is not chosen, which FortiOS reports as a proposal mismatch, even where the proposals agree.`,
    evidence: [...own.flatMap(({ networkId }) => networkId.quotes), said],
    fix: withoutOverlay(own, context),
    explains: ['ike-proposal-mismatch'],
  });
}
