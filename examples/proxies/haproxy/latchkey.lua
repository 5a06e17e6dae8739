-- Asks Latchkey whether a request may pass. What it asks for is the action's argument, as it stands in the query:
--
--   http-request lua.latchkey scope=orders:read&resource=parcels

local latchkey = "http://127.0.0.1:8080/forward-auth?"
local patience = 5000

-- What the service is told, and what the client is when it may not pass.
local identity = { "x-auth-user-id", "x-auth-user", "x-auth-scopes", "x-auth-token-id" }
local refusal = { "www-authenticate", "retry-after", "ratelimit", "ratelimit-policy", "content-type", "cache-control" }

local reasons = { [401] = "Unauthorized", [403] = "Forbidden", [429] = "Too Many Requests" }

-- HAProxy counts the lines of a header from 0.
local function lines(headers, name)
	local found = {}
	for i, value in pairs(headers[name] or {}) do
		found[i + 1] = value
	end
	return found
end

local function refuse(txn, status, answer)
	local reply = txn:reply{ status = status, reason = reasons[status] or "Service Unavailable" }
	for _, name in ipairs(refusal) do
		for _, value in ipairs(lines(answer and answer.headers or {}, name)) do
			reply:add_header(name, value)
		end
	end
	reply:set_body(answer and answer.body or "")
	txn:done(reply)
end

core.register_action("latchkey", { "http-req" }, function(txn, asked)
	-- All lines of the header, so that two are refused as ever.
	local headers = { ["x-forwarded-for"] = { tostring(txn.f:src()) } }
	local presented = lines(txn.http:req_get_headers(), "authorization")
	if #presented > 0 then
		headers["authorization"] = presented
	end
	local answer = core.httpclient():get{ url = latchkey .. asked, headers = headers, timeout = patience }
	local status = answer and answer.status or 0
	if status >= 200 and status < 300 then
		for _, name in ipairs(identity) do
			local value = lines(answer.headers, name)[1]
			if value then
				txn.http:req_set_header(name, value)
			end
		end
	elseif reasons[status] then
		refuse(txn, status, answer)
	else
		-- What cannot be decided is 503.
		refuse(txn, 503, status == 503 and answer or nil)
	end
end, 1)
