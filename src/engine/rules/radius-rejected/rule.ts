import type { Quote } from '../../evidence/types.ts';
import { mayHaveAskedUser } from '../../facts/accounts/radius-wait.ts';
import { sameUser } from '../../facts/accounts/same-user.ts';
import type { Attempt, SeenSign } from '../../facts/attempt.ts';
import { unsignedAnswer } from '../../facts/attempts/login-failure.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { DirectoryNote, FacTokenEvent } from '../../facts/values.ts';
import { broken, defineRule } from '../define-rule.ts';
import type { Judgement, LoginReasons } from '../rule.ts';

import { OPENS_NOTHING } from '../shared/answers.ts';
import { isAskedAbout, nameList, upperFirst } from '../shared/logins.ts';
import { OWN_SERVER, refusedByOtherServer } from '../shared/own-server.ts';
import {
  answeredByRadius,
  getRadiusServer,
  lastAnswer,
  listRadiusServers,
  MS_CHAP_ERRORS,
  namedServer,
  RADIUS_CODE,
  wasChallenged,
} from '../shared/radius-logins.ts';
import { countOfLogins, failedWith, listQuotes, whenText, whoseLogins } from '../shared/vpn-logins.ts';

/** fnbamd's result of one server. */
const REFUSED = '1';

interface FacRefusal {
  readonly title: (users: string) => string;
  readonly summary: string;
  readonly advice: string;
}

/** The most telling first. */
const SAID_BY_FAC: readonly (FacRefusal & { readonly kind: FacTokenEvent['kind'] })[] = [
  {
    kind: 'locked',
    title: (users) => `FortiAuthenticator has locked ${users}`,
    summary:
      'FortiAuthenticator refuses every login of a locked user, also with the right password and code. A FortiGate with `auth-type auto` tries up to four schemes, so one wrong password can count as four.',
    advice:
      'On FortiAuthenticator, unlock the user (Monitor > Authentication > Locked-out Users). If one mistake locks a user, set `auth-type` of the RADIUS server on the FortiGate to the scheme in use, or allow more failed logins there.',
  },
  {
    kind: 'needs-pap',
    title: (users) => `FortiAuthenticator refuses ${users}: this login needs PAP`,
    summary:
      'FortiAuthenticator could not check the password, because the request did not carry it (`auth require "User-Password" (pap)`). EAP and MS-CHAPv2 do not.',
    advice:
      'On FortiAuthenticator, check the role of the account and its directory: a local user with the role Administrator, and a user of an LDAP directory that is not joined as Windows AD, can be checked with PAP only. Else let the FortiGate and the client use PAP.',
  },
  {
    kind: 'refused',
    title: (users) => `FortiAuthenticator refuses ${users}`,
    summary: 'FortiAuthenticator says `Authentication failed`, and the lines here give no reason.',
    advice:
      'On FortiAuthenticator, the event of this login (Logging > Log Access > Logs) names the reason after `failed:`. Add it to the case.',
  },
];

