package dev.latchkey.moving;

import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.latchkey.moving.CsvTable.Row;
import dev.latchkey.token.ForeignToken;
import dev.latchkey.token.RawToken;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenReader;
import dev.latchkey.value.EmailAddress;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Names;
import dev.latchkey.value.Texts;
import dev.latchkey.value.Times;
import dev.latchkey.value.TokenForm;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads a row of another system's table as the token that it is about. What it complains
 * of it does not repeat, since that may be a secret.
 */
@Component
class ForeignRows {

	/** The columns that may say whose it is, in the order in which they are asked. */
	static final List<String> OWNERS = List.of("tokenable_id", "user_id", "email");

	/** Of Shield's many kinds of identities, the one that is a token. */
	private static final String ACCESS_TOKEN = "access_token";

	private static final int LONGEST_NAME = 100;

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

	private static final Pattern DAYTIME = Pattern
		.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?)"
				+ "(?:[Zz]|([+-][0-9]{2})(?::?([0-9]{2}))?)?");

	/** What MySQL writes where there is no time. */
	private static final String NO_TIME = "0000-00-00";

	private final TokenReader reader;

	ForeignRows(TokenReader reader) {
		this.reader = reader;
	}

	/**
	 * Reads a row.
	 * @param line where it stands
	 * @throws InvalidValueException if no token can be made of it; its rule says why
	 */
	ForeignToken read(ImportSource source, long line, Row row, ScopeMap scopes) {
		String type = row.find("type");
		if (source == ImportSource.SHIELD && row.has("type") && !ACCESS_TOKEN.equals(type)) {
			throw refusal("it is no identity of the type access_token");
		}
		String secret = row.find(source.secret());
		if (secret == null) {
			throw refusal("it has no " + source.secret().get(0));
		}
		Long number = (source == ImportSource.SANCTUM) ? number(row.find("id")) : null;
		TokenDigest digest;
		if (source == ImportSource.KEYS) {
			RawToken raw = this.reader.parseForeign(secret)
				.orElseThrow(() -> refusal(
						"its key is none that could be presented: 20 to 255 letters, digits and -._~+/, and not this server's prefix"));
			digest = TokenDigest.of(raw);
			number = raw.number();
		}
		else {
			digest = hash(secret).orElseThrow(() -> refusal("its hash is no SHA-256 in hexadecimal or Base64"));
		}
		return new ForeignToken(line, digest, number, owner(row), name(row.find("name"), source),
				scopes.read(row.find(source.scopes())), time(row.find("last_used_at"), "last_used_at"),
				time(row.find(source.ends()), "end"));
	}

	private static EmailAddress owner(Row row) {
		for (String column : OWNERS) {
			Optional<EmailAddress> address = Optional.ofNullable(row.find(column)).flatMap(EmailAddress::find);
			if (address.isPresent()) {
				return address.get();
			}
		}
		throw refusal("it does not say the e-mail address of its owner");
	}

	private static Long number(@Nullable String id) {
		if (id == null || !NUMBER.matcher(id).matches()) {
			throw refusal("its id is no number");
		}
		return Long.valueOf(id);
	}

	private static Optional<TokenDigest> hash(String text) {
		Optional<TokenDigest> hex = TokenDigest.parse(text);
		return hex.isPresent() ? hex : base64(text);
	}

	private static Optional<TokenDigest> base64(String text) {
		try {
			byte[] bytes = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
			return TokenDigest.parse(HexFormat.of().formatHex(bytes));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/** One that is too long here is cut: the token works on nevertheless. */
	private static String name(@Nullable String given, ImportSource source) {
		String name = TokenForm.masked(Texts.normalize((given != null) ? given : ""));
		if (name.isEmpty()) {
			return "Imported from " + source.value();
		}
		if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
			name = name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)).strip() + "…";
		}
		try {
			return Names.parse(name);
		}
		catch (InvalidValueException ex) {
			throw refusal("its name " + ex.rule());
		}
	}

	/**
	 * As RFC 3339 or a database writes it; without an offset it is UTC. An end that
	 * cannot be read is not left out: the token would live for ever.
	 */
	private static @Nullable Instant time(@Nullable String given, String what) {
		if (given == null || given.startsWith(NO_TIME)) {
			return null;
		}
		var time = DAYTIME.matcher(given);
		if (!time.matches()) {
			throw refusal("its %s is no time such as 2027-01-31 12:00:00".formatted(what));
		}
		String offset = (time.group(3) == null) ? "Z"
				: time.group(3) + ":" + ((time.group(4) != null) ? time.group(4) : "00");
		try {
			return Times.parse(time.group(1) + "T" + time.group(2) + offset);
		}
		catch (InvalidValueException ex) {
			throw refusal("its %s is no time such as 2027-01-31 12:00:00".formatted(what));
		}
	}

	private static InvalidValueException refusal(String reason) {
		return InvalidValueException.notAcceptable(reason);
	}

}
