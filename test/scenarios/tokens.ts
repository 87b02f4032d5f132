// Tokens with a user, and without one.

import { base, block, part } from './configuration.ts';
import { device, type Expect, one, pasted, type Scenario, session } from './scenario.ts';
import { shell, status } from './terminal.ts';

const INFO = (rows: string, server = 'reachable') =>
  `FORTITOKEN           DRIFT  STATUS\n${rows}\nTotal activated token: 0\nTotal global activated token: 0\n\nToken server status: ${server}\n`;
const GLUE = (o: object) => JSON.stringify(o);
const prov = (tokens: object[], extra: object = {}) => ({
  d: {
    __type: 'SoftToken.ProvisionResponse',
    __version: '4',
    serial_number: 'FGT60FTK20001234',
    __device_version: '7.2',
    __device_build: '1639',
    __clustered_sns: [],
    tokens,
    result: 0,
    error: null,
    ...extra,
  },
});
const tok = (error: object | null, token = 'FTKMOB7A11C0DE01') => ({
  token,
  license: null,
  token_activation_code: null,
  qr_code: null,
  code_expire: null,
  error,
});
const E31 = { error_code: 31, error_message: 'token does not belong to product' };
const owner: Expect = {
  verdict: 'broken',
  finds: [['token-wrong-owner', 'ha-license-on-secondary']],
  hop: 'token',
};
const ev = (id: string, level: string, desc: string, msg: string, extra = '') =>
  `date=2026-11-26 time=10:17:40 eventtime=1795688260000000000 tz="+0000" logid="01000${id}" type="event" subtype="system" level="${level}" vd="root" logdesc="${desc}" ${extra}msg="${msg}"`;