export const rule = defineRule({
  id: 'radius-rejected',
  title: 'The RADIUS server refuses the login',
  severity: 'high',
  hop: 'login',
  number: 124,
  forCustomer: 'the server that checks the passwords refused this login',
  disturbs: 'only this account',
  place: 'in the RADIUS server, which refuses the login; the FortiGate only passes that on',
  answers: [
    // `should I try PAP?`
    [
      /\bpap\b|\bauth-type\b/i,
      '`auth-type pap` helps only if the log of the server names the scheme as its reason; E=691 means a wrong name or password.',
    ],
    [
      /\b(?:reason|code|Ursache\w*|Grund|motif|motivo|razón|reden)\D{0,15}66\b/i,
      'Reason code 66 of NPS says that its network policy does not allow the authentication method of the request.',
    ],
    [
      /\b(?:reason|code|Ursache\w*|Grund|motif|motivo|razón|reden)\D{0,15}48\b/i,
      'Reason code 48 of NPS says that its network policies do not fit the request.',
    ],
    [
      /\b(?:reason|code|Ursache\w*|Grund|motif|motivo|razón|reden)\D{0,15}65\b/i,
      'Reason code 65 of NPS says that the dial-in permission of the account does not allow it.',
    ],
    [
      /\b(?:reason|code|Ursache\w*|Grund|motif|motivo|razón|reden)\D{0,15}16\b/i,
      'Reason code 16 of NPS says that it has no account with this name and password.',
    ],
    [
      'password',
      'The log of the RADIUS server says whether the password is the reason; the FortiGate only passes the refusal on.',
    ],
    [
      'token',
      'The log of the RADIUS server says whether the token is the reason; the FortiGate only passes the refusal on.',
    ],
    [
      'change',
      'The FortiGate stays as it is, unless the server’s reason is the scheme: then `auth-type` changes.',
    ],
    [
      'who',
      'The RADIUS server decides for each login; the reason in its log shows whether others are refused too.',
    ],
    [
      'verify',
      'The log of the RADIUS server shows the reason; NPS writes it as event 6273 to the security log.',
    ],
    ['elsewhere', 'The RADIUS server decides for each login and each policy, so others can get in.'],
    [
      'where',
      'The reason is in the log of the RADIUS server; NPS writes it as event 6273 to the security log.',
    ],
    [
      'choice',
      'The RADIUS server decides: the reason in its log shows whether account, policy or scheme is to be corrected.',
    ],
    [
      'prevent',
      'One policy of the RADIUS server is useful for the group of the VPN, which every new user joins.',
    ],
    ['own-change', 'A changed policy, group or password on the RADIUS server counts at once.'],
    OPENS_NOTHING,
  ],
  loginReasons: refusedByServer(),
  descriptions: [
    {
      all: ['radiusRefused', 'radiusServer'],
      or: [
        ['radiusServer', 'authScheme', 'fails'],
        ['radiusServer', 'accountLocked !not'],
      ],
      also: ['radiusRefused', 'others works', 'authScheme', 'only'],
      not: [
        'approval !not !saml',
        'request phone',
        'messageAuthenticator',
        'secret',
        'radiusAccepted',
        'noRadius',
      ],
      confidence: 'likely',
      title: 'The RADIUS server itself refuses the login, and its log names the reason',
      fix: 'Look into the log of the RADIUS server at the time of the attempt; on NPS it is event 6273 in “Event Viewer > Custom Views > Server Roles”, with a reason code. Put right what it names: name or password, dial-in permission, network policy, or a method that it does not allow (then `set auth-type pap` or `ms_chap_v2` in the RADIUS server of the FortiGate). The FortiGate needs no other change.',
    },
  ],
  needs: ['attempts'],
  wants: ['facTokenEvents', 'directoryNotes', 'userNotices', ...OWN_SERVER],
  references: ['OKTA', 'KB197161', 'KB262931', 'KB418087', 'RFC2759'],
  /** FortiAuthenticator’s own log says why it refuses. */
  checkPartial({ facTokenEvents, attempts }, context) {
    const told = (valueIfKnown(facTokenEvents) ?? []).filter(({ user }) => isAskedAbout(user, context));
    for (const { kind, ...words } of SAID_BY_FAC) {
      const events = told.filter((event) => event.kind === kind);
      // The FortiGate’s own log shows how far the login came.
      if (kind === 'refused' && attempts.state === 'known') continue;
      if (events.length > 0) return refusedByFac(events, words);
    }
    return undefined;
  },
  check({ attempts, directoryNotes, userNotices, ...facts }, context) {
    const coded = failedWith(
      attempts.value,
      context,
      'radius-code',
      (seen, login) =>
        lastAnswer(login, RADIUS_CODE.reject) === seen &&
        !mayHaveAskedUser(login.milestones) &&
        !wasChallenged(login) &&
        !login.trace.signs['radius-code']?.some(({ fields }) => fields.code === RADIUS_CODE.accept),
    );
    // Older releases print the server's result, not the code of its answer.
    const bare = failedWith(
      attempts.value,
      context,
      'radius-result',
      ({ fields }, { trace: { signs }, milestones }) =>
        fields.code === REFUSED &&
        signs['radius-code'] === undefined &&
        !mayHaveAskedUser(milestones) &&
        (milestones.groupMismatch ?? signs['radius-unauthenticated'] ?? unsignedAnswer(signs)) === undefined,
    );
    const shown = coded.length > 0 ? coded : bare;
    const [first] = shown;
    if (!first) return answeredByRadius(attempts.value, RADIUS_CODE.accept);
    const logins = shown.map(({ login }) => login);
    const servers = logins.flatMap((login) => listRadiusServers(login) ?? []);
    const other = refusedByOtherServer(shown, [...new Set(servers)], facts, context);
    if (other) return other;
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
    const told = toldByNps(valueIfKnown(directoryNotes) ?? [], logins);
    if (told)
      return refusedByNps(told, { server, who, schemes, when: whenText(logins), quotes: listQuotes(shown) });
    const isEventKnown = valueIfKnown(userNotices)?.some(({ kind }) => kind === 'nps-event') === true;
    const event = isEventKnown
      ? ' The text names event 6273 of NPS: ask for the Reason Code in it.'
      : code === '691'
        ? ' On NPS it is event 6273 of the Security log, with its Reason Code.'
        : '';
    return broken('certain', {
      title: `${upperFirst(server)} refused ${who}${meaning ? `: ${meaning} (E=${code})` : ''}`,
      summary: `The server ${shown === coded ? 'answered Access-Reject (code 3)' : 'refused the login (result 1)'}${meaning ? ` with E=${code}` : ', which does not say why'}. ${countOfLogins(logins, attempts.value)} ended this way.${tried} The FortiGate only passes the answer on.`,
      evidence: [...listQuotes(shown), ...errors.slice(0, 2).map(({ quote }) => quote)],
      fix: {
        todo: `${code === '691' ? `First let ${who} type the password again. ` : ''}${isReason(code, meaning) ? `${upperFirst(server)} gives the reason: ${meaning}. Correct that in its directory.` : `Ask for the reason in the log of ${server}: ${code === '691' ? 'most often ' : ''}a wrong name or password, ${code === '691' ? 'else ' : ''}a locked or expired account, a policy that does not match, or a scheme${schemes.length > 0 ? ` (it was asked with ${nameList(schemes)})` : ' (PAP, MS-CHAPv2)'} that it does not allow.${event}`}`,
        forward: {
          to: `the administrator of ${server}`,
          text: `You sent Access-Reject for ${who}${whenText(logins)}${schemes.length > 0 ? ` (${nameList(schemes)})` : ''}. What ${isEventKnown ? 'Reason Code does your event 6273' : 'reason does your log'} give?`,
        },
      },
      explains: ['password-rejected', 'source-ip-blocked'],
    });
  },
});

