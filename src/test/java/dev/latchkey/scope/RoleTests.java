package dev.latchkey.scope;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What several roles come to together.
 */
class RoleTests {

	@Test
	void theHighestCounts() {
		assertThat(Role.highest(List.of(Role.USER, Role.ADMIN, Role.GUEST))).isEqualTo(Role.ADMIN);
		assertThat(Role.highest(List.of())).isEqualTo(Role.GUEST);
		assertThat(Role.anyIncludes(List.of(Role.GUEST, Role.ADMIN), Role.USER)).isTrue();
		assertThat(Role.anyIncludes(List.of(Role.GUEST, Role.USER), Role.ADMIN)).isFalse();
		assertThat(Role.anyIncludes(List.of(), Role.GUEST)).isFalse();
	}

	@Test
	void aLimitStandsInThePlaceOfWhatIsAboveIt() {
		assertThat(Role.atMost(Role.USER, List.of(Role.SUPERUSER, Role.GUEST))).containsExactlyInAnyOrder(Role.USER,
				Role.GUEST);
		assertThat(Role.atMost(Role.ADMIN, List.of(Role.ADMIN))).containsExactly(Role.ADMIN);
	}

	@Test
	void aRowHasTheirNamesWithSpacesBetweenThem() {
		assertThat(Role.parse("USER ADMIN")).isEqualTo(Set.of(Role.USER, Role.ADMIN));
		assertThatIllegalArgumentException().isThrownBy(() -> Role.parse("USER KING"));
	}

}
