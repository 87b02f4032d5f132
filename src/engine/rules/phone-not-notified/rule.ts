import type { Quote } from '../../evidence/types.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { statedQuote } from '../../facts/described/described.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import type { Broken, Undecided } from '../rule.ts';
import { OPENS_NOTHING } from '../shared/answers.ts';
import { PHONE_SILENT } from '../shared/described-symptoms.ts';

import { isAskedAbout } from '../shared/logins.ts';
import { unansweredLogins } from '../shared/unanswered-pushes.ts';

/** Seconds; an answer within this time after the push shows that the phone was notified immediately. */
const MAX_PROMPT_ANSWER_S = 30;
/** Seconds; longer than a push is valid by default. */
const MIN_LATE_ANSWER_S = 60;

interface Answer {
  readonly login: Attempt;
  readonly seconds: number;
}

export const rule = defineRule({
  id: 'phone-not-notified',
  title: 'The phone does not show the push, or shows it late',
  severity: 'medium',
  hop: 'notification',
  number: 42,
  forCustomer: 'the request was sent, but the phone does not show it',
  disturbs: 'only this account',
  place: 'on the phone or with its user, as the push was sent',
  leavesFortigate: true,
  stops: 'one account',
  answers: [
    [
      'token',
      'The token stays as it is until notifications, battery saving and network of the phone are checked.',
    ],
    ['meanwhile', 'The user can open the app, or type the code that it shows.'],
    [
      'reinstall',
      'A new installation of the app removes the token, which then has to be provisioned again: notifications and mobile data come first.',
    ],
    ['vendor', 'A ticket with Fortinet is not needed: the push was sent, and the phone does not show it.'],
    [
      'elsewhere',
      'Phones that ring show that the FortiGate sends pushes: notifications, battery saving or network hold them back on this one.',
    ],
    ['prevent', 'Notifications that are allowed and an app without battery saving let each push ring.'],
    ['verify', 'The app, opened by hand, may show a push that the phone did not announce.'],
    ['where', 'Notifications and battery saving are in the settings of the phone, for the FortiToken app.'],
    ['own-change', 'An update of the phone or a new battery mode can silence the app.'],
    OPENS_NOTHING,
  ],
  isTimer: true,
  descriptions: [
    {
      all: ['app|token opens', 'request|opens|asks shows|waitsInApp / waitsInApp'],
      or: [
        ['quietPhone', 'request|phone not|shows|late / phone silent'],
        ['noReception', 'request|phone late|not|shows|silent'],
      ],
      also: ['request|phone not|silent / quietPhone', 'same phone', 'others works|shows'],
      not: ['newPhone', 'reinstalled', 'cloudToken', 'fortiauthenticator', 'ikev1|ikev2', 'sameCode'],
      title: 'The phone does not show the push, or shows it late',
      fix: {
        todo: 'Let the user log in and open the FortiToken app meanwhile: if the request is there, the FortiGate has sent it. Then allow notifications and background data for FortiToken Mobile on the phone, exempt it from battery saving and “do not disturb”, and check the phone’s Internet connection. Nothing has to be changed on the FortiGate; a typed code works meanwhile.',
        asksForLogin: true,
      },
    },
  ],
  needs: [],
  wants: ['attempts', 'pushEvents', 'userNotices', 'described'],
  references: ['KB277343'],
  check({ attempts, pushEvents, userNotices, described }, context) {
    const answers = (valueIfKnown(attempts) ?? []).flatMap(findAnswer);
    const own = answers.filter(({ login }) => isAskedAbout(login.user, context));
    const prompt = answers.find(({ seconds }) => seconds <= MAX_PROMPT_ANSWER_S);
    const slow = own.filter(
      ({ seconds, login }) => seconds > MIN_LATE_ANSWER_S && login.outcome !== 'succeeded',
    );
    const late = slow.find(({ login }) => login.outcome !== 'timed-out');
    if (late && prompt) {
      // A user who answered late leaves the same evidence.
      return broken('possible', {
        title: `The phone of ${late.login.user} answered only ${late.seconds} s after the push`,
        summary: `The push for ${late.login.user} was sent and its answer came ${late.seconds} s later; ${
          prompt.login.user
        } needed ${prompt.seconds} s in the same evidence, so pushes get through. A phone that is asleep, offline or holds back the app’s notifications shows the push late. A user who pressed Approve late looks the same in the evidence.`,
        evidence: [late.login.milestones.pushSent, late.login.milestones.callbackStarted].flatMap((mark) =>
          mark ? [mark.quote] : [],
        ),
        fix: 'On the phone: allow notifications and background data for FortiToken Mobile, exempt it from battery saving, and check its Internet connection. Ask the user when the phone showed the push: that tells a late push from a late approval.',
      });
    }
    const [overdue] = slow;
    if (overdue) return afterTheWait(overdue);
    const good = own.find(({ seconds }) => seconds <= MAX_PROMPT_ANSWER_S);
    const unanswered = unansweredLogins(attempts, context);
    const silent = unanswered.length > 0;
    const said = valueIfKnown(userNotices)?.find(({ kind }) => kind === 'push-shown');
    // Without a log the words are of the only login that is asked about.
    const isOfOne = new Set(unanswered.map(({ user }) => user)).size === 1;
    if (said && (isOfOne || attempts.state !== 'known')) {
      // The FortiGate cannot see a phone; people can.
      return { ...healthy('a person says that the phone showed the push', [said.quote]), saidByPerson: true };
    }
    const missed = statedQuote(PHONE_SILENT, described);
    const [first] = unanswered;
    if (missed && first && new Set(unanswered.map(({ user }) => user)).size === 1) {
      return notShown(first, missed);
    }
    if (good && !silent) {
      return healthy(
        `the phone of ${good.login.user} answered ${good.seconds} s after the push`,
        good.login.milestones.callbackStarted ? [good.login.milestones.callbackStarted.quote] : [],
      );
    }
    const sent = silent || valueIfKnown(pushEvents)?.some((each) => each.sent) === true;
    return undecided({
      reason: sent
        ? 'the push was sent; the FortiGate cannot see whether the phone showed the push'
        : 'only a login shows how soon the phone answers',
      need: 'whether and when the phone shows the push, and whether opening the FortiToken app shows the request',
      commands: sent ? [] : 'debug-recipe',
    });
  },
});

