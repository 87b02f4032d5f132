import { choice, choices, inner, network, others, reference, secret, table, text, word } from './options.ts';

/** Attributes and releases: the Ansible collection for FortiOS.  */
export const networkInterface = table(
  'system interface',
  'name',
  [
    reference('vdom', ['vdom'], { builtIn: ['root'] }),
    choice('mode', ['static', 'dhcp', 'pppoe']),
    network('ip'),
    choices('allowaccess', [
      'ping',
      'https',
      'ssh',
      'snmp',
      'http',
      'telnet',
      'fgfm',
      'radius-acct',
      'probe-response',
      word('fabric', '6.2.0-'),
      'ftm',
      word('speed-test', '7.0.1-'),
      word('scim', '7.6.0-'),
      word('capwap', '6.0.0-6.0.11'),
    ]),
    choice('status', ['up', 'down']),
    choice('role', ['lan', 'wan', 'dmz', 'undefined']),
    text('alias', 25),
    text('description', 255),
    secret('password'),
    secret('pptp-password'),
    ...others(`
      ac-name aggregate@6.0.0-7.2.0 aggregate-type@7.2.1- algorithm ap-discover arpforward auth-cert@7.0.4-
      auth-portal-addr@7.0.4- auth-type auto-auth-extension-device bandwidth-measure-time@6.4.0- bfd
      bfd-desired-min-tx bfd-detect-mult bfd-required-min-rx broadcast-forticlient-discovery@6.0.0-6.2.7
      broadcast-forward captive-portal@6.0.0-6.2.3 cli-conn-status@6.0.0-7.2.0 color dedicated-to
      default-purdue-level@7.4.0- defaultgw detected-peer-mtu@6.0.0-7.2.0 detectprotocol detectserver
      device-access-list@6.0.0-6.2.3 device-identification device-identification-active-scan@6.0.0-6.2.3
      device-netscan@6.0.0-6.0.11 device-user-identification devindex@6.0.0-7.2.0 dhcp-broadcast-flag@7.4.0-
      dhcp-classless-route-addition@7.0.1- dhcp-client-identifier dhcp-relay-agent-option
      dhcp-relay-allow-no-end-option@7.4.4- dhcp-relay-circuit-id@7.4.1- dhcp-relay-interface@6.2.0-
      dhcp-relay-interface-select-method@6.2.0- dhcp-relay-ip dhcp-relay-link-selection@7.0.4-
      dhcp-relay-request-all-server@7.0.0- dhcp-relay-service dhcp-relay-source-ip@7.4.1- dhcp-relay-type
      dhcp-relay-vrf-select@7.6.1- dhcp-renew-time dhcp-smart-relay@7.4.0- disc-retry-timeout
      disconnect-threshold@6.0.0-7.4.0 distance dns-server-override dns-server-protocol@7.0.4- drop-fragment
      drop-overlapped-fragment eap-ca-cert@7.2.0- eap-identity@7.2.0- eap-method@7.2.0- eap-password@7.2.0-
      eap-supplicant@7.2.0- eap-user-cert@7.2.0- egress-cos@6.4.0- egress-shaping-profile
      endpoint-compliance@6.0.0-6.0.11 estimated-downstream-bandwidth estimated-upstream-bandwidth
      exclude-signatures@7.6.1- explicit-ftp-proxy explicit-web-proxy external fail-action-on-extender
      fail-alert-interfaces fail-alert-method fail-detect fail-detect-option fortiheartbeat@6.0.0-6.0.11 fortilink
      fortilink-backup-link@6.0.0-7.2.0 fortilink-neighbor-detect@6.2.0- fortilink-split-interface
      fortilink-stacking@6.0.0-6.4.4 forward-domain forward-error-correction@7.4.2-7.4.2 gi-gk gwdetect ha-priority
      icmp-accept-redirect icmp-send-redirect ident-accept idle-timeout ike-saml-server@7.2.0- inbandwidth
      ingress-cos@6.4.0- ingress-shaping-profile@6.2.0- ingress-spillover-threshold interconnect-profile@7.4.2-7.4.2
      interface internal ip-managed-by-fortiipam@6.4.0- ipmac ips-sniffer-mode ipunnumbered l2forward
      lacp-ha-secondary@7.2.1- lacp-ha-slave@6.0.0-7.2.0 lacp-mode lacp-speed lcp-echo-interval lcp-max-echo-fails
      link-up-delay lldp-network-policy@6.2.0- lldp-reception@6.2.0- lldp-transmission macaddr
      managed-device@6.0.0-6.0.11 managed-subnetwork-size@6.4.0- management-ip measured-downstream-bandwidth@6.4.0-
      measured-upstream-bandwidth@6.4.0- mediatype@6.0.0-7.4.2 member min-links min-links-down
      mirroring-direction@7.4.2-7.4.2 mirroring-port@7.4.2-7.4.2 monitor-bandwidth@6.4.0- mtu mtu-override
      ndiscforward netbios-forward netflow-sample-rate@7.6.0- netflow-sampler netflow-sampler-id@7.6.0-
      np-qos-profile@7.4.2-7.4.2 outbandwidth padt-retry-timeout ping-serv-status@6.0.0-7.2.0 polling-interval
      port-mirroring@7.4.2-7.4.2 pppoe-egress-cos@7.6.0- pppoe-unnumbered-negotiate pptp-auth-type pptp-client
      pptp-server-ip pptp-timeout pptp-user preserve-session-route priority priority-override proxy-captive-portal
      reachable-time@7.0.4- redundant-interface@6.0.0-7.2.0 remote-ip replacemsg-override-group ring-rx ring-tx
      sample-direction sample-rate scan-botnet-connections@6.0.0-6.0.11 secondary-IP
      security-8021x-dynamic-vlan-id@7.4.2-7.4.2 security-8021x-master@7.4.2-7.4.2
      security-8021x-member-mode@7.4.2-7.4.2 security-8021x-mode@7.4.2-7.4.2 security-exempt-list
      security-external-logout security-external-web security-groups security-ip-auth-bypass@7.6.0-
      security-mac-auth-bypass security-mode security-redirect-url service-name sflow-sampler snmp-index speed
      spillover-threshold src-check stp@6.0.0-7.4.2 stp-edge@7.4.2-7.4.2 stp-ha-secondary@7.0.0-7.4.2
      stp-ha-slave@6.0.0-6.4.4 stpforward stpforward-mode subst substitute-dst-mac sw-algorithm@7.2.0-
      swc-first-create@6.4.4-7.6.0 swc-vlan@6.4.0-7.2.0 switch@6.0.0-7.2.0 switch-controller-access-vlan
      switch-controller-arp-inspection switch-controller-dhcp-snooping switch-controller-dhcp-snooping-option82
      switch-controller-dhcp-snooping-verify-mac switch-controller-dynamic@7.0.0- switch-controller-feature@6.4.0-
      switch-controller-igmp-snooping switch-controller-igmp-snooping-fast-leave@6.2.0-
      switch-controller-igmp-snooping-proxy@6.2.0- switch-controller-iot-scanning@6.4.4-
      switch-controller-learning-limit switch-controller-mgmt-vlan@6.4.0- switch-controller-nac@6.4.0-
      switch-controller-netflow-collect@7.2.1- switch-controller-offload@7.4.1- switch-controller-offload-gw@7.4.1-
      switch-controller-offload-ip@7.4.1- switch-controller-rspan-mode@6.2.0- switch-controller-source-ip@6.4.4-
      switch-controller-traffic-policy@6.2.0- system-id@7.0.2- system-id-type@7.0.2- tcp-mss trunk@7.4.2-7.4.2
      trust-ip-1 trust-ip-2 trust-ip-3 trust-ip6-1 trust-ip6-2 trust-ip6-3 type username vindex@6.0.0-7.2.0
      virtual-mac@7.6.0- vlan-protocol@6.4.0- vlanforward vlanid vrf vrrp-virtual-mac wccp weight wins-ip
    `),
  ],
  [
    inner('client-options'),
    inner('dhcp-snooping-server-list'),
    inner('egress-queues'),
    inner('ipv6'),
    inner('mirroring-filter'),
    inner('secondaryip'),
    inner('tagging'),
    inner('vrrp'),
  ],
);
