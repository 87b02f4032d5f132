-- KEYS attempts · ARGV attempt: it ended, and its process lives. Another process may have begun the next one meanwhile.
if redis.call('HGET', KEYS[1], 'running') == ARGV[1] then redis.call('HDEL', KEYS[1], 'running') end
return 1
