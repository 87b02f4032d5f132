-- KEYS job, group waiting, group active, waiting · ARGV jobs, id, has group → number ahead, -1 if it is not waiting.
-- BullMQ takes the next job from the end of its list `wait`.
local jobs, id = ARGV[1], ARGV[2]
if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('HEXISTS', KEYS[1], 'finishedOn') == 1 then return -1 end
local active = redis.call('GET', KEYS[3])
if active == id and redis.call('EXISTS', jobs .. id .. ':lock') == 1 then return -1 end
local ahead = ARGV[3] == '1' and redis.call('ZRANK', KEYS[2], id)
if ahead then
  if active and active ~= id and redis.call('EXISTS', jobs .. active .. ':lock') == 1 then ahead = ahead + 1 end
  if ahead > 0 then return ahead end
elseif redis.call('EXISTS', jobs .. id .. ':lock') == 1 then
  return -1
end
local at = redis.call('LPOS', KEYS[4], id, 'RANK', -1)
return at and redis.call('LLEN', KEYS[4]) - 1 - at or 0
