package dev.latchkey.web;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.latchkey.value.Echo;
import dev.latchkey.value.MayBeToken;
import dev.latchkey.value.Texts;
import dev.latchkey.value.TokenForm;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the text in a JSON document that has half of a surrogate pair alone, or a token
 * where none may be. In UTF-8 nobody can write half a pair, so that only an escape can
 * mean it.
 */
class JsonTexts {

	private static final Pattern ESCAPED_SURROGATE = Pattern.compile("\\\\u[dD][89a-fA-F]");

	private static final Set<JsonToken> EVERYWHERE = Set.of(JsonToken.VALUE_STRING, JsonToken.PROPERTY_NAME);

	private static final Pattern LIST_OF_LISTS = Pattern.compile("[\\[,]\\s*+\\[");

	private static final int MAX_SHOWN = 32;

	/** Of a document in which there is a token. */
	private static final int SHORTEST = 50;

	private final JsonMapper json;

	JsonTexts(JsonMapper json) {
		this.json = json;
	}

	/**
	 * Returns the path of the first such text, or empty if there is none. What is no JSON
	 * is left to whoever reads it.
	 */
	Optional<String> findBroken(String document) {
		return ESCAPED_SURROGATE.matcher(document).find()
				? find(document, EVERYWHERE, (text) -> !Texts.isWellFormed(text), (field) -> true) : Optional.empty();
	}

	/**
	 * Returns the path of the first text in which a token stands, or empty if there is
	 * none. Names of fields, and what stands in a field that there is not, are left to
	 * who reads it, who says so.
	 * @param type the record that the document is read as; what it says may be a token is
	 * left out
	 */
	Optional<String> findToken(String document, Class<?> type) {
		if (document.length() < SHORTEST || (document.indexOf('_') < 0 && document.indexOf('\\') < 0)) {
			return Optional.empty();
		}
		return find(document, Set.of(JsonToken.VALUE_STRING), TokenForm::isIn, texts(type));
	}

	private Optional<String> find(String document, Set<JsonToken> where, Predicate<String> fault,
			Predicate<String> isLookedAt) {
		try (JsonParser parser = this.json.createParser(document)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				if (where.contains(token) && fault.test(parser.getString())) {
					TokenStreamContext place = parser.streamReadContext();
					if (isLookedAt.test(field(place))) {
						return Optional.of(Texts.shortened(path(place), MAX_SHOWN));
					}
				}
			}
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
		return Optional.empty();
	}

	/**
	 * Returns the path of the first list that is an entry of a list, or empty if there is
	 * none. No field is a list of lists, and the library loses its place in one.
	 */
	Optional<String> findListOfLists(String document) {
		if (!LIST_OF_LISTS.matcher(document).find()) {
			return Optional.empty();
		}
		try (JsonParser parser = this.json.createParser(document)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				TokenStreamContext around = parser.streamReadContext().getParent();
				if (token == JsonToken.START_ARRAY && around != null && around.inArray()) {
					return Optional.of(Texts.shortened(path(around), MAX_SHOWN));
				}
			}
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
		return Optional.empty();
	}

	/** What is no record has no fields that are known. */
	private static Predicate<String> texts(Class<?> type) {
		RecordComponent[] fields = type.getRecordComponents();
		if (fields == null) {
			return (field) -> true;
		}
		return Stream.of(fields)
			.filter((field) -> !mayBeToken(field.getGenericType()))
			.map(JsonChanges::nameInJson)
			.collect(Collectors.toUnmodifiableSet())::contains;
	}

	private static boolean mayBeToken(Type type) {
		if (type instanceof ParameterizedType several) {
			return Stream.of(several.getActualTypeArguments()).anyMatch(JsonTexts::mayBeToken);
		}
		return type instanceof Class<?> one && one.isAnnotationPresent(MayBeToken.class);
	}

	/**
	 * The document's own field in which a place is; nothing where the document has none.
	 */
	private static String field(TokenStreamContext place) {
		TokenStreamContext step = place;
		while (step.getParent() != null && !step.getParent().inRoot()) {
			step = step.getParent();
		}
		return Objects.requireNonNullElse(step.currentName(), "");
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
				String shown = Echo.of(name);
				path.insert(0, (path.isEmpty() || path.charAt(0) == '[') ? shown : shown + ".");
			}
		}
		return path.toString();
	}

}
