import { quoteAbsence, valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import { LONGER_TIMER, OPENS_NOTHING } from '../shared/answers.ts';
import { NO_PUSH } from '../shared/described-symptoms.ts';
import { configBlock, globalFix } from '../shared/fix.ts';
import { changeAddress, pushAddress } from '../shared/push-address.ts';
import { listRefusals } from '../shared/push-refusals.ts';
import { suggestAddress } from '../shared/wan-interfaces.ts';

/** The interfaces only suggest an address for the fix. */
const DECIDING = ['vdomMode', 'pushService'] as const;

export const rule = defineRule({
  id: 'wrong-vdom-scope',
  title: 'The push settings were typed inside a VDOM instead of `config global`',
  severity: 'high',
  hop: 'push-service',
  number: 17,
  forCustomer: 'a setting was made in a part of the firewall where it has no effect',
  disturbs: 'nobody: only push',
  place: 'on the FortiGate, where the lines were typed outside `config global`',
  stops: 'every user with push',
  answers: [
    LONGER_TIMER,
    ['which-setting', 'The push settings exist only in `config global`, not in a VDOM.'],
    [
      /\bunknown action\b|\bparse error\b|\bcommand fail|\bnot found\b|\bunbekannt\w*/i,
      'FortiOS refuses these lines inside a VDOM: `end` leaves it, and `config global` comes before `config system ftm-push`.',
    ],
    ['who', 'Push is one setting for all VDOMs, so every user with push is concerned.'],
    ['where', 'The lines belong in `config global`: `end` leaves the VDOM first.'],
    ['choice', 'The lines belong in `config global`: push is one for all VDOMs.'],
    ['verify', '`show system ftm-push` in `config global` shows the settings.'],
    ['own-change', 'With VDOMs switched on, settings of the whole FortiGate are only in `config global`.'],
    ['prevent', 'With VDOMs, `config global` comes before each setting of the whole FortiGate.'],
    OPENS_NOTHING,
    // `does it change for every VDOM?`
    [
      /\bVDOMs?\b/i,
      'Push is one setting for all VDOMs: what is set in `config global` counts in each of them.',
    ],
  ],
  descriptions: [
    {
      all: ['vdom', 'pushSettings unknownCommand|rejects'],
      or: [['vdom unknownCommand', 'pushSettings|request']],
      also: [NO_PUSH, 'vdom pushSettings'],
      title: 'The push settings were typed inside a VDOM, and they exist only in `config global`',
      fix: 'Leave the VDOM with `end`, type `config global`, then `config system ftm-push`. Only an administrator of the whole FortiGate can do that: who manages one VDOM passes it on to that person. No licence is needed.',
    },
  ],
  needs: [],
  wants: ['pushConfigErrors', 'vdomMode', 'pushService', 'interfaces', 'liveAddresses'],
  versions: 'all, with VDOMs',
  references: ['KB195578'],
  check({ pushConfigErrors, vdomMode, pushService, interfaces, liveAddresses }, context) {
    const mode = valueIfKnown(vdomMode);
    const service = valueIfKnown(pushService);
    const address = service && pushAddress(service, context);
    if (mode === 'single') return notApplicable('this FortiGate has no VDOMs', ['vdomMode']);
    if (service?.status.value === 'enable' && address) {
      return healthy(
        '`system ftm-push` is configured in the global scope, as it must be',
        service.status.quotes,
        DECIDING,
      );
    }
    const refused = listRefusals(pushConfigErrors, 'wrong-scope');
    if (!refused) {
      return service
        ? healthy('`system ftm-push` was read from the global scope', quoteAbsence(pushService), DECIDING)
        : undecided({
            reason: 'the evidence does not show `system ftm-push` from the global scope',
            need: 'whether this FortiGate has VDOMs, and `system ftm-push` from the global scope',
            commands: ['system-status', 'ftm-push'],
          });
    }
    const change = changeAddress(context, service, suggestAddress(interfaces, liveAddresses));
    return broken(mode === 'multi' ? 'certain' : 'likely', {
      title: 'The push settings were typed inside a VDOM, so they were not saved',
      summary: `FortiOS answered \`command parse error before 'ftm-push'\`, so FortiOS saved nothing of this block. \`system ftm-push\` exists only in the global scope of a FortiGate with VDOMs.${
        mode === 'multi'
          ? ''
          : ' The evidence does not show the VDOM mode; without VDOMs the same message would mean that this FortiOS version or account does not have the command.'
      }`,
      evidence: refused.quotes,
      fix: globalFix(
        { ...context, vdomMode: 'multi' },
        {
          apply: configBlock('system ftm-push', [...(address ? [] : change.apply), 'set status enable']),
          undo: configBlock('system ftm-push', ['set status disable', ...(address ? [] : change.undo)]),
          verify: ['show full-configuration system ftm-push'],
          note: address ? undefined : change.note,
        },
      ),
      explains: ['push-disabled', 'push-address-missing'],
    });
  },
});
