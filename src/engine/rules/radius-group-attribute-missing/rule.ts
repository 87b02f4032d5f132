import type { Attempt, SeenSign } from '../../facts/attempt.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule } from '../define-rule.ts';
import { NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { testAtServer } from '../shared/fix.ts';
import { codeList, nameList, upperFirst } from '../shared/logins.ts';
import {
  answeredByRadius,
  lastAnswer,
  listRadiusServers,
  namedServer,
  RADIUS_CODE,
} from '../shared/radius-logins.ts';
import {
  countOfLogins,
  firstQuotes,
  groupMatches,
  groupsAsked,
  REFUSAL_RULES,
  refusedAfter,
  vpnLoginsInQuestion,
  whoseLogins,
} from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'radius-group-attribute-missing',
  title: 'The RADIUS server accepts, but names no group that the FortiGate asks for',
  severity: 'high',
  hop: 'authorisation',
  number: 125,
  forCustomer: 'the account was accepted but belongs to no group that may use this connection',
  disturbs: 'only this account',
  place: 'in the RADIUS server, whose answer names no group that the FortiGate asks for',
  answers: [
    [
      /\b(?:remov|delet|drop|without|entfern|lösch|ohne).{0,30}\b(?:match|group|Gruppe|filter)/i,
      'Without `config match` every user of that RADIUS server belongs to the group.',
    ],
    [
      /\battribut|\bVSA\b|\busers[- ]?file\b/i,
      'The server sends Fortinet-Group-Name (vendor 12356, attribute 1), with exactly the text in `group-name`.',
    ],
    [
      'which-group',
      'The server has to send the group in Fortinet-Group-Name, with exactly the text in `group-name` of `config match`.',
    ],
    ['password', 'The password is right: the RADIUS server accepted it.'],
    [
      'change',
      'The FortiGate has to be changed if `group-name` is to become what the server sends; else the server changes.',
    ],
    ['who', 'Every user for whom the RADIUS server sends no such group is concerned; the others get in.'],
    ['which-value', 'The value is exactly the text in `group-name` of `config match`.'],
    [
      'where',
      'NPS has the attribute in its network policy, under vendor specific (vendor 12356, attribute 1, string).',
    ],
    ['verify', 'The debug of fnbamd or a packet capture shows whether the answer has Fortinet-Group-Name.'],
    ['elsewhere', 'The answer for colleagues who get in names the group; the one for this user does not.'],
    NEXT_LOGIN,
    [
      'choice',
      'Either side can change: the server sends the text in `group-name`, or `group-name` becomes what it sends.',
    ],
    ['prevent', 'The attribute is best in one policy for all users of the VPN.'],
    OPENS_NOTHING,
  ],
  loginReasons: {
    'group-mismatch': 'password accepted, no group matches',
    'request-result': ({ fields }) => (fields.code === '1' ? 'password accepted, then refused' : undefined),
  },
  descriptions: [
    {
      all: ['radiusAccepted', 'groupAttribute'],
      or: [
        ['radiusAccepted', 'group', 'fails'],
        ['radiusServer works', 'groupAttribute', 'fails'],
      ],
      also: ['radiusServer', 'groupAttribute', 'fails', 'group'],
      not: ['saml', 'authGroup', 'messageAuthenticator', 'approval !not !saml'],
      title: 'The RADIUS server accepts, but its answer names no group that the FortiGate expects',
      fix: 'Look at the group under “User & Authentication > User Groups”: if its remote server has a “Group Name”, the RADIUS server must send exactly this text as `Fortinet-Group-Name` (vendor 12356, attribute 1). On NPS add it in the network policy under “Settings > Vendor Specific”; on FortiAuthenticator as an attribute of the user group. Or choose “Any” in the group on the FortiGate, if everyone whom the server accepts may come in.',
    },
  ],
  needs: ['attempts'],
  wants: ['userGroups', 'shownSettings'],
  references: ['KB196263', 'KB197161'],
  check({ attempts, userGroups, shownSettings }, context) {
    const shown = vpnLoginsInQuestion(attempts.value, context).flatMap((login) => {
      const accepted = lastAnswer(login, RADIUS_CODE.accept) ?? resultOnly(login);
      const mismatch = accepted && login.outcome !== 'incomplete' ? refusedAfter(login, accepted) : undefined;
      if (!accepted || !mismatch) return [];
      return [{ login, accepted, mismatch }];
    });
    if (shown.length === 0) return answeredByRadius(attempts.value, RADIUS_CODE.accept);
    const logins = shown.map(({ login }) => login);
    const names = logins.flatMap((login) => listRadiusServers(login) ?? []);
    const server = namedServer(names);
    const groups = groupsAsked(logins);
    const asked = nameList(groups);
    const matches = groupMatches(userGroups, groups).filter(
      ({ server: of }) => names.length === 0 || names.includes(of),
    );
    const told = valueIfKnown(shownSettings)?.get('user group group-name');
    const wanted = codeList(matches.length === 0 && told ? [told.value] : matches.map(({ group }) => group));
    const sent = logins.flatMap(({ trace }) => trace.signs['radius-group'] ?? []);
    const values = codeList(sent.flatMap(({ fields }) => fields.group ?? []));
    const who = whoseLogins(logins);
    const isLogged = logins.some(({ trace }) => trace.signs['group-mismatch'] !== undefined);
    return broken(isLogged ? 'certain' : 'likely', {
      title: `${upperFirst(server)} accepted ${who}${
        asked === ''
          ? ', but no group of the FortiGate matched'
          : values === ''
            ? ` without a group that ${asked} asks for`
            : `, but ${asked} did not match`
      }`,
      summary: `The server answered Access-Accept (code 2): the password is right, and the server granted access. Then no group of the FortiGate matched. ${
        values === ''
          ? 'The log shows no group name in the answer: the attribute Fortinet-Group-Name is missing, or was not logged.'
          : `The answer named ${values}.`
      }${wanted === '' ? '' : ` \`group-name\` of ${asked === '' ? 'its group' : asked} is ${wanted}.`} ${countOfLogins(logins, attempts.value)} ended this way.`,
      evidence: firstQuotes([
        ...shown.flatMap(({ accepted, mismatch }) => [mismatch.quote, accepted.quote]),
        ...sent.map(({ quote }) => quote),
        ...(matches.length === 0 ? (told?.quotes ?? []) : matches.flatMap(({ quotes }) => quotes)),
      ]),
      fix: {
        todo: `${whatToDo(server, asked, wanted, values)} ${wanted === '' ? '`show user group` prints that text; put it in place of <group-name> in the message. ' : ''}Removing the match opens the group to every user of that server. ${values === '' ? testAtServer('radius', nameList(names), who) : ''}`,
        forward: {
          to: `the administrator of ${server}`,
          text: `Access-Accept for ${who} must carry the attribute Fortinet-Group-Name (vendor 12356, type 1) with exactly the text ${wanted === '' ? '<group-name>' : wanted}${values === '' ? '' : `; it carries ${values}`}.`,
        },
      },
      explains: REFUSAL_RULES,
    });
  },
});

/** Of a log that holds the result of the server, and not the code of its answer. */
function resultOnly({ trace: { signs } }: Attempt): SeenSign | undefined {
  const result = signs['radius-code'] ? undefined : signs['radius-result']?.at(-1);
  return result?.fields.code === '0' ? result : undefined;
}

function whatToDo(server: string, asked: string, wanted: string, values: string): string {
  if (wanted === '') {
    const of = asked === '' ? 'the user group' : asked;
    return values === ''
      ? `Let ${server} send Fortinet-Group-Name with the text in \`group-name\` of ${of} (\`config match\`).`
      : `Set \`group-name\` of ${of} (\`config match\`) to ${values}, or let ${server} send the text that stands there.`;
  }
  const change = `Let ${server} send Fortinet-Group-Name (vendor 12356, attribute 1, string; on NPS in the network policy under “Settings > Vendor Specific”) with exactly the text ${wanted}`;
  return values === ''
    ? `${change}.`
    : `${change}, or set \`group-name\` of ${asked === '' ? 'the user group' : asked} to ${values}.`;
}
