import { inner, integer, object, others, text, toggle } from './options.ts';

/** Attributes and releases: the Ansible collection for FortiOS. Ranges and defaults of the timers: Terraform provider and KB 191661; of the ports: CLI reference. */
export const global = object(
  'system global',
  [
    toggle('admin-concurrent', 'enable'),
    integer('admin-login-max', 1, 100, { default: '100' }),
    integer('admin-port', 1, 65_535, { default: '80' }),
    integer('admin-sport', 1, 65_535, { default: '443' }),
    integer('admin-ssh-port', 1, 65_535, { default: '22' }),
    integer('admintimeout', 1, 480, { default: '5' }),
    toggle('cloud-communication', 'enable', '6.2.0-'),
    toggle('edit-vdom-prompt', 'disable', '6.4.0-'),
    toggle('fortitoken-cloud', 'enable', '6.2.0-'),
    toggle('fortitoken-cloud-push-status', 'enable', '7.4.1-'),
    integer('fortitoken-cloud-sync-interval', 0, 336, { versions: '7.4.1-', default: '24' }),
    text('hostname', 35),
    integer('ldapconntimeout', 1, 300_000, { default: '500' }),
    toggle('post-login-banner', 'disable'),
    toggle('pre-login-banner', 'disable'),
    integer('remoteauthtimeout', 0, 300, { versions: '6.0.0-6.2.99', default: '5' }),
    integer('remoteauthtimeout', 1, 300, { versions: '6.4.0-', default: '5' }),
    integer('two-factor-email-expiry', 30, 300, { default: '60' }),
    integer('two-factor-fac-expiry', 10, 3600, { default: '60' }),
    integer('two-factor-ftk-expiry', 60, 600, { default: '60' }),
    integer('two-factor-ftm-expiry', 1, 168, { default: '72' }),
    integer('two-factor-sms-expiry', 30, 300, { default: '60' }),
    ...others(`
      admin-console-timeout admin-forticloud-sso-default-profile@7.2.4- admin-forticloud-sso-login@7.0.0-
      admin-host@7.0.6- admin-hsts-max-age admin-https-pki-required admin-https-redirect
      admin-https-ssl-banned-ciphers@7.0.2- admin-https-ssl-ciphersuites@7.0.2- admin-https-ssl-versions
      admin-lockout-duration admin-lockout-threshold admin-maintainer@6.0.0-7.2.2 admin-restrict-local admin-scp
      admin-server-cert admin-ssh-grace-time admin-ssh-password admin-ssh-v1 admin-telnet@6.2.0- admin-telnet-port
      alias allow-traffic-redirect anti-replay application-bandwidth-tracking@7.6.1- arp-max-entry
      asymroute@6.0.0-6.0.11 auth-cert auth-http-port auth-https-port auth-ike-saml-port@7.2.0- auth-keepalive
      auth-session-auto-backup@7.6.0- auth-session-auto-backup-interval@7.6.0- auth-session-limit
      auto-auth-extension-device autorun-log-fsck@6.2.0- av-affinity av-failopen av-failopen-session batch-cmdb
      bfd-affinity@7.4.2- block-session-timer br-fdb-max-entry cert-chain-max cfg-revert-timeout cfg-save
      check-protocol-header check-reset-range cli-audit-log clt-cert-req cmdbsvr-affinity@7.0.1-
      compliance-check@6.0.0-6.0.11 compliance-check-time@6.0.0-6.0.11 cpu-use-threshold csr-ca-attribute
      daily-restart default-service-source-port@6.2.0- delay-tcp-npu-session@7.6.0-
      device-identification-active-scan-delay@6.0.0-6.2.7 device-idle-timeout dh-params
      dhcp-lease-backup-interval@7.4.4- dnsproxy-worker-count dst@6.0.0-7.2.0 early-tcp-npu-session@7.0.6-
      endpoint-control-fds-access@6.0.0-6.0.11 endpoint-control-portal-port@6.0.0-6.0.11
      extender-controller-reserved-network@7.0.2- failtime faz-disk-buffer-size@6.4.0- fds-statistics
      fds-statistics-period fec-port@6.2.0-7.0.1 fgd-alert-subscription forticarrier-bypass@7.0.4-7.2.0
      forticonverter-config-upload@7.4.0- forticonverter-integration@7.4.0- fortiextender fortiextender-data-port
      fortiextender-discovery-lockdown@7.0.2- fortiextender-provision-on-authorization@7.2.1-
      fortiextender-vlan-mode fortigslb-integration@7.4.2- fortiipam-integration@6.4.4-7.0.1 fortiservice-port
      gui-allow-default-hostname@6.2.0-7.4.0 gui-allow-incompatible-fabric-fgt@7.0.12-
      gui-app-detection-sdwan@7.2.1- gui-auto-upgrade-setup-warning@7.4.1- gui-cdn-domain-override@7.0.12-
      gui-cdn-usage@7.0.4- gui-certificates gui-custom-language gui-date-format gui-date-time-source@6.2.0-
      gui-device-latitude gui-device-longitude gui-display-hostname gui-firmware-upgrade-warning@6.4.0-
      gui-forticare-registration-setup-warning@6.4.4- gui-fortigate-cloud-sandbox@7.0.0-
      gui-fortiguard-resource-fetch@7.0.6-7.0.12 gui-fortisandbox-cloud@6.2.0-6.4.4 gui-ipv6
      gui-lines-per-page@6.0.0-6.4.1 gui-local-out@7.0.0- gui-replacement-message-groups@7.0.0-
      gui-rest-api-cache@7.0.0- gui-theme gui-wireless-opensecurity gui-workflow-management@7.2.0-
      ha-affinity@7.0.1- honor-df httpd-max-worker-count@7.6.0- igmp-state-limit interface-subnet-usage@7.2.4-
      internet-service-database@7.0.4- internet-service-download-list@7.4.0- interval ip-conflict-detection@7.6.0-
      ip-fragment-mem-thresholds@7.0.8- ip-fragment-timeout@7.6.0- ip-src-port-range ips-affinity ipsec-asic-offload
      ipsec-ha-seqjump-rate@7.0.0- ipsec-hmac-offload ipsec-qat-offload ipsec-round-robin@7.4.0-7.6.0
      ipsec-soft-dec-async@6.0.0-7.4.1 ipv6-accept-dad ipv6-allow-anycast-probe
      ipv6-allow-local-in-silent-drop@7.4.4- ipv6-allow-local-in-slient-drop@7.0.6-7.4.3
      ipv6-allow-multicast-probe@7.0.6- ipv6-allow-traffic-redirect@7.0.0- ipv6-fragment-timeout@7.6.0-
      irq-time-accounting@6.4.0- language lldp-reception@6.2.0- lldp-transmission log-single-cpu-high@7.2.4-
      log-ssl-connection log-uuid@6.0.0-6.0.11 log-uuid-address@6.2.0- log-uuid-policy@6.2.0-6.4.1 login-timestamp
      long-vdom-name management-ip@7.0.0- management-port@7.0.0- management-port-use-admin-sport@7.0.1-
      management-vdom max-dlpstat-memory@6.0.0-6.2.7 max-route-cache-size mc-ttl-notchange@6.0.0-6.0.11
      memory-use-threshold-extreme memory-use-threshold-green memory-use-threshold-red miglog-affinity
      miglogd-children multi-factor-authentication multicast-forward@6.0.0-6.0.11 ndp-max-entry
      npu-neighbor-update@7.4.4- per-user-bal@7.0.0- per-user-bwl@6.0.0-6.4.4 pmtu-discovery@7.0.1-
      policy-auth-concurrent private-data-encryption proxy-auth-lifetime proxy-auth-lifetime-timeout
      proxy-auth-timeout proxy-cert-use-mgmt-vdom@7.0.4- proxy-cipher-hardware-acceleration@6.0.0-6.2.7
      proxy-hardware-acceleration@6.4.0- proxy-keep-alive-mode@7.2.4- proxy-kxp-hardware-acceleration@6.0.0-6.2.7
      proxy-re-authentication-mode@6.0.0-7.2.2 proxy-re-authentication-time@7.2.4- proxy-resource-mode@7.0.0-
      proxy-worker-count purdue-level@7.4.2- quic-ack-thresold@7.4.1- quic-congestion-control-algo@7.4.1-
      quic-max-datagram-size@7.4.1- quic-pmtud@7.4.1- quic-tls-handshake-timeout@7.4.1-
      quic-udp-payload-size-shaping-per-cid@7.4.1- radius-port reboot-upon-config-restore refresh
      reset-sessionless-tcp rest-api-key-url-query@7.6.1- restart-time revision-backup-on-logout
      revision-image-auto-backup scanunit-count scim-http-port@7.6.0- scim-https-port@7.6.0- scim-server-cert@7.6.0-
      security-rating-result-submission@6.0.0-7.4.3 security-rating-run-on-schedule@6.0.0-7.6.0 send-pmtu-icmp
      sflowd-max-children-num@7.2.4- single-vdom-npuvlink@7.6.1- snat-route-change special-file-23-support
      speedtest-server@7.0.1- speedtestd-ctrl-port@7.4.2- speedtestd-server-port@7.4.2- split-port ssd-trim-date
      ssd-trim-freq ssd-trim-hour ssd-trim-min ssd-trim-weekday ssh-cbc-cipher@6.0.0-7.0.1 ssh-enc-algo@7.0.2-7.4.3
      ssh-hmac-md5@6.0.0-7.0.1 ssh-hostkey@7.4.2-7.4.3 ssh-hostkey-algo@7.4.0-7.4.3 ssh-hostkey-override@7.4.2-7.4.3
      ssh-hostkey-password@7.4.2-7.4.3 ssh-kex-algo@7.0.2-7.4.3 ssh-kex-sha1@6.0.0-7.0.1 ssh-mac-algo@7.0.2-7.4.3
      ssh-mac-weak@6.2.0-7.0.1 ssl-min-proto-version ssl-static-key-ciphers
      sslvpn-cipher-hardware-acceleration@6.0.0-7.2.2 sslvpn-ems-sn-check@6.4.0-7.2.4
      sslvpn-kxp-hardware-acceleration@6.0.0-7.2.2 sslvpn-max-worker-count sslvpn-plugin-version-check@6.0.0-7.2.2
      sslvpn-web-mode@7.4.1- strict-dirty-session-check strong-crypto switch-controller
      switch-controller-reserved-network sys-perf-log-interval syslog-affinity@7.2.4- tcp-halfclose-timer
      tcp-halfopen-timer tcp-option tcp-rst-timer@7.0.0- tcp-timewait-timer tftp timezone
      tp-mc-skip-policy@6.0.0-6.0.11 traffic-priority traffic-priority-level udp-idle-timer upgrade-report@7.6.1-
      url-filter-affinity@6.2.0- url-filter-count@6.2.0- user-device-store-max-devices@6.4.4-
      user-device-store-max-unified-mem@7.0.2- user-device-store-max-users@6.4.4-
      user-history-password-threshold@7.6.0- user-server-cert@6.0.0-7.2.0 vdom-admin@6.0.0-6.2.3 vdom-mode@6.2.0-
      vip-arp-range virtual-server-count@6.0.0-6.2.3 virtual-server-hardware-acceleration@6.0.0-6.2.3
      virtual-switch-vlan@7.4.2-7.4.2 vpn-ems-sn-check@7.4.0- wad-affinity wad-csvc-cs-count wad-csvc-db-count
      wad-memory-change-granularity@6.2.0- wad-restart-end-time@7.2.4- wad-restart-mode@7.2.4-
      wad-restart-start-time@7.2.4- wad-source-affinity wad-worker-count wifi-ca-certificate wifi-certificate
      wimax-4g-usb wireless-controller wireless-controller-port
    `),
  ],
  [inner('split-port-mode')],
);
