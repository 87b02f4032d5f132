-- KEYS run, unanswered · ARGV id, field, text, … → 1 if the run still existed
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
if #ARGV > 1 then redis.call('HSET', KEYS[1], unpack(ARGV, 2)) end
if redis.call('HEXISTS', KEYS[1], 'answeredAt') == 1 then redis.call('ZREM', KEYS[2], ARGV[1]) end
return 1
