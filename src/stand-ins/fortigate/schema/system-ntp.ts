import {
  address,
  choice,
  inner,
  integer,
  object,
  others,
  references,
  secret,
  toggle,
  word,
} from './options.ts';

/** Attributes and releases: the Ansible collection for FortiOS. Defaults: CLI reference. */
export const ntp = object(
  'system ntp',
  [
    toggle('ntpsync', 'disable'),
    choice('type', ['fortiguard', 'custom'], { default: 'fortiguard' }),
    integer('syncinterval', 1, 1440, { default: '60' }),
    address('source-ip', { default: '0.0.0.0' }),
    toggle('server-mode', 'disable'),
    references('interface', ['system interface']),
    choice('authentication', ['enable', 'disable'], { versions: '6.2.0-' }),
    secret('key', { versions: '6.2.0-' }),
    integer('key-id', 0, 4_294_967_295, { versions: '6.2.0-' }),
    choice('key-type', ['MD5', 'SHA1', word('SHA256', '7.4.4-')], { versions: '6.2.0-' }),
    ...others(`
      source-ip6
    `),
  ],
  [inner('ntpserver')],
);
