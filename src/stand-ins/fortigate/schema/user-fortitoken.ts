import { choice, others, secret, table } from './options.ts';

/** Attributes and releases: the Ansible collection for FortiOS.  */
export const userFortitoken = table('user fortitoken', 'name', [
  choice('status', ['active', 'lock'], { default: 'active' }),
  secret('seed'),
  ...others(`
      activation-code activation-expire comments license os-ver reg-id
    `),
]);
