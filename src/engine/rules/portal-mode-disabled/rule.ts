import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule, healthy } from '../define-rule.ts';
import { configEntry, perVdomFix, quoted } from '../shared/fix.ts';
import { isAskedAbout, nameList } from '../shared/logins.ts';
import { quotesOf, whoseLogins } from '../shared/vpn-logins.ts';

const DENIED = 'sslvpn_login_permission_denied';

export const rule = defineRule({
  id: 'portal-mode-disabled',
  title: 'A client other than FortiClient needs web mode, which the portal has off',
  severity: 'medium',
  hop: 'login',
  number: 139,
  forCustomer: 'the program in use for the connection is not allowed here',
  needs: ['attempts'],
  wants: ['userNotices', 'sslPortals', 'sslVpn'],
  versions: 'all with SSL VPN',
  references: ['KB232277'],
  check({ attempts, userNotices, sslPortals, sslVpn }, context) {
    const client = valueIfKnown(userNotices)?.find(({ kind }) => kind === 'other-client');
    if (!client) {
      return {
        verdict: 'not-applicable',
        reason: 'nothing in the evidence is of a client such as openfortivpn',
      };
    }
    // A login with FortiClient goes another way, so a later one does not resolve what another client was refused.
    const refused = attempts.value.flatMap((login) => {
      if (!isAskedAbout(login.user, context)) return [];
      const seen = login.trace.signs['event-login-failed']?.findLast(
        ({ fields }) => fields.reason === DENIED && fields.tunneltype === 'ssl-web',
      );
      return seen ? [{ login, seen }] : [];
    });
    const groups = new Set(refused.flatMap(({ seen }) => seen.fields.group ?? []));
    const used = new Set(
      (valueIfKnown(sslVpn) ?? [])
        .flatMap(({ rules }) => rules)
        .filter((rule) => rule.groups.value.some((group) => groups.has(group)))
        .map((rule) => rule.portal.value),
    );
    const portals = (valueIfKnown(sslPortals) ?? []).filter(({ name }) => used.has(name));
    const closed = portals.filter(({ tunnelMode, webMode }) => tunnelMode.value && !webMode.value);
    if (refused.length > 0 && closed.length > 0 && closed.length === portals.length) {
      const names = nameList(closed.map(({ name }) => name));
      return {
        verdict: 'broken',
        confidence: 'possible',
        title: `openfortivpn is refused where portal ${names} has no web mode`,
        summary: `The FortiGate counts the login of such a client as \`ssl-web\`, and refuses it with “permission denied” where the portal of the group has \`web-mode disable\`, although name and password of ${whoseLogins(refused.map(({ login }) => login))} may be right. A wrong password looks the same in this log.`,
        evidence: [client.quote, ...quotesOf(refused, 2), ...closed.flatMap(({ webMode }) => webMode.quotes)],
        fix: perVdomFix(context, closed, (own) => ({
          apply: own.flatMap(({ name }) => configEntry('vpn ssl web portal', name, ['set web-mode enable'])),
          undo: own.flatMap(({ name }) => configEntry('vpn ssl web portal', name, ['set web-mode disable'])),
          verify: own.map(({ name }) => `show vpn ssl web portal ${quoted(name)}`),
          note: 'First try the same name and password with FortiClient. Web mode also opens the portal’s page in browsers for everybody of this portal.',
        })),
        explains: ['password-rejected', 'source-ip-blocked'],
      };
    }
    const open = portals.filter(({ webMode }) => webMode.value);
    if (open.length > 0) {
      return healthy(
        `portal ${nameList(open.map(({ name }) => name))} has web mode on`,
        open.flatMap(({ webMode }) => webMode.quotes),
      );
    }
    return {
      verdict: 'unknown',
      reason: 'which portal the login would get is not shown',
      need: 'the event log of the refused login, the authentication rules and the portal (`show vpn ssl web portal`)',
      commands: ['ssl-vpn'],
    };
  },
});
