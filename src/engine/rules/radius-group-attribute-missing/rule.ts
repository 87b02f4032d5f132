import { defineRule } from '../define-rule.ts';
import { noCliFix, testAtServer } from '../shared/fix.ts';
import { loginsInQuestion, nameList } from '../shared/logins.ts';
import {
  answeredByRadius,
  lastAnswer,
  namedServer,
  RADIUS_CODE,
  radiusServersOf,
} from '../shared/radius-logins.ts';
import { countOfLogins, firstQuotes, whoseLogins } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'radius-group-attribute-missing',
  title: 'The RADIUS server accepts, but names no group that the FortiGate asks for',
  severity: 'high',
  hop: 'authorisation',
  number: 125,
  forCustomer: 'the account was accepted but belongs to no group that may use this connection',
  needs: ['attempts'],
  references: ['KB196263', 'KB197161'],
  check({ attempts }, context) {
    const shown = loginsInQuestion(attempts.value, context).flatMap((login) => {
      const accepted = lastAnswer(login, RADIUS_CODE.accept);
      const mismatch = login.trace.signs['group-mismatch']?.at(-1);
      const matched = login.trace.signs['group-matched']?.at(-1);
      if (!accepted || !mismatch || mismatch.order < accepted.order) return [];
      if (login.outcome === 'incomplete' || (matched && matched.order > accepted.order)) return [];
      return [{ login, accepted, mismatch }];
    });
    if (shown.length === 0) return answeredByRadius(attempts.value, RADIUS_CODE.accept);
    const logins = shown.map(({ login }) => login);
    const server = namedServer(logins.flatMap((login) => radiusServersOf(login) ?? []));
    const asked = nameList(
      logins.flatMap(({ trace }) => trace.signs['group-asked']?.at(-1)?.fields.group ?? []),
    );
    const sent = logins.flatMap(({ trace }) => trace.signs['radius-group'] ?? []);
    const values = nameList(sent.map(({ fields }) => `“${fields.group}”`));
    const who = whoseLogins(logins);
    return {
      verdict: 'broken',
      confidence: 'certain',
      title: `${who} passed at ${server} but matched no group${asked === '' ? '' : ` (asked: ${asked})`}`,
      summary: `The server answered Access-Accept (code 2), so the password is right; then no group of the FortiGate matched. ${
        values === ''
          ? 'The log shows no group name in the answer: the attribute Fortinet-Group-Name is missing, or was not logged.'
          : `The answer named ${values}, which is not what the FortiGate’s group expects.`
      } ${countOfLogins(logins, attempts.value)} ended this way.`,
      evidence: firstQuotes([
        ...shown.flatMap(({ accepted, mismatch }) => [mismatch.quote, accepted.quote]),
        ...sent.map(({ quote }) => quote),
      ]),
      fix: noCliFix(
        `Compare \`group-name\` in \`config match\` of the user group${asked === '' ? '' : ` ${asked}`} with what the server sends, letter by letter. To remove the match opens the group to every user of that server. ${testAtServer('radius')}To forward to the administrator of ${server}: “Access-Accept for ${who} must carry the attribute Fortinet-Group-Name (vendor 12356, type 1) with exactly the text that the FortiGate’s group expects${values === '' ? '; we see none' : `; we see ${values}`}.”`,
      ),
      explains: ['password-rejected', 'user-not-in-vpn-rule', 'source-ip-blocked'],
    };
  },
});
