import type { ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

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

export const closedLoop: ClosedLoop = {
  vdoms: 'only',
  scenarios: [
    {
      name: 'typed in a VDOM',
      broken: () => ({ 'system ftm-push': [] }),
      pasted: (device): Readonly<Record<string, string>> => {
        const done = device.value('system ftm-push', 'status', 'disable') === 'enable';
        return done ? {} : { typed: TYPED_IN_VDOM };
      },
    },
  ],
};
