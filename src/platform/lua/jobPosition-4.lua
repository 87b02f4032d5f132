-- KEYS job, line, wait, holder · ARGV jobs, id, hasLane → number ahead, -1 if it is not waiting. The next job to be
-- taken is at the end of the waiting list.
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
