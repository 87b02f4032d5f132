-- KEYS job, line, ask, wait, holder · ARGV jobs, id, seq, stamp, hasLane, hasJoinKey, isDelayed, ttl, rank
-- → `duplicate` | `joined`, leader | `queued`, number ahead
local jobs, id, stamp, ttl, rank = ARGV[1], ARGV[2], ARGV[4], ARGV[8], ARGV[9]
local function alive(job)
  return redis.call('EXISTS', jobs .. job) == 1 and redis.call('HEXISTS', jobs .. job, 'finishedOn') == 0
end
local data = redis.call('HGET', KEYS[1], 'data')
if data and string.sub(data, 1, #stamp) ~= stamp then return {'duplicate'} end
if ARGV[5] == '0' then return {'queued', math.max(0, redis.call('LLEN', KEYS[4]) - 1)} end
if not alive(id) then return {'queued', 0} end
local ahead = redis.call('ZRANK', KEYS[2], id) or redis.call('ZCOUNT', KEYS[2], '-inf', '(' .. rank)
local holder = redis.call('GET', KEYS[5])
if holder and holder ~= id and redis.call('EXISTS', jobs .. holder .. ':lock') == 1 then ahead = ahead + 1 end
if ARGV[7] == '0' then
  redis.call('ZADD', KEYS[2], 'NX', rank, id)
  redis.call('PEXPIRE', KEYS[2], ttl)
end
if ARGV[6] == '1' then
  local leader = redis.call('GET', KEYS[3])
  if leader and leader ~= id and alive(leader) then return {'joined', leader} end
  redis.call('SET', KEYS[3], id, 'PX', ttl)
end
return {'queued', ahead}
