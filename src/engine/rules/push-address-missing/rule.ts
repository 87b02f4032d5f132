import type { Quote } from '../../evidence/types.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { isIpv6Address } from '../../fortios/address.ts';
import { broken, defineRule, healthy, judgeWithoutFact, notApplicable } from '../define-rule.ts';
import type { Judgement } from '../rule.ts';
import {
  LONGER_TIMER,
  NAME_AS_ADDRESS,
  NEXT_LOGIN,
  OPENS_NOTHING,
  PUSH_ADDRESS,
  TYPED_CODE,
} from '../shared/answers.ts';
import { NO_PUSH } from '../shared/described-symptoms.ts';
import { configBlock, describedFix, globalFix } from '../shared/fix.ts';
import { changeAddress, fortiosName, pushAddress } from '../shared/push-address.ts';
import { knowsServer } from '../shared/push-fields.ts';
import { listRefusals } from '../shared/push-refusals.ts';
import { suggestAddress } from '../shared/wan-interfaces.ts';

export const rule = defineRule({
  id: 'push-address-missing',
  title: 'FTM push has no callback address: `server` is not set',
  severity: 'critical',
  hop: 'push-service',
  number: 2,
  forCustomer: 'phones are not told the address to send their answer to',
  disturbs: 'nobody: only push',
  place: 'on the FortiGate, whose push has no usable callback address',
  stops: 'every user with push',
  answers: [
    LONGER_TIMER,
    TYPED_CODE,
    PUSH_ADDRESS,
    NEXT_LOGIN,
    [
      /-56\b|\bobject check\b|\bmissing server address\b/i,
      'FortiOS says `object check operator error, -56` where push is enabled without an address; the configuration stays as it was.',
    ],
    [
      'choice',
      'The public address is needed in `server`, the one that a phone on mobile data reaches, not one of the LAN.',
    ],
    ['where', 'The address belongs in `server` of `config system ftm-push`, with VDOMs in `config global`.'],
    [
      'verify',
      '`get system ftm-push` shows the address in `server` and `status : enable` once push can be sent.',
    ],
    ['own-change', 'A new or restored configuration has no address in `server` unless it sets one.'],
    OPENS_NOTHING,
    NAME_AS_ADDRESS,
  ],
  pushSetup: 'address',
  descriptions: [
    {
      all: ['missingServer', 'serverField|status|pushSettings|request|token'],
      or: [
        ['serverField unfilled !certificate', 'pushSettings|request|approve'],
        ['pushSettings removed', NO_PUSH],
        ['publicAddress|serverField removed', 'pushSettings', NO_PUSH],
      ],
      also: [NO_PUSH, 'pushSettings'],
      not: ['serverIp', 'setInterface rejects'],
      title: 'FTM push has no address that the phones could answer to: `server` is empty',
      fix: 'Look with `get system ftm-push`: the line `server` is empty. Type `config system ftm-push`, `set server <public address or name of the FortiGate>`, `set status enable`, `end` in one go; until 6.4.9 the setting is called `server-ip`. No licence is needed for it.',
      decided: {
        all: ['serverField unfilled !certificate / missingServer'],
        fix: describedFix(
          'system ftm-push',
          ['set server "<public-address>"', 'set status enable'],
          ['set status disable', 'unset server'],
          'Both lines belong together, as FortiOS refuses `status enable` without an address; until 6.4.9 the setting is called `server-ip`. A name that points to the address fits as well.',
        ),
      },
    },
  ],
  needs: [],
  wants: ['pushService', 'pushConfigErrors', 'interfaces', 'liveAddresses', 'saidNetwork'],
  references: ['KB195578', 'KB277343'],
  refutedByPassing: 'callback',
  check({ pushService, pushConfigErrors, interfaces, liveAddresses, saidNetwork }, context) {
    const refused = listRefusals(pushConfigErrors, 'missing-address');
    const service = valueIfKnown(pushService);
    const report = (title: string, summary: string, evidence: readonly Quote[]): Judgement => {
      const change = changeAddress(context, service, suggestAddress(interfaces, liveAddresses, saidNetwork));
      const wasOn = service?.status.value === 'enable';
      const note = [
        ...(change.note === undefined ? [] : [change.note]),
        ...(wasOn ? ['There is nothing to undo: FortiOS refuses to keep push on without an address.'] : []),
      ].join(' ');
      return broken('certain', {
        title,
        summary,
        evidence,
        fix: globalFix(context, {
          apply: configBlock('system ftm-push', [...change.apply, 'set status enable']),
          undo: wasOn ? [] : configBlock('system ftm-push', ['set status disable', ...change.undo]),
          verify: ['show full-configuration system ftm-push'],
          note: note || undefined,
        }),
      });
    };

    if (pushService.state !== 'known') {
      if (!refused) return judgeWithoutFact('pushService', pushService);
      return report(
        'The push settings were not saved: they have no callback address (`server`)',
        `FortiOS answered \`Missing server address.\` and discarded the change, so nothing was saved.${
          refused.attempted === 'server-ip'
            ? ' The address was given as `server-ip`, which FortiOS ignores where it has `server`.'
            : ' Without a callback address a push cannot tell the phone where to answer.'
        }`,
        refused.quotes,
      );
    }
    const { status, server, serverIp } = pushService.value;
    const address = pushAddress(pushService.value, context);
    if (address && isIpv6Address(address.setting.value)) {
      const change = changeAddress(context, service, suggestAddress(interfaces, liveAddresses, saidNetwork));
      return broken('likely', {
        title: 'FTM push `server` is an IPv6 address, which FortiOS does not support for `ftm`',
        summary: `\`${address.field}\` is ${address.setting.value}. FortiOS documents only an IPv4 address or a name for \`server\`, and \`ip6-allowaccess\` of an interface has no \`ftm\`.`,
        evidence: address.setting.quotes,
        fix: globalFix(context, {
          apply: configBlock('system ftm-push', change.apply),
          undo: configBlock('system ftm-push', change.undo),
          verify: ['show full-configuration system ftm-push'],
          note: change.note,
        }),
      });
    }
    if (address) {
      return healthy(`\`${address.field}\` is ${address.setting.value}`, address.setting.quotes, [
        'pushService',
      ]);
    }
    if (serverIp?.value && !refused) {
      return notApplicable(
        `an address is given, as \`server-ip\`; push-legacy-server-ip checks whether ${fortiosName(context)} reads it`,
        ['pushService'],
      );
    }
    if (status.value === 'disable' && !refused && !server?.explicit) {
      return notApplicable(
        'push is switched off and no address was ever set; the fix of push-disabled sets both',
        ['pushService'],
      );
    }
    const legacy = knowsServer(context.version, pushService.value) === false;
    const empty = legacy ? '`server-ip` is unset (0.0.0.0)' : '`server` is empty';
    return report(
      'FTM push has no callback address: `server` is not set',
      `\`system ftm-push\` has no callback address: ${empty}. The push tells the phone where to send its answer; without an address the phone cannot answer. If the block is saved without an address, FortiOS answers \`Missing server address.\``,
      [
        ...[server, serverIp, pushService.value.interface].flatMap((each) => each?.quotes ?? []),
        ...status.quotes,
        ...(refused?.quotes ?? []),
      ],
    );
  },
});
