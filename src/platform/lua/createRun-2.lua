-- KEYS run, unanswered · ARGV until, id, accepted at, keep, field, text, … → 1 if it was new
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 5))
redis.call('PEXPIREAT', KEYS[1], ARGV[1])
if redis.call('HEXISTS', KEYS[1], 'answeredAt') == 0 then
  redis.call('ZADD', KEYS[2], ARGV[3], ARGV[2])
  redis.call('PEXPIRE', KEYS[2], ARGV[4])
end
return 1
