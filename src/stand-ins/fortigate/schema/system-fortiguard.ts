import { address, choice, integer, object, others, reference, secret, text } from './options.ts';

/** Attributes and releases: the Ansible collection for FortiOS.  */
export const fortiguard = object('system fortiguard', [
  choice('fortiguard-anycast', ['enable', 'disable'], { versions: '6.2.0-' }),
  text('proxy-server-ip', 63, { versions: '6.2.0-' }),
  integer('proxy-server-port', 0, 65_535, { versions: '6.2.0-' }),
  address('source-ip'),
  choice('interface-select-method', ['auto', 'sdwan', 'specify'], { versions: '6.2.0-6.2.0 6.2.5-' }),
  reference('interface', ['system interface'], { versions: '6.2.0-6.2.0 6.2.5-' }),
  secret('proxy-password', { versions: '6.2.0-' }),
  ...others(`
      FDS-license-expiring-days@7.4.0- antispam-cache antispam-cache-mpercent@6.0.0-7.2.4
      antispam-cache-mpermille@7.4.0- antispam-cache-ttl antispam-expiration@6.0.0-7.2.0 antispam-force-off
      antispam-license@6.0.0-7.2.0 antispam-timeout anycast-sdns-server-ip@6.4.0- anycast-sdns-server-port@6.4.0-
      auto-firmware-upgrade@7.2.1- auto-firmware-upgrade-day@7.2.1- auto-firmware-upgrade-delay@7.4.0-
      auto-firmware-upgrade-end-hour@7.2.1- auto-firmware-upgrade-start-hour@7.2.1- auto-join-forticloud
      ddns-server-ip ddns-server-ip6@7.0.1- ddns-server-port fortiguard-anycast-source@6.2.0- load-balance-servers
      outbreak-prevention-cache outbreak-prevention-cache-mpercent@6.0.0-7.2.4
      outbreak-prevention-cache-mpermille@7.4.0- outbreak-prevention-cache-ttl
      outbreak-prevention-expiration@6.0.0-7.2.0 outbreak-prevention-force-off
      outbreak-prevention-license@6.0.0-7.2.0 outbreak-prevention-timeout persistent-connection@7.0.0- port protocol
      proxy-username@6.2.0- sandbox-inline-scan@7.2.1- sandbox-region@6.2.0- sdns-options@6.4.0- sdns-server-ip
      sdns-server-port service-account-id source-ip6 update-build-proxy@7.0.0- update-dldb@7.4.0-
      update-extdb@7.0.0- update-ffdb@7.0.0- update-server-location update-uwdb@7.0.0- vdom@7.2.0-
      videofilter-expiration@7.0.0-7.2.0 videofilter-license@7.0.0-7.2.0 vrf-select@7.6.1- webfilter-cache
      webfilter-cache-ttl webfilter-expiration@6.0.0-7.2.0 webfilter-force-off webfilter-license@6.0.0-7.2.0
      webfilter-timeout
    `),
]);
