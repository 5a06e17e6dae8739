package dev.latchkey.scope;

import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.testing.Inputs;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever stands on two tokens, what both allow is never more than either does.
 */
class ScopesFuzzTests {

	@FuzzTest(maxDuration = "1m")
	void whatBothAllowIsNoMoreThanEither(byte[] input) {
		String[] two = Inputs.text(input).split("\n", 2);
		Scopes one = Scopes.parse(two[0]);
		Scopes other = Scopes.parse((two.length > 1) ? two[1] : "*");
		assertThat(Scopes.parse(one.toString())).isEqualTo(one);
		assertThat(one.covers(one)).isTrue();
		Scopes both = one.within(other);
		assertThat(one.covers(both)).isTrue();
		assertThat(other.covers(both)).isTrue();
		assertThat(other.within(one).covers(both)).isTrue();
		assertThat(both.covers(other.within(one))).isTrue();
		for (String name : one.names()) {
			if (other.covers(name)) {
				assertThat(both.covers(name)).isTrue();
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
