import { FACTORY_PROFILES } from './factory-names.ts';
import {
  choice,
  inner,
  network,
  onlyWhen,
  others,
  reference,
  references,
  secret,
  table,
  text,
  toggle,
  word,
} from './options.ts';

/** Attributes and releases: the Ansible collection for FortiOS. Defaults: CLI reference. */
export const admin = table(
  'system admin',
  'name',
  [
    toggle('remote-auth', 'disable'),
    network('trusthost1', { default: '0.0.0.0 0.0.0.0' }),
    network('trusthost2', { default: '0.0.0.0 0.0.0.0' }),
    network('trusthost3', { default: '0.0.0.0 0.0.0.0' }),
    network('trusthost4', { default: '0.0.0.0 0.0.0.0' }),
    network('trusthost5', { default: '0.0.0.0 0.0.0.0' }),
    network('trusthost6', { default: '0.0.0.0 0.0.0.0' }),
    network('trusthost7', { default: '0.0.0.0 0.0.0.0' }),
    network('trusthost8', { default: '0.0.0.0 0.0.0.0' }),
    network('trusthost9', { default: '0.0.0.0 0.0.0.0' }),
    network('trusthost10', { default: '0.0.0.0 0.0.0.0' }),
    reference('accprofile', ['system accprofile'], { builtIn: FACTORY_PROFILES, required: true }),
    text('comments', 255, { default: '' }),
    references('vdom', ['vdom']),
    choice('two-factor', ['disable', 'fortitoken', word('fortitoken-cloud', '6.2.0-'), 'email', 'sms'], {
      default: 'disable',
    }),
    ...onlyWhen('two-factor', ['fortitoken'], [reference('fortitoken', ['user fortitoken'])]),
    secret('password'),
    secret('history0'),
    secret('history1'),
    ...others(`
      accprofile-override allow-remove-admin-session email-to force-password-change guest-auth guest-lang
      guest-usergroups gui-global-menu-favorites@6.0.0-6.2.3 gui-new-feature-acknowledge@6.2.3-6.2.3
      gui-vdom-menu-favorites@6.0.0-6.2.3 hidden@6.0.0-6.0.11 ip6-trusthost1 ip6-trusthost10 ip6-trusthost2
      ip6-trusthost3 ip6-trusthost4 ip6-trusthost5 ip6-trusthost6 ip6-trusthost7 ip6-trusthost8 ip6-trusthost9
      password-expire peer-auth peer-group radius-vdom-override@6.0.0-7.2.0 remote-group schedule sms-custom-server
      sms-phone sms-server ssh-certificate ssh-public-key1 ssh-public-key2 ssh-public-key3
      two-factor-authentication@6.2.0- two-factor-notification@6.2.0- vdom-override@7.2.1- wildcard
    `),
  ],
  [inner('gui-dashboard'), inner('login-time')],
);
