package dev.latchkey.introspection;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Collectors;

import dev.latchkey.limit.TokenLimits;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.token.TokenLives;
import dev.latchkey.token.TokenProperties;
import dev.latchkey.value.Sha256;
import dev.latchkey.verification.Beliefs;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Knows all that decides an answer and stands in no row of the database: this server's
 * scopes, the roles, how long tokens live, which clients may have signed ones, and how a
 * place is found. Services that keep answers forget them when it has become something
 * else.
 */
@Component
class AnswerRules {

	/** Of what these are made; and of the code that makes an answer of rows. */
	private static final int VERSION = 1;

	/** Of SHA-256, in bytes. */
	private static final int LENGTH = 12;

	private final String hash;

	AnswerRules(ScopeCatalogue catalogue, TokenProperties properties, TokenLives lives, TokenLimits limits,
			ObjectProvider<SignedTokens> signed) {
		this.hash = hash(String.join("\n", String.valueOf(VERSION), String.valueOf(Beliefs.placesVersion()),
				scopes(catalogue), Arrays.toString(Role.values()), properties.prefix(), lives.toString(),
				String.valueOf(limits.areOn()),
				signed.stream().map(SignedTokens::rules).collect(Collectors.joining(","))));
	}

	/**
	 * Returns a text that is the same on all nodes that answer alike.
	 */
	String hash() {
		return this.hash;
	}

	private static String scopes(ScopeCatalogue catalogue) {
		return catalogue.own()
			.stream()
			.sorted(Comparator.comparing(Scope::name))
			.map((scope) -> scope.name() + " " + scope.role())
			.collect(Collectors.joining(","));
	}

	private static String hash(String text) {
		return HexFormat.of().formatHex(Sha256.of(text), 0, LENGTH);
	}

}
