package dev.latchkey.client;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The ways in which a client may come to a token.
 */
public enum GrantType {

	/** The account's password, given to the client; first-party clients alone. */
	PASSWORD("password"),

	/** The account's consent, given in a browser. */
	AUTHORIZATION_CODE("authorization_code"),

	/** A refresh token from one of the two above. */
	REFRESH_TOKEN("refresh_token"),

	/** The client's own secret. */
	CLIENT_CREDENTIALS("client_credentials"),

	/** A token, for a short-lived signed one with fewer scopes. */
	TOKEN_EXCHANGE("urn:ietf:params:oauth:grant-type:token-exchange"),

	/** The account's consent, given in a browser elsewhere than where the client runs. */
	DEVICE_CODE("urn:ietf:params:oauth:grant-type:device_code");

	private final String value;

	GrantType(String value) {
		this.value = value;
	}

	/**
	 * Returns the name as it stands in requests.
	 */
	@JsonValue
	public String value() {
		return this.value;
	}

	static Optional<GrantType> of(String value) {
		return Arrays.stream(values()).filter((type) -> type.value.equals(value)).findFirst();
	}

	static String write(Set<GrantType> types) {
		return types.stream().sorted().map(GrantType::value).collect(Collectors.joining(" "));
	}

	static Set<GrantType> read(String stored) {
		Set<GrantType> types = EnumSet.noneOf(GrantType.class);
		Arrays.stream(stored.split(" ")).forEach((value) -> of(value).ifPresent(types::add));
		return types;
	}

}
