// Devices with VDOMs.

import { base, block, part, SWITCHED_OFF } from './configuration.ts';
import { type Expect, one, pasted, type Scenario } from './scenario.ts';
import { vdoms } from './several-vdoms.ts';
import { status } from './terminal.ts';

const off: Expect = { verdict: 'broken', finds: ['push-disabled'] };

export const scenarios: readonly Scenario[] = [
  pasted('two VDOMs, all sound', vdoms(), { noFindings: true, verdict: 'healthy' }),
  pasted('push off with VDOMs: the fix enters config global', vdoms({ ftm: base.ftm.slice(0, 2) }), {
    verdict: 'broken',
    finds: ['push-disabled'],
    says: /config global/,
  }),
  pasted(
    'local-in of edge denies',
    vdoms({
      edgeExtra: block('firewall local-in-policy', [
        'edit 4',
        '    set intf "wan1"',
        '    set srcaddr "all"',
        '    set dstaddr "all"',
        '    set service "ALL"',
        '    set schedule "always"',
        'next',
      ]),
    }),
    { verdict: 'broken', finds: ['local-in-policy-denies'], says: /edit "?edge"?/ },
  ),
  pasted(
    'local-in of root says nothing about wan1 of edge',
    vdoms({
      rootExtra: block('firewall local-in-policy', [
        'edit 4',
        '    set intf "dmz"',
        '    set srcaddr "all"',
        '    set dstaddr "all"',
        '    set service "ALL"',
        '    set schedule "always"',
        'next',
      ]),
    }),
    { not: ['local-in-policy-denies'] },
  ),
  pasted('VDOM edge is named but its part is missing', vdoms({ edge: false }), { notVerdict: 'healthy' }),
  pasted(
    'a user of edge without second factor',
    vdoms({
      edgeLocal: ['edit "pilar"', '    set type password', '    set passwd ENC 7hTb4WnYc1KxQ9mRz6Vp', 'next'],
    }),
    { verdict: 'broken', finds: ['two-factor-not-assigned'], says: /edit "?edge"?/ },
  ),
  {
    id: 'a setting of the device is not called one of a VDOM',
    files: one(
      `fgt-atlas # get system status\n${status('fgt-atlas', '7.2.8', 'multiple')}\nfgt-atlas # config vdom\n\nfgt-atlas (vdom) # edit egde\ncurrent vf=egde:4\n\nfgt-atlas (egde) # show user local\nconfig user local\nend\n\nfgt-atlas (egde) # end\n\nfgt-atlas # config global\n\nfgt-atlas (global) # show system ftm-push\n${block('system ftm-push', base.ftm.slice(0, 2))}\nfgt-atlas (global) # \n`,
    ),
    expect: { finds: ['push-disabled'], saysNot: /VDOM: egde/ },
  },
  {
    id: 'only the tables of root were pasted, wan1 is of edge',
    files: one(
      `fgt-atlas # get system status\n${status('fgt-atlas', '7.2.8', 'multiple')}\nfgt-atlas # config global\n\nfgt-atlas (global) # show full-configuration system ftm-push\n${block('system ftm-push', [...base.ftm, 'set server-port 4433'])}\nfgt-atlas (global) # show system interface\n${block(
        'system interface',
        base.interface.map((l) => l.replace('"root"', '"edge"')),
      )}\nfgt-atlas (global) # show system admin\n${part('admin')}\nfgt-atlas (global) # end\n\nfgt-atlas # config vdom\n\nfgt-atlas (vdom) # edit root\ncurrent vf=root:0\n\nfgt-atlas (root) # show firewall local-in-policy\nconfig firewall local-in-policy\nend\n\nfgt-atlas (root) # show firewall vip\nconfig firewall vip\nend\n\nfgt-atlas (root) # \n`,
    ),
    expect: { notVerdict: 'healthy', noFindings: true },
  },
  {
    id: 'two login VDOMs, push off: one fix',
    files: one(
      `${vdoms({ names: ['root', 'edge', 'dmz'], ftm: SWITCHED_OFF })}\nconfig vdom\nedit dmz\n${part('local').replaceAll('pilar', 'rosa')}${part('group').replaceAll('pilar', 'rosa')}${part('ssl')}${part('policy')}${part('fortitoken')}end\n`,
    ),
    expect: { ...off, saysNot: /Also in VDOM/ },
  },
  {
    id: 'VDOM asked for is not there',
    vdom: 'egde',
    files: one(vdoms()),
    expect: { notVerdict: 'healthy', saysNot: /edit \\?"?egde/ },
  },
  { id: 'VDOM asked for is there', vdom: 'edge', files: one(vdoms()), expect: { verdict: 'healthy' } },
];
