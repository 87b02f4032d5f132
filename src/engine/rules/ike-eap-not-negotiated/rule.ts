import { UNNAMED_USER } from '../../facts/attempt.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule, undecided } from '../define-rule.ts';
import type { Fix, Judgement, RuleContext } from '../rule.ts';
import { NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { configEntry, quoteValue, vdomFix } from '../shared/fix.ts';
import { findPhase1, gotFurther, quoteSigns } from '../shared/ike-logins.ts';
import { countOfLogins, failedWith, listQuotes, vpnLoginsInQuestion, without } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ike-eap-not-negotiated',
  title: 'The tunnel or the client does not use EAP',
  severity: 'critical',
  hop: 'connection',
  number: 147,
  forCustomer: 'the firewall does not ask for the name and password in the way that the program expects',
  disturbs: 'tunnels of this phase 1',
  stops: 'every client with this profile',
  place: 'in the user login by EAP, which the tunnel or the client’s profile does not ask for',
  answers: [
    [
      'change',
      'The side without EAP has to be changed: `eap enable` on the tunnel, or EAP in the profile of the clients.',
    ],
    [
      'clients',
      'The clients stay as they are if EAP is missing on the tunnel; if their profile lacks it, EMS can change it for all.',
    ],
    // `What does "gw validation failed" mean here?`
    [
      /gw validation failed/i,
      'Here `gw validation failed` means that tunnel and client do not agree on a user login by EAP.',
    ],
    [
      'risk',
      'The change may end open tunnels of this phase 1, and other tunnels stay up; with `eap enable`, devices that log no user in are refused.',
    ],
    ['who', 'Every client of this tunnel with the same profile is concerned.'],
    [
      'which-setting',
      '`eap enable` with `eap-identity send-request` is needed in the phase 1, and EAP in the profile of the client.',
    ],
    [
      'choice',
      'One setting on each side is enough: `eap enable` with `eap-identity send-request` in the phase 1, and EAP in the profile of the client.',
    ],
    ['where', '`eap` is in the phase 1 of the tunnel, and EAP in the profile of the client.'],
    ['elsewhere', 'Clients that get in use EAP as the tunnel does.'],
    [
      /\b(?:new|neue\w*|nouveau|nuevo|nuovo|novo|nieuwe) tunnel\b/i,
      'The tunnel stays: one setting on each side is enough, EAP in the phase 1 and in the profile of the client.',
    ],
    ['verify', 'The next try of the client shows it: it is asked for user and password.'],
    ['prevent', 'One profile for all clients is useful, with EAP as in the tunnel.'],
    NEXT_LOGIN,
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['eapMissing', 'ipsec'],
      or: [
        ['eap missing|off|not', 'ipsec', 'fails|all|asks'],
        ['ikev2', 'asks not', 'fails'],
      ],
      also: ['eapMissing', 'asks not', 'ikev2', 'all'],
      not: ['approval !not !saml', 'request phone', 'eapMethod', 'ldap', 'networkId', 'ikev1'],
      title: 'The tunnel or the client does not use EAP, so no user logs in',
      fix: 'Look at phase 1 with `show full-configuration vpn ipsec phase1-interface`: IKEv2 needs `set eap enable` and `set eap-identity send-request`, with `authusrgrp` or a group in the policy. In the profile of FortiClient user authentication (EAP) must be on as well. Change what is off, and connect again.',
    },
  ],
  needs: ['attempts'],
  wants: ['phase1s', 'userNotices', 'explainedLines'],
  references: ['KB408078'],
  checkPartial: (facts, context) =>
    idForName(facts, context) ?? clientWithoutEap(facts, context) ?? groupWithoutEap(facts, context),
  check({ attempts, phase1s, userNotices }, context) {
    const refused = failedWith(
      attempts.value,
      context,
      'peer-id-refused',
      without('peer-id-accepted', 'eap-asked'),
    );
    if (refused.length === 0) {
      return gotFurther(attempts.value, ['eap-asked', 'xauth-asked'], 'the tunnel asks for the user');
    }
    const userless = refused.flatMap((each) => {
      const phase1 = findPhase1(each.login, phase1s);
      return phase1 && phase1.ikeVersion.value === 2 && !phase1.eap.value ? [{ ...each, phase1 }] : [];
    });
    const [first] = userless;
    const off = valueIfKnown(userNotices)?.find(({ kind }) => kind === 'client-xauth-off')?.quote;
    if (!first && off) {
      const tunnel = refused[0]?.login.trace.gateway ?? 'the tunnel';
      return broken('likely', {
        title: `The profile of FortiClient asks for no user, so ${tunnel} refuses it`,
        summary: `${countOfLogins(
          refused.map(({ login }) => login),
          attempts.value,
        )} ended with \`gw validation failed\`, and in the exported profile of FortiClient \`<enabled>\` of \`<xauth>\` is 0: the client then does not offer EAP, which the tunnel asks for.`,
        evidence: [off, ...listQuotes(refused)],
        fix: 'In the profile of FortiClient, set `<enabled>` in `<xauth>` of this tunnel to 1 (in EMS: XAuth of the tunnel enabled), and send the profile to the clients again.',
        explains: ['ike-peer-id-mismatch'],
      });
    }
    if (!first) {
      return undecided({
        reason:
          'the client was refused (`gw validation failed`): either its local ID is not the one that the tunnel asks for, or the tunnel or the client does not use EAP',
        need: 'the settings `peertype`, `peerid` and `eap` of the tunnel',
        commands: ['phase1-interfaces'],
      });
    }
    const { phase1, login } = first;
    const { name, vdom } = phase1;
    const logins = userless.map((each) => each.login);
    const isOpen = phase1.peerType.value === 'any';
    return broken(isOpen ? 'certain' : 'likely', {
      title: `${name} is not set to ask users by EAP, so it refuses its clients`,
      summary:
        `${countOfLogins(logins, attempts.value)} ended with \`gw validation failed\`: FortiClient wants to log a user in by EAP, and ${name} has \`eap\` disabled. ${isOpen ? 'The tunnel accepts every local ID, so the ID is not the reason.' : ''}`.trim(),
      evidence: [...listQuotes(userless), ...quoteSigns(login, 'peer-id'), ...phase1.eap.quotes],
      fix: turnOn(name, vdom, context),
      explains: ['ike-peer-id-mismatch'],
    });
  },
});

