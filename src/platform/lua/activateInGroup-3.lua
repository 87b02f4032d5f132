-- KEYS group waiting, group active, paused · ARGV jobs, id, priority, ttl → 1 if the job may run, else 0
local jobs, id, priority, ttl = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
redis.call('ZADD', KEYS[1], 'NX', priority, id)
redis.call('PEXPIRE', KEYS[1], ttl)
local active = redis.call('GET', KEYS[2])
local ours = not active or active == id or redis.call('EXISTS', jobs .. active .. ':lock') == 0
while ours do
  local first = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
  if first == id then break end
  if redis.call('EXISTS', jobs .. first) == 1 and redis.call('HEXISTS', jobs .. first, 'finishedOn') == 0 then
    ours = false
  else
    redis.call('ZREM', KEYS[1], first)
  end
end
if not ours then
  redis.call('SADD', KEYS[3], id)
  return 0
end
redis.call('SET', KEYS[2], id, 'PX', ttl)
redis.call('ZREM', KEYS[1], id)
redis.call('SREM', KEYS[3], id)
return 1
