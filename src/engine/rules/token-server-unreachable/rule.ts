import { defineRule, healthy } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';

export const rule = defineRule({
  id: 'token-server-unreachable',
  title: 'The FortiGate cannot reach the token servers',
  severity: 'high',
  hop: 'token',
  number: 30,
  forCustomer: 'the firewall cannot reach the service that manages the codes',
  needs: ['tokenServer'],
  versions: '6.2 and later',
  references: ['AG180506', 'FTK616236'],
  pushesOf: 'this-fortigate',
  check({ tokenServer }) {
    if (tokenServer.value === 'reachable') {
      return healthy('the token server is reachable', tokenServer.quotes);
    }
    return {
      verdict: 'broken',
      confidence: 'certain',
      title: 'The FortiGate cannot reach Fortinet’s token servers',
      summary:
        '`diagnose fortitoken info` says `Token server status: unreachable`. Tokens cannot be assigned or activated; tokens that are active already still work.',
      evidence: tokenServer.quotes,
      fix: noCliFix(
        'Let the FortiGate resolve and reach fds1.fortinet.com, directregistration.fortinet.com and globalftm.fortinet.net on TCP 443 (the last from 6.4.2 on). `execute ping <name>` shows whether the name resolves; ICMP itself may be blocked.',
      ),
      explains: ['cloud-communication-disabled'],
    };
  },
});
