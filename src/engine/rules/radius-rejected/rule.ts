import { mayHaveAskedUser } from '../../facts/accounts/radius-wait.ts';
import { defineRule } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';
import {
  answeredByRadius,
  lastAnswer,
  namedServer,
  RADIUS_CODE,
  radiusServersOf,
  wasChallenged,
} from '../shared/radius-logins.ts';
import { countOfLogins, failedWith, quotesOf, whoseLogins } from '../shared/vpn-logins.ts';

/** `E=` of MS-CHAP-Error (RFC 2759, section 6). */
const MS_CHAP_ERRORS: Readonly<Record<string, string>> = {
  646: 'logins are not allowed at this hour',
  647: 'the account is disabled',
  648: 'the password has expired',
  649: 'the account may not dial in',
  691: 'wrong user name or password',
  709: 'the password could not be changed',
};

export const rule = defineRule({
  id: 'radius-rejected',
  title: 'The RADIUS server refuses the login',
  severity: 'high',
  hop: 'login',
  number: 124,
  forCustomer: 'the server that checks the passwords refused this login',
  needs: ['attempts'],
  references: ['OKTA', 'KB197161', 'RFC2759'],
  check({ attempts }, context) {
    const shown = failedWith(
      attempts.value,
      context,
      'radius-code',
      (seen, login) =>
        lastAnswer(login, RADIUS_CODE.reject) === seen &&
        !mayHaveAskedUser(login.milestones) &&
        !wasChallenged(login) &&
        !login.trace.signs['radius-code']?.some(({ fields }) => fields.code === RADIUS_CODE.accept),
    );
    const [first] = shown;
    if (!first) return answeredByRadius(attempts.value, RADIUS_CODE.accept);
    const logins = shown.map(({ login }) => login);
    const servers = logins.flatMap((login) => radiusServersOf(login) ?? []);
    const server = namedServer(servers);
    const errors = logins.flatMap(({ trace }) => trace.signs['radius-chap-error']?.at(-1) ?? []);
    const code = errors[0]?.fields.code ?? '';
    const meaning = errors.every(({ fields }) => fields.code === code) ? MS_CHAP_ERRORS[code] : undefined;
    const schemes = (first.login.trace.signs['radius-scheme'] ?? []).flatMap(({ fields }) =>
      fields.scheme === undefined || fields.scheme === '??' ? [] : [fields.scheme],
    );
    const tried =
      schemes.length > 1
        ? ` It was asked ${schemes.length} times, with ${nameList(schemes)}, so one typing mistake may count as ${schemes.length} there.`
        : '';
    const who = whoseLogins(logins);
    return {
      verdict: 'broken',
      confidence: 'certain',
      title: `${server[0]?.toUpperCase()}${server.slice(1)} refuses ${who}${meaning ? `: ${meaning}` : ''}`,
      summary: `The server answered Access-Reject (code 3)${meaning ? ` with E=${code}` : ', which does not say why'}. ${countOfLogins(logins, attempts.value)} ended this way.${tried} The FortiGate only passes the answer on.`,
      evidence: [...quotesOf(shown), ...errors.slice(0, 2).map(({ quote }) => quote)],
      fix: noCliFix(
        `The reason is in the server’s own log: a wrong password, a locked or expired account, a policy that does not match, or a scheme (PAP, MS-CHAPv2) that it does not allow. A code of a token in the password needs PAP. To forward to the administrator of ${server}: “You sent Access-Reject for ${who}${first.login.startedAt ? ` at ${first.login.startedAt}` : ''}${schemes.length > 0 ? ` (${nameList(schemes)})` : ''}. What reason does your log give?”`,
      ),
      explains: ['password-rejected', 'source-ip-blocked'],
    };
  },
});
