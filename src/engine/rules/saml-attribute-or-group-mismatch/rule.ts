import { type Attempt, type Moment, UNNAMED_USER } from '../../facts/attempt.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';
import { acceptedAnswer, SAML_EXPLAINS } from '../shared/saml-logins.ts';
import {
  countOfLogins,
  firstQuotes,
  isClientId,
  vpnLoginsInQuestion,
  whoseLogins,
} from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'saml-attribute-or-group-mismatch',
  title: 'The identity provider’s answer holds no group that the FortiGate expects',
  severity: 'high',
  hop: 'authorisation',
  number: 134,
  forCustomer: 'the sign-in service does not say that the account may use this connection',
  needs: ['attempts'],
  wants: ['samlServers'],
  versions: 'all with SAML',
  references: ['KB193640'],
  check({ attempts, samlServers }, context) {
    const shown = vpnLoginsInQuestion(attempts.value, context).flatMap((login) => {
      const lines = mismatchOf(login);
      return lines.length > 0 && login.outcome !== 'incomplete' ? [{ login, lines }] : [];
    });
    if (shown.length === 0) return acceptedAnswer(attempts.value);
    const logins = shown.map(({ login }) => login);
    const attributes = logins.flatMap(({ trace }) => trace.signs['saml-attribute'] ?? []);
    const names = nameList(attributes.map(({ fields }) => `“${fields.name}”`));
    const noUser = logins.every(({ trace }) => trace.signs['saml-user-missing']);
    const noGroup = logins.some(({ trace }) => trace.signs['saml-group-missing']);
    const [server, another] = valueIfKnown(samlServers) ?? [];
    const read = another ? undefined : noUser ? server?.userAttribute : server?.groupAttribute;
    const isMissing =
      read !== undefined && read.value !== '' && !attributes.some(({ fields }) => fields.name === read.value);
    const inferred = logins.every((login) => refusedAfterAnswer(login).length > 0);
    const both = logins.every(({ trace }) => trace.signs['group-matched']);
    const isNamed = logins.some(({ user }) => user !== UNNAMED_USER && !isClientId(user));
    const who = isNamed ? whoseLogins(logins) : 'the person';
    const what = noUser ? 'user name' : 'group';
    return {
      verdict: 'broken',
      confidence: both ? 'possible' : inferred ? 'likely' : 'certain',
      ...(noUser ? { hop: 'login' as const } : {}),
      title:
        noUser || noGroup
          ? `The identity provider’s answer holds no ${what} under the name that the FortiGate reads`
          : inferred
            ? `The identity provider let ${who} in, and the FortiGate then refused: most likely no group matched`
            : `The identity provider let ${who} in, but no group of the FortiGate matched`,
      summary: `${countOfLogins(logins, attempts.value)} ended after the identity provider’s yes. ${
        names === '' ? '' : `It sent the attributes ${names}. `
      }${
        noUser || noGroup
          ? `The name of the attribute must be the one in \`${noUser ? 'user-name' : 'group-name'}\` of \`config user saml\`, letter by letter.`
          : 'The value must be the one in `config match` of the user group: identity providers often send an object id instead of a name.'
      }${isMissing && names !== '' ? ` \`${server?.name}\` reads \`${read.value}\`, and no attribute of that name came.` : ''}${both ? ' A first check did match a group; such a contradiction can be a fault of the release, so read its release notes before you change groups.' : ''}`,
      evidence: firstQuotes([
        ...shown.flatMap(({ lines }) => lines).slice(0, 5),
        ...(isMissing ? read.quotes : []),
      ]),
      fix: noCliFix(
        `Compare ${noUser ? '`user-name`' : '`group-name`'} of the entry in \`config user saml\` ${noUser ? '' : 'and `config match` of the user group '}with what came. Change one side so that both are the same. To forward to the administrator of the identity provider: “The SAML answer for ${who} must hold the ${what} in an attribute with exactly the name and value that our FortiGate reads${names === '' ? '' : `; we received ${names}`}. Is ${who} in the group that is assigned to the VPN?”`,
      ),
      explains: SAML_EXPLAINS,
    };
  },
});

/** The lines that show it: of sslvpn about the answer, or for IPsec the yes of SAML and then no group. */
function mismatchOf(login: Attempt) {
  const { signs } = login.trace;
  const named = [
    ...(signs['saml-user-missing'] ?? []),
    ...(signs['saml-group-mismatch'] ?? []),
    ...(signs['saml-group-missing'] ?? []),
  ];
  const yes = signs['saml-cached']?.at(-1);
  const no = signs['group-mismatch']?.at(-1);
  const later = yes && no && no.order > yes.order ? [no, yes] : [];
  const seen = [...named, ...later, ...refusedAfterAnswer(login)];
  if (seen.length === 0) return [];
  const groups = (signs['saml-attribute'] ?? []).filter(({ fields }) => /group/i.test(fields.name ?? ''));
  return [...seen, ...groups].map(({ quote }) => quote);
}

/** Without fnbamd’s debug the log shows only that IPsec was refused after an answer that samld accepted. */
function refusedAfterAnswer({ trace: { vpn, signs }, milestones: { refused } }: Attempt): readonly Moment[] {
  const answered = signs['saml-reply']?.at(-1)?.fields.code === '0' && signs['saml-attribute'] !== undefined;
  const seenByFnbamd = signs['request-result'] ?? signs['saml-cached'];
  return vpn === 'ike' && answered && refused && !seenByFnbamd ? [refused] : [];
}
