-- KEYS attempts · ARGV ttl → calls of the handler, this one included; earlier calls that no process ended
local attempt = redis.call('HINCRBY', KEYS[1], 'started', 1)
if redis.call('HEXISTS', KEYS[1], 'running') == 1 then redis.call('HINCRBY', KEYS[1], 'crashes', 1) end
redis.call('HSET', KEYS[1], 'running', attempt)
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return { attempt, tonumber(redis.call('HGET', KEYS[1], 'crashes') or '0') }
