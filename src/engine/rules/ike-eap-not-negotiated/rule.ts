import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule } from '../define-rule.ts';
import { configEntry, noCliFix, quoted, vdomFix } from '../shared/fix.ts';
import { gotFurther, lineOf, phase1Of } from '../shared/ike-logins.ts';
import { countOfLogins, failedWith, quotesOf } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ike-eap-not-negotiated',
  title: 'The tunnel or the client does not use EAP',
  severity: 'critical',
  hop: 'connection',
  number: 147,
  forCustomer: 'the firewall does not ask for the name and password in the way that the program expects',
  needs: ['attempts'],
  wants: ['phase1s', 'userNotices'],
  references: ['KB408078'],
  check({ attempts, phase1s, userNotices }, context) {
    const refused = failedWith(
      attempts.value,
      context,
      'peer-id-refused',
      (_, { trace: { signs } }) =>
        signs['peer-id-accepted'] === undefined && signs['eap-asked'] === undefined,
    );
    if (refused.length === 0) {
      return gotFurther(attempts.value, ['eap-asked', 'xauth-asked'], 'the tunnel asks for the user');
    }
    const without = refused.flatMap((each) => {
      const phase1 = phase1Of(each.login, phase1s);
      return phase1 && phase1.ikeVersion.value === 2 && !phase1.eap.value ? [{ ...each, phase1 }] : [];
    });
    const [first] = without;
    const off = valueIfKnown(userNotices)?.find(({ kind }) => kind === 'client-xauth-off')?.quote;
    if (!first && off) {
      const tunnel = refused[0]?.login.trace.gateway ?? 'the tunnel';
      return {
        verdict: 'broken',
        confidence: 'likely',
        title: `The profile of FortiClient asks for no user, so ${tunnel} refuses it`,
        summary: `${countOfLogins(
          refused.map(({ login }) => login),
          attempts.value,
        )} ended with \`gw validation failed\`, and in the exported profile of FortiClient \`<enabled>\` of \`<xauth>\` is 0: the client then does not offer EAP, which the tunnel asks for.`,
        evidence: [off, ...quotesOf(refused)],
        fix: noCliFix(
          'In the profile of FortiClient, set `<enabled>` in `<xauth>` of this tunnel to 1 (in EMS: XAuth of the tunnel enabled), and send the profile to the clients again.',
        ),
        explains: ['ike-peer-id-mismatch'],
      };
    }
    if (!first) {
      return {
        verdict: 'unknown',
        reason:
          'the client was refused (`gw validation failed`): either its local ID is not the one that the tunnel asks for, or the tunnel or the client does not use EAP',
        need: 'the settings `peertype`, `peerid` and `eap` of the tunnel',
        commands: ['phase1-interfaces'],
      };
    }
    const { phase1, login } = first;
    const { name, vdom } = phase1;
    const logins = without.map((each) => each.login);
    const isOpen = phase1.peerType.value === 'any';
    return {
      verdict: 'broken',
      confidence: isOpen ? 'certain' : 'likely',
      title: `${name} is not set to ask users by EAP, so it refuses its clients`,
      summary:
        `${countOfLogins(logins, attempts.value)} ended with \`gw validation failed\`: FortiClient wants to log a user in by EAP, and ${name} has \`eap\` disabled. ${isOpen ? 'The tunnel accepts every local ID, so the ID is not the reason.' : ''}`.trim(),
      evidence: [...quotesOf(without), ...lineOf(login, 'peer-id'), ...phase1.eap.quotes],
      fix: vdomFix(
        context,
        vdom,
        {
          apply: configEntry('vpn ipsec phase1-interface', name, [
            'set eap enable',
            'set eap-identity send-request',
          ]),
          undo: configEntry('vpn ipsec phase1-interface', name, ['unset eap-identity', 'set eap disable']),
          verify: [`show vpn ipsec phase1-interface ${quoted(name)} | grep eap`],
          note: 'Every client of this tunnel then has to log a user in: in an exported FortiClient profile, `<xauth><enabled>` must be 1. A tunnel that also serves devices without a user would refuse them.',
        },
        'the tunnel',
      ),
      explains: ['ike-peer-id-mismatch'],
    };
  },
});
