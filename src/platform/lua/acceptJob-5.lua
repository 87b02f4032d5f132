-- KEYS job, group waiting, group active, dedup, waiting · ARGV jobs, id, sequence as stored, has group, has dedup id,
-- is delayed, ttl, priority → `duplicate` | `joined`, leader | `queued`, number ahead
local jobs, id, sequence, ttl, priority = ARGV[1], ARGV[2], ARGV[3], ARGV[7], ARGV[8]
local function alive(job)
  return redis.call('EXISTS', jobs .. job) == 1 and redis.call('HEXISTS', jobs .. job, 'finishedOn') == 0
end
local data = redis.call('HGET', KEYS[1], 'data')
if data and string.sub(data, 1, #sequence) ~= sequence then return {'duplicate'} end
if ARGV[4] == '0' then return {'queued', math.max(0, redis.call('LLEN', KEYS[5]) - 1)} end
if not alive(id) then return {'queued', 0} end
local ahead = redis.call('ZRANK', KEYS[2], id) or redis.call('ZCOUNT', KEYS[2], '-inf', '(' .. priority)
local active = redis.call('GET', KEYS[3])
if active and active ~= id and redis.call('EXISTS', jobs .. active .. ':lock') == 1 then ahead = ahead + 1 end
if ARGV[6] == '0' then
  redis.call('ZADD', KEYS[2], 'NX', priority, id)
  redis.call('PEXPIRE', KEYS[2], ttl)
end
if ARGV[5] == '1' then
  local leader = redis.call('GET', KEYS[4])
  if leader and leader ~= id and alive(leader) then return {'joined', leader} end
  redis.call('SET', KEYS[4], id, 'PX', ttl)
end
return {'queued', ahead}
