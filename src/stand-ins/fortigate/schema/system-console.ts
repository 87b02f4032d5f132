import { choice, object, toggle } from './options.ts';

/** Attributes and releases: the Ansible collection for FortiOS.  */
export const console = object('system console', [
  choice('mode', ['batch', 'line'], { versions: '6.0.0-7.4.0', default: 'line' }),
  choice('output', ['standard', 'more'], { default: 'more' }),
  toggle('login', 'enable'),
  choice('baudrate', ['9600', '19200', '38400', '57600', '115200'], { versions: '6.0.0-7.4.1' }),
  choice('fortiexplorer', ['enable', 'disable']),
]);
