package dev.latchkey.security;

import java.time.Duration;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/**
 * Admits the origins that the settings name to the API, without cookies, and refuses all
 * others.
 */
@Component
class ApiCors implements CorsConfigurationSource {

	private final CorsConfiguration configuration;

	private final CorsConfiguration nobody = new CorsConfiguration();

	ApiCors(SecurityProperties security, WebProperties web) {
		this.configuration = new CorsConfiguration();
		this.configuration.setAllowedOrigins(web.cors().allowedOrigins());
		this.configuration.setAllowedMethods(List.of("GET", "HEAD", "POST", "PATCH", "DELETE"));
		this.configuration.setAllowedHeaders(List.of(security.header(), "Content-Type", "Accept"));
		this.configuration
			.setExposedHeaders(List.of("Location", "WWW-Authenticate", "Retry-After", "RateLimit", "RateLimit-Policy"));
		this.configuration.setAllowCredentials(false);
		this.configuration.setMaxAge(Duration.ofMinutes(10));
	}

	@Override
	public CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
		return request.getServletPath().startsWith("/api/") ? this.configuration : this.nobody;
	}

}
