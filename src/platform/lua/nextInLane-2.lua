-- KEYS line, holder · ARGV jobs, how many → the next ids, empty while the lane is taken
local holder = redis.call('GET', KEYS[2])
if holder and redis.call('EXISTS', ARGV[1] .. holder .. ':lock') == 1 then return {} end
return redis.call('ZRANGE', KEYS[1], 0, ARGV[2] - 1)