/** E=691 stands for every refusal that has no code of its own. */
function isReason(code: string, meaning: string | undefined): boolean {
  return meaning !== undefined && code !== '691';
}

function refusedByFac(events: readonly FacTokenEvent[], { title, summary, advice }: FacRefusal): Judgement {
  return broken('certain', {
    title: title(nameList(events.map(({ user }) => user))),
    summary,
    evidence: events.map(({ quote }) => quote),
    fix: advice,
  });
}

type NpsRefusal = Extract<DirectoryNote, { readonly kind: 'refused' }>;

/** Reasons of NPS by their code, and what ends each. Another code is quoted. */
const NPS_REASONS: Readonly<Record<string, readonly [why: string, todo: string]>> = {
  8: ['the account does not exist', 'Let the user type the name that the directory has'],
  16: ['wrong name or password', 'Let the user type both again; if the password is lost, set a new one'],
  34: ['the account is disabled', 'Enable the account in the directory'],
  36: ['the account is locked', 'Unlock the account in the directory, and find what locks it'],
  48: [
    'no network policy matches',
    'On the NPS, compare the conditions of the network policies with this login, in their order: user groups, client, authentication method. None of them matches, so put the user into the group of one, or correct its conditions',
  ],
  65: [
    'dial-in is denied for the account',
    'In the directory, set Network Access Permission of the account (tab Dial-in) to “Control access through NPS Network Policy”',
  ],
  66: [
    'its policy does not allow this method',
    'On the NPS, allow the method in the constraints of the matching network policy, or set `auth-type` of the RADIUS server on the FortiGate to one that it allows',
  ],
};

/** The last refusal of the one user whose logins these are. */
function toldByNps(notes: readonly DirectoryNote[], logins: readonly Attempt[]): NpsRefusal | undefined {
  const [user, another] = new Set(logins.map((login) => login.user));
  if (user === undefined || another !== undefined) return undefined;
  return notes.findLast((note): note is NpsRefusal => note.kind === 'refused' && sameUser(note.user, user));
}

function refusedByNps(
  { code, reason, quote }: NpsRefusal,
  {
    server,
    who,
    schemes,
    when,
    quotes,
  }: {
    readonly server: string;
    readonly who: string;
    readonly schemes: readonly string[];
    readonly when: string;
    readonly quotes: readonly Quote[];
  },
): Judgement {
  const [why, todo] = NPS_REASONS[code] ?? [];
  const said = reason.replace(/\.$/, '');
  const asked = schemes.length === 0 ? '' : `, asked with ${nameList(schemes)}`;
  return broken('certain', {
    title: `${upperFirst(server)} refused ${who}: ${why ?? said} (reason ${code})`,
    summary: `The server answered Access-Reject, and its event gives the reason ${code}. The FortiGate only passes the answer on.`,
    evidence: [quote, ...quotes],
    fix: {
      todo: `${todo ?? `Correct on ${server} what its event names: “${said}”`}.`,
      forward: {
        to: `the administrator of ${server}`,
        text: `Your server refused the VPN login of ${who}${when}${asked}, with reason code ${code} (${said}). Please correct that.`,
      },
    },
    loginReasons: refusedByServer(why ?? (said.length <= MAX_REASON ? said : undefined)),
    explains: ['password-rejected', 'source-ip-blocked'],
  });
}

/** Characters of a reason that the list of logins shows. */
const MAX_REASON = 80;

/** `why`: the reason that the server’s own event gives. */
function refusedByServer(why?: string): LoginReasons {
  const reason = (refusal: string) => (seen: SeenSign, login: Attempt) =>
    seen.fields.code === refusal
      ? `refused by ${getRadiusServer(login)}${why === undefined ? '' : `: ${why}`}`
      : undefined;
  return { 'radius-code': reason(RADIUS_CODE.reject), 'radius-result': reason(REFUSED) };
}
