import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule, healthy } from '../define-rule.ts';
import { configEntry, noCliFix, perVdomFix, quoted } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';

const WORDS =
  'End the old session (SSL-VPN monitor, or `get vpn ssl monitor` and `execute vpn sslvpn del-tunnel`), or wait until it times out.';

export const rule = defineRule({
  id: 'login-limit-reached',
  title: 'The portal allows one session for each user, and one is open',
  severity: 'medium',
  hop: 'tunnel',
  number: 141,
  forCustomer: 'the account is already connected from another device',
  needs: [],
  wants: ['userNotices', 'sslPortals'],
  versions: 'all with SSL VPN',
  references: ['KB192027'],
  check({ userNotices, sslPortals }, context) {
    const notice = valueIfKnown(userNotices)?.find(({ kind }) => kind === 'already-connected');
    const portals = valueIfKnown(sslPortals);
    const limited = (portals ?? []).filter(({ limitUserLogins }) => limitUserLogins.value);
    const names = nameList(limited.map(({ name }) => name));
    if (notice) {
      return {
        verdict: 'broken',
        confidence: limited.length > 0 ? 'certain' : 'likely',
        title: 'The user already has an open SSL VPN session, and the portal allows only one',
        summary: `FortiClient says that a connection is open already. \`limit-user-logins\`${names === '' ? ' of the portal' : ` of ${names}`} allows one session for each user; a session that ended without a word counts until it times out.`,
        evidence: [
          notice.quote,
          ...limited.flatMap(({ limitUserLogins }) => limitUserLogins.quotes).slice(0, 3),
        ],
        fix:
          limited.length === 1
            ? perVdomFix(context, limited, (own) => ({
                apply: own.flatMap(({ name }) =>
                  configEntry('vpn ssl web portal', name, ['set limit-user-logins disable']),
                ),
                undo: own.flatMap(({ name }) =>
                  configEntry('vpn ssl web portal', name, ['set limit-user-logins enable']),
                ),
                verify: own.map(({ name }) => `show vpn ssl web portal ${quoted(name)}`),
                note: `${WORDS} The lines allow everybody of this portal several sessions; use them only if that is wanted.`,
              }))
            : noCliFix(
                `${WORDS} If several sessions are wanted, disable \`limit-user-logins\` in the portal.`,
              ),
      };
    }
    if (portals && portals.length > 0 && limited.length === 0) {
      return healthy(
        'no portal limits the sessions of a user',
        portals.flatMap(({ tunnelMode, webMode }) => [...tunnelMode.quotes, ...webMode.quotes]),
        ['sslPortals'],
      );
    }
    return {
      verdict: 'unknown',
      reason: 'nothing in the evidence shows a second session of a user',
      need: 'the message on the user’s screen and the portal (`show vpn ssl web portal`)',
      commands: [],
    };
  },
});
