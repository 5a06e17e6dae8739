package dev.latchkey.leak;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.latchkey.caller.Actor;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.token.RawToken;
import dev.latchkey.token.TokenReader;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.value.Sha256;
import dev.latchkey.value.TokenForm;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Ends the tokens that were found, as a report by whoever holds a token does: with all
 * that were made with them, and with the clients.
 * <p>
 * Each token is ended by itself: what one meets does not undo another, and a report that
 * is sent again does the rest. What is no report of a token is passed over, so that it
 * does not keep the others alive.
 */
@Component
class LeakReports {

	private static final int LONGEST_TYPE = 100;

	private final JsonMapper json;

	private final TokenReader reader;

	private final TokenRevocation revocation;

	LeakReports(JsonMapper json, TokenReader reader, TokenRevocation revocation) {
		this.json = json;
		this.reader = reader;
		this.revocation = revocation;
	}

	/**
	 * Ends what is reported and says of each token whether there is such a one.
	 * @param by who reports it
	 * @throws ProblemException if the body is no list
	 */
	List<Feedback> take(Actor by, byte[] body) {
		Map<String, String> types = new LinkedHashMap<>();
		for (JsonNode entry : read(body)) {
			JsonNode token = entry.path("token");
			if (token.isString()) {
				types.putIfAbsent(token.asString(), typeOf(entry));
			}
		}
		List<Feedback> answers = new ArrayList<>();
		types.forEach((token, type) -> answers.add(new Feedback(HexFormat.of().formatHex(Sha256.of(token)), type,
				isOneOfOurs(by, token) ? "true_positive" : "false_positive")));
		return answers;
	}

	private JsonNode read(byte[] body) {
		try {
			JsonNode list = this.json.readTree(body);
			if (list.isArray()) {
				return list;
			}
		}
		catch (JacksonException ex) {
			// Said below, without a word of what may be a secret.
		}
		throw new ProblemException(ProblemCode.MALFORMED_REQUEST, "The body is no JSON list of what was found.");
	}

	private boolean isOneOfOurs(Actor by, String token) {
		Optional<RawToken> raw = this.reader.parseCopied(token);
		return raw.isPresent() && this.revocation.revokeFound(by, raw.get());
	}

	private static String typeOf(JsonNode entry) {
		String type = TokenForm.masked(entry.path("type").asString(""));
		return type.substring(0, Math.min(type.length(), LONGEST_TYPE));
	}

	/**
	 * What GitHub is told of one finding.
	 *
	 * @param tokenHash the SHA-256 of what was found, in hexadecimal
	 * @param tokenType the name of the pattern, as it came
	 * @param label whether that was a token of this server
	 */
	record Feedback(String tokenHash, String tokenType, String label) {

	}

}
