import { describe, expect, it } from 'vitest';
import { debugApplications } from '../../../../src/engine/fortios/debug-commands.ts';
import { parseDebugInfo } from '../../../../src/engine/fortios/output/debug-info.ts';
import { parsePerformanceStatus } from '../../../../src/engine/fortios/output/performance-status.ts';

describe('diagnose debug info', () => {
  it.each([
    [
      ['debug output:\t\tdisable', 'console timestamp:\tdisable', 'CLI debug level:\t3'],
      { printing: false, running: [] },
    ],
    [
      [
        'debug output:\t\tenable',
        'sslvpn debug level:\t-1 (0xffffffff)',
        'ike debug level: 0',
        'fnbamd debug level: 8',
      ],
      { printing: true, running: ['sslvpn', 'fnbamd'] },
    ],
    [['    ftm-push debug level: -1'], { running: ['ftm-push'] }],
    [['    cli debug level:   3', '    console debug output: enable'], { printing: true, running: [] }],
    [['something else'], undefined],
    [[], undefined],
  ])('%j', (lines, expected) => {
    expect(parseDebugInfo(lines)).toEqual(expected);
  });
});

describe('get system performance status', () => {
  it.each([
    [
      'CPU states: 2% user 1% system 0% nice 97% idle 0% iowait 0% irq 0% softirq',
      'Memory: 1024108k total, 688360k used (67.2%), 192228k free (18.8%), 143520k freeable (14.0%)',
      { cpu: 3, memory: 67 },
    ],
    ['CPU states: 0% user 0% system 0% nice 100% idle', 'Memory states: 21% used', { cpu: 0, memory: 21 }],
    ['CPU0 states: 99% user 0% system 0% nice 1% idle', 'Memory: broken', {}],
  ])('%s, %s', (cpu, memory, expected) => {
    expect(parsePerformanceStatus([cpu, memory, 'Uptime: 106 days'])).toEqual(expected);
  });
});

describe('the daemons of a login', () => {
  const DIALUP = ['        set type dynamic'];
  const SAML = ['config user saml', '    edit "entra"', '    next', 'end'];
  const off = ['config vpn ssl settings', '    set status disable', 'end'];
  const on = ['config vpn ssl settings', '    set status enable', 'end'];
  it.each([
    [{}, ['fnbamd', 'sslvpn', 'ftm-push']],
    [{ sslVpn: on }, ['fnbamd', 'sslvpn', 'ftm-push']],
    [{ sslVpn: off }, ['fnbamd', 'ftm-push']],
    [{ sslVpn: off, phase1: DIALUP }, ['fnbamd', 'eap_proxy', 'ftm-push']],
    [{ sslVpn: off, phase1: DIALUP, client: '203.0.113.7' }, ['fnbamd', 'ike', 'eap_proxy', 'ftm-push']],
    [{ sslVpn: on, saml: SAML }, ['fnbamd', 'sslvpn', 'samld', 'ftm-push']],
    [
      { sslVpn: off, phase1: DIALUP, saml: SAML, client: '203.0.113.7' },
      ['fnbamd', 'ike', 'eap_proxy', 'samld', 'authd', 'ftm-push'],
    ],
    [{ sslVpn: on, saml: ['config user saml', 'end'] }, ['fnbamd', 'sslvpn', 'ftm-push']],
    [{ sslVpn: on, phase1: ['        set comments "set type dynamic"'] }, ['fnbamd', 'sslvpn', 'ftm-push']],
  ])('%j', (ways, applications) => {
    expect(debugApplications(ways)).toEqual(applications);
  });
});
