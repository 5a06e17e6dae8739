package dev.latchkey.web;

import java.util.Optional;
import java.util.regex.Pattern;

import dev.latchkey.value.Texts;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the text in a JSON document that has half of a surrogate pair alone. In UTF-8
 * nobody can write one, so that only an escape can mean it.
 */
class JsonTexts {

	private static final Pattern ESCAPED_SURROGATE = Pattern.compile("\\\\u[dD][89a-fA-F]");

	private static final int MAX_SHOWN = 32;

	private final JsonMapper json;

	JsonTexts(JsonMapper json) {
		this.json = json;
	}

	/**
	 * Returns the path of the first such text, or empty if there is none. What is no JSON
	 * is left to whoever reads it.
	 */
	Optional<String> findBroken(String document) {
		if (!ESCAPED_SURROGATE.matcher(document).find()) {
			return Optional.empty();
		}
		try (JsonParser parser = this.json.createParser(document)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				boolean text = token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME;
				if (text && !Texts.isWellFormed(parser.getString())) {
					return Optional.of(Texts.shortened(path(parser.streamReadContext()), MAX_SHOWN));
				}
			}
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
		return Optional.empty();
	}

	/** Of a name that is broken itself, only where it stands. */
	private static String path(TokenStreamContext place) {
		StringBuilder path = new StringBuilder();
		for (TokenStreamContext step = place; step != null && !step.inRoot(); step = step.getParent()) {
			String name = step.currentName();
			if (step.inArray()) {
				path.insert(0, "[" + step.getCurrentIndex() + "]");
			}
			else if (name != null && Texts.isWellFormed(name)) {
				path.insert(0, (path.isEmpty() || path.charAt(0) == '[') ? name : name + ".");
			}
		}
		return path.toString();
	}

}
