-- KEYS shared result, sequence · ARGV leader, result, ttl
redis.call('HSET', KEYS[1], 'leader', ARGV[1], 'result', ARGV[2], 'sequence', redis.call('GET', KEYS[2]) or '0')
redis.call('PEXPIRE', KEYS[1], ARGV[3])
