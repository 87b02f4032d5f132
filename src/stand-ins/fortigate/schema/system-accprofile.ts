import { choice, inner, integer, table, text, toggle } from './options.ts';

/** Attributes and releases: the Ansible collection for FortiOS. The command rights of 7.4.2: its release notes. */
export const accprofile = table(
  'system accprofile',
  'name',
  [
    choice('scope', ['vdom', 'global']),
    choice('secfabgrp', ['none', 'read', 'read-write'], { default: 'none' }),
    choice('ftviewgrp', ['none', 'read', 'read-write'], { default: 'none' }),
    choice('authgrp', ['none', 'read', 'read-write'], { default: 'none' }),
    choice('sysgrp', ['none', 'read', 'read-write', 'custom'], { default: 'none' }),
    choice('netgrp', ['none', 'read', 'read-write', 'custom'], { default: 'none' }),
    choice('loggrp', ['none', 'read', 'read-write', 'custom'], { default: 'none' }),
    choice('fwgrp', ['none', 'read', 'read-write', 'custom'], { default: 'none' }),
    choice('vpngrp', ['none', 'read', 'read-write'], { default: 'none' }),
    choice('utmgrp', ['none', 'read', 'read-write', 'custom'], { default: 'none' }),
    choice('wifi', ['none', 'read', 'read-write'], { default: 'none' }),
    choice('admintimeout-override', ['enable', 'disable']),
    integer('admintimeout', 1, 480),
    toggle('cli-diagnose', 'disable', '7.4.2-'),
    toggle('cli-get', 'disable', '7.4.2-'),
    toggle('cli-show', 'disable', '7.4.2-'),
    toggle('cli-exec', 'disable', '7.4.2-'),
    toggle('cli-config', 'disable', '7.4.2-'),
    toggle('system-diagnostics', 'enable', '6.4.0-7.4.1'),
    text('comments', 255),
    choice('system-execute-ssh', ['enable', 'disable'], { versions: '7.2.1-' }),
    choice('system-execute-telnet', ['enable', 'disable'], { versions: '7.2.1-' }),
    choice('wanoptgrp', ['none', 'read', 'read-write']),
  ],
  [
    inner('fwgrp-permission'),
    inner('loggrp-permission'),
    inner('netgrp-permission'),
    inner('sysgrp-permission'),
    inner('utmgrp-permission'),
  ],
);
