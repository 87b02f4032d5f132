import { defineRule } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { gotFurther, lineOf, phase1Of } from '../shared/ike-logins.ts';
import { nameList } from '../shared/logins.ts';
import { countOfLogins, failedWith, quotesOf } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ike-wrong-dialup-matched',
  title: 'The client is taken for one of another dial-up tunnel',
  severity: 'high',
  hop: 'connection',
  number: 145,
  forCustomer: 'the firewall takes the connection for one of another group of users',
  needs: ['attempts', 'phase1s'],
  references: ['KB194213'],
  check({ attempts, phase1s }, context) {
    const dialups = phase1s.value.filter((each) => each.dialup);
    const rivals = (of: (typeof dialups)[number]) =>
      dialups.filter(
        (each) =>
          each !== of &&
          each.vdom === of.vdom &&
          each.interface.value === of.interface.value &&
          each.localGateway.value === of.localGateway.value &&
          each.ikeVersion.value === of.ikeVersion.value &&
          (each.ikeVersion.value === 1 && each.mode.value === 'main' ? of.mode.value === 'main' : true),
      );
    if (!dialups.some((each) => rivals(each).length > 0)) {
      return {
        verdict: 'not-applicable',
        reason: 'no two dial-up tunnels share an interface',
        decidedBy: ['phase1s'],
      };
    }
    const taken = failedWith(attempts.value, context, 'psk-mismatch').flatMap((each) => {
      const phase1 = phase1Of(each.login, phase1s);
      if (
        !phase1?.dialup ||
        phase1 !== dialups.find((one) => rivals(phase1).includes(one) || one === phase1)
      ) {
        return [];
      }
      const others = rivals(phase1);
      const byName = phase1.peerType.value === 'one' && each.login.trace.signs['peer-id'] !== undefined;
      return others.length > 0 && !byName ? [{ ...each, phase1, others }] : [];
    });
    const [first] = taken;
    if (!first) {
      return gotFurther(
        attempts.value,
        ['psk-accepted', 'gateway-changed', 'eap-received', 'ike-sa-added'],
        'the tunnel and the client have the same key',
      );
    }
    const logins = taken.map(({ login }) => login);
    const { phase1, others } = first;
    const rest = nameList(others.map(({ name }) => name));
    const isMain = phase1.ikeVersion.value === 1 && phase1.mode.value === 'main';
    return {
      verdict: 'broken',
      confidence: 'likely',
      title: `Clients of ${rest} are taken for clients of ${phase1.name}, the first dial-up tunnel on ${phase1.interface.value}`,
      summary: `${countOfLogins(logins, attempts.value)} matched ${phase1.name} and failed at its pre-shared key. ${
        isMain
          ? 'In main mode IKEv1 cannot tell dial-up tunnels of one address apart: the first in the list takes every client.'
          : 'Dial-up tunnels of one address are told apart by the local ID of the client only; without one, the first in the list takes every client.'
      } A client of ${phase1.name} itself with a wrong key leaves the same lines.`,
      evidence: [
        ...lineOf(first.login, 'gateway-matched'),
        ...quotesOf(taken),
        ...phase1.interface.quotes,
        ...others.flatMap((each) => each.interface.quotes),
      ],
      fix: noCliFix(
        `${isMain ? 'Use aggressive mode or, better, IKEv2 for these tunnels, then give' : 'Give'} each one a local ID of its own (\`set peertype one\`, \`set peerid\`) and the same ID in the profiles of its clients; or give one of them another address of the interface (\`local-gw\`). Connected clients have to change with it. If the client is one of ${phase1.name}, type its pre-shared key again.`,
      ),
      explains: ['ike-psk-mismatch', 'ikev1-no-push'],
    };
  },
});
