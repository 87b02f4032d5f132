import type { DeviceView } from '../../../closed-loop/scenario.ts';
import { type ClosedLoop, WAN_FROM_PROVIDER } from '../../../closed-loop/toolkit.ts';

const TYPED_IN_VDOM = [
  'FGT-EDGE # config vdom',
  '',
  'FGT-EDGE (vdom) # edit root',
  'current vf=root:0',
  '',
  'FGT-EDGE (root) # config system ftm-push',
  "command parse error before 'ftm-push'",
  'Command fail. Return code 1',
  '',
  'FGT-EDGE (root) # end',
].join('\n');

function typedInVdom(device: DeviceView): Readonly<Record<string, string>> {
  const done = device.value('system ftm-push', 'status', 'disable') === 'enable';
  return done ? {} : { typed: TYPED_IN_VDOM };
}

export const closedLoop: ClosedLoop = {
  vdoms: 'only',
  scenarios: [
    {
      name: 'typed in a VDOM',
      broken: () => ({ 'system ftm-push': [] }),
      pasted: typedInVdom,
    },
    {
      name: 'typed in a VDOM, and the WAN gets its address from a provider',
      broken: () => ({
        ...WAN_FROM_PROVIDER,
        'system ftm-push': [],
      }),
      pasted: typedInVdom,
      fill: { 'public-ip-or-fqdn': '198.51.100.10', 'public-ip': '198.51.100.10' },
    },
  ],
};
