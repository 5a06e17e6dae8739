package dev.latchkey.security;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How browsers may come here.
 *
 * @param cors which other origins may call the API
 * @param session how long people stay signed in
 */
@ConfigurationProperties("latchkey.web")
record WebProperties(@DefaultValue Cors cors, @DefaultValue Session session) {

	/**
	 * Which other origins may call the API, always without cookies.
	 *
	 * @param allowedOrigins origins such as {@code https://app.example}
	 */
	record Cors(@DefaultValue List<String> allowedOrigins) {

	}

	/**
	 * How long people stay signed in.
	 *
	 * @param idleTimeout how long a session lives without a request
	 * @param maxLifetime how long after the sign-in it ends, used or not
	 */
	record Session(@DefaultValue("30m") Duration idleTimeout, @DefaultValue("12h") Duration maxLifetime) {

	}

}