/** Without `send-request` the FortiGate takes the local ID, of FortiClient an address, for the name of the user. */
function idForName(
  { attempts, phase1s }: Pick<Facts, 'attempts' | 'phase1s'>,
  context: RuleContext,
): Judgement | undefined {
  const [first] = vpnLoginsInQuestion(valueIfKnown(attempts) ?? [], context).flatMap((login) => {
    const id = login.trace.signs['peer-id']?.at(-1);
    const phase1 = findPhase1(login, phase1s);
    const isTaken = login.user !== UNNAMED_USER && login.user === id?.fields.id && login.outcome === 'failed';
    const isAsked =
      phase1?.eapIdentity.value === 'send-request' || login.trace.signs['eap-asked'] !== undefined;
    return id && phase1?.eap.value && isTaken && !isAsked ? [{ login, id, phase1 }] : [];
  });
  if (!first) return undefined;
  const { login, id, phase1 } = first;
  return broken('likely', {
    title: `${phase1.name} takes the local ID ${login.user} for the name of the user`,
    summary: `\`eap-identity\` of ${phase1.name} is not \`send-request\`: the FortiGate then asks for no name and looks for a user called ${login.user}, which the client sent as its local ID.`,
    evidence: [
      id.quote,
      ...(login.milestones.refused ? [login.milestones.refused.quote] : []),
      ...phase1.eapIdentity.quotes,
    ],
    fix: vdomFix(
      context,
      phase1.vdom,
      {
        apply: configEntry('vpn ipsec phase1-interface', phase1.name, ['set eap-identity send-request']),
        undo: configEntry('vpn ipsec phase1-interface', phase1.name, ['unset eap-identity']),
        verify: [`show vpn ipsec phase1-interface ${quoteValue(phase1.name)} | grep eap`],
      },
      'the tunnel',
    ),
    explains: ['user-not-in-vpn-rule', 'password-rejected', 'ike-user-group-mismatch'],
  });
}

