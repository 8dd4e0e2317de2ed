-- For wrk: posts the bodies of a file (arguments: FILE [FIRST]), one line each, to the URL's path, and prints one line of JSON.
local requests, next_request = {}, 0

function init(arguments)
  local headers = {["Content-Type"] = "application/json"}
  for body in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format("POST", nil, headers, body)
  end
  next_request = tonumber(arguments[2] or 0)
end

function request()
  next_request = next_request + 1
  return requests[(next_request - 1) % #requests + 1]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "seconds": %.6f, "errors": %d, "p50_ms": %.3f, "p99_ms": %.3f}\n', summary.requests,
    summary.duration / 1e6, errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
