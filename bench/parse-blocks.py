"""The least that any checker of backups does: reads the blocks that the causes need into dictionaries."""

import os
import re
import sys

WANTED = {
    "system global",
    "system interface",
    "system admin",
    "system dns",
    "system ftm-push",
    "vpn certificate local",
    "user fortitoken",
    "user local",
    "user group",
    "vpn ssl settings",
    "firewall vip",
    "firewall policy",
    "firewall local-in-policy",
    "router static",
}
SETTING = re.compile(r"\s*set (\S+) (.*)")


def parse(path):
    blocks = {}
    table = entry = None
    depth = 0
    with open(path, encoding="utf-8", errors="replace") as text:
        for line in text:
            word = line.strip()
            if word.startswith("config "):
                depth += 1
                if depth == 1:
                    name = word[7:]
                    table = blocks.setdefault(name, {}) if name in WANTED else None
                    entry = table
            elif word == "end":
                depth -= 1
                if depth == 0:
                    table = entry = None
            elif table is None or depth != 1:
                continue
            elif word.startswith("edit "):
                entry = table.setdefault(word[5:].strip('"'), {})
            elif word == "next":
                entry = table
            else:
                found = SETTING.match(line)
                if found:
                    entry[found[1]] = found[2].strip('"')
    return blocks


count = 0
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        if parse(os.path.join(folder, name)).get("system global", {}).get("admin-sport") == "4433":
            count += 1
print(count)
