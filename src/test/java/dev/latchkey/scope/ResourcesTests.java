package dev.latchkey.scope;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * At which services a token is one.
 */
class ResourcesTests {

	@Test
	void aRowThatNamesNoneIsThisServersAlone() {
		assertThat(Resources.parse(null)).isSameAs(Resources.OWN);
		assertThat(Resources.parse("latchkey")).isSameAs(Resources.OWN);
		assertThat(Resources.OWN.includes("latchkey")).isTrue();
		assertThat(Resources.OWN.includes("parcels")).isFalse();
	}

	@Test
	void theOthersStandWithSpacesBetweenThem() {
		Resources both = Resources.parse("trucks parcels");
		assertThat(both).isEqualTo(Resources.of("parcels", "trucks", "parcels")).hasToString("parcels trucks");
		assertThat(both.includes("trucks")).isTrue();
		assertThat(both.includes("latchkey")).isFalse();
		assertThat(both.includes(Resources.of("parcels"))).isTrue();
		assertThat(both.includes(Resources.of("parcels", "latchkey"))).isFalse();
	}

	@Test
	void aScopeSaysWhoseItIsAndWhatCoversIt() {
		assertThat(new Scope("notes:read", "", Role.USER).resourceName()).isEqualTo("latchkey");
		assertThat(new Scope("parcels:read", "", Role.USER, false, "parcels", null).resourceName())
			.isEqualTo("parcels");
		assertThat(Scope.firstPart("parcels:items:read")).isEqualTo("parcels");
		assertThat(Scope.firstPart("parcels")).isEqualTo("parcels");
		assertThat(Scope.wildcardsOver("parcels:items:read")).containsExactlyInAnyOrder("parcels:*", "parcels:items:*");
		assertThat(Scope.wildcardsOver("parcels")).isEmpty();
	}

}
