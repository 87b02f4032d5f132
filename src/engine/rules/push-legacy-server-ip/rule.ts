import type { Quote } from '../../evidence/types.ts';
import { quoteAbsence, valueIfKnown } from '../../facts/fact.ts';
import { isPrivateAddress } from '../../fortios/address.ts';
import { broken, defineRule, healthy, judgeWithoutFact, notApplicable, undecided } from '../define-rule.ts';
import type { Judgement } from '../rule.ts';
import { LONGER_TIMER, NEXT_LOGIN, OPENS_NOTHING, PUSH_ADDRESS, TYPED_CODE } from '../shared/answers.ts';
import { NO_PUSH } from '../shared/described-symptoms.ts';
import { configBlock, describedFix, globalFix } from '../shared/fix.ts';
import { changeAddress, fortiosName } from '../shared/push-address.ts';
import { knowsServer } from '../shared/push-fields.ts';
import { listRefusals } from '../shared/push-refusals.ts';
import { type AddressSuggestion, suggestAddress } from '../shared/wan-interfaces.ts';

/** `198.51.100.10`, no placeholder of a redacted address. */
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

export const rule = defineRule({
  id: 'push-legacy-server-ip',
  title: 'The callback address is only in `server-ip`, which newer FortiOS ignores',
  severity: 'critical',
  hop: 'push-service',
  number: 3,
  forCustomer: 'an outdated setting holds the address that phones answer to',
  disturbs: 'nobody: only push',
  place: 'on the FortiGate, whose callback address is in a setting that FortiOS ignores',
  stops: 'every user with push',
  answers: [
    // `is the documentation wrong?`
    [
      /(?<!\p{L})(?:docs?|documentation|manual|guide|Doku\p{L}*|Handbuch|Anleitung|documentación|guía|documentazione|documentação|documentatie|handleiding)(?!\p{L})/iu,
      'The guide of 7.2.3 still shows `server-ip`, but from 6.4.10 on FortiOS reads the address from `server`.',
    ],
    LONGER_TIMER,
    TYPED_CODE,
    ['update', 'From 6.4.10 on FortiOS ignores `server-ip` and takes the address from `server`.'],
    ['rollback', 'A rollback is not needed: from 6.4.10 on `server` is the right setting.'],
    ['which-setting', '`server` is the setting that FortiOS reads from 6.4.10 on; `server-ip` is ignored.'],
    NEXT_LOGIN,
    ['release', '`server-ip` is ignored from 6.4.10 on, which is intended, no bug.'],
    PUSH_ADDRESS,
    ['where', 'The address belongs in `server` of `config system ftm-push`, with VDOMs in `config global`.'],
    ['prevent', 'Settings that a release replaces are named in its release notes and its special notices.'],
    [
      'own-change',
      'An upgrade to 6.4.10 or later makes FortiOS ignore `server-ip`, with settings that did not change.',
    ],
    ['verify', '`show system ftm-push` shows the address in `server`; one approval then proves it.'],
    ['choice', '`server` is the setting that FortiOS reads from 6.4.10 on; `server-ip` is ignored.'],
    OPENS_NOTHING,
  ],
  pushSetup: 'address',
  descriptions: [
    {
      all: [
        'serverIp',
        'serverField unfilled / serverField not|missing / upgraded / missingServer / laterVersion',
      ],
      or: [['serverIp publicAddress', NO_PUSH]],
      also: [NO_PUSH, 'upgraded', 'laterVersion', 'serverField unfilled / missingServer'],
      title: 'Only `server-ip` holds the callback address, and this FortiOS reads `server` instead',
      fix: {
        todo: 'Look with `show system ftm-push`: `server-ip` has the address and `server` is empty. From 6.4.10 and 7.0 on only `server` counts: type `config system ftm-push`, `unset server-ip`, `set server <the same public address>`, `end`, then let one user log in.',
        asksForLogin: true,
      },
      decided: {
        all: ['serverIp', 'serverField unfilled / serverField not|missing / missingServer'],
        fix: describedFix(
          'system ftm-push',
          ['unset server-ip', 'set server "<public-address>"'],
          ['unset server', 'set server-ip <public-address>'],
          'From 6.4.10 and 7.0 on only `server` counts.',
        ),
      },
    },
  ],
  needs: [],
  wants: ['pushService', 'pushConfigErrors', 'interfaces', 'liveAddresses'],
  versions: '6.4.10 and later, 7.0 and later; up to 6.4.9 `server-ip` is right',
  references: ['KB195578'],
  refutedByPassing: 'callback',
  check({ pushService, pushConfigErrors, interfaces, liveAddresses }, context) {
    const service = valueIfKnown(pushService);
    const refused = listRefusals(pushConfigErrors, 'missing-address');
    const reads = knowsServer(context.version, service);
    if (reads === false) return notApplicable(`${fortiosName(context)} knows only \`server-ip\``);
    const report = (summary: string, evidence: readonly Quote[]): Judgement => {
      const old = service?.serverIp?.value;
      const change = changeAddress(
        context,
        service,
        suggestAddress(interfaces, liveAddresses) ?? inServerIp(old || refused?.address),
        true,
      );
      // FortiOS discards a refused block completely, including the line that would have enabled push.
      const turnsOn = service?.status.value !== 'enable' && !old;
      const note = [
        ...(change.note === undefined ? [] : [change.note]),
        ...(old
          ? ['There is nothing to undo: this FortiOS refuses to go back to an address in `server-ip` alone.']
          : []),
      ].join(' ');
      return broken('certain', {
        title:
          refused?.attempted === 'server-ip'
            ? 'FortiOS refused `server-ip`: it takes the callback address from `server`'
            : 'The callback address is only in `server-ip`, which this FortiOS ignores',
        summary: `${summary} Fortinet’s 7.2.3 administration guide still shows \`server-ip\`; its knowledge base (195578) says that it does nothing from 6.4.10 on.`,
        evidence,
        fix: globalFix(context, {
          apply: configBlock('system ftm-push', [...change.apply, ...(turnsOn ? ['set status enable'] : [])]),
          undo: old
            ? []
            : configBlock('system ftm-push', [...(turnsOn ? ['set status disable'] : []), ...change.undo]),
          verify: ['show full-configuration system ftm-push'],
          note: note || undefined,
        }),
        // The refused block is the attempt to switch the push on.
        explains: ['push-address-missing', ...(refused ? (['push-disabled'] as const) : [])],
      });
    };

    const counts = service?.server?.value || service?.interface?.value;
    if (refused?.attempted === 'server-ip' && !counts) {
      return report(
        '`set server-ip` was refused with `Missing server address.`: this FortiOS counts only `server` as the callback address, and the change was discarded.',
        refused.quotes,
      );
    }
    if (pushService.state !== 'known') return judgeWithoutFact('pushService', pushService);
    const { serverIp } = pushService.value;
    if (!serverIp?.value) {
      return healthy('`server-ip` is not in use', quoteAbsence(pushService), ['pushService']);
    }
    if (counts) {
      return healthy(
        `the push tells the phone to connect to ${counts}; \`server-ip\` is not needed`,
        serverIp.quotes,
        ['pushService'],
      );
    }
    if (reads === undefined) {
      return undecided({
        reason:
          '`server-ip` is right up to FortiOS 6.4.9 and ignored from 6.4.10 on, and the version is not known',
        need: 'the FortiOS version',
        commands: ['system-status'],
      });
    }
    return report(
      `Only \`server-ip\` is filled (${serverIp.value}); ${fortiosName(context)} takes the callback address from \`server\`, which is empty. The configuration looks complete, but the phone gets no usable address.`,
      serverIp.quotes,
    );
  },
});

/** What was meant as the callback address, if a phone can reach it. */
function inServerIp(address: string | undefined): AddressSuggestion | undefined {
  return address !== undefined && IPV4.test(address) && !isPrivateAddress(address)
    ? { kind: 'static', address }
    : undefined;
}
