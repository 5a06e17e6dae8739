package dev.latchkey.web;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;

/**
 * JSON as the server reads and writes it, whatever the application does to its own.
 */
public final class EmbeddedJson {

	private EmbeddedJson() {
	}

	/**
	 * Makes what reads and writes it.
	 */
	public static JsonMapper mapper() {
		JsonMapper.Builder json = JsonMapper.builder()
			.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
			.addModule(new ChoicesModule())
			.addModule(new Rfc3339Module())
			.addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class);
		StrictJson.configure(json);
		return json.build();
	}

}
