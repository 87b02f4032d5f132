import { choice, integer, object, others } from './options.ts';
import { within } from './within.ts';

/** Attributes and releases: the Ansible collection for FortiOS. `ike-tcp-port`: admin guide 7.6.6 and Terraform provider. */
export const settings = object('system settings', [
  choice('opmode', ['nat', 'transparent'], { default: 'nat' }),
  integer('ike-port', 1, 65_535, { versions: '7.0.0-', default: '500' }),
  integer('ike-tcp-port', 1, 65_535, {
    versions: '7.4.2-',
    default: (version) => (within(version, '7.6.1-') ? '443' : '4500'),
  }),
  ...others(`
      allow-linkdown-path allow-subnet-overlap application-bandwidth-tracking@7.0.0-7.6.0 asymroute asymroute-icmp
      asymroute6 asymroute6-icmp auxiliary-session@6.2.0- bfd bfd-desired-min-tx bfd-detect-mult
      bfd-dont-enforce-src-port bfd-required-min-rx block-land-attack central-nat comments
      compliance-check@6.0.0-6.0.11 consolidated-firewall-mode@6.2.0-6.2.7 default-app-port-as-service@7.2.0-
      default-policy-expiry-days@7.2.0- default-voip-alg-mode deny-tcp-with-icmp detect-unknown-esp@7.2.4- device
      dhcp-proxy dhcp-proxy-interface@6.2.0- dhcp-proxy-interface-select-method@6.2.0- dhcp-proxy-vrf-select@7.6.1-
      dhcp-server-ip dhcp6-server-ip discovered-device-timeout dyn-addr-session-check@7.2.1- ecmp-max-paths
      email-portal-check-dns ext-resource-session-check@7.2.1- firewall-session-dirty fqdn-session-check@7.2.1-
      fw-session-hairpin gateway gateway6 gtp-asym-fgsp@6.2.0- gtp-monitor-mode@6.2.0- gui-advanced-policy
      gui-advanced-wireless-features@7.2.1- gui-allow-unnamed-policy gui-antivirus gui-ap-profile
      gui-application-control gui-casb@7.4.1- gui-default-policy-columns gui-dhcp-advanced gui-dlp@6.0.0-6.0.11
      gui-dlp-advanced@7.6.1- gui-dlp-profile@7.2.4- gui-dns-database gui-dnsfilter
      gui-domain-ip-reputation@6.0.0-6.4.1 gui-dos-policy gui-dynamic-device-os-id@7.4.0-
      gui-dynamic-profile-display@6.0.0-6.4.1 gui-dynamic-routing gui-email-collection
      gui-endpoint-control@6.0.0-7.2.4 gui-endpoint-control-advanced@6.0.0-7.2.4 gui-enforce-change-summary@7.2.0-
      gui-explicit-proxy gui-file-filter@6.4.0- gui-fortiap-split-tunneling gui-fortiextender-controller
      gui-gtp@7.6.0- gui-icap gui-implicit-policy gui-ips gui-load-balance gui-local-in-policy
      gui-local-reports@6.0.0-7.2.2 gui-multicast-policy gui-multiple-interface-policy
      gui-multiple-utm-profiles@6.0.0-6.4.1 gui-nat46-64@6.0.0-7.0.0 gui-object-colors gui-ot@7.2.0-
      gui-per-policy-disclaimer@6.2.0-6.2.7 gui-policy-based-ipsec gui-policy-disclaimer@6.4.0-
      gui-policy-learning@6.0.0-6.0.11 gui-proxy-inspection@7.2.4-7.4.4 gui-replacement-message-groups@6.0.0-6.4.4
      gui-route-tag-address-creation@7.4.0- gui-security-profile-group@6.4.4- gui-spamfilter gui-sslvpn@7.4.1-
      gui-sslvpn-personal-bookmarks gui-sslvpn-realms gui-switch-controller gui-threat-weight gui-traffic-shaping
      gui-videofilter@7.0.0- gui-virtual-patch-profile@7.4.1- gui-voip-profile gui-vpn gui-waf-profile
      gui-wan-load-balancing gui-wanopt-cache gui-webfilter gui-webfilter-advanced gui-wireless-controller
      gui-ztna@7.0.0- h323-direct-model@7.0.4- http-external-dest ike-dn-format ike-policy-route@7.0.2-
      ike-quick-crash-detect ike-session-resume implicit-allow-dns@6.0.0-6.2.7 inspection-mode@6.0.0-6.0.11
      internet-service-app-ctrl-size@7.4.4- internet-service-database-cache@7.2.4- intree-ses-best-route@7.6.1- ip
      ip6 lan-extension-controller-addr@7.2.1- link-down-access lldp-reception@6.2.0- lldp-transmission
      location-id@7.0.0- mac-ttl manageip manageip6 multicast-forward multicast-skip-policy multicast-ttl-notchange
      nat46-force-ipv4-packet-forwarding@7.0.8- nat46-generate-ipv6-fragment-header@7.0.6-
      nat64-force-ipv6-packet-forwarding@7.0.8- ngfw-mode pfcp-monitor-mode@7.0.1- policy-offload-level@7.4.2-7.4.2
      prp-trailer-action sccp-port sctp-session-without-init@6.2.0- ses-denied-multicast-traffic@7.6.1-
      ses-denied-traffic sip-expectation@6.2.0- sip-helper@6.0.0-6.0.11 sip-nat-trace sip-ssl-port sip-tcp-port
      sip-udp-port snat-hairpin-traffic ssl-ssh-profile@6.0.0-6.0.11 status strict-src-check tcp-session-without-syn
      utf8-spam-tagging v4-ecmp-mode vdom-type@7.2.0- vpn-stats-log vpn-stats-period wccp-cache-engine
    `),
]);
