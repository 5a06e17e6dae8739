package dev.latchkey.security;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How browsers may come here.
 *
 * @param cors which other origins may call the API
 */
@ConfigurationProperties("latchkey.web")
record WebProperties(@DefaultValue Cors cors) {

	/**
	 * Which other origins may call the API, always without cookies.
	 *
	 * @param allowedOrigins origins such as {@code https://app.example}
	 */
	record Cors(@DefaultValue List<String> allowedOrigins) {

	}

}
