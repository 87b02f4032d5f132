-- KEYS line, holder, parked · ARGV jobs, id, rank, ttl → 1 if the job may run now, else 0
local jobs, id, rank, ttl = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
redis.call('ZADD', KEYS[1], 'NX', rank, id)
redis.call('PEXPIRE', KEYS[1], ttl)
local holder = redis.call('GET', KEYS[2])
local ours = not holder or holder == id or redis.call('EXISTS', jobs .. holder .. ':lock') == 0
while ours do
  local head = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
  if head == id then break end
  if redis.call('EXISTS', jobs .. head) == 1 and redis.call('HEXISTS', jobs .. head, 'finishedOn') == 0 then
    ours = false
  else
    redis.call('ZREM', KEYS[1], head)
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
