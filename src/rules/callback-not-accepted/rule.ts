import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule } from '../define-rule.ts';
import { noCliFix } from '../fix.ts';
import { REFERENCES } from '../references.ts';

export const callbackNotAccepted = defineRule({
  id: 'callback-not-accepted',
  title: 'Nothing on the FortiGate accepts the phone’s answer',
  severity: 'critical',
  needs: ['flowDrops'],
  wants: ['pushService'],
  versions: 'all',
  references: [REFERENCES.KB399772],
  check({ flowDrops, pushService }) {
    const port = valueIfKnown(pushService)?.serverPort.value ?? 4433;
    const onPort = flowDrops.value.filter(
      (each) => each.destination === undefined || each.destination.port === port,
    );
    const dropped = onPort.find((each) => each.policy === 0);
    if (!dropped) {
      return {
        verdict: 'not-applicable',
        reason: `the debug flow shows no packet to TCP ${port} that fell through to policy 0`,
      };
    }
    return {
      verdict: 'broken',
      confidence: 'certain',
      title: 'The phone’s answer arrives, and nothing on the FortiGate accepts it',
      summary: `The connection to TCP ${port} reached the FortiGate and was dropped by the implicit local-in rule (policy 0). FortiOS opens that port only while the push service is on, the interface allows \`ftm\`, and some administrator has no trusted hosts: one of the three is missing.`,
      evidence: dropped.quotes,
      fix: noCliFix(
        'Check the three in this order: `show system ftm-push`, `show system interface` on the interface of the packet, `show system admin`. With their output this check names the missing one and its fix.',
      ),
    };
  },
});
