package dev.latchkey.scope;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ScopesTests {

	private static final Instant RETIRED_AT = Instant.parse("2026-12-01T00:00:00Z");

	private final ScopeCatalogue catalogue = new ScopeCatalogue(
			List.of(new Scope("notes:read", "", Role.USER), new Scope("notes:items:write", "", Role.USER),
					new Scope("notes", "", Role.USER), new Scope("users-read", "", Role.ADMIN)),
			this::others);

	private Map<String, Scope> others() {
		return Map.of("parcels:read", new Scope("parcels:read", "", Role.USER, false, "parcels", null), "parcels:send",
				new Scope("parcels:send", "", Role.ADMIN, false, "parcels", null), "parcels:old",
				new Scope("parcels:old", "", Role.USER, false, "parcels", RETIRED_AT));
	}

	@ParameterizedTest
	@CsvSource({ "notes:*,notes:read,true", "notes:*,notes:items:write,true", "notes:*,notes,false",
			"notes:*,notesx:read,false", "notes:items:*,notes:items:write,true", "notes:items:*,notes:read,false",
			"*,users-read,true", "*,notes:*,true", "notes:*,*,false", "notes:read,notes:*,false",
			"notes:*,notes:items:*,true", "notes:items:*,notes:*,false", "notes:read,notes:read,true",
			"notes:read,notes:rea,false" })
	void aWildcardCoversWhatStandsUnderIt(String held, String wanted, boolean covered) {
		assertThat(Scopes.of(held).covers(wanted)).isEqualTo(covered);
	}

	@Test
	void severalCoverWhatEachOfThemCovers() {
		Scopes held = Scopes.of("notes:*", "users-read");
		assertThat(held.covers(Scopes.of("users-read", "notes:read"))).isTrue();
		assertThat(held.covers(Scopes.of("users-read", "tokens:read"))).isFalse();
		assertThat(held.covers(Scopes.of())).isTrue();
	}

	@Test
	void duplicatesAreFoldedAndTheOrderIsFixed() {
		assertThat(Scopes.of("b", "a", "b")).hasToString("a b").isEqualTo(Scopes.parse(" b  a "));
	}

	@ParameterizedTest
	@ValueSource(strings = { "notes:read", "notes:items:write", "users-read", "notes:*", "notes:items:*", "*" })
	void theCatalogueAdmitsItsScopesAndWildcardsOverThem(String scope) {
		assertThat(this.catalogue.admits(scope)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "notes:write", "users-read:*", "users*", ":*", "**", "notes:**", "notes:read:*" })
	void theCatalogueAdmitsNothingElse(String scope) {
		assertThat(this.catalogue.admits(scope)).isFalse();
	}

	@Test
	void whatMayBeDoneIsTheScopesAndTheRoles() {
		assertThat(this.catalogue.effective(Scopes.of("*"), List.of(Role.USER))).containsExactlyInAnyOrder("notes:read",
				"notes:items:write", "notes");
		assertThat(this.catalogue.effective(Scopes.of("*"), List.of(Role.SUPERUSER))).hasSize(4);
		assertThat(this.catalogue.effective(Scopes.of("users-read"), List.of(Role.USER))).isEmpty();
		assertThat(this.catalogue.effective(Scopes.of("*"), List.of(Role.GUEST))).isEmpty();
		assertThat(this.catalogue.effective(Scopes.of("notes:*"), List.of(Role.ADMIN)))
			.containsExactlyInAnyOrder("notes:read", "notes:items:write");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "notes:read", "users-read", "a.b_c-d:e1:f", "a-:b." })
	void aNameFollowsTheGrammar(String name) {
		assertThat(new Scope(name, "", Role.USER).name()).isEqualTo(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "A", "1a", "a:", ":a", "a::b", "a b", "a:B", "a:*", "*", "ä", "a\n" })
	void anyOtherNameIsRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Scope(name, "", Role.USER));
	}

	@Test
	void aScopeIsDeclaredOnce() {
		Scope scope = new Scope("a", "", Role.USER);
		assertThatIllegalStateException().isThrownBy(() -> new ScopeCatalogue(List.of(scope, scope), Map::of));
	}

	@Test
	void aRoleIncludesThoseBeforeIt() {
		assertThat(Role.SUPERUSER.includes(Role.ADMIN)).isTrue();
		assertThat(Role.ADMIN.includes(Role.USER)).isTrue();
		assertThat(Role.USER.includes(Role.GUEST)).isTrue();
		assertThat(Role.USER.includes(Role.ADMIN)).isFalse();
		assertThat(Role.ADMIN.andAbove()).containsExactly(Role.ADMIN, Role.SUPERUSER);
	}

	@Test
	void aNameOfThousandsOfPartsDoesNotFillTheStack() {
		assertThat(Scope.isName("a:".repeat(30_000) + "a")).isTrue();
		assertThat(Scope.isName("a:".repeat(30_000))).isFalse();
	}

	@Test
	void theStarIsThisServersAlone() {
		Scopes all = Scopes.of("*");
		assertThat(this.catalogue.covers(all, "notes:*")).isTrue();
		assertThat(this.catalogue.covers(all, "parcels:read")).isFalse();
		assertThat(this.catalogue.covers(all, "parcels:*")).isFalse();
		assertThat(this.catalogue.covers(Scopes.of("*", "parcels:*"), "parcels:read")).isTrue();
		assertThat(this.catalogue.covered(all)).doesNotContain("parcels:read").contains("notes:read");
		assertThat(this.catalogue.within(all, Scopes.of("notes:read", "parcels:read"))).hasToString("notes:read");
	}

	@Test
	void severalAreAdmittedOrCoveredIfEachOfThemIs() {
		assertThat(this.catalogue.admits(Scopes.of("notes:read", "parcels:*"))).isTrue();
		assertThat(this.catalogue.admits(Scopes.of("notes:read", "parcels:old"))).isFalse();
		assertThat(this.catalogue.covers(Scopes.of("notes:*"), Scopes.of("notes:read", "notes:items:*"))).isTrue();
		assertThat(this.catalogue.covers(Scopes.of("notes:*"), Scopes.of("notes:read", "users-read"))).isFalse();
	}

	@Test
	void whatBothIncludeIsTheNarrowerOfEach() {
		Scopes narrow = Scopes.of("notes:read");
		assertThat(this.catalogue.within(narrow, Scopes.of("notes:*"))).isSameAs(narrow);
		assertThat(this.catalogue.within(Scopes.of("notes:*", "users-read"), narrow)).isEqualTo(narrow);
		assertThat(this.catalogue.within(Scopes.of("notes:read", "users-read"), Scopes.of("notes:*")))
			.isEqualTo(narrow);
	}

	@Test
	void scopesHoldAtTheResourcesForWhichTheyWereGiven() {
		Scopes scopes = Scopes.of("*", "parcels:*");
		Set<Role> user = Set.of(Role.USER);
		Instant before = RETIRED_AT.minusSeconds(1);
		assertThat(this.catalogue.effective(scopes, user, Set.of("latchkey", "parcels"), before))
			.containsExactlyInAnyOrder("notes:read", "notes:items:write", "notes", "parcels:read", "parcels:old");
		assertThat(this.catalogue.effective(scopes, user, Set.of("parcels"), before))
			.containsExactlyInAnyOrder("parcels:read", "parcels:old");
		assertThat(this.catalogue.effective(scopes, user, Set.of("latchkey"), before))
			.isEqualTo(this.catalogue.effective(scopes, user));
		assertThat(this.catalogue.effective(Scopes.of("*"), user, Set.of("parcels"), before)).isEmpty();
	}

	@Test
	void whatIsRetiredIsGivenToNobodyAndHeldUntilItsTime() {
		Scopes scopes = Scopes.of("parcels:old");
		Set<Role> user = Set.of(Role.USER);
		assertThat(this.catalogue.admits("parcels:old")).isFalse();
		assertThat(this.catalogue.offered()).noneMatch((scope) -> scope.name().equals("parcels:old"));
		assertThat(this.catalogue.effective(scopes, user, Set.of("parcels"), RETIRED_AT.minusMillis(1)))
			.containsExactly("parcels:old");
		assertThat(this.catalogue.effective(scopes, user, Set.of("parcels"), RETIRED_AT)).isEmpty();
	}

	@Test
	void theCatalogueHasThoseOfThisServerAndOfTheOthers() {
		assertThat(this.catalogue.all()).extracting(Scope::name)
			.startsWith("notes:read", "notes:items:write", "notes", "users-read")
			.hasSize(7)
			.contains("parcels:old");
		assertThat(this.catalogue.offered()).extracting(Scope::name).hasSize(6).doesNotContain("parcels:old");
		assertThat(this.catalogue.own()).extracting(Scope::name)
			.containsExactly("notes:read", "notes:items:write", "notes", "users-read");
		assertThat(this.catalogue.others()).containsOnlyKeys("parcels:read", "parcels:send", "parcels:old");
		assertThat(this.catalogue.find("notes")).extracting(Scope::role).isEqualTo(Role.USER);
		assertThat(this.catalogue.find("parcels:send")).extracting(Scope::resource).isEqualTo("parcels");
		assertThat(this.catalogue.find("trucks:read")).isNull();
		assertThat(this.catalogue.resources()).containsExactly("latchkey", "parcels");
		assertThat(this.catalogue.resourcesOf(Scopes.of("notes:*", "parcels:send", "trucks:read")))
			.containsExactly("latchkey", "parcels");
		assertThat(this.catalogue.resourcesOf(Scopes.of("trucks:read"))).isEmpty();
	}

	@Test
	void aRoleAllowsWhatIsThere() {
		assertThat(this.catalogue.allows(List.of(Role.USER), "notes:read")).isTrue();
		assertThat(this.catalogue.allows(List.of(Role.USER), "parcels:send")).isFalse();
		assertThat(this.catalogue.allows(List.of(Role.ADMIN), "parcels:send")).isTrue();
		assertThat(this.catalogue.allows(List.of(Role.SUPERUSER), "trucks:read")).isFalse();
		assertThat(this.catalogue.admits("parcels:read")).isTrue();
		assertThat(this.catalogue.admits("parcels:*")).isTrue();
		assertThat(this.catalogue.admits("trucks:*")).isFalse();
	}

	@Test
	void whatIsCoveredAreTheScopesThemselves() {
		assertThat(this.catalogue.covered(Scopes.of("notes:*"))).containsExactlyInAnyOrder("notes:read",
				"notes:items:write");
		assertThat(this.catalogue.covered(Scopes.of("parcels:*", "notes"))).containsExactlyInAnyOrder("parcels:read",
				"parcels:send", "parcels:old", "notes");
		assertThat(this.catalogue.isOwn(Scopes.of("*", "notes:*", "users-read"))).isTrue();
		assertThat(this.catalogue.isOwn(Scopes.of("notes:*", "parcels:*"))).isFalse();
	}

	/** The database may be away. */
	@Test
	void forThisServerAloneNobodyIsAsked() {
		ScopeCatalogue alone = new ScopeCatalogue(List.of(new Scope("notes:read", "", Role.USER)), () -> {
			throw new IllegalStateException("asked");
		});
		Scopes all = Scopes.of("*");
		assertThat(alone.covered(all)).containsExactly("notes:read");
		assertThat(alone.effective(all, List.of(Role.USER), Set.of("latchkey"), RETIRED_AT))
			.containsExactly("notes:read");
		assertThat(alone.find("notes:read")).isNotNull();
		assertThat(alone.admits("notes:*")).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "*,latchkey", "notes:*,latchkey", "notes:items:write,latchkey", "parcels:read,parcels",
			"parcels:*,parcels", "parcels:old,parcels", "trucks:read,", "trucks:*,", "parcels," })
	void aScopeBelongsToOneResource(String scope, String resource) {
		assertThat(this.catalogue.resourceOf(scope)).isEqualTo(resource);
	}

}
