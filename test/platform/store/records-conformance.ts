import { describe, expect, it } from 'vitest';
import type { Records } from '../../../src/platform/store/records.ts';

const LONG = 60_000;
const SHORT = 40;

/** `open` is another process over the same place, which is empty at first. */
export function describeRecords(name: string, newPlace: () => { open(): Records }): void {
  describe(`${name}: records`, () => {
    it('gives back what was put, with its version', async () => {
      const place = newPlace();
      const records = place.open();
      expect(await records.get('a')).toBeUndefined();
      expect(await records.put('a', 'one ä "', 0, LONG)).toBe(true);
      expect(await place.open().get('a')).toEqual({ text: 'one ä "', version: 1 });
      expect(await records.put('a', 'two', 1, LONG)).toBe(true);
      expect(await records.get('a')).toEqual({ text: 'two', version: 2 });
    });

    it('tells who comes second to read again', async () => {
      const place = newPlace();
      const [first, second] = [place.open(), place.open()];
      const wrote = await Promise.all([first.put('a', '1', 0, LONG), second.put('a', '2', 0, LONG)]);
      expect(wrote.filter(Boolean)).toHaveLength(1);
      expect(await first.put('a', '3', 0, LONG)).toBe(false);
      expect(await second.put('a', '3', 2, LONG)).toBe(false);
      expect((await first.get('a'))?.version).toBe(1);
    });

    it('removes a record, which can be written again', async () => {
      const records = newPlace().open();
      await records.put('a', '1', 0, LONG);
      await records.remove('a');
      await records.remove('b');
      expect(await records.get('a')).toBeUndefined();
      expect(await records.put('a', '2', 0, LONG)).toBe(true);
    });

    it('lets one of many claim', async () => {
      const place = newPlace();
      const claims = await Promise.all(Array.from({ length: 10 }, () => place.open().claim('c', LONG)));
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await place.open().claim('d', LONG)).toBe(true);
    });

    it('forgets when its time is over', async () => {
      const records = newPlace().open();
      await records.put('a', '1', 0, SHORT);
      await records.claim('c', SHORT);
      await new Promise((resolve) => setTimeout(resolve, 3 * SHORT));
      expect(await records.get('a')).toBeUndefined();
      expect(await records.put('a', '2', 0, LONG)).toBe(true);
      expect(await records.claim('c', LONG)).toBe(true);
    });

    it('keeps the first text of each field, and counts the fields', async () => {
      const place = newPlace();
      await Promise.all(
        ['a', 'b', 'a'].map((field, index) => place.open().addField('t', field, `${index}`, LONG)),
      );
      const records = place.open();
      expect(new Set((await records.fields('t')).keys())).toEqual(new Set(['a', 'b']));
      const first = await records.field('t', 'a');
      expect(['0', '2']).toContain(first);
      expect(await records.addField('t', 'a', 'later', LONG)).toBe(2);
      expect(await records.countFields('t')).toBe(2);
      expect(await records.countFields('u')).toBe(0);
      expect(await records.field('t', 'a')).toBe(first);
      expect(await records.field('t', 'c')).toBeUndefined();
      expect(await records.fields('u')).toEqual(new Map());
      expect(await records.addField('u', 'a', '1', SHORT)).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 3 * SHORT));
      expect(await records.fields('u')).toEqual(new Map());
    });

    it('puts a record beside a field, unless it exists', async () => {
      const records = newPlace().open();
      const beside = { key: 'a', text: 'one', keepMs: LONG };
      expect(await records.addField('t', 'a', '1', LONG, beside)).toBe(1);
      expect(await records.get('a')).toEqual({ text: 'one', version: 1 });
      expect(await records.addField('t', 'b', '2', LONG, { ...beside, text: 'two' })).toBe(2);
      expect(await records.get('a')).toEqual({ text: 'one', version: 1 });
      expect(await records.put('a', 'three', 1, LONG)).toBe(true);
      await records.addField('t', 'c', '3', LONG, { key: 'b', text: 'short', keepMs: SHORT });
      expect(await records.get('b')).toEqual({ text: 'short', version: 1 });
      await new Promise((resolve) => setTimeout(resolve, 3 * SHORT));
      expect(await records.get('b')).toBeUndefined();
      expect((await records.fields('t')).size).toBe(3);
    });

    it('keeps members by time, each once', async () => {
      const place = newPlace();
      const records = place.open();
      const now = Date.now();
      await records.addMember('s', 'late', now, LONG);
      await records.addMember('s', 'early', now - 100, LONG);
      await records.addMember('s', 'late', now - 1, LONG);
      expect(await place.open().membersSince('s', 0)).toEqual(['early', 'late']);
      expect(await records.membersSince('s', now - 50)).toEqual(['late']);
      expect(await records.membersSince('t', 0)).toEqual([]);
      await records.removeMember('s', 'late');
      await records.removeMember('s', 'nobody');
      expect(await records.membersSince('s', 0)).toEqual(['early']);
    });

    it('drops members that are too old', async () => {
      const records = newPlace().open();
      await records.addMember('s', 'old', Date.now() - 1000, 500);
      await records.addMember('s', 'new', Date.now(), 500);
      expect(await records.membersSince('s', 0)).toEqual(['new']);
    });
  });
}
