import { describe, expect, it } from 'vitest';
import { type AuditTrail, NO_AUDIT } from '../../src/platform/audit/audit-trail.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { SIMULATED_USER } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { recordWrites } from '../support/record-writes.ts';
import { openTestRedis } from '../support/redis.ts';
import { ANA, BEN, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

const PLANTED = {
  adminHash: 'SH2PlantedAdminHashAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  localPassword: 'PlantedLocalPasswordBBBBBBBBBBBBBBBBBBBBBBBB==',
  radiusSecret: 'PlantedRadiusSecretCCCCCCCCCCCCCCCCCCCCCCCCC==',
  registration: 'planted-registration-id-dddddddddddddddddddd',
  psk: 'PlantedPskEEEEEE',
  keyLine: 'PlantedPrivateKeyFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF',
  pushed: 'planted-push-registration:APA91bGGGGGGGGGGGGGGGGGGGG',
  cookie: 'PlantedSvpnCookieHHHHHHHHHHHHHHHH',
} as const;

const DEVICE_CONFIG = `${sampleConfig('branch-07')}
config user radius
    edit "planted-radius"
        set server "192.0.2.50"
        set secret ENC ${PLANTED.radiusSecret}
    next
end
config user local
    edit "planted"
        set type password
        set passwd ENC ${PLANTED.localPassword}
    next
end
config user fortitoken
    edit "FTKMOB07A1B2C3D9"
        set reg-id "${PLANTED.registration}"
    next
end
config system admin
    edit "planted"
        set accprofile "super_admin"
        set password ENC ${PLANTED.adminHash}
    next
end
`;

const PASTE = `config vpn ipsec phase1-interface
    edit "dialup"
        set psksecret ${PLANTED.psk}
    next
end
config vpn certificate local
    edit "planted"
        set private-key "-----BEGIN ENCRYPTED PRIVATE KEY-----
${PLANTED.keyLine}
-----END ENCRYPTED PRIVATE KEY-----"
    next
end
config system admin
    edit "admin"
        set password ENC ${PLANTED.adminHash}
    next
end
[2210:root:1a]Cookie: SVPNCOOKIE=${PLANTED.cookie}
{"sender":"FGT-FGT60F0000000001-root","registration_id":"${PLANTED.pushed}","app":"FTM","platform":"ios","message":"{}"}`;

const SECRETS = [...Object.values(PLANTED), SIMULATED_USER.password];

describe('secrets of devices and pastes', () => {
  it('reach neither Slack, nor the queue, nor the log, nor the audit trail', async ({ skip }) => {
    const redis = await openTestRedis();
    if (!redis) {
      skip();
      return;
    }
    using written = await recordWrites(redis.url);
    try {
      const recorded: string[] = [];
      const audit: AuditTrail = {
        ...NO_AUDIT,
        record: (fields) => void recorded.push(JSON.stringify(fields)),
      };
      await using system = await startTestSystem({ redis, configText: DEVICE_CONFIG, audit });
      await system.check();
      const { message: root } = await system.slack.message({
        user: ANA,
        channel: SUPPORT,
        text: 'Look, please',
      });
      const text = `\`\`\`\n${PASTE}\n\`\`\``;
      await system.slack.message({ user: BEN, channel: SUPPORT, thread: root.ts, text });
      const answered = [
        ...(await system.answered({ alias: 'fgt-branch-07' })),
        ...(await system.answered({ thread: root.ts })),
      ];
      expect(answered.map(({ outcome }) => outcome?.kind)).toEqual(['diagnosed', 'diagnosed']);

      for (const { outcome } of answered) {
        expect(outcome?.kind === 'diagnosed' ? outcome.diagnosis.redactions.total : 0).toBeGreaterThan(3);
      }

      const kept = written.soFar();
      // The probes must see something, or they would find no secret anywhere.
      expect(kept).toContain('fgt-branch-07');
      expect(kept).toContain('<');
      expect(saidByTheBot(system)).toContain('fgt-branch-07');
      expect(system.log.join('')).toContain('run answered');
      const trail = recorded.join('\n');
      expect(trail).toContain('get system status');
      for (const secret of SECRETS) {
        expect(kept, 'in Redis').not.toContain(secret);
        expect(saidByTheBot(system), 'in Slack').not.toContain(secret);
        expect(system.log.join(''), 'in the log').not.toContain(secret);
        expect(trail, 'on the trail').not.toContain(secret);
      }
    } finally {
      await redis.stop();
    }
  });
});

/** What Ben pasted is Ben's; everything else in Slack came from the bot. */
function saidByTheBot({ slack }: TestSystem): string {
  const said = slack.messages(SUPPORT).filter(({ user }) => user !== ANA && user !== BEN);
  const files = said.flatMap((message) => (message.files ?? []).map(({ id }) => slack.fileContent(id)));
  return JSON.stringify([said, files, slack.calls().map(({ args }) => args)]);
}
