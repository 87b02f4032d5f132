import type { Records, StoredRecord } from './records.ts';

/** `now`: milliseconds since the Unix epoch. */
export function createMemoryRecords(now: () => number = Date.now): Records {
  const records = new Map<string, StoredRecord & { readonly until: number }>();
  const claims = new Map<string, number>();
  const sets = new Map<string, Map<string, number>>();
  const tables = new Map<string, { readonly fields: Map<string, string>; readonly until: number }>();

  function read(key: string): StoredRecord | undefined {
    const record = records.get(key);
    if (record !== undefined && record.until <= now()) records.delete(key);
    return records.get(key);
  }

  function readTable(name: string): Map<string, string> {
    if ((tables.get(name)?.until ?? 0) <= now()) tables.delete(name);
    return tables.get(name)?.fields ?? new Map();
  }

  return {
    async get(key) {
      const record = read(key);
      return record && { text: record.text, version: record.version };
    },
    async put(key, text, version, keepMs) {
      if ((read(key)?.version ?? 0) !== version) return false;
      records.set(key, { text, version: version + 1, until: now() + keepMs });
      return true;
    },
    async remove(key) {
      records.delete(key);
    },
    async claim(key, keepMs) {
      if ((claims.get(key) ?? 0) > now()) return false;
      claims.set(key, now() + keepMs);
      return true;
    },
    async addMember(set, member, at, keepMs) {
      const members = sets.get(set) ?? new Map<string, number>();
      for (const [old, time] of members) if (time < now() - keepMs) members.delete(old);
      members.set(member, at);
      sets.set(set, members);
    },
    async removeMember(set, member) {
      sets.get(set)?.delete(member);
    },
    async membersSince(set, since) {
      return [...(sets.get(set) ?? [])]
        .filter(([, at]) => at >= since)
        .sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
        .map(([member]) => member);
    },
    async addField(table, field, text, keepMs, beside) {
      if (beside) await this.put(beside.key, beside.text, 0, beside.keepMs);
      const fields = readTable(table);
      if (!fields.has(field)) fields.set(field, text);
      tables.set(table, { fields, until: now() + keepMs });
      return fields.size;
    },
    fields: async (table) => new Map(readTable(table)),
    countFields: async (table) => readTable(table).size,
    field: async (table, field) => readTable(table).get(field),
  };
}
