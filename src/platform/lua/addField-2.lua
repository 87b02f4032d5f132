-- KEYS table, record · ARGV field, text, keep ms; text and keep ms of the record if there is one → number of fields
if ARGV[4] and redis.call('HSETNX', KEYS[2], 'version', 1) == 1 then
  redis.call('HSET', KEYS[2], 'text', ARGV[4])
  redis.call('PEXPIRE', KEYS[2], ARGV[5])
end
redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return redis.call('HLEN', KEYS[1])
