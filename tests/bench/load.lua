-- Sends the targets of a file in turn; {n} in one is replaced by a number that never comes twice.
local targets, n = {}, 0
for line in io.lines(os.getenv("TARGETS")) do targets[#targets + 1] = line end
local first = tonumber(os.getenv("FIRST"))
local headers = { ["Accept"] = os.getenv("ACCEPT") }

function request()
  n = n + 1
  local target = targets[(n - 1) % #targets + 1]:gsub("{n}", tostring(first + n))
  return wrk.format("GET", target, headers)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("FOUND %d %d %d %d\n", summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
