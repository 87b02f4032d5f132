import { valueIfKnown } from '../../facts/fact.ts';
import type { RadiusPacket } from '../../facts/values.ts';
import { defineRule } from '../define-rule.ts';
import { noCliFix } from '../fix.ts';
import { REFERENCES } from '../references.ts';

export const nasChallengeUnanswered = defineRule({
  id: 'nas-challenge-unanswered',
  title: 'A RADIUS client does not answer FortiAuthenticator’s challenge',
  severity: 'high',
  needs: [],
  wants: ['radiusPackets', 'radiusServers'],
  versions: 'with FortiAuthenticator as the RADIUS server of another maker’s client',
  references: [REFERENCES.KB230258],
  check({ radiusPackets, radiusServers }) {
    const packets = valueIfKnown(radiusPackets) ?? [];
    const open = packets.find((packet, at) => isUnanswered(packet, packets.slice(at + 1)));
    if (open) {
      return {
        verdict: 'broken',
        confidence: 'likely',
        title: `${open.client} does not answer the RADIUS challenge, so FortiAuthenticator never sends the push`,
        summary: `${open.server} sent an Access-Challenge to ${open.client}, and no Access-Request of that client followed, although the capture goes on. FortiAuthenticator sends the push when the client answers the challenge with an empty password. A FortiGate does; other clients have to be told to.`,
        evidence: [open.quote],
        fix: noCliFix(
          'Set the RADIUS client to answer a challenge (often called challenge-response or two-step), with an empty password for push. Where it cannot, let the user append the code to the password.',
        ),
      };
    }
    const answered = packets.find(
      (packet, at) =>
        packet.kind === 'challenge' && packets.slice(at + 1).some((next) => isAnswer(packet, next)),
    );
    if (answered) {
      return {
        verdict: 'healthy',
        reason: `${answered.client} answers the challenge`,
        evidence: [answered.quote],
      };
    }
    if (radiusServers.state === 'known') {
      return {
        verdict: 'not-applicable',
        reason:
          radiusServers.value.length === 0
            ? 'no RADIUS server is configured'
            : 'the RADIUS client is this FortiGate, and it answers challenges by itself',
      };
    }
    return {
      verdict: 'unknown',
      reason: 'the evidence holds no RADIUS challenge with what followed it',
      need: 'a capture on FortiAuthenticator of UDP 1812 during one login (`tcpdump -n`): an Access-Challenge has to be followed by an Access-Request of the same client',
      commands: [],
    };
  },
});

/** The capture goes on, and the client stays silent. */
function isUnanswered(packet: RadiusPacket, later: readonly RadiusPacket[]): boolean {
  return packet.kind === 'challenge' && later.length > 0 && !later.some((next) => isAnswer(packet, next));
}

function isAnswer(challenge: RadiusPacket, next: RadiusPacket): boolean {
  return next.kind === 'request' && next.client === challenge.client && next.server === challenge.server;
}
