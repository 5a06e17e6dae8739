package dev.latchkey.introspection;

import java.net.InetAddress;

import dev.latchkey.endpoint.FormEndpointFilter;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.OAuthForm;
import dev.latchkey.endpoint.OAuthResponses;
import dev.latchkey.introspection.Requesters.Requester;
import dev.latchkey.limit.TokenLimitedException;
import dev.latchkey.net.Arrival;
import dev.latchkey.net.IpAddress;
import dev.latchkey.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Tells resource servers whether a token is good (RFC 7662). Whoever sends
 * {@code Cache-Control: no-cache} wants to hear what the database says now.
 */
class IntrospectionFilter extends FormEndpointFilter {

	private final Requesters requesters;

	private final Introspection introspection;

	IntrospectionFilter(OAuthResponses responses, ProblemWriter problems, Requesters requesters,
			Introspection introspection) {
		super(responses, problems);
		this.requesters = requesters;
		this.introspection = introspection;
	}

	@Override
	protected Object answer(OAuthForm form, HttpServletResponse response) {
		Requester requester = this.requesters.of(form, response);
		String token = form.require("token");
		InetAddress address = address(form);
		try {
			return CacheControl.isNoCache(form.request().getHeaders(HttpHeaders.CACHE_CONTROL))
					? this.introspection.asked(token, address, this.requesters.proveAnew(form, requester))
					: this.introspection.of(token, address, requester);
		}
		catch (TokenLimitedException ex) {
			ex.writeTo(response);
			throw OAuthException.tooMany(ex);
		}
	}

	/**
	 * A token that is bound to addresses is good only from there. The resource server
	 * says from where it was presented (RFC 7662 section 2.1); if it does not, its own
	 * address counts.
	 */
	private static @Nullable InetAddress address(OAuthForm form) {
		String given = form.find("client_ip");
		return (given != null)
				? IpAddress.parse(given)
					.orElseThrow(() -> OAuthException.invalidRequest("The parameter client_ip is no address."))
				: Arrival.address(form.request());
	}

}
