import { atLeast } from '../../fortios/version.ts';
import { defineRule } from '../define-rule.ts';
import { moveCallbackPort } from '../free-port.ts';
import { REFERENCES } from '../references.ts';

export const portConflictIkeTcp = defineRule({
  id: 'port-conflict-ike-tcp',
  title: 'IKE over TCP uses the push port',
  severity: 'high',
  needs: ['version', 'pushService', 'vdomSettings'],
  wants: ['global', 'sslVpn'],
  versions: '7.4.2 and later',
  references: [REFERENCES.IKE278302],
  check({ version, pushService, vdomSettings, global, sslVpn }, context) {
    if (!atLeast(version.value, '7.4.2')) {
      return { verdict: 'not-applicable', reason: 'IKE over TCP came with FortiOS 7.4.2' };
    }
    const { serverPort } = pushService.value;
    const port = serverPort.value;
    const taking = vdomSettings.value.find((each) => each.ikeTcpPort.value === port);
    if (!taking) {
      return { verdict: 'healthy', reason: `IKE over TCP does not use TCP ${port}` };
    }
    return {
      verdict: 'broken',
      confidence: 'likely',
      title: `IKE over TCP answers on port ${port}, where the phone expects the push service`,
      summary: `\`ike-tcp-port\`${taking.vdom ? ` of VDOM ${taking.vdom}` : ''} and \`server-port\` of the push service are both ${port}. Whichever listens first, the phone’s answer may reach IKE instead of the push service.`,
      evidence: [...taking.ikeTcpPort.quotes, ...serverPort.quotes],
      fix: moveCallbackPort(context, pushService.value, { global, sslVpn }, [
        'Avoid 443, 4500 and 11443 while IKE over TCP is in use.',
      ]),
    };
  },
});
