package dev.latchkey.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.latchkey.client.DocumentFetch.Fetched;
import dev.latchkey.scope.Scopes;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Names;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client says of itself (RFC 7591 section 2), as far as this server takes it. It
 * has no secret, and gets tokens by consent alone.
 *
 * @param name what it calls itself; the host of its document if that is no name
 * @param redirectUris where it may be sent back to
 * @param grantTypes a code, and a refresh token if it says so
 * @param scope the most that it asks for, or null if it does not say
 * @param life how long that is believed
 */
record ClientDocument(String name, List<String> redirectUris, Set<GrantType> grantTypes, @Nullable Scopes scope,
		Duration life) {

	private static final Duration USUAL = Duration.ofHours(1);

	private static final Duration SHORTEST = Duration.ofMinutes(5);

	private static final Duration LONGEST = Duration.ofDays(1);

	private static final int MAX_URIS = 50;

	private static final Pattern MAX_AGE = Pattern.compile("(?:^|[,\\s])max-age=\"?([0-9]{1,9})");

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/**
	 * Reads a document.
	 * @throws DocumentRefusedException if it is none, or none for this client
	 */
	static ClientDocument read(DocumentAddress address, Fetched fetched) {
		String type = fetched.type().toLowerCase(Locale.ROOT).replaceFirst(";.*", "").strip();
		if (!type.equals("application/json") && !(type.startsWith("application/") && type.endsWith("+json"))) {
			throw DocumentRefusedException.of("The client's document is not application/json.");
		}
		JsonNode document = parse(fetched.body());
		if (!address.text().equals(text(document, "client_id"))) {
			throw DocumentRefusedException.of("The client_id in the client's document is not its address.");
		}
		if (document.has("client_secret")) {
			throw DocumentRefusedException.of("The client's document has a secret, which everybody could read.");
		}
		String method = text(document, "token_endpoint_auth_method");
		if (method != null && !method.equals("none")) {
			throw DocumentRefusedException
				.of("The token_endpoint_auth_method of the client's document has to be none, or to be left out.");
		}
		List<String> grants = texts(document, "grant_types");
		List<String> responses = texts(document, "response_types");
		if ((!grants.isEmpty() && !grants.contains(GrantType.AUTHORIZATION_CODE.value()))
				|| (!responses.isEmpty() && !responses.contains("code"))) {
			throw DocumentRefusedException.of("The client's document asks for no authorization code.");
		}
		Set<GrantType> types = EnumSet.of(GrantType.AUTHORIZATION_CODE);
		if (grants.contains(GrantType.REFRESH_TOKEN.value())) {
			types.add(GrantType.REFRESH_TOKEN);
		}
		String scope = text(document, "scope");
		return new ClientDocument(name(document, address), redirectUris(document), types,
				(scope != null) ? Scopes.parse(scope) : null, life(fetched.caching()));
	}

	private static JsonNode parse(String body) {
		try {
			JsonNode document = JSON.readTree(body);
			if (document != null && document.isObject()) {
				return document;
			}
		}
		catch (JacksonException ex) {
			// Whatever is wrong with it: it is none.
		}
		throw DocumentRefusedException.of("The client's document is no JSON object.");
	}

	private static String name(JsonNode document, DocumentAddress address) {
		try {
			return Names.parse(text(document, "client_name"));
		}
		catch (InvalidValueException ex) {
			return (address.host().length() <= 100) ? address.host() : address.host().substring(0, 100);
		}
	}

	/** What is not acceptable here may be meant for other servers. */
	private static List<String> redirectUris(JsonNode document) {
		List<String> uris = texts(document, "redirect_uris").stream()
			.filter(RedirectUris::isAcceptable)
			.distinct()
			.limit(MAX_URIS)
			.toList();
		if (uris.isEmpty()) {
			throw DocumentRefusedException.of("The client's document has no acceptable redirect_uris.");
		}
		return uris;
	}

	private static @Nullable String text(JsonNode document, String name) {
		JsonNode value = document.get(name);
		return (value != null && value.isString()) ? value.stringValue() : null;
	}

	private static List<String> texts(JsonNode document, String name) {
		List<String> texts = new ArrayList<>();
		JsonNode values = document.get(name);
		if (values != null && values.isArray()) {
			values.forEach((value) -> {
				if (value.isString()) {
					texts.add(value.stringValue());
				}
			});
		}
		return texts;
	}

	private static Duration life(String caching) {
		String directives = caching.toLowerCase(Locale.ROOT);
		if (directives.contains("no-store") || directives.contains("no-cache")) {
			return SHORTEST;
		}
		Matcher age = MAX_AGE.matcher(directives);
		Duration said = age.find() ? Duration.ofSeconds(Long.parseLong(age.group(1))) : USUAL;
		Duration most = (said.compareTo(LONGEST) < 0) ? said : LONGEST;
		return (most.compareTo(SHORTEST) > 0) ? most : SHORTEST;
	}

}
