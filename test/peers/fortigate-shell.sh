#!/bin/bash
# A login shell that speaks like a FortiGate without VDOMs, for an SSH server that is none of ours. The terminal is set
# raw, so that every byte is written here: echo with CR CR LF, an empty line before each prompt.
stty raw -echo
host=${FORTIGATE_HOST:-fgt-on-sshd}
print() { printf '%s\r\n' "$@"; }
printf '%s # ' "$host"
while IFS= read -r line; do
  printf '%s\r\r\n' "$line"
  case $line in
    'get system status')
      print 'Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)' 'Serial-Number: FGT60FTK00000000' \
        "Hostname: $host" 'Operation Mode: NAT' 'Current virtual domain: root' \
        'Virtual domain configuration: disable' 'Current HA mode: standalone'
      ;;
    'show system dns')
      print 'config system dns' '    set primary 192.0.2.53' '    set secondary 198.51.100.53' 'end'
      ;;
    'show firewall vip')
      print 'config firewall vip'
      for i in {1..3000}; do
        print "    edit \"vip-$i\"" '        set comment "a line of a long answer, with hashes # and dollars $ in it"' \
          '    next'
      done
      print 'end'
      ;;
    exit) exit 0 ;;
    *) print '' 'Unknown action 0' 'Command fail. Return code -1' ;;
  esac
  printf '\r\n%s # ' "$host"
done
