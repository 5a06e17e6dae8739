package dev.latchkey.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.latchkey.token.TokenChange;
import dev.latchkey.token.TokenDetails;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.BindParam;

/**
 * What somebody typed to change a token, as it was typed. What a form leaves out stays.
 *
 * @param name the name
 * @param description what is written about it
 * @param scopes what is ticked
 * @param scopesShown whether there was anything to tick: no tick at all is a wish then
 * @param allowedIps addresses and blocks, separated by white space or commas
 * @param allowedIpsBefore what stood in that field when it was shown: somebody may have
 * changed it meanwhile
 */
record EditForm(@Nullable String name, @Nullable String description, @Nullable List<String> scopes,
		@BindParam("_scopes") @Nullable String scopesShown, @Nullable String allowedIps,
		@Nullable String allowedIpsBefore) {

	/**
	 * Returns what stands in the fields at first.
	 */
	static EditForm of(TokenDetails token) {
		return new EditForm(token.name(), token.description(), List.copyOf(token.terms().scopes().names()), null,
				networks(token), networks(token));
	}

	/**
	 * Returns the same, with what stands there at first for what was left out.
	 */
	EditForm or(EditForm first) {
		return new EditForm((this.name != null) ? this.name : first.name,
				(this.description != null) ? this.description : first.description,
				(this.scopes != null || this.scopesShown != null) ? ticked() : first.scopes, null,
				(this.allowedIps != null) ? this.allowedIps : first.allowedIps,
				(this.allowedIpsBefore != null) ? this.allowedIpsBefore : first.allowedIpsBefore);
	}

	/**
	 * Returns the wish. What stands as it stood is no part of it, so that what would not
	 * be admitted any more may stay.
	 */
	TokenChange toChange(TokenDetails token) {
		EditForm first = of(token);
		boolean sameScopes = (this.scopes == null && this.scopesShown == null)
				|| Set.copyOf(ticked()).equals(token.terms().scopes().names());
		List<@Nullable String> networks = NewTokenForm.entries(this.allowedIps);
		String before = (this.allowedIpsBefore != null) ? this.allowedIpsBefore : first.allowedIps;
		boolean sameNetworks = this.allowedIps == null || networks.equals(NewTokenForm.entries(before));
		return new TokenChange(changed(this.name, first.name), sameScopes ? null : new ArrayList<>(ticked()),
				sameNetworks ? null : networks, changed(this.description, first.description));
	}

	private static @Nullable String changed(@Nullable String typed, @Nullable String before) {
		return Objects.equals(typed, Objects.requireNonNullElse(before, "")) ? null : typed;
	}

	private List<String> ticked() {
		return (this.scopes != null) ? this.scopes : List.of();
	}

	private static String networks(TokenDetails token) {
		return String.join("\n", token.terms().networks().toStrings());
	}

}
