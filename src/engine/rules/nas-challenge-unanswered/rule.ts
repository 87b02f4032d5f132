import { valueIfKnown } from '../../facts/fact.ts';
import type { RadiusPacket } from '../../facts/values.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import { NO_PUSH } from '../shared/described-symptoms.ts';

export const rule = defineRule({
  id: 'nas-challenge-unanswered',
  title: 'A RADIUS client does not answer FortiAuthenticator’s challenge',
  severity: 'high',
  hop: 'second-factor',
  number: 69,
  forCustomer: 'the question for the second step gets no answer from the system in between',
  disturbs: 'nobody: elsewhere',
  place: 'in the RADIUS client, which does not answer the challenge',
  answers: [
    [
      'place',
      'FortiAuthenticator is not the cause: the RADIUS client does not answer its challenge with an empty password, which push needs.',
    ],
    ['meanwhile', 'Users can append the code to the password.'],
    ['who', 'Every user with a token who logs in through this RADIUS client is concerned.'],
    [
      'vendor',
      'The maker of the RADIUS client can say whether it answers a challenge with an empty password, which push needs.',
    ],
    [
      'elsewhere',
      'The FortiGate answers the challenge of FortiAuthenticator with an empty password, which push needs; this RADIUS client does not.',
    ],
    [
      'choice',
      'The RADIUS client has to answer the challenge: FortiAuthenticator and the FortiGate stay as they are.',
    ],
    ['verify', 'A packet capture shows it: the challenge needs an answer with an empty password.'],
    ['where', 'The answer to the challenge is a matter of the RADIUS client, if it has a setting for it.'],
  ],
  descriptions: [
    {
      all: ['fortiauthenticator', 'otherNas', `${NO_PUSH} / challenge`],
      also: ['radius', 'challenge', 'firewall works|request'],
      not: ['badCertificate'],
      title: 'The RADIUS client does not answer FortiAuthenticator’s challenge',
      fix: 'After the password FortiAuthenticator sends a challenge; only a client that answers it with an empty password starts the push. A FortiGate does so by itself. Set the other RADIUS client to answer a challenge (often called challenge-response or two-step); if its vendor offers only accept and reject, let its users append the code to the password.',
    },
  ],
  needs: [],
  wants: ['radiusPackets', 'radiusServers'],
  versions: 'with FortiAuthenticator as the RADIUS server of another vendor’s client',
  references: ['KB230258'],
  askedLast: true,
  check({ radiusPackets, radiusServers }) {
    const packets = valueIfKnown(radiusPackets) ?? [];
    const challenges = packets.flatMap((packet, at) =>
      packet.kind === 'challenge' ? [{ packet, result: challengeResult(packet, packets.slice(at + 1)) }] : [],
    );
    const answered = challenges.find(({ result }) => result === 'answered')?.packet;
    const open = challenges.filter(
      ({ packet, result }) =>
        result === 'ignored' &&
        !challenges.some((each) => each.result === 'answered' && each.packet.client === packet.client),
    );
    const [first] = open;
    if (first) {
      const { client, server } = first.packet;
      const times = open.filter(({ packet }) => packet.client === client);
      // A user who closed the prompt also leaves one challenge without an answer.
      return broken(times.length > 1 ? 'likely' : 'possible', {
        title: `${client} does not answer the RADIUS challenge of FortiAuthenticator`,
        summary: `${server} sent ${times.length === 1 ? 'an Access-Challenge' : `${times.length} Access-Challenges`} to ${client}, and no answer of that client followed, although the capture goes on. FortiAuthenticator sends the push when the client answers the challenge with an empty password. A FortiGate does this; other clients must be configured to.`,
        evidence: times.slice(0, 3).map(({ packet }) => packet.quote),
        fix: 'Set the RADIUS client to answer a challenge (often called challenge-response or two-step), with an empty password for push. If it cannot, let the user append the code to the password.',
      });
    }
    if (answered) {
      return healthy(`${answered.client} answers the challenge`, [answered.quote]);
    }
    if (radiusServers.state === 'known') {
      return notApplicable(
        radiusServers.value.length === 0
          ? 'no RADIUS server is configured'
          : 'the RADIUS client is this FortiGate, and it answers challenges by itself',
      );
    }
    return undecided({
      reason: 'the evidence does not show what followed a RADIUS challenge',
      need: 'a capture on FortiAuthenticator of UDP 1812 during one login (`tcpdump -n`): an Access-Challenge has to be followed by an Access-Request of the same client',
      commands: [],
    });
  },
});

/**
 * An answer is a request that is accepted or rejected; a request that is challenged again is a new login. `cut` if the
 * capture ends with the challenge.
 */
function challengeResult(
  challenge: RadiusPacket,
  later: readonly RadiusPacket[],
): 'answered' | 'ignored' | 'cut' {
  const [next, after] = later.filter(
    (each) => each.client === challenge.client && each.server === challenge.server,
  );
  if (!next) return later.length > 0 ? 'ignored' : 'cut';
  return next.kind === 'request' && after?.kind !== 'challenge' ? 'answered' : 'ignored';
}
