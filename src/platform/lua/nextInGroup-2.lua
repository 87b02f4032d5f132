-- KEYS group waiting, group active · ARGV jobs, how many → the next ids; none while a job of the group is active
local active = redis.call('GET', KEYS[2])
if active and redis.call('EXISTS', ARGV[1] .. active .. ':lock') == 1 then return {} end
return redis.call('ZRANGE', KEYS[1], 0, ARGV[2] - 1)
