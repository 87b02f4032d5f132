import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import { globalFix } from '../shared/fix.ts';
import { noCliFix } from '../shared/no-cli-fix.ts';

export const rule = defineRule({
  id: 'device-unregistered',
  title: 'The FortiGate is not registered with Fortinet',
  severity: 'high',
  hop: 'token',
  number: 31,
  forCustomer: 'the firewall is not registered with the service that manages the codes',
  disturbs: 'nobody: elsewhere',
  place: 'in the registration of this FortiGate with Fortinet',
  answers: [
    ['buy', 'A registered FortiGate has two free trial tokens; more users need a FortiToken Mobile licence.'],
    ['vendor', 'The registration in FortiCare is what is needed; it can be done without a ticket.'],
    ['token', ''],
    [
      'verify',
      'The list of products in the FortiCare account shows whether the serial number of this unit is registered.',
    ],
    ['elsewhere', 'Units that are registered get tokens; this one is not.'],
    ['prevent', 'A unit that is registered before its first configuration has its trial tokens at once.'],
    // `how do I register it?`
    [
      ['where', /(?<!\p{L})(?:how|wie|comment|c[oó]mo|come|hoe)(?!\p{L}).{0,20}(?:regist|enregist)/iu],
      'The registration is made with the serial number in the FortiCare account, or on the dashboard of the FortiGate.',
    ],
  ],
  descriptions: [
    {
      all: [
        'deviceRegistered not / deviceRegistered skipped / secondHand',
        'token missing|unfilled|not|emptyApp / emptyApp / provision fails|not|rejects / tokenServer unreachable',
      ],
      also: ['deviceRegistered not|skipped', 'free', 'tokenServer unreachable', 'secondHand'],
      not: ['fortiManager', 'deviceRegistered works !not'],
      title: 'The FortiGate is not registered with Fortinet, so it has no tokens',
      fix: 'Look in `get system status` and on the support portal whether the serial number is registered to your own account; a seller has to release a used device first. Register it, then fetch the two free tokens with `execute fortitoken-mobile import 0000-0000-0000-0000-0000`.',
    },
  ],
  needs: ['tokenStates'],
  wants: ['tokenServer', 'licence'],
  references: ['AG183204'],
  pushesOf: 'this-fortigate',
  check({ tokenStates, tokenServer, licence }, context) {
    if (tokenStates.value.length > 0) {
      return healthy(
        'the device has tokens, which only a registered one gets',
        tokenStates.quotes.slice(0, 1),
      );
    }
    if (tokenServer.state === 'known' && tokenServer.value === 'reachable') {
      return healthy('the token server answers this device', tokenServer.quotes);
    }
    const status = valueIfKnown(licence)?.status;
    const invalid = status !== undefined && !/^valid\b/i.test(status.value);
    const evaluation = valueIfKnown(licence)?.evaluation === true;
    if (tokenServer.state !== 'known' || !(evaluation || invalid)) {
      return undecided({
        reason:
          'the device has no token, and the evidence does not show whether the token server answers or the device is registered',
        need: 'whether the device is registered in FortiCare (System > FortiGuard, or the licence lines of `get system status` on a virtual machine)',
        commands: ['system-status', 'fortitoken-info'],
      });
    }
    const licenceLine = licence.state === 'known' ? licence.quotes : [];
    return broken('likely', {
      title: `The FortiGate has ${evaluation ? 'only an evaluation' : 'no valid'} licence, so it gets no tokens`,
      summary: `The device has no token, and the token server does not answer it, while \`get system status\` shows ${
        evaluation ? 'an evaluation licence' : `the licence status \`${status?.value}\``
      }. Only a device that is registered with Fortinet gets tokens, including the two free trial tokens.`,
      evidence: [...(evaluation ? licenceLine.toReversed() : licenceLine), ...tokenServer.quotes],
      fix: globalFix(
        context,
        noCliFix(
          'Register the device in FortiCare, then import the trial tokens with `execute fortitoken-mobile import 0000-0000-0000-0000-0000`. ftm-check does not do this: both change the device.',
          ['diagnose fortitoken info'],
          'This must show the tokens.',
        ),
      ),
      explains: ['token-server-unreachable'],
    });
  },
});
