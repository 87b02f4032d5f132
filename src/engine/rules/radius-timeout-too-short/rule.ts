import type { Quote } from '../../evidence/types.ts';
import type { RadiusSettings } from '../../facts/accounts/auth-server-values.ts';
import { sameUser } from '../../facts/accounts/same-user.ts';
import { UNNAMED_USER } from '../../facts/attempt.ts';
import { secondsBetween } from '../../facts/attempts/event-ref.ts';
import { pickedEntries } from '../../facts/config/shown-settings.ts';
import { statedQuote } from '../../facts/described/described.ts';
import { type Sourced, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import type { Fix, Judgement, RuleContext } from '../rule.ts';
import { CHANGE_BROKE_IT, OPENS_NOTHING } from '../shared/answers.ts';
import { FAC_SENDS } from '../shared/described-symptoms.ts';
import { configBlock, configEntry, globalFix, inOrder, quoteValue, vdomFix } from '../shared/fix.ts';
import { FAC_PUSH, facPushes } from '../shared/fortiauthenticator.ts';
import { isAskedAbout, loginsInQuestion, nameList } from '../shared/logins.ts';
import { oneSetting } from '../shared/one-setting.ts';
import { failedWith, REFUSAL_RULES, serverKind } from '../shared/vpn-logins.ts';

/** Seconds that a person needs to take out a phone and approve. */
const MIN_APPROVAL_S = 30;
/** The FortiGate repeats its request to a RADIUS server that is silent. */
const TRIES = 3;
/** Seconds; the value in FortiAuthenticator's guide. */
const RECOMMENDED_S = 60;
/** Seconds; of both timers. */
const DEFAULT_S = 5;
/** Seconds between the FortiGate’s request and the line of the server that received it: two clocks differ a little. */
const ONE_LOGIN_S = 60;

export const rule = defineRule({
  id: 'radius-timeout-too-short',
  title: 'The FortiGate does not wait long enough for FortiAuthenticator’s push',
  severity: 'high',
  hop: 'approval',
  number: 55,
  forCustomer: 'the firewall does not wait long enough for the system that sends the request',
  disturbs: 'nobody: only new logins',
  place: 'on the FortiGate, which does not wait long enough for FortiAuthenticator',
  stops: 'every user of this server',
  answers: [
    [
      'enough',
      'Both values have to be raised, `timeout` of the RADIUS server and `remoteauthtimeout`: the shortest limit ends the login.',
    ],
    ['place', 'The FortiGate stops waiting too soon; FortiAuthenticator stays as it is.'],
    [CHANGE_BROKE_IT, 'Yes, if the timers were part of it: the shortest of them ends the login.'],
    ['side-effect', 'A server that is down is noticed later.'],
    [
      'which-value',
      'Both values have to be raised, `timeout` of the RADIUS server and `remoteauthtimeout`: the shortest limit ends the login.',
    ],
    ['duration', 'A person needs about 30 s to approve; 60 s leave room for it.'],
    [
      'where',
      '`timeout` is in the entry of the RADIUS server, `remoteauthtimeout` in `config system global`; 60 s is usual for both.',
    ],
    [
      'choice',
      'The FortiGate has to wait longer, by `timeout` of the RADIUS server and `remoteauthtimeout`; FortiAuthenticator stays as it is.',
    ],
    ['elsewhere', 'A login works where the approval comes before the FortiGate stops waiting.'],
    ['verify', 'An approval after about 30 s shows it: the login has to succeed.'],
    ['prevent', '60 s for both values leave time for a slow phone, too.'],
    OPENS_NOTHING,
  ],
  isTimer: true,
  descriptions: [
    {
      all: ['fortiauthenticator', 'seconds5 gaveUp|fails|approve|quick|slow / seconds5'],
      or: [
        ['fortiauthenticator', 'remoteAuthTimeout untouched|seconds5', 'quick|fails'],
        ['fortiauthenticator', 'only quick', 'fails'],
      ],
      also: ['quick works / quick', 'request approve|works', 'remoteAuthTimeout'],
      not: ['badCertificate', 'seconds30', 'otherNas'],
      title: 'The FortiGate does not wait long enough for FortiAuthenticator’s push',
      fix: 'Look at `remoteauthtimeout` (`show full-configuration system global`) and at `timeout` of the RADIUS server (`show full-configuration user radius`): both are 5 s by default, too short for a person who takes out a phone. Set both to 60 (`config system global`, `set remoteauthtimeout 60`; `config user radius`, `edit "<server>"`, `set timeout 60`). FortiAuthenticator itself works.',
      decided: {
        all: ['fortiauthenticator', 'seconds5 gaveUp|fails|quick / remoteAuthTimeout untouched|seconds5'],
        fix: 'Set both times to 60 s: `config system global`, `set remoteauthtimeout 60`, `end`, `config user radius`, `edit "<server>"`, `set timeout 60`, `next`, `end`. Both are 5 s by default, too short for a person who takes out a phone; `unset` with the same names is the way back. FortiAuthenticator itself works.',
      },
    },
  ],
  needs: ['radiusServers'],
  wants: ['global', 'shownSettings', 'attempts', 'pushdEvents', 'userNotices', 'described', 'serverAnswers'],
  references: ['FAC528330', 'KB229136'],
  checkPartial({ radiusServers, ...facts }, context) {
    const picked = pickedEntries(valueIfKnown(facts.shownSettings) ?? new Map(), 'user radius', 'timeout');
    const servers =
      valueIfKnown(radiusServers) ??
      [...picked].flatMap(([name, { value, ...source }]) =>
        Number(value) > 0 ? [{ name, timeout: { ...source, value: Number(value) } }] : [],
      );
    const late = acceptedLate(servers, facts, context);
    if (late || radiusServers.state === 'known' || servers.length === 0) return late;
    const judged = judgeWaits(servers, facts, context);
    // Servers that were not picked may have another value.
    return judged.verdict === 'healthy' ? undefined : judged;
  },
  check({ radiusServers, ...facts }, context) {
    return radiusServers.value.length === 0
      ? notApplicable('no RADIUS server is configured')
      : judgeWaits(radiusServers.value, facts, context);
  },
});

type Waits = Pick<RadiusSettings, 'name' | 'timeout' | 'vdom'>;

type WaitFacts = Pick<
  Facts,
  'global' | 'shownSettings' | 'attempts' | 'pushdEvents' | 'userNotices' | 'described' | 'serverAnswers'
>;

function remoteWait({ global, shownSettings }: Pick<WaitFacts, 'global' | 'shownSettings'>) {
  return valueIfKnown(
    oneSetting(
      global,
      (settings) => settings.remoteAuthTimeout,
      shownSettings,
      'system global remoteauthtimeout',
      Number,
    ),
  );
}

/** A login that fnbamd gave up, and that its server accepted after that. */
function acceptedLate(
  servers: readonly Waits[],
  { attempts, serverAnswers, ...facts }: WaitFacts,
  context: RuleContext,
): Judgement | undefined {
  const answers = valueIfKnown(serverAnswers) ?? [];
  const silent = failedWith(
    valueIfKnown(attempts) ?? [],
    context,
    'server-timeout',
    (seen, login) => serverKind(login, seen) === 'RADIUS' && !login.trace.signs['radius-code'],
  );
  const remote = remoteWait(facts);
  for (const { login, seen } of silent) {
    const name = seen.fields.server ?? '';
    const server = servers.find((each) => each.name === name);
    const asked = login.trace.signs['radius-sent']?.find(({ fields }) => fields.server === name)?.at;
    const set = [server?.timeout.value, remote?.value].filter((each) => each !== undefined);
    const waited = secondsBetween(asked, seen.at) ?? (set.length > 0 ? Math.min(...set) : undefined);
    const answer = answers.find(
      ({ user, at }) =>
        (user === undefined || login.user === UNNAMED_USER || sameUser(user, login.user)) &&
        (user === undefined || isAskedAbout(user, context)) &&
        (asked === undefined || at === undefined || Math.abs(asked - at) < ONE_LOGIN_S),
    );
    if (!answer || waited === undefined || answer.seconds <= waited) continue;
    const isShort = (setting: Sourced<number> | undefined) =>
      setting === undefined || setting.value <= answer.seconds;
    const unread = { value: DEFAULT_S, explicit: false, quotes: [] };
    const raised = isShort(server?.timeout) ? [server ?? { name, timeout: unread }] : [];
    const who = answer.user ?? (login.user === UNNAMED_USER ? 'the login' : login.user);
    const isNotRead = !server || !remote;
    const fix = longerWaits(
      raised,
      isShort(remote) ? (remote?.value ?? DEFAULT_S) : undefined,
      context,
      Math.max(RECOMMENDED_S, Math.ceil((answer.seconds + 15) / 30) * 30),
    );
    return broken(asked === undefined || answer.at === undefined ? 'likely' : 'certain', {
      hop: 'login',
      title: `The FortiGate waits ${waited} s for ${name}, ${answer.approved ? `and ${who} approved` : `which accepted ${who}`} after ${answer.seconds} s`,
      summary: `fnbamd asked ${name} and gave up after ${waited} s; by ${answer.at === undefined ? 'what the text says' : 'its own log'}, the server accepted the login ${answer.seconds} s after it was asked. The server and the password are in order, and the answer came too late. The shorter of \`timeout\` of the RADIUS entry${server ? ` (${server.timeout.value} s)` : ''} and \`remoteauthtimeout\`${remote ? ` (${remote.value} s)` : ''} ends the wait.`,
      evidence: [
        seen.quote,
        ...answer.quotes,
        ...(server && isShort(server.timeout) ? server.timeout.quotes : []),
        ...(isShort(remote) ? (remote?.quotes ?? []) : []),
      ],
      fix: isNotRead
        ? {
            ...fix,
            note: `${fix.note ?? ''} Undo sets the default of ${DEFAULT_S} s where the value was not read.`,
          }
        : fix,
      explains: [
        'vpn-wait-too-short',
        'token-expiry-too-short',
        'radius-server-unreachable',
        ...REFUSAL_RULES,
      ],
    });
  }
  return undefined;
}

function judgeWaits(
  servers: readonly Waits[],
  { attempts, pushdEvents, userNotices, described, serverAnswers, ...facts }: WaitFacts,
  context: RuleContext,
): Judgement {
  const short = servers.filter((each) => each.timeout.value < MIN_APPROVAL_S);
  const remote = remoteWait(facts);
  const remoteShort = remote !== undefined && remote.value < MIN_APPROVAL_S;
  if (short.length === 0 && remote && !remoteShort) {
    return healthy(
      `every RADIUS server is given ${Math.min(remote.value, ...servers.map((each) => each.timeout.value))} s or more`,
      servers.flatMap((each) => each.timeout.quotes.slice(0, 1)),
    );
  }
  const said = statedQuote(FAC_SENDS, described, 'not');
  const ofFac = [...facPushes(attempts, pushdEvents), ...(said ? [said] : [])];
  const arrived = ofFac.length > 0 ? [] : arrivedPushes(short, attempts, userNotices, context);
  const pushes = [...ofFac, ...arrived];
  const names = nameList((short.length > 0 ? short : servers).map((each) => each.name));
  if (pushes.length === 0 || (short.length === 0 && !remoteShort)) {
    return undecided({
      reason:
        short.length > 0 || remoteShort
          ? `the FortiGate gives RADIUS server ${names} less than ${MIN_APPROVAL_S} s; that breaks a push only where a FortiAuthenticator sends it, which the evidence does not show`
          : `RADIUS server ${names} has enough time; \`remoteauthtimeout\`, which also ends the wait, is not in the evidence`,
      need: 'whether that server is a FortiAuthenticator with push: its pushd log, or the debug output of one login',
      commands: short.length > 0 || remoteShort ? 'debug-recipe' : ['system-global'],
    });
  }
  const shortest = Math.min(
    ...short.map((each) => each.timeout.value),
    ...(remoteShort ? [remote.value] : []),
  );
  const outlasted = loginsInQuestion(valueIfKnown(attempts) ?? [], context).find(
    ({ milestones, outcome }) => {
      const { tokenType, loginFailed, vpnWait } = milestones;
      if (tokenType?.type !== FAC_PUSH || outcome === 'incomplete') return false;
      // Without a line that ends it, a login that timed out waited as long as the VPN does.
      const lasted = loginFailed ? secondsBetween(tokenType.at, loginFailed.at) : vpnWait?.seconds;
      return (lasted ?? 0) > TRIES * shortest;
    },
  );
  if (outlasted) {
    return undecided({
      reason: `the login of ${outlasted.user} went on for longer than ${TRIES} × ${shortest} s, so no limit of ${shortest} s ended it`,
      need: 'why the phone’s answer did not come: the log of the FortiAuthenticator',
      commands: [],
    });
  }
  const late = (valueIfKnown(serverAnswers) ?? [])
    .filter(({ approved, seconds }) => approved && seconds > shortest)
    .toSorted((a, b) => b.seconds - a.seconds)[0];
  const waits = [
    ...short.map((each) => `\`timeout\` of ${each.name} is ${each.timeout.value} s`),
    ...(remoteShort ? [`\`remoteauthtimeout\` is ${remote.value} s`] : []),
  ];
  return broken(short.length === servers.length || remoteShort ? 'likely' : 'possible', {
    ...(arrived.length > 0 ? { hop: 'login' as const } : {}),
    title: `The FortiGate waits only ${shortest} s for ${arrived.length > 0 ? `the push of ${names}` : `FortiAuthenticator’s push (${names})`}`,
    summary: `${arrived.length > 0 ? 'The push is on the phone, so the request reaches the server' : 'A FortiAuthenticator sends the push here'}, and the FortiGate does not wait long enough for its answer: ${waits.join(', ')}. The shortest limit ends the login; ${late ? `${late.user ?? 'the user'} approved after ${late.seconds} s` : `a person needs about ${MIN_APPROVAL_S} s to approve`}.`,
    evidence: [
      ...short.flatMap((each) => each.timeout.quotes),
      ...(remoteShort ? remote.quotes : []),
      ...pushes,
      ...(late?.quotes.slice(1) ?? []),
    ],
    fix: longerWaits(
      short,
      remoteShort ? remote.value : undefined,
      context,
      RECOMMENDED_S,
      remote === undefined,
    ),
    explains: ['vpn-wait-too-short', 'token-expiry-too-short', 'radius-server-unreachable'],
  });
}

/** A person has the push, and the FortiGate heard nothing of the server that sends it: the words, and the line. */
function arrivedPushes(
  short: readonly Waits[],
  attempts: Facts['attempts'],
  userNotices: Facts['userNotices'],
  context: RuleContext,
): readonly Quote[] {
  const said = valueIfKnown(userNotices)?.find(({ kind }) => kind === 'push-shown');
  const logins = loginsInQuestion(valueIfKnown(attempts) ?? [], context);
  const isOfFortigate = logins.some(
    ({ milestones }) => milestones.secondFactorAsked ?? milestones.tokenType ?? milestones.pushSent,
  );
  if (!said || isOfFortigate || new Set(logins.map(({ user }) => user)).size !== 1) return [];
  const silent = logins.flatMap(
    ({ trace }) =>
      trace.signs['server-timeout']?.filter(({ fields }) =>
        short.some(({ name }) => name === fields.server),
      ) ?? [],
  );
  return silent.length === 0 ? [] : [said.quote, ...silent.slice(0, 1).map(({ quote }) => quote)];
}

/** The servers are configured in their VDOM, `remoteauthtimeout` in the global scope. */
function longerWaits(
  servers: readonly Waits[],
  remote: number | undefined,
  context: RuleContext,
  wait = RECOMMENDED_S,
  isRemoteOpen = false,
): Fix {
  const radius = (list: readonly Waits[], pick: (server: Waits) => number) =>
    list.flatMap((each) => configEntry('user radius', each.name, [`set timeout ${pick(each)}`]));
  const global = (value: number) => configBlock('system global', [`set remoteauthtimeout ${value}`]);
  const parts = [
    ...[...Map.groupBy(servers, (each) => each.vdom)].map(([vdom, list]) =>
      vdomFix(context, vdom, {
        apply: radius(list, () => wait),
        undo: radius(list, (each) => each.timeout.value),
        verify: list.map(
          (each) => `show full-configuration user radius ${quoteValue(each.name)} | grep timeout`,
        ),
      }),
    ),
    ...(remote === undefined
      ? []
      : [
          globalFix(context, {
            apply: global(wait),
            undo: global(remote),
            verify: ['show full-configuration system global | grep remoteauthtimeout'],
          }),
        ]),
  ];
  return {
    apply: parts.flatMap((part) => part.apply),
    undo: parts.flatMap((part) => part.undo),
    verify: parts.flatMap((part) => part.verify),
    note: `A server that is down is noticed later: after up to ${wait} s.${isRemoteOpen ? ` \`remoteauthtimeout\` in \`config system global\` also ends the wait and was not read: it must be ${RECOMMENDED_S} s, too.` : ''}`,
    running:
      parts.length > 1 && context.vdomMode === undefined
        ? 'With VDOMs, enter the VDOM of the users for `config user radius`, and `config global` for `config system global`.'
        : inOrder(parts).running,
  };
}
