import { FACTORY_SERVICES } from './factory-names.ts';
import { choice, others, reference, references, table, text, toggle } from './options.ts';
import type { OptionSchema } from './types.ts';

const ADDRESSES = ['firewall address', 'firewall addrgrp'];
const SERVICES = ['firewall service custom', 'firewall service group'];
const SCHEDULES = ['firewall schedule onetime', 'firewall schedule recurring', 'firewall schedule group'];

function localInInterface(versions: string, many = false): OptionSchema {
  const make = many ? references : reference;
  return make('intf', ['system interface', 'system zone'], { versions, builtIn: ['any'], required: true });
}

/** Attributes and releases: the Ansible collection for FortiOS. `intf` takes one name up to 7.4.1 and a list from 7.4.2. */
export const localInPolicy = table('firewall local-in-policy', 'number', [
  choice('ha-mgmt-intf-only', ['enable', 'disable']),
  localInInterface('6.0.0-7.4.1'),
  localInInterface('7.4.2-', true),
  references('srcaddr', ADDRESSES, { builtIn: ['all', 'none'], required: true }),
  choice('srcaddr-negate', ['enable', 'disable'], { versions: '7.0.0-' }),
  references('dstaddr', ADDRESSES, { builtIn: ['all', 'none'], required: true }),
  choice('dstaddr-negate', ['enable', 'disable'], { versions: '7.0.0-' }),
  choice('action', ['accept', 'deny'], { default: 'deny' }),
  references('service', SERVICES, { builtIn: FACTORY_SERVICES, required: true }),
  choice('service-negate', ['enable', 'disable'], { versions: '7.0.0-' }),
  reference('schedule', SCHEDULES, { builtIn: ['always', 'none'], required: true }),
  toggle('status', 'enable'),
  text('comments', 1023),
  choice('internet-service-src', ['enable', 'disable'], { versions: '7.4.4-' }),
  choice('internet-service-src-negate', ['enable', 'disable'], { versions: '7.4.4-' }),
  choice('logtraffic', ['enable', 'disable'], { versions: '7.6.0-' }),
  choice('virtual-patch', ['enable', 'disable'], { versions: '7.2.4-' }),
  ...others(`
      internet-service-src-custom@7.4.4- internet-service-src-custom-group@7.4.4- internet-service-src-group@7.4.4-
      internet-service-src-name@7.4.4- uuid@6.4.0-
    `),
]);
