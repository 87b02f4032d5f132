import type { Quote } from '../../evidence/types.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, judgeWithoutFact, undecided } from '../define-rule.ts';
import { LONGER_TIMER, NEXT_LOGIN } from '../shared/answers.ts';
import { CODE_WORKS, NO_PUSH } from '../shared/described-symptoms.ts';
import { configBlock, describedFix, globalFix } from '../shared/fix.ts';
import { oneSetting } from '../shared/one-setting.ts';
import { unansweredRequests } from '../shared/unanswered-pushes.ts';

export const rule = defineRule({
  id: 'cloud-communication-disabled',
  title: 'Communication with Fortinet’s servers is switched off',
  severity: 'high',
  hop: 'push-request',
  number: 33,
  forCustomer: 'the firewall is not allowed to contact the service that sends requests to phones',
  disturbs: 'nobody',
  place: 'on the FortiGate, where communication with Fortinet is switched off',
  answers: [
    // `can I turn it on only for push?`
    [
      /(?<!\p{L})(?:only|just|nur|seulement|solo|sólo|só|alleen)(?!\p{L}).{0,15}push/iu,
      'The switch is one for all cloud services of Fortinet: it cannot be on for push alone.',
    ],
    LONGER_TIMER,
    ['side-effect', 'The change makes the FortiGate connect to Fortinet’s cloud services again.'],
    ['who', 'The setting is one for the whole FortiGate, so every user with push is concerned.'],
    ['which-setting', '`cloud-communication` of `config system global` is the setting.'],
    ['where', '`cloud-communication` is in `config system global`.'],
    ['verify', '`show full-configuration system global` shows `cloud-communication`.'],
    NEXT_LOGIN,
  ],
  descriptions: [
    {
      all: ['cloudCommunication', 'request|phone|activation|token'],
      also: [NO_PUSH, 'provision|activation|token not', 'cloudCommunication off', CODE_WORKS],
      title: 'Communication of the FortiGate with the servers of Fortinet is switched off',
      fix: 'Look with `show full-configuration system global | grep cloud-communication`: `disable` stops pushes and the activation of tokens, codes go on. If it is so and your rules permit it, type `config system global`, `set cloud-communication enable`, `end`. Pushes go through Fortinet’s server, so they are not possible without it.',
      decided: {
        all: ['cloudCommunication off'],
        fix: describedFix(
          'system global',
          ['set cloud-communication enable'],
          ['set cloud-communication disable'],
          {
            before: 'First make sure that it was not switched off on purpose.',
            note: 'The FortiGate then talks to the servers of Fortinet again. Pushes go through them, so they are not possible without it; codes are.',
          },
        ),
      },
    },
  ],
  needs: [],
  wants: ['global', 'shownSettings', 'attempts', 'pushEvents', 'tokenServer', 'debugLog'],
  versions: '6.2.0 and later',
  references: ['SCHEMA'],
  outlastsFix: true,
  undecidedIsNotHealthy: true,
  pushesOf: 'anybody',
  check({ global, shownSettings, attempts, pushEvents, tokenServer, debugLog }, context) {
    const fact = oneSetting(
      global,
      (settings) => settings.cloudCommunication,
      shownSettings,
      'system global cloud-communication',
      (text) => text === 'enable',
    );
    if (fact.state !== 'known') return judgeWithoutFact('global', fact);
    const setting = fact.value;
    if (setting.value) {
      return healthy('cloud communication is on', setting.quotes, [
        global.state === 'known' ? 'global' : 'shownSettings',
      ]);
    }
    const events = valueIfKnown(pushEvents) ?? [];
    const sent: Quote | undefined =
      valueIfKnown(attempts)?.find(({ milestones }) => milestones.pushSent)?.milestones.pushSent?.quote ??
      valueIfKnown(debugLog)?.unclaimedPushes?.[0]?.quote ??
      events.find((each) => each.sent)?.quotes[0];
    if (sent) {
      return healthy(
        'a push left although `cloud-communication` is disabled',
        [sent],
        ['attempts', 'pushEvents', 'debugLog'],
      );
    }
    const failure = [
      ...unansweredRequests(attempts, context),
      ...events.filter((each) => !each.sent).flatMap((each) => each.quotes),
      ...(tokenServer.state === 'known' && tokenServer.value === 'unreachable' ? tokenServer.quotes : []),
    ];
    if (failure.length === 0) {
      return undecided({
        reason:
          '`cloud-communication` is disabled; Fortinet does not document whether that stops pushes, and the evidence shows no push that was sent or failed',
        need: 'whether a push leaves: the debug output of one login, or event 32160 or 32161',
        commands: 'debug-recipe',
      });
    }
    return broken('possible', {
      title: '`cloud-communication` is disabled, and Fortinet’s servers are not reached',
      summary:
        '`system global` has `set cloud-communication disable`, and the evidence shows that Fortinet’s servers are not reached. Fortinet does not document whether this setting also stops pushes and activation.',
      evidence: [...setting.quotes, ...failure.slice(0, 2)],
      fix: globalFix(context, {
        apply: configBlock('system global', ['set cloud-communication enable']),
        undo: configBlock('system global', ['set cloud-communication disable']),
        verify: ['show full-configuration system global | grep cloud-communication'],
        note: 'It may have been switched off on purpose. This lets the FortiGate connect to Fortinet’s cloud services again.',
      }),
    });
  },
});