/** The log shows that the push left, and a person that the phone stayed silent. */
function notShown({ user, milestones }: Attempt, said: Quote): Broken {
  return broken('likely', {
    title: `The push for ${user} was sent, and the phone did not show it`,
    summary: `The FortiGate sent the push to Fortinet’s server, and no answer came back. The phone of ${user} did not show it, so it was lost behind that server: notifications of the app are off, the phone is offline, or the app was installed again and the FortiGate sends to the old registration.`,
    evidence: [...(milestones.pushSent ? [milestones.pushSent.quote] : []), said],
    fix: {
      todo: `Let ${user} log in and open the FortiToken app meanwhile. If the request is there, allow notifications and background data for the app. If it is not, provision the token to the phone again. A typed code works until then.`,
      asksForLogin: true,
    },
  });
}

/** The wait ended first, which explains the login; why the answer took so long is visible only on the phone. */
function afterTheWait({ login, seconds }: Answer): Undecided {
  return undecided({
    reason: `the phone of ${login.user} answered ${seconds} s after the push; the FortiGate cannot see whether the phone showed the push late or the user was slow`,
    need: `when the phone of ${login.user} showed the push`,
    commands: [],
  });
}

function findAnswer(login: Attempt): readonly Answer[] {
  const sent = login.milestones.pushSent?.at;
  const answered = login.milestones.callbackStarted?.at;
  return sent === undefined || answered === undefined ? [] : [{ login, seconds: answered - sent }];
}
