import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseSentinelUrl,
  redisLocation,
  redisUrlProblem,
} from '../../../src/platform/config/redis-address.ts';

describe('the address of a primary behind Sentinels', () => {
  it.each([
    [
      'redis+sentinel://s1/main',
      { sentinels: [{ host: 's1', port: 26379 }], name: 'main', db: 0, tls: false },
    ],
    [
      'rediss+sentinel://ana:p%40%2Fss:w@s1:1,192.0.2.2:26380,[2001:db8::1]:3/my-main/4',
      {
        sentinels: [
          { host: 's1', port: 1 },
          { host: '192.0.2.2', port: 26380 },
          { host: '2001:db8::1', port: 3 },
        ],
        name: 'my-main',
        username: 'ana',
        password: 'p@/ss:w',
        db: 4,
        tls: true,
      },
    ],
    [
      'redis+sentinel://:pw@s1:26379/main',
      { sentinels: [{ host: 's1', port: 26379 }], name: 'main', password: 'pw', db: 0, tls: false },
    ],
  ])('%s', (url, expected) => {
    expect(parseSentinelUrl(url)).toEqual(expected);
    expect(redisUrlProblem(url)).toBeUndefined();
  });

  it.each([
    ['redis+sentinel://s1', 'lacks the name of the primary'],
    ['redis+sentinel://s1/', 'lacks the name of the primary'],
    ['redis+sentinel:///main', 'not host:port'],
    ['redis+sentinel://s1,,s2/main', 'not host:port'],
    ['redis+sentinel://s1:0/main', 'not host:port'],
    ['redis+sentinel://s1:70000/main', 'not host:port'],
    ['redis+sentinel://s1/main/x', 'a database number'],
    ['redis+sentinel://:hunter2%@s1/main', 'an invalid %'],
    ['redis+sentinel://:hunter2@x@s1/main', 'password'],
    ['redis+sentinel://:hunter2/x@s1/main', 'not host:port'],
    ['redis:/', 'redis://'],
    ['redis://', 'redis://'],
    ['http://192.0.2.1', 'redis://'],
  ])('%s is refused, and the password stays out of it', (url, reason) => {
    expect(redisUrlProblem(url)).toContain(reason);
    expect(redisUrlProblem(url)).not.toContain('hunter2');
  });

  it('is shown without its password', () => {
    expect(redisLocation('redis+sentinel://:hunter2@s1,s2:3/main')).toBe(
      'main of the Sentinels s1:26379, s2:3',
    );
    expect(redisLocation('redis://:hunter2@192.0.2.1:6379/0')).toBe('192.0.2.1:6379');
    expect(redisLocation('/run/redis.sock')).toBe('the given socket');
  });

  it('never throws, and never tells a password', () => {
    assert(
      property(string(), (text) => {
        const url = `redis+sentinel://:hunter2${text}@s1/main`;
        expect(redisUrlProblem(url) ?? '').not.toContain('hunter2');
        expect(redisLocation(url)).not.toContain('hunter2');
      }),
    );
  });
});
