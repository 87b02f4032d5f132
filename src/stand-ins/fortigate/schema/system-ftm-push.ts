import { FACTORY_CERTIFICATES } from './factory-names.ts';
import { address, integer, object, reference, text, toggle } from './options.ts';
import { within } from './within.ts';

/** Attributes and releases: the Ansible collection for FortiOS. Ranges, defaults, `server` in 6.4.10 and `interface`: CLI references, KB 195578. */
export const ftmPush = object('system ftm-push', [
  toggle('proxy', 'enable', '7.4.1-'),
  reference('interface', ['system interface'], { versions: '7.6.4-', default: '' }),
  integer('server-port', 1, 65_535, { default: '4433' }),
  reference('server-cert', ['vpn certificate local'], {
    versions: '6.4.0-',
    builtIn: FACTORY_CERTIFICATES,
    default: (version) => (within(version, '7.4.4-') ? 'Fortinet_GUI_Server' : 'Fortinet_Factory'),
  }),
  address('server-ip', { default: '0.0.0.0' }),
  text('server', 127, { versions: '6.4.10-6.4.99 7.0.0-', default: '' }),
  toggle('status', 'disable'),
]);
