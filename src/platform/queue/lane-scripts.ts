/**
 * What must happen at once in Redis, as Lua. Jobs are BullMQ's: `<jobs><id>` is a job's hash, with `finishedOn` once it
 * ended, and `<jobs><id>:lock` exists while a worker is alive and works on it. A lane therefore needs no lease of its
 * own: it is taken as long as the lock of its holder exists.
 */

/**
 * KEYS job, line, ask, wait, holder · ARGV jobs, id, seq, stamp, hasLane, hasJoinKey, isDelayed, ttl, rank
 * → `duplicate` | `joined`, leader | `queued`, number ahead
 */
export const ACCEPT = `
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
`;

/** KEYS line, holder, parked · ARGV jobs, id, rank, ttl → 1 if the job may run now, else 0 */
export const ACQUIRE_LANE = `
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
`;

/** KEYS line, holder · ARGV jobs, how many → the next ids, empty while the lane is taken */
export const NEXT_IN_LANE = `
local holder = redis.call('GET', KEYS[2])
if holder and redis.call('EXISTS', ARGV[1] .. holder .. ':lock') == 1 then return {} end
return redis.call('ZRANGE', KEYS[1], 0, ARGV[2] - 1)
`;

/** KEYS answer, seq · ARGV leader, result, ttl */
export const STORE_RESULT = `
redis.call('HSET', KEYS[1], 'leader', ARGV[1], 'result', ARGV[2], 'seq', redis.call('GET', KEYS[2]) or '0')
redis.call('PEXPIRE', KEYS[1], ARGV[3])
`;

/** KEYS job, cancelled · ARGV reason, ttl → 1 if the job had not ended */
export const CANCEL = `
if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('HEXISTS', KEYS[1], 'finishedOn') == 1 then return 0 end
redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2])
return 1
`;

/**
 * KEYS attempts · ARGV ttl → calls of the handler, this one included; earlier calls that no process ended, which are
 * stored as `deaths`
 */
export const COUNT_START = `
local attempt = redis.call('HINCRBY', KEYS[1], 'started', 1)
if redis.call('HEXISTS', KEYS[1], 'running') == 1 then redis.call('HINCRBY', KEYS[1], 'deaths', 1) end
redis.call('HSET', KEYS[1], 'running', attempt)
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return { attempt, tonumber(redis.call('HGET', KEYS[1], 'deaths') or '0') }
`;

/** KEYS attempts · ARGV attempt: it ended, and its process lives. Another process may have begun the next one meanwhile. */
export const COUNT_END = `
if redis.call('HGET', KEYS[1], 'running') == ARGV[1] then redis.call('HDEL', KEYS[1], 'running') end
return 1
`;

/**
 * KEYS job, line, wait, holder · ARGV jobs, id, hasLane → number ahead, -1 if it is not waiting. The next job to be
 * taken is at the end of the waiting list.
 */
export const POSITION = `
local jobs, id = ARGV[1], ARGV[2]
if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('HEXISTS', KEYS[1], 'finishedOn') == 1 then return -1 end
local holder = redis.call('GET', KEYS[4])
if holder == id and redis.call('EXISTS', jobs .. id .. ':lock') == 1 then return -1 end
local rank = ARGV[3] == '1' and redis.call('ZRANK', KEYS[2], id)
if rank then
  if holder and holder ~= id and redis.call('EXISTS', jobs .. holder .. ':lock') == 1 then rank = rank + 1 end
  if rank > 0 then return rank end
elseif redis.call('EXISTS', jobs .. id .. ':lock') == 1 then
  return -1
end
local at = redis.call('LPOS', KEYS[3], id, 'RANK', -1)
return at and redis.call('LLEN', KEYS[3]) - 1 - at or 0
`;
