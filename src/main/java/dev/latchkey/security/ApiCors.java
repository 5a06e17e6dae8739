package dev.latchkey.security;

import java.time.Duration;
import java.util.List;

import dev.latchkey.net.RequestId;
import dev.latchkey.net.ResourceMetadata;
import dev.latchkey.verification.TokenExpiryHeader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.CorsUtils;

/**
 * Admits the origins that the settings name to the API and to what an application in a
 * browser needs to get its tokens, without cookies, and refuses all others.
 */
@Component
class ApiCors implements CorsConfigurationSource {

	/** Called by programs alone, so that no other origin has any business here. */
	private static final List<String> CLOSED = List.of("/security/", "/secret-scanning/", "/admin/my-account",
			"/user/my-account");

	private static final String METADATA = "/.well-known/oauth-authorization-server";

	private static final List<String> OAUTH = List.of("/oauth2/token", "/oauth2/revoke", "/oauth2/jwks", METADATA,
			ResourceMetadata.PATH);

	private static final List<String> EXPOSED = List.of(HttpHeaders.LOCATION, HttpHeaders.WWW_AUTHENTICATE,
			HttpHeaders.RETRY_AFTER, HttpHeaders.ALLOW, "RateLimit", "RateLimit-Policy", TokenExpiryHeader.NAME,
			RequestId.HEADER);

	private final Admission api;

	private final Admission oauth;

	private final CorsConfiguration nobody = new CorsConfiguration();

	ApiCors(SecurityProperties security, CorsProperties cors) {
		this.api = Admission.of(admitting(cors, security.header()),
				List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
		this.oauth = Admission.of(admitting(cors, HttpHeaders.AUTHORIZATION), List.of("GET", "HEAD", "POST"));
	}

	private static CorsConfiguration admitting(CorsProperties cors, String header) {
		CorsConfiguration configuration = new CorsConfiguration();
		configuration.setAllowedOrigins(cors.allowedOrigins());
		configuration.setAllowedHeaders(List.of(header, HttpHeaders.CONTENT_TYPE, HttpHeaders.ACCEPT));
		configuration.setExposedHeaders(EXPOSED);
		configuration.setAllowCredentials(false);
		configuration.setMaxAge(Duration.ofMinutes(10));
		return configuration;
	}

	/**
	 * Returns who is admitted, or null for a path that browsers come to by themselves. A
	 * path that is not written plainly counts as the one that it leads to, so that its
	 * refusal can be read.
	 */
	@Override
	public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
		return of(request.getServletPath(), request);
	}

	/**
	 * Says of what the container refuses, before it has found where the path leads, that
	 * an origin may read it.
	 */
	void admitToRefusal(String path, HttpServletRequest request, HttpServletResponse response) {
		CorsConfiguration configuration = of(path, request);
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		if (configuration != null && configuration.checkOrigin(origin) != null) {
			response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
			response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
			response.setHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, String.join(", ", EXPOSED));
		}
	}

	private @Nullable CorsConfiguration of(String path, HttpServletRequest request) {
		if (path.equals("/api") || path.startsWith("/api/")) {
			return this.api.to(request);
		}
		if (OAUTH.contains(path) || path.startsWith(METADATA + "/") || path.startsWith(ResourceMetadata.PATH + "/")) {
			return this.oauth.to(request);
		}
		return CLOSED.stream().anyMatch(path::startsWith) ? this.nobody : null;
	}

	/**
	 * Returns whether answers differ by the origin that asks.
	 */
	boolean admitsAny() {
		return !List.of().equals(this.api.request().getAllowedOrigins());
	}

	/**
	 * What is admitted of one kind of path.
	 *
	 * @param preflight what a browser may ask leave for
	 * @param request the request itself, whose method the route may refuse so that it can
	 * be read
	 */
	private record Admission(CorsConfiguration preflight, CorsConfiguration request) {

		static Admission of(CorsConfiguration common, List<String> methods) {
			CorsConfiguration preflight = new CorsConfiguration(common);
			preflight.setAllowedMethods(methods);
			CorsConfiguration request = new CorsConfiguration(common);
			request.setAllowedMethods(List.of(CorsConfiguration.ALL));
			return new Admission(preflight, request);
		}

		CorsConfiguration to(HttpServletRequest asking) {
			return CorsUtils.isPreFlightRequest(asking) ? this.preflight : this.request;
		}

	}

}
