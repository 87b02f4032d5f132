import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule } from '../define-rule.ts';
import { noCliFix } from '../fix.ts';
import { REFERENCES } from '../references.ts';

export const callbackNotAccepted = defineRule({
  id: 'callback-not-accepted',
  title: 'Nothing on the FortiGate accepts the phone’s answer',
  severity: 'critical',
  needs: [],
  wants: ['flowDrops', 'pushService', 'attempts', 'looseCallbacks'],
  versions: 'all',
  references: [REFERENCES.KB399772],
  check({ flowDrops, pushService, attempts, looseCallbacks }) {
    const port = valueIfKnown(pushService)?.serverPort.value ?? 4433;
    const drops = valueIfKnown(flowDrops);
    const dropped = drops?.find(
      (each) => each.policy === 0 && (each.destination === undefined || each.destination.port === port),
    );
    if (!dropped) {
      const answered = [
        ...(valueIfKnown(attempts) ?? []).flatMap(({ marks }) => marks.callbackStarted ?? []),
        ...(valueIfKnown(looseCallbacks) ?? []).map((each) => each.started),
      ][0];
      if (answered) {
        return {
          verdict: 'healthy',
          reason: 'a phone’s connection was accepted',
          evidence: [answered.quote],
        };
      }
      return drops
        ? {
            verdict: 'not-applicable',
            reason: `the debug flow shows no packet to TCP ${port} that fell through to policy 0`,
          }
        : {
            verdict: 'unknown',
            reason: 'the evidence shows neither a callback nor a debug flow of one',
            need: 'a debug flow of the callback port, or the ftm-push debug, while the user presses Approve',
            commands: 'debug-recipe',
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
