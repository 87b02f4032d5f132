import { addressLine, type ClosedLoop, loginLog } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  since: { release: '7.4.1', why: '`proxy` came with 7.4.1' },
  scenarios: [
    {
      name: 'the FortiGuard proxy does not pass pushes on',
      broken: (version) => ({
        'system fortiguard': ['set proxy-server-ip "192.0.2.80"', 'set proxy-server-port 8080'],
        'system ftm-push': [addressLine(version), 'set status enable'],
      }),
      pasted: (device): Readonly<Record<string, string>> => {
        const used = device.value('system ftm-push', 'proxy', 'enable') === 'enable';
        return {
          login: loginLog({
            vpnWait: 80,
            tokenWait: 60,
            ...(used ? { pushServer: '192.0.2.80', pushSent: false } : { answered: 7 }),
          }),
        };
      },
    },
  ],
};
