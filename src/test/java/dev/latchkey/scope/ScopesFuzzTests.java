package dev.latchkey.scope;

import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.testing.Inputs;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever stands on two tokens, what both allow is never more than either does.
 */
class ScopesFuzzTests {

	private final ScopeCatalogue catalogue = new ScopeCatalogue(
			List.of(new Scope("orders:read", "", Role.USER), new Scope("user:read", "", Role.USER)), Map::of);

	@FuzzTest(maxDuration = "1m")
	void whatBothAllowIsNoMoreThanEither(byte[] input) {
		String[] two = Inputs.text(input).split("\n", 2);
		Scopes one = Scopes.parse(two[0]);
		Scopes other = Scopes.parse((two.length > 1) ? two[1] : "*");
		assertThat(Scopes.parse(one.toString())).isEqualTo(one);
		assertThat(one.covers(one)).isTrue();
		Scopes both = this.catalogue.within(one, other);
		assertThat(this.catalogue.covers(one, both)).isTrue();
		assertThat(this.catalogue.covers(other, both)).isTrue();
		assertThat(this.catalogue.covers(this.catalogue.within(other, one), both)).isTrue();
		assertThat(this.catalogue.covers(both, this.catalogue.within(other, one))).isTrue();
		for (String name : one.names()) {
			if (this.catalogue.covers(other, name)) {
				assertThat(this.catalogue.covers(both, name)).isTrue();
			}
			if (Scope.isName(name)) {
				assertThat(name).doesNotContain("*", " ");
				assertThat(Scopes.of(name + ":*").covers(name)).isFalse();
			}
		}
	}

	@Test
	void ofManyTokens() {
		Inputs.each(20_000,
				List.of("orders:read orders:write\norders:*", "*\nuser:read", "orders:* users:read\norders:read *",
						"a:b:* a:*\na:b:c a:b", "users-read x.y_z:read\nx.y_z:*", "tokens:read\ntokens:read users:*"),
				this::whatBothAllowIsNoMoreThanEither);
	}

}
