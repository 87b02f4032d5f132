import {
  addressLine,
  type ClosedLoop,
  entry,
  loginLog,
  type Scenario,
  testCertificate,
} from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  since: { release: '6.4.5', why: '`server-cert` came with 6.4.0' },
  scenarios: [
    {
      name: 'the phone refuses a company certificate',
      broken: (version) => ({
        'system ftm-push': [addressLine(version), 'set server-cert "office-wildcard"', 'set status enable'],
        'vpn certificate local': entry('office-wildcard', 'comments "company"'),
      }),
      pasted: (device) => ({
        login: loginLog({
          vpnWait: 80,
          tokenWait: 60,
          ...(device.value('system ftm-push', 'server-cert', '') === 'office-wildcard'
            ? { alert: '0x22e' }
            : { answered: 7 }),
        }),
      }),
    },
    ...(['self-signed', 'public-expired'] as const).map(
      (certificate): Scenario => ({
        name: `a certificate that is ${certificate}`,
        broken: (version) => ({
          'system ftm-push': [addressLine(version), 'set server-cert "push-own"', 'set status enable'],
          'vpn certificate local': entry('push-own', `certificate "${testCertificate(certificate)}"`),
        }),
      }),
    ),
  ],
};
