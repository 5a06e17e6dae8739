-- wrk -s requests.lua URL -- FILE ORDER
--
-- FILE has one request a line, fields separated by a tab: the token, then (optional) the path, then (optional) a form or
-- JSON body, which makes the request a POST. ORDER is "turn" (one after the other) or "draw" (uniformly at random).
-- Requests are formatted before the clock starts, so that the load generator costs the same for every server.

local requests = {}
local count = 0
local position = 0
local order = "turn"

function init(args)
	order = args[2] or "turn"
	for line in io.lines(args[1]) do
		local token, path, body = line:match("^([^\t]*)\t?([^\t]*)\t?(.*)$")
		local headers = {}
		if token ~= "" then
			headers["Authorization"] = "Bearer " .. token
		end
		if body ~= "" then
			headers["Content-Type"] = body:sub(1, 1) == "{" and "application/json" or "application/x-www-form-urlencoded"
		end
		count = count + 1
		requests[count] = wrk.format(body ~= "" and "POST" or "GET", path ~= "" and path or nil, headers, body ~= "" and body or nil)
	end
	-- Each thread starts elsewhere, so that two threads do not walk in step.
	math.randomseed(tonumber(tostring(requests):match("0x(%x+)"), 16) % 2147483647)
	position = math.random(count)
end

function request()
	if order == "draw" then
		return requests[math.random(count)]
	end
	position = position % count + 1
	return requests[position]
end

function done(summary, latency)
	local errors = summary.errors
	io.write(string.format("LEG requests=%d micros=%d p50=%d p99=%d max=%d refused=%d failed=%d\n", summary.requests, summary.duration,
		latency:percentile(50), latency:percentile(99), latency.max, errors.status,
		errors.connect + errors.read + errors.write + errors.timeout))
end
