-- KEYS run, state · ARGV owner, ms → `LeaseState`
if redis.call('EXISTS', KEYS[1]) == 0 then return 'gone' end
local owner = redis.call('GET', KEYS[2])
if owner and owner ~= ARGV[1] then return 'held' end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
if redis.call('HSETNX', KEYS[1], 'opening', '1') == 1 then return 'first' end
return 'again'