/** The tunnel asks users by EAP, and the client shows itself by a key, so that nothing asks for a name. */
function clientWithoutEap(
  { attempts, phase1s, userNotices }: Pick<Facts, 'attempts' | 'phase1s' | 'userNotices'>,
  context: RuleContext,
): Judgement | undefined {
  const shown = (valueIfKnown(userNotices) ?? []).filter(({ kind }) => kind === 'client-without-eap');
  const logins = vpnLoginsInQuestion(valueIfKnown(attempts) ?? [], context);
  const [only, another] = (valueIfKnown(phase1s) ?? []).filter(({ dialup }) => dialup);
  const refused = logins.flatMap((login) => {
    const { signs } = login.trace;
    const seen = (signs['peer-id-refused'] ?? signs['endpoint-refused'])?.at(-1);
    const phase1 = findPhase1(login, phase1s) ?? (login.trace.gateway || another ? undefined : only);
    const isAsked = signs['eap-asked'] ?? signs['peer-id-accepted'];
    return seen && !isAsked && phase1?.eap.value && phase1.ikeVersion.value === 2
      ? [{ login, seen, phase1 }]
      : [];
  });
  const [first] = refused;
  const [words] = shown;
  if (!first || !words) return undefined;
  const { name, peerType, eap } = first.phase1;
  // A file may hold several connections: only the client’s own log names the proof that it sent.
  const isSent = words.quote.text.includes('(myself)') && peerType.value === 'any' && peerType.explicit;
  return broken(isSent ? 'certain' : 'likely', {
    title: `${name} asks users by EAP, and the client shows itself by ${/psk|secret|pre-shared/.test(words.quote.text) ? 'the pre-shared key' : 'a certificate'} instead`,
    summary: `\`eap\` is on in ${name}, so its clients have to log a user in. This client sends its own proof with its first message, and the FortiGate ends there (\`gw validation failed\`), before it asks for a name.`,
    evidence: [...shown.map(({ quote }) => quote), ...listQuotes(refused), ...eap.quotes].slice(0, 6),
    answers: [
      [
        /\bvendor[ -]?ids?\b|\bFortiClient\b/i,
        'The vendor ID does not matter here: the client has to log a user in by EAP, as FortiClient does.',
      ],
      [/\b(?:psk|pre-shared|key)\b/i, 'The pre-shared key is not what is refused: EAP is missing.'],
    ],
    fix: {
      todo: 'Let the client use EAP for itself, and the key or certificate for the FortiGate. In ipsec.conf of strongSwan: `leftauth=eap-mschapv2`, `eap_identity=<user>`, and `rightauth` as it is; the password of the user goes into ipsec.secrets (`<user> : EAP "<password>"`). In NetworkManager choose EAP with username and password. The FortiGate stays as it is.',
    },
    explains: ['ike-peer-id-mismatch'],
  });
}

const TROUBLE = new Set(['ipsec-client', 'not-in', 'unreachable', 'complaint']);

/** A person complains, no login was seen, and the only dial-up tunnel of IKEv2 has a group and EAP off. */
function groupWithoutEap(
  {
    attempts,
    phase1s,
    userNotices,
    explainedLines,
  }: Pick<Facts, 'attempts' | 'phase1s' | 'userNotices' | 'explainedLines'>,
  context: RuleContext,
): Judgement | undefined {
  const said = [...(valueIfKnown(userNotices) ?? []), ...(valueIfKnown(explainedLines) ?? [])].find(
    ({ kind }) => TROUBLE.has(kind),
  );
  const [only, another] = (valueIfKnown(phase1s) ?? []).filter(({ dialup }) => dialup);
  if (!said || !only || another || (valueIfKnown(attempts) ?? []).length > 0) return undefined;
  const { name, vdom, userGroup, ikeVersion, eap } = only;
  if (ikeVersion.value !== 2 || eap.value || userGroup === undefined) return undefined;
  // `debug has "gw validation failed" right after "re-validate gw ID"`, as a person quotes it.
  const isRefused = said.quote.text.includes('gw validation failed');
  return broken(isRefused && only.peerType.value === 'any' ? 'likely' : 'possible', {
    title: `${name} names the group ${userGroup} and asks no user: EAP is off`,
    summary: `Over IKEv2 a user logs in by EAP, which ${name} has disabled: FortiClient gets no question for a name and password, and is refused (\`gw validation failed\`) or let in by the key alone. The debug of IKE, while the client connects, shows which.`,
    evidence: [said.quote, ...ikeVersion.quotes, ...eap.quotes].slice(0, 6),
    fix: turnOn(name, vdom, context),
  });
}

function turnOn(name: string, vdom: string | undefined, context: RuleContext): Fix {
  return vdomFix(
    context,
    vdom,
    {
      apply: configEntry('vpn ipsec phase1-interface', name, [
        'set eap enable',
        'set eap-identity send-request',
      ]),
      undo: configEntry('vpn ipsec phase1-interface', name, ['unset eap-identity', 'set eap disable']),
      verify: [`show vpn ipsec phase1-interface ${quoteValue(name)} | grep eap`],
      before: 'A tunnel that also serves devices without a user would refuse them.',
      note: 'Every client of this tunnel then has to log a user in: in an exported FortiClient profile, `<xauth><enabled>` must be 1.',
    },
    'the tunnel',
  );
}