export const scenarios: readonly Scenario[] = [
  device(
    'a locked token that nobody holds',
    {
      fortitoken: [
        ...base.fortitoken,
        'edit "FTKMOB7A11C0DE99"',
        '    set license "EFTM000000007711"',
        '    set status lock',
        'next',
      ],
    },
    { verdict: 'healthy', not: ['token-locked'] },
  ),
  device(
    'an expired activation that nobody waits for',
    {
      fortitoken: [
        ...base.fortitoken,
        'edit "FTKMOB7A11C0DE98"',
        '    set license "EFTM000000007711"',
        '    set activation-code "XXXXXXXXXXXXXXXX"',
        '    set activation-expire 1735700000',
        'next',
      ],
    },
    { not: ['token-activation-expired', 'token-not-activated'] },
  ),
  {
    id: 'diagnose shows new tokens that nobody holds',
    files: one(
      shell(
        'fgt-orchid-01',
        ['get system status', status()],
        ['show user local', part('local')],
        ['show user group', part('group')],
        [
          'diagnose fortitoken info',
          'FORTITOKEN           DRIFT  STATUS\nFTKMOB7A11C0DE01     0      provisioned\nFTKMOB7A11C0DE60     0      new\nFTKMOB7A11C0DE61     0      provision timeout\nFTKMOB7A11C0DE62     0      locked\n\nTotal activated token: 1\nTotal global activated token: 1\n\nToken server status: reachable\n',
        ],
      ),
    ),
    expect: { noFindings: true, notVerdict: 'broken' },
  },
  ...(
    [
      ['new', ['token-not-activated']],
      ['provisioning', ['token-not-activated']],
      ['provision timeout', ['token-activation-expired']],
      ['locked', ['token-locked']],
      ["token already activated, and seed won't be returned", ['token-seed-unavailable']],
      ['activation error (token not exist in FortiGuard)', ['token-seed-unavailable', 'token-wrong-owner']],
    ] as const
  ).map(
    ([state, rules]): Scenario => ({
      id: `token of pilar: ${state}`,
      user: 'pilar',
      files: one(
        shell(
          'fgt-orchid-01',
          ['get system status', status()],
          ['show user local', part('local')],
          ['show user group', part('group')],
          ['show vpn ssl settings', part('ssl')],
          [
            'diagnose fortitoken info',
            `FORTITOKEN           DRIFT  STATUS\nFTKMOB7A11C0DE01     0      ${state}\n\nTotal activated token: 0\nTotal global activated token: 0\n\nToken server status: reachable\n`,
          ],
        ),
      ),
      expect: { verdict: 'broken', finds: [[...rules]], hop: 'token' },
    }),
  ),
  session(
    'RC30 token server unreachable',
    [
      ['get system status', status()],
      ['show user local', part('local')],
      ['diagnose fortitoken info', INFO('FTKMOB7A11C0DE01     0      provisioned\n', 'unreachable')],
    ],
    { verdict: 'broken', finds: ['token-server-unreachable'], hop: 'token' },
  ),
  session(
    'RC31 evaluation VM',
    [
      [
        'get system status',
        'Version: FortiGate-VM64-KVM v7.2.8,build1639,240313 (GA.M)\nSerial-Number: FGVMEVABCDEF1234\nLicense Status: Evaluation license expired\nVM Resources: 1 CPU/1 allowed, 997 MB RAM/2048 MB allowed\nHostname: fgt-orchid-01\nVirtual domain configuration: disable\nCurrent HA mode: standalone\n',
      ],
      ['diagnose fortitoken info', INFO('', 'unreachable')],
    ],
    { verdict: 'broken', finds: ['device-unregistered'], hop: 'token' },
  ),
  session(
    'RC40 trial tokens stuck',
    [
      ['get system status', status()],
      [
        'execute fortitoken-mobile import 0000-0000-0000-0000-0000',
        'import fortitoken license error: input value is invalid\n',
      ],
      [
        'show user fortitoken',
        block('user fortitoken', ['edit "FTKMOB7A11C0DE01"', '    set license "FTMTRIAL00000001"', 'next']),
      ],
    ],
    { verdict: 'broken', finds: ['trial-token-stuck'] },
  ),
  session(
    'RC32 FortiManager serves the tokens',
    [
      ['get system status', status()],
      [
        'show system central-management',
        block('system central-management', [
          'set type fortimanager',
          'set fmg "192.168.40.70"',
          'config server-list',
          '    edit 1',
          '        set server-type update rating',
          '        set server-address 192.168.40.70',
          '    next',
          'end',
          'set include-default-servers disable',
        ]),
      ],
      ['diagnose fortitoken info', INFO('FTKMOB7A11C0DE01     0      provisioned\n', 'unreachable')],
    ],
    { notVerdict: 'healthy', finds: [['token-server-is-fortimanager', 'token-server-unreachable']] },
  ),
  pasted('provisioning reply, token error 31', GLUE(prov([tok(E31)])), owner),
  pasted(
    'provisioning reply with peers and a sound token before',
    `fgt-orchid-01 # ${GLUE(prov([tok(null, 'FTKMOB7A11C0DE02'), tok(E31)], { __clustered_sns: [{ sn: 'FGT60FTK20009999', error: null }] }))}\n`,
    owner,
  ),
  pasted('provisioning reply, pretty-printed', JSON.stringify(prov([tok(E31)]), null, 2), owner),
  pasted('provisioning reply without any error', GLUE(prov([tok(null)])), {
    noFindings: true,
    notVerdict: 'broken',
  }),
  pasted(
    'provisioning reply on a 7.4.9 cluster',
    `${shell('fgt-mint(Primary)', ['get system status', status('fgt-mint', '7.4.9').replace('standalone', 'a-p, primary')])}\n${GLUE(prov([tok(E31)], { __clustered_sns: [{ sn: 'FGT60FTK20009999', error: null }] }))}\n`,
    { verdict: 'broken', finds: [['ha-license-on-secondary', 'token-wrong-owner']] },
  ),
  pasted(
    'a message followed by a return code',
    'fgt-orchid-01 # execute fortitoken-mobile import 0000-0000-0000-0000-0000\nno valid token found\nCommand fail. Return code -1\n\nfgt-orchid-01 # \n',
    { notVerdict: 'healthy' },
  ),
  pasted(
    'event 32159: activation failed',
    ev(
      '32159',
      'notice',
      'FortiToken activation failed',
      'FortiToken activation failed',
      'user="pilar" action="activate" status="failed" serialno="FTKMOB7A11C0DE01" ',
    ),
    { notVerdict: 'healthy', hop: 'token' },
  ),
  pasted(
    'events 32155 and 32156: activation went well',
    `${ev('32155', 'notice', 'FortiToken activation requested', 'requested', 'user="pilar" ui="GUI" action="activate" serialno="FTKMOB7A11C0DE01" ')}\n${ev('32156', 'notice', 'FortiToken activation successful', 'ok', 'user="pilar" action="activate" status="success" serialno="FTKMOB7A11C0DE01" ')}`,
    { notVerdict: 'broken', noFindings: true },
  ),
];
