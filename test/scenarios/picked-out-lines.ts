// VDOM mode and single settings from prompts and grep; outputs without a prompt.

import { backup, block, part, SWITCHED_OFF } from './configuration.ts';
import { type Expect, pasted, type Scenario } from './scenario.ts';
import { shell, status } from './terminal.ts';

const off: Expect = { verdict: 'broken', finds: ['push-disabled'] };

export const scenarios: readonly Scenario[] = [
  pasted(
    'VDOM mode known from the (global) prompt',
    `fgt-atlas (global) # show system ftm-push\n${block('system ftm-push', SWITCHED_OFF)}\nfgt-atlas (global) # \n`,
    { ...off, says: /config global/ },
  ),
  pasted(
    'VDOM mode known from a typed config global',
    `config global\nshow system ftm-push\n${block('system ftm-push', SWITCHED_OFF)}`,
    { ...off },
  ),
  pasted(
    'status filtered by grep',
    `fgt-atlas # get system status | grep Virtual\nVirtual domain configuration: multiple\n\nfgt-atlas # config global\n\nfgt-atlas (global) # show system ftm-push\n${block('system ftm-push', SWITCHED_OFF)}\nfgt-atlas (global) # \n`,
    { ...off, says: /config global/ },
  ),
  pasted(
    'ftm-push status by grep',
    'fgt-orchid-01 # get system ftm-push | grep status\nstatus              : disable\n\nfgt-orchid-01 # \n',
    off,
  ),
  pasted(
    'show full ftm-push status by grep',
    'fgt-orchid-01 # show full-configuration system ftm-push | grep status\n    set status disable\n\nfgt-orchid-01 # \n',
    off,
  ),
  pasted(
    'allowaccess by grep, server known',
    shell(
      'fgt-orchid-01',
      [
        'get system ftm-push',
        'proxy               : enable \nserver-port         : 4433\nserver-cert         : Fortinet_Factory\nserver-ip           : 0.0.0.0\nserver              : 198.51.100.20\nstatus              : enable \n',
      ],
      ['show system interface wan1 | grep allowaccess', '        set allowaccess ping https\n'],
    ),
    { notVerdict: 'healthy', finds: ['wan-ftm-access-missing'] },
  ),
  pasted(
    'grep -f marks',
    `fgt-orchid-01 # show | grep -f ftm-push\nconfig system ftm-push <---\n    set server-cert "Fortinet_Factory"\n    set server "198.51.100.20"\nend\n\nfgt-orchid-01 # \n`,
    off,
  ),
  pasted(
    'fortitoken-cloud by grep, cloud user',
    shell(
      'fgt-orchid-01',
      [
        'show user local pilar',
        block('user local', [
          'edit "pilar"',
          '    set type password',
          '    set two-factor fortitoken-cloud',
          '    set email-to "p@quillfen.example"',
          'next',
        ]),
      ],
      ['show full-configuration system global | grep fortitoken-cloud', '    set fortitoken-cloud disable\n'],
    ),
    { verdict: 'broken', finds: ['fortitoken-cloud-disabled'] },
  ),
  pasted(
    'get output, status enable, no fault',
    'fgt-orchid-01 # get system ftm-push\nserver-port         : 4433\nserver-cert         : Fortinet_Factory\nserver-ip           : 0.0.0.0\nserver              : 198.51.100.20\nstatus              : enable \n\nfgt-orchid-01 # \n',
    { verdict: 'inconclusive', noFindings: true },
  ),
  pasted(
    'raw output of get system ftm-push',
    'server-port         : 4433\nserver-cert         : Fortinet_Factory\nserver-ip           : 0.0.0.0\nserver              : 198.51.100.20\nstatus              : disable\n',
    off,
  ),
  pasted(
    'several raw outputs without a blank line',
    `${status()}${block('system ftm-push', SWITCHED_OFF)}${part('interface')}FORTITOKEN           DRIFT  STATUS\nFTKMOB7A11C0DE01     0      provisioned\n\nTotal activated token: 1\nTotal global activated token: 1\n\nToken server status: reachable\n`,
    off,
  ),
  pasted(
    'raw fortitoken table alone, unreachable',
    'FORTITOKEN           DRIFT  STATUS\nFTKMOB7A11C0DE01     0      provisioned\n\nTotal activated token: 1\nTotal global activated token: 1\n\nToken server status: unreachable\n',
    { verdict: 'broken', finds: ['token-server-unreachable'] },
  ),
  pasted('a block alone', block('system ftm-push', SWITCHED_OFF), off),
  pasted(
    'a backup tool with # headings',
    `# get system status\n#${status().trim().split('\n').join('\n#')}\n# show full-configuration\n${backup({ ftm: SWITCHED_OFF })}`,
    off,
  ),
  pasted(
    'a complete backup is not called a beginning',
    backup(),
    { verdict: 'healthy', saysNot: /incomplete backup|cut off/i },
    'fgt.conf',
  ),
];
