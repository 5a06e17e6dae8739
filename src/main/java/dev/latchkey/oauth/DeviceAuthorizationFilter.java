package dev.latchkey.oauth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientAuthenticator;
import dev.latchkey.client.GrantType;
import dev.latchkey.endpoint.FormEndpointFilter;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.OAuthForm;
import dev.latchkey.endpoint.OAuthResponses;
import dev.latchkey.grant.DeviceAuthorizations;
import dev.latchkey.grant.DeviceCodes;
import dev.latchkey.grant.ResourceTargets;
import dev.latchkey.limit.NetworkLimits;
import dev.latchkey.limit.NetworkLimits.Door;
import dev.latchkey.net.PublicNames;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.problem.TooManyException;
import dev.latchkey.scope.Scopes;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Gives devices their codes (RFC 8628 section 3.1). It looks at no cookie.
 */
class DeviceAuthorizationFilter extends FormEndpointFilter {

	/** Where people answer. */
	static final String PAGE = "/oauth2/device";

	private final ClientAuthenticator gate;

	private final DeviceAuthorizations devices;

	private final NetworkLimits limits;

	private final ResourceTargets targets;

	private final PublicNames names;

	DeviceAuthorizationFilter(OAuthResponses responses, ProblemWriter problems, ClientAuthenticator gate,
			DeviceAuthorizations devices, NetworkLimits limits, ResourceTargets targets, PublicNames names) {
		super(responses, problems);
		this.gate = gate;
		this.devices = devices;
		this.limits = limits;
		this.targets = targets;
		this.names = names;
	}

	/** It may stand there several times (RFC 8707 section 2). */
	private static List<String> resources(OAuthForm form) {
		String[] given = form.request().getParameterValues("resource");
		return (given != null) ? List.of(given) : List.of();
	}

	@Override
	protected Object answer(OAuthForm form, HttpServletResponse response) {
		Client client = this.gate.require(form.request(), this.gate.read(form));
		if (!client.may(GrantType.DEVICE_CODE)) {
			throw new OAuthException("unauthorized_client", "The client may not use this grant type.");
		}
		String scope = form.find("scope");
		try {
			this.limits.count(Door.DEVICE, client.clientId());
		}
		catch (TooManyException ex) {
			throw OAuthException.tooMany(ex);
		}
		DeviceCodes codes = this.devices.begin(client, (scope != null) ? Scopes.parse(scope) : null,
				this.targets.read(resources(form), this.names.issuer(form.request())));
		String page = this.names.askedOrigin(form.request()) + PAGE;
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("device_code", codes.deviceCode());
		body.put("user_code", codes.userCode());
		body.put("verification_uri", page);
		body.put("verification_uri_complete", page + "?user_code=" + codes.userCode());
		body.put("expires_in", codes.expiresIn());
		body.put("interval", codes.interval());
		return body;
	}

}
