package dev.latchkey.token;

import java.util.Optional;

import dev.latchkey.value.Texts;

import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Reads what is presented as a token, at every door: a token of this server by its form,
 * and while there are imported ones, what has the form of one of those. What begins with
 * this server's prefix is this server's or nobody's, so that a mistyped token costs no
 * query whatever was imported.
 */
@Component
public class TokenReader {

	private final TokenFormat format;

	private final ImportedTokens imported;

	TokenReader(TokenFormat format, ImportedTokens imported) {
		this.format = format;
		this.imported = imported;
	}

	/**
	 * Returns the token if it may be one.
	 * @throws DataAccessException if that cannot be known now
	 */
	public Optional<RawToken> parse(String candidate) {
		Optional<RawToken> own = this.format.parse(candidate);
		return own.isPresent() ? own : parseForeign(candidate).filter(this::mayExist);
	}

	/**
	 * Returns the token if this server may have given it out or taken it in. It asks
	 * nobody whether any was taken in.
	 */
	public Optional<RawToken> parseAny(String candidate) {
		return this.format.parse(candidate).or(() -> parseForeign(candidate));
	}

	/**
	 * Returns the token that somebody copied from where it was found: blanks around it do
	 * not count.
	 * @throws DataAccessException if that cannot be known now
	 */
	public Optional<RawToken> parseCopied(String text) {
		return parse(Texts.strip(text));
	}

	/**
	 * Returns whether that is a token with a number before it, and there may be such a
	 * one; the sign between them is none that a header may have otherwise.
	 * @throws DataAccessException if that cannot be known now
	 */
	public boolean isNumbered(String candidate) {
		return ForeignForm.isNumbered(candidate) && this.imported.existNumbered();
	}

	/**
	 * Returns the token if another system may have given it out. It asks nobody.
	 */
	public Optional<RawToken> parseForeign(String candidate) {
		return this.format.hasPrefix(candidate) ? Optional.empty() : ForeignForm.parse(candidate);
	}

	/**
	 * Returns what is wrong with the form of a token of this server, in words for its
	 * holder, or empty if it is right.
	 */
	Optional<String> explain(String candidate) {
		return this.format.explain(candidate);
	}

	private boolean mayExist(RawToken foreign) {
		return (foreign.number() != null) ? this.imported.existNumbered() : this.imported.exist();
	}

}
