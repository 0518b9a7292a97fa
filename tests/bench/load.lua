-- Sends the targets of a file in turn; {n} in one is replaced by a number that never comes twice.
-- With BODY, the name of a file with a query, that is posted to them.
local targets, n = {}, 0
for line in io.lines(os.getenv("TARGETS")) do targets[#targets + 1] = line end
local first = tonumber(os.getenv("FIRST"))
local headers, method, body = { ["Accept"] = os.getenv("ACCEPT") }, "GET", nil
if os.getenv("BODY") then
  method, body = "POST", io.open(os.getenv("BODY")):read("*a")
  headers["Content-Type"] = "application/sparql-query"
end

function request()
  n = n + 1
  local target = targets[(n - 1) % #targets + 1]:gsub("{n}", tostring(first + n))
  return wrk.format(method, target, headers, body)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("FOUND %d %d %d %d\n", summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
