-- KEYS record · ARGV text, version that was read, keep ms → 1 if nobody wrote since
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or '0')
if version ~= tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], 'text', ARGV[1], 'version', version + 1)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
