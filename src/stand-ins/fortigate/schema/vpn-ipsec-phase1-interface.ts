import { choice, inner, integer, others, reference, secret, table } from './options.ts';

/** Attributes and releases: the Ansible collection for FortiOS.  */
export const phase1Interface = table(
  'vpn ipsec phase1-interface',
  'name',
  [
    choice('type', ['static', 'dynamic', 'ddns']),
    reference('interface', ['system interface']),
    choice('ike-version', ['1', '2']),
    choice('eap', ['enable', 'disable']),
    choice('eap-identity', ['use-id-payload', 'send-request']),
    choice('mode', ['aggressive', 'main']),
    reference('authusrgrp', ['user group']),
    secret('psksecret'),
    integer('negotiate-timeout', 1, 300),
    secret('authpasswd'),
    secret('group-authentication-secret'),
    secret('ppk-secret'),
    secret('psksecret-remote'),
    ...others(`
      acct-verify add-gw-route add-route addke1@7.6.0- addke2@7.6.0- addke3@7.6.0- addke4@7.6.0- addke5@7.6.0-
      addke6@7.6.0- addke7@7.6.0- aggregate-member@6.2.0- aggregate-weight@6.4.0- assign-ip assign-ip-from
      authmethod authmethod-remote authusr auto-discovery-crossover@7.4.0- auto-discovery-dialup-placeholder@7.6.1-
      auto-discovery-forwarder auto-discovery-offer-interval@7.2.0- auto-discovery-psk auto-discovery-receiver
      auto-discovery-sender auto-discovery-shortcuts@6.4.4- auto-negotiate auto-transport-threshold@7.6.0-
      azure-ad-autoconnect@7.4.2- backup-gateway banner cert-id-validation cert-peer-username-strip@7.4.4-
      cert-peer-username-validation@7.4.4- cert-trust-store@7.4.2- certificate childless-ike client-auto-negotiate
      client-keep-alive client-resume@7.4.4- client-resume-interval@7.4.4- comments default-gw default-gw-priority
      dev-id@7.4.0- dev-id-notification@7.4.0- dhcp-ra-giaddr@6.2.0- dhcp6-ra-linkaddr@6.2.0- dhgrp
      digital-signature-auth distance dns-mode domain dpd dpd-retrycount dpd-retryinterval eap-cert-auth@7.4.2-
      eap-exclude-peergrp@6.2.0- ems-sn-check@7.4.1- encap-local-gw4 encap-local-gw6 encap-remote-gw4
      encap-remote-gw6 encapsulation encapsulation-address enforce-unique-id esn exchange-fgt-device-id@7.4.0-
      exchange-interface-ip exchange-ip-addr4 exchange-ip-addr6 fallback-tcp-threshold@7.4.2-7.4.4 fec-base@6.2.0-
      fec-codec@7.0.0- fec-egress@6.2.0- fec-health-check@7.0.2- fec-ingress@6.2.0- fec-mapping-profile@7.0.2-
      fec-receive-timeout@6.2.0- fec-redundant@6.2.0- fec-send-timeout@6.2.0- fgsp-sync@7.0.8-
      forticlient-enforcement@6.0.0-7.4.0 fortinet-esp@7.4.2- fragmentation fragmentation-mtu group-authentication
      ha-sync-esp-seqno idle-timeout idle-timeoutinterval inbound-dscp-copy@7.0.6- include-local-lan
      internal-domain-list@7.4.1- ip-delay-interval@7.0.1- ip-fragmentation@6.2.0- ip-version ipv4-dns-server1
      ipv4-dns-server2 ipv4-dns-server3 ipv4-end-ip ipv4-name ipv4-netmask ipv4-split-exclude ipv4-split-include
      ipv4-start-ip ipv4-wins-server1 ipv4-wins-server2 ipv6-auto-linklocal@7.6.0- ipv6-dns-server1 ipv6-dns-server2
      ipv6-dns-server3 ipv6-end-ip ipv6-name ipv6-prefix ipv6-split-exclude ipv6-split-include ipv6-start-ip
      keepalive keylife kms@7.4.0- link-cost@7.2.1- local-gw local-gw6 localid localid-type
      loopback-asymroute@7.0.0- mesh-selector-type mode-cfg mode-cfg-allow-client-selector@7.2.0-
      monitor@6.0.0-7.4.0 monitor-dict@7.4.1- monitor-hold-down-delay monitor-hold-down-time monitor-hold-down-type
      monitor-hold-down-weekday monitor-min@7.4.1- nattraversal net-device network-id@6.2.0- network-overlay@6.2.0-
      npu-offload packet-redistribution@7.4.2-7.4.2 passive-mode peer peergrp peerid peertype ppk ppk-identity
      priority proposal qkd@7.4.2- qkd-profile@7.4.2- reauth rekey remote-gw remote-gw-country@7.4.4-
      remote-gw-end-ip@7.4.4- remote-gw-match@7.4.4- remote-gw-start-ip@7.4.4- remote-gw-subnet@7.4.4-
      remote-gw-ztna-tags@7.6.0- remote-gw6 remote-gw6-country@7.4.4- remote-gw6-end-ip@7.4.4-
      remote-gw6-match@7.4.4- remote-gw6-start-ip@7.4.4- remote-gw6-subnet@7.4.4- remotegw-ddns rsa-signature-format
      rsa-signature-hash-override@7.2.1- save-password send-cert-chain shared-idle-timeout@7.6.0- signature-hash-alg
      split-include-service suite-b transport@7.4.2- tunnel-search@6.0.0-6.4.4 unity-support usrgrp vni wizard-type
      xauthtype
    `),
  ],
  [inner('ipv4-exclude-range'), inner('ipv6-exclude-range')],
);
